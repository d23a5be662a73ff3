use std::sync::atomic::{AtomicBool, Ordering};

use thiserror::Error;

/// Stops a call on another thread, within 50 ms.
#[derive(Clone, Copy)]
pub struct Cancel<'a>(&'a AtomicBool);

/// The call was asked to stop.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("cancelled")]
pub struct Cancelled;

impl<'a> Cancel<'a> {
    /// Stops the call once the flag is true.
    pub fn when(flag: &'a AtomicBool) -> Self {
        Self(flag)
    }

    /// Never stops the call.
    pub fn never() -> Cancel<'static> {
        static NEVER: AtomicBool = AtomicBool::new(false);
        Cancel(&NEVER)
    }

    pub(crate) fn check(self) -> Result<(), Cancelled> {
        if self.0.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }
}
