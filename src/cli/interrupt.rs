//! Ctrl-C and the signals that ask a process to end.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;

use super::exit::exit_now;
use super::outcome::Outcome;
use crate::asr::CancelToken;
use crate::console::eprint_line;

/// Watches for Ctrl-C. Before the work starts, Ctrl-C ends the process.
pub struct Interrupt {
    cancel: CancelToken,
    is_working: Arc<AtomicBool>,
}

/// What asks the process to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SignalRequest {
    /// Ctrl-C, or the signal that `kill` sends.
    End,
    /// The terminal was closed; shell and kernel each send this.
    #[cfg(unix)]
    HangUp,
}

impl Interrupt {
    pub fn watch() -> anyhow::Result<Self> {
        let (cancel, is_working) = (CancelToken::default(), Arc::new(AtomicBool::new(false)));
        let watched = Self { cancel: cancel.clone(), is_working: Arc::clone(&is_working) };
        listen(move |request| {
            let is_second = cancel.is_cancelled();
            if is_second && request != SignalRequest::End {
                return;
            }
            if is_second || !is_working.load(Ordering::Relaxed) {
                eprint_line("lectern: interrupted");
                exit_now(Outcome::Interrupted.code());
            }
            cancel.cancel();
        })
        .context("the handler for Ctrl-C cannot be installed; start the program again")?;
        Ok(watched)
    }

    /// Called when the work starts: from now on Ctrl-C sets this token. A second Ctrl-C ends the process at once; no
    /// file is left incomplete even then, because files get their names only when they are complete.
    pub fn token(self) -> CancelToken {
        self.is_working.store(true, Ordering::Relaxed);
        self.cancel
    }
}

/// Calls `on_request` on a thread of its own.
#[cfg(unix)]
fn listen(on_request: impl Fn(SignalRequest) + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    if !ignores_hang_ups() {
        signals.add_signal(SIGHUP)?;
    }
    let watch = move || {
        for signal in signals.forever() {
            on_request(if signal == SIGHUP { SignalRequest::HangUp } else { SignalRequest::End });
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(watch).map(drop)
}

/// Returns whether the process was started to outlive its terminal, as with `nohup`.
#[cfg(unix)]
#[expect(unsafe_code, reason = "no crate reads how a signal is answered without changing it")]
fn ignores_hang_ups() -> bool {
    let mut action = std::mem::MaybeUninit::<libc::sigaction>::zeroed();
    // SAFETY: a null action changes nothing; the current one is written to a place of its type.
    let asked = unsafe { libc::sigaction(libc::SIGHUP, std::ptr::null(), action.as_mut_ptr()) };
    // SAFETY: zeroed above, which is a valid value, and filled if the call succeeded.
    asked == 0 && unsafe { action.assume_init() }.sa_sigaction == libc::SIG_IGN
}

/// Calls `on_request` on a thread of its own.
#[cfg(not(unix))]
fn listen(on_request: impl Fn(SignalRequest) + Send + 'static) -> io::Result<()> {
    ctrlc::set_handler(move || on_request(SignalRequest::End)).map_err(io::Error::other)
}
