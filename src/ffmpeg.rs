//! The program `ffmpeg`, which decodes what Lectern does not: sound of rare kinds, and pictures.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use thiserror::Error;

/// The name under which it is on the PATH.
pub const PROGRAM: &str = "ffmpeg";

/// How much of ffmpeg's messages is stored. Unit: bytes.
const MAX_MESSAGE: usize = 16 * 1024;
/// How long a program may go on after the end of its output, and how often that is looked at.
const LAST_WORDS: Duration = Duration::from_secs(2);
const LOOK: Duration = Duration::from_millis(5);

/// A running ffmpeg that writes into a pipe. Killed when dropped.
pub struct FfmpegProcess {
    child: Child,
    messages: Option<JoinHandle<String>>,
}

/// Why ffmpeg did not decode.
#[derive(Debug, Error)]
pub enum FfmpegFailure {
    #[error("there is no ffmpeg on the PATH")]
    NotInstalled,
    /// The file has nothing of the kind that was asked for.
    #[error("the file has no such track")]
    NoSuchTrack,
    /// ffmpeg's last message.
    #[error("{0}")]
    Said(String),
}

impl FfmpegProcess {
    /// Starts a command of [`command`]. Returns the process and its output.
    ///
    /// # Errors
    /// If there is no such program, or it cannot be started.
    pub fn start(mut command: Command) -> Result<(Self, ChildStdout), FfmpegFailure> {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => FfmpegFailure::NotInstalled,
            _ => FfmpegFailure::Said(error.to_string()),
        })?;
        let stdout = child.stdout.take();
        // Read on a thread of its own: a full error pipe would stop ffmpeg while we wait for its output.
        let messages = child.stderr.take().and_then(|stderr| {
            thread::Builder::new().name("ffmpeg-messages".into()).spawn(move || gather(stderr)).ok()
        });
        let process = Self { child, messages };
        let stdout = stdout.ok_or_else(|| FfmpegFailure::Said("it gave no output".into()))?;
        Ok((process, stdout))
    }

    /// Waits for the end and returns the error, if there is one. The pipe must have been closed or read to its end;
    /// a program that does not end then is killed.
    ///
    /// # Errors
    /// What ffmpeg said if it failed.
    pub fn finish(mut self) -> Result<(), FfmpegFailure> {
        let end = Instant::now() + LAST_WORDS;
        let status = self.status(end);
        let said = self.said(end);
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(_) if said.contains("matches no streams") => Err(FfmpegFailure::NoSuchTrack),
            Ok(status) => Err(FfmpegFailure::Said(last_line(&said).unwrap_or_else(|| status.to_string()))),
            Err(error) => Err(FfmpegFailure::Said(error.to_string())),
        }
    }

    /// Waits until `end`, and then kills it.
    fn status(&mut self, end: Instant) -> io::Result<ExitStatus> {
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            thread::sleep(LOOK);
        }
        // It may have ended meanwhile.
        let _ = self.child.kill();
        self.child.wait()
    }

    /// Returns the messages. A program that it has started may hold their pipe open, and is waited for until `end`.
    fn said(&mut self, end: Instant) -> String {
        let Some(messages) = self.messages.take() else { return String::new() };
        while !messages.is_finished() && Instant::now() < end {
            thread::sleep(LOOK);
        }
        if messages.is_finished() { messages.join().unwrap_or_default() } else { String::new() }
    }
}

impl Drop for FfmpegProcess {
    fn drop(&mut self) {
        // Both fail if the process has already ended, which is fine.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns a command that reads nothing but this file; `options` are about the input. What it is to write is added as
/// further arguments.
pub fn command(program: &Path, options: &[&str], path: &Path) -> Command {
    let mut command = Command::new(program);
    // The prefix makes sure that names such as `-x`, `concat:a` or `http://a` are taken for files.
    let mut input = OsString::from("file:");
    input.push(path);
    command
        .args(["-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file,pipe"])
        .args(options)
        .arg("-i")
        .arg(input);
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

/// Reads to the end and returns the last part.
fn gather(mut stderr: ChildStderr) -> String {
    let (mut said, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(read @ 1..) = stderr.read(&mut buffer) {
        said.extend_from_slice(&buffer[..read]);
        if said.len() > MAX_MESSAGE {
            said.drain(..said.len() - MAX_MESSAGE);
        }
    }
    String::from_utf8_lossy(&said).into_owned()
}

/// Returns the last line that is not empty.
fn last_line(said: &str) -> Option<String> {
    said.lines().map(str::trim).rfind(|line| !line.is_empty()).map(str::to_owned)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> (FfmpegProcess, ChildStdout) {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        FfmpegProcess::start(command).unwrap()
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

    #[test]
    fn a_track_that_is_not_there_is_told_from_other_failures() {
        let (process, pipe) =
            shell("echo \"Stream map '0:V:0' matches no streams.\" >&2; echo more >&2; exit 1");
        drop(pipe);
        assert!(matches!(process.finish(), Err(FfmpegFailure::NoSuchTrack)));
    }

    #[test]
    fn one_that_closes_its_output_and_goes_on_is_ended() {
        let (process, pipe) = shell("exec >&- 2>&-; exec sleep 1000");
        let id = process.child.id().to_string();
        drop(pipe);
        assert!(process.finish().is_err());
        assert!(!Command::new("kill").args(["-0", &id]).output().unwrap().status.success());
    }

    #[test]
    fn names_of_files_are_no_options_and_no_addresses() {
        for name in ["-y", "a:b%03d.mp4", "http://example.org/a"] {
            let command = command(Path::new(PROGRAM), &["-ss", "1"], Path::new(name));
            let arguments: Vec<_> = command.get_args().map(|text| text.to_string_lossy()).collect();
            assert_eq!(arguments.last().unwrap(), &format!("file:{name}"));
        }
    }
}
