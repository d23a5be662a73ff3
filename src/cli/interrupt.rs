//! Ctrl-C and the signals that ask a process to end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;

use super::leave::leave_now;
use super::outcome::Outcome;
use crate::asr::CancelToken;

/// Watches for Ctrl-C. As long as nothing has been done, it ends the process.
pub struct Interrupt {
    cancel: CancelToken,
    is_working: Arc<AtomicBool>,
}

impl Interrupt {
    pub fn watch() -> anyhow::Result<Self> {
        let (cancel, is_working) = (CancelToken::default(), Arc::new(AtomicBool::new(false)));
        let watched = Self { cancel: cancel.clone(), is_working: Arc::clone(&is_working) };
        ctrlc::set_handler(move || {
            if cancel.is_cancelled() || !is_working.load(Ordering::Relaxed) {
                eprintln!("lectern: interrupted");
                leave_now(Outcome::Interrupted.code());
            }
            cancel.cancel();
        })
        .context("Ctrl-C cannot be watched for; start the program anew")?;
        Ok(watched)
    }

    /// Work begins: from now on Ctrl-C sets this token. A second Ctrl-C ends the process at once: nothing is
    /// half-written even then, since files get their names only when they are whole.
    pub fn token(self) -> CancelToken {
        self.is_working.store(true, Ordering::Relaxed);
        self.cancel
    }
}
