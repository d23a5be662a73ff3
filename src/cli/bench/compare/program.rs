//! Runs a program, and measures its time and memory.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use wait4::{ResUse, Wait4};

use crate::asr::CancelToken;
use crate::console::visible;

/// How often to check whether the program has ended, which limits the precision of wall times.
const POLL: Duration = Duration::from_millis(2);
/// How much of the end of its messages is read. Unit: bytes.
const TAIL: u64 = 4096;

/// A program with its arguments.
pub struct Program {
    /// Its name in errors.
    pub name: &'static str,
    pub program: OsString,
    pub arguments: Vec<OsString>,
}

/// The time and memory of one run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    pub wall: Duration,
    /// CPU time, including that of the processes that it started and waited for.
    pub cpu: Duration,
    /// The peak memory of the largest of these processes, if the system reports it. Unit: bytes.
    pub peak_memory: Option<u64>,
}

impl Program {
    /// Runs it to its end; `None` if it is interrupted.
    ///
    /// # Errors
    /// If it cannot be started, or fails.
    pub fn run(&self, cancel: &CancelToken) -> anyhow::Result<Option<Cost>> {
        let mut messages = tempfile::tempfile().context("a file for messages cannot be created")?;
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::null()).stdout(Stdio::null());
        command.stderr(messages.try_clone().context("a file for messages cannot be shared")?);
        let start = Instant::now();
        let mut child = command.spawn().map_err(|error| self.not_started(&error))?;
        let used = loop {
            if let Some(used) = child.try_wait4()? {
                break used;
            }
            if cancel.is_cancelled() {
                // It may have just ended.
                let _ = child.kill();
                child.wait()?;
                return Ok(None);
            }
            thread::sleep(POLL);
        };
        let wall = start.elapsed();
        // Ctrl-C reaches all programs of a terminal.
        if cancel.is_cancelled() {
            return Ok(None);
        }
        let ResUse { status, rusage } = used;
        if !status.success() {
            let said = last_line(&mut messages).map_or(String::new(), |line| format!(": {line}"));
            bail!("{} has failed ({status}){said}", self.name);
        }
        let peak_memory = Some(rusage.maxrss).filter(|bytes| *bytes > 0);
        Ok(Some(Cost { wall, cpu: rusage.utime + rusage.stime, peak_memory }))
    }

    fn not_started(&self, error: &io::Error) -> anyhow::Error {
        let program = self.program.display();
        match error.kind() {
            io::ErrorKind::NotFound => {
                anyhow::anyhow!("{} was not found; check its name, or pass its path: {program}", self.name)
            }
            _ => anyhow::anyhow!("{} cannot be started ({error}): {program}", self.name),
        }
    }
}

/// Returns the last line that is not empty.
fn last_line(messages: &mut File) -> Option<String> {
    let length = messages.metadata().ok()?.len();
    messages.seek(SeekFrom::Start(length.saturating_sub(TAIL))).ok()?;
    let mut tail = Vec::new();
    messages.read_to_end(&mut tail).ok()?;
    let tail = String::from_utf8_lossy(&tail);
    let line = tail.lines().map(str::trim).rfind(|line| !line.is_empty())?;
    Some(visible(line).into_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Program {
        Program {
            name: "the peer's command",
            program: "sh".into(),
            arguments: vec!["-c".into(), script.into()],
        }
    }

    fn error(program: &Program) -> String {
        program.run(&CancelToken::default()).unwrap_err().to_string()
    }

    #[test]
    fn the_work_of_what_a_program_starts_counts() {
        let cost = |script| shell(script).run(&CancelToken::default()).unwrap().unwrap();
        let work = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";
        let (idle, busy) = (cost("sleep 0.1"), cost(&format!("sh -c '{work}'; true")));
        assert!(idle.wall >= Duration::from_millis(100));
        assert!(busy.cpu > idle.cpu, "{busy:?}, {idle:?}");
        assert!(busy.peak_memory.is_some_and(|bytes| bytes > 100_000), "{busy:?}");
    }

    #[test]
    fn a_failure_is_reported_with_its_last_message() {
        let message = error(&shell("echo loading >&2; echo '  no model ' >&2; echo >&2; exit 3"));
        assert!(message.contains("exit status: 3") && message.ends_with(": no model"), "{message}");
        assert!(error(&shell("kill -9 $$")).contains("signal: 9"));
        let missing =
            Program { name: "the peer's command", program: "no-such-program".into(), arguments: Vec::new() };
        assert!(error(&missing).contains("was not found; check its name"), "{}", error(&missing));
    }

    #[test]
    fn unread_output_does_not_block_a_program() {
        let noisy =
            shell("i=0; while [ $i -lt 20000 ]; do echo 0123456789; echo 0123456789 >&2; i=$((i+1)); done");
        assert!(noisy.run(&CancelToken::default()).unwrap().is_some());
    }

    #[test]
    fn an_interrupt_ends_the_program() {
        let cancel = CancelToken::default();
        cancel.cancel();
        assert_eq!(shell("sleep 600").run(&cancel).unwrap(), None);
    }
}
