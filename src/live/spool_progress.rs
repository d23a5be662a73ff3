//! The state that the feed and the recognizer share: how much is written, and how much is processed.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crossbeam::channel::{Receiver, Sender, bounded};

use crate::audio::SAMPLE_RATE;
use crate::time::MediaTime;

/// The growing end of a spool. All numbers are samples of the spool.
pub(super) struct Tail {
    written: AtomicU64,
    processed: AtomicU64,
    has_ended: AtomicBool,
    bell: (Sender<()>, Receiver<()>),
}

impl Tail {
    pub fn new(written: u64, processed: u64, has_ended: bool) -> Self {
        Self {
            written: written.into(),
            processed: processed.into(),
            has_ended: has_ended.into(),
            bell: bounded(1),
        }
    }

    /// Called by the feed: samples up to this one can be read.
    pub fn set_written(&self, written: u64) {
        self.written.store(written, Ordering::Release);
        self.ring();
    }

    /// Called by the feed: the spool is complete.
    pub fn end(&self) {
        self.has_ended.store(true, Ordering::Release);
        self.ring();
    }

    fn ring(&self) {
        // If it is full, the reader will wake up anyway.
        let _ = self.bell.0.try_send(());
    }

    /// Called by the recognizer: everything before this sample is processed.
    pub fn set_processed(&self, processed: u64) {
        self.processed.store(processed, Ordering::Release);
    }

    /// Called by the recognizer: waits until there may be new audio, for at most 200 ms.
    pub fn wait(&self) {
        let _ = self.bell.1.recv_timeout(Duration::from_millis(200));
    }

    /// Returns whether the spool is complete, and its number of samples. Read in this order, so that a complete spool
    /// does not grow.
    pub fn extent(&self) -> (bool, u64) {
        let has_ended = self.has_ended.load(Ordering::Acquire);
        (has_ended, self.written.load(Ordering::Acquire))
    }

    /// Returns how much audio is written but not processed.
    pub fn lag(&self) -> MediaTime {
        let (written, processed) =
            (self.written.load(Ordering::Acquire), self.processed.load(Ordering::Acquire));
        MediaTime::from_samples(written.saturating_sub(processed), SAMPLE_RATE)
    }
}
