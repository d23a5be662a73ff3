//! What the worker and the window both see.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::PictureError;
use crate::time::MediaTime;

/// What is known of a recording's picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PictureState {
    /// Nothing yet.
    #[default]
    Unknown,
    /// There is one.
    Found,
    /// The recording has none.
    Absent,
    /// There may be one, which cannot be shown.
    Failed(PictureError),
}

#[derive(Default)]
pub(super) struct Board {
    /// Unit: milliseconds.
    playhead: AtomicI64,
    state: Mutex<PictureState>,
}

impl Board {
    pub(super) fn state(&self) -> PictureState {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_state(&self, state: PictureState) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }

    pub(super) fn playhead(&self) -> MediaTime {
        MediaTime::from_millis(self.playhead.load(Ordering::Relaxed))
    }

    pub(super) fn set_playhead(&self, time: MediaTime) {
        self.playhead.store(time.as_millis(), Ordering::Relaxed);
    }
}
