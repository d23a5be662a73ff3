//! Runs a command for a notification, and ends it with all processes that it started.

use std::io::{self, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::send::RecipientError;
use crate::asr::CancelToken;

/// How often to check the process.
const POLL: Duration = Duration::from_millis(20);

/// Runs a command line with the shell. After `time_out`, or when `give_up` is set, it is killed.
pub(super) fn run(
    command: &str,
    json: &[u8],
    time_out: Duration,
    give_up: &CancelToken,
) -> Result<(), RecipientError> {
    let not_run = |source| RecipientError::NotRun { command: command.to_owned(), source };
    let failed = |how: String| RecipientError::Failed { command: command.to_owned(), how };
    let mut child = shell(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(not_run)?;
    if let Some(mut input) = child.stdin.take() {
        // A command may ignore its input.
        let _ = input.write_all(json);
    }
    match wait(&mut child, time_out, give_up).map_err(not_run)? {
        Some(status) if status.success() => Ok(()),
        Some(status) => Err(failed(status.to_string())),
        None => Err(failed(format!("it was ended after {} s", time_out.as_secs()))),
    }
}

fn shell(command: &str) -> Command {
    let (program, option) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut shell = Command::new(program);
    shell.arg(option).arg(command);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut shell, 0);
    shell
}

/// Waits for the process. Returns `None` if it had to be killed.
fn wait(child: &mut Child, time_out: Duration, give_up: &CancelToken) -> io::Result<Option<ExitStatus>> {
    let deadline = Instant::now() + time_out;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= deadline || give_up.is_cancelled() {
            kill_group(child)?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(POLL);
    }
}

/// Kills the shell and the processes that it started, which would otherwise continue without it.
#[cfg(unix)]
fn kill_group(child: &Child) -> io::Result<()> {
    use rustix::process::{Pid, Signal, kill_process_group};

    // The process was not waited for, so that its number is still its own.
    Ok(kill_process_group(Pid::from_child(child), Signal::KILL)?)
}

/// Kills the shell and the processes that it started, which would otherwise continue without it.
#[cfg(not(unix))]
fn kill_group(child: &Child) -> io::Result<()> {
    let kill = ["/F", "/T", "/PID"];
    Command::new("taskkill").args(kill).arg(child.id().to_string()).output().map(drop)
}
