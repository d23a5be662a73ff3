//! What is to be decoded.

use crate::time::MediaTime;

/// A wish; the newest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wish {
    /// Grows from wish to wish.
    pub(super) number: u64,
    pub(super) what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Nothing,
    /// The frame at this time.
    Still(MediaTime),
    /// The frames from this time on.
    Stream(MediaTime),
}
