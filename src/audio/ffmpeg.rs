//! Uses the ffmpeg program as a decoder of last resort.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;

use thiserror::Error;

/// How much of ffmpeg's messages is stored. Unit: bytes.
const MAX_MESSAGE: usize = 16 * 1024;

/// A running ffmpeg that writes one audio track as a WAV file into a pipe. Killed when dropped.
pub(super) struct FfmpegProcess {
    child: Child,
    messages: Option<JoinHandle<String>>,
}

/// Why ffmpeg did not decode.
#[derive(Debug, Error)]
pub(super) enum FfmpegFailure {
    #[error("there is no ffmpeg on the PATH")]
    NotInstalled,
    /// ffmpeg's last message.
    #[error("{0}")]
    Said(String),
}

impl FfmpegProcess {
    /// Starts decoding audio track `track` (from 0) of the file. The pipe delivers 32-bit float samples at the track's
    /// own sample rate, with silence where the track has gaps or starts late. To know how late, ffmpeg must also read
    /// the video, if there is one.
    pub fn start(path: &Path, track: usize, has_video: bool) -> Result<(Self, ChildStdout), FfmpegFailure> {
        Self::spawn(command(path, track, has_video))
    }

    fn spawn(mut command: Command) -> Result<(Self, ChildStdout), FfmpegFailure> {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => FfmpegFailure::NotInstalled,
            _ => FfmpegFailure::Said(error.to_string()),
        })?;
        let stdout = child.stdout.take();
        // Read on a thread of its own: a full error pipe would stop ffmpeg while we wait for its output.
        let messages = child.stderr.take().and_then(|stderr| {
            std::thread::Builder::new().name("ffmpeg-messages".into()).spawn(move || gather(stderr)).ok()
        });
        let process = Self { child, messages };
        let stdout = stdout.ok_or_else(|| FfmpegFailure::Said("it gave no output".into()))?;
        Ok((process, stdout))
    }

    /// Waits for the end and returns the error, if there is one. The pipe must have been closed or read to its end.
    pub fn finish(mut self) -> Result<(), FfmpegFailure> {
        let status = self.child.wait();
        let said = self.messages.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) if said.is_empty() => Err(FfmpegFailure::Said(status.to_string())),
            Ok(_) => Err(FfmpegFailure::Said(said)),
            Err(error) => Err(FfmpegFailure::Said(error.to_string())),
        }
    }
}

impl Drop for FfmpegProcess {
    fn drop(&mut self) {
        // Both fail if the process has already ended, which is fine.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(path: &Path, track: usize, has_video: bool) -> Command {
    let mut command = Command::new("ffmpeg");
    // The prefix makes sure that names such as `-x`, `concat:a` or `http://a` are taken for files.
    let mut input = OsString::from("file:");
    input.push(path);
    command
        .args(["-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file,pipe", "-i"])
        .arg(input)
        .args(["-map", &format!("0:a:{track}"), "-vn", "-sn", "-dn"])
        .args(["-af", "aresample=async=1:first_pts=0", "-c:a", "pcm_f32le", "-f", "wav", "pipe:1"]);
    if has_video {
        // Time stamps are relative to the first stream in use.
        command.args(["-map", "0:v:0", "-c", "copy", "-f", "null", "-"]);
    }
    without_window(&mut command);
    command
}

/// Prevents a desktop program on Windows from showing a console window.
#[cfg(windows)]
fn without_window(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn without_window(_: &mut Command) {}

/// Reads to the end and returns the last line that is not empty.
fn gather(mut stderr: ChildStderr) -> String {
    let (mut said, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(read @ 1..) = stderr.read(&mut buffer) {
        said.extend_from_slice(&buffer[..read]);
        if said.len() > MAX_MESSAGE {
            said.drain(..said.len() - MAX_MESSAGE);
        }
    }
    let said = String::from_utf8_lossy(&said);
    said.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default().to_owned()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> (FfmpegProcess, ChildStdout) {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        FfmpegProcess::spawn(command).unwrap()
    }

    #[test]
    fn dropping_ends_the_program() {
        let (process, pipe) = shell("exec sleep 1000");
        let id = process.child.id().to_string();
        let is_alive = || Command::new("kill").args(["-0", &id]).output().unwrap().status.success();
        assert!(is_alive());
        drop(pipe);
        drop(process);
        assert!(!is_alive());
    }

    #[test]
    fn the_last_line_is_what_it_said() {
        let (process, pipe) = shell("echo first >&2; printf 'second  \n\n' >&2; exit 3");
        drop(pipe);
        assert!(matches!(process.finish(), Err(FfmpegFailure::Said(said)) if said == "second"));
    }

    #[test]
    fn a_silent_failure_has_a_cause() {
        let (process, pipe) = shell("exit 3");
        drop(pipe);
        assert!(matches!(process.finish(), Err(FfmpegFailure::Said(said)) if said.contains('3')));
    }
}
