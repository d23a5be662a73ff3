//! What the feed and the recognizer know of each other: how far the spool has come, and how far it was heard.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crossbeam::channel::{Receiver, Sender, bounded};

use crate::audio::SAMPLE_RATE;
use crate::time::MediaTime;

/// The growing end of a spool. All numbers are samples of the spool.
pub(super) struct Tail {
    written: AtomicU64,
    heard: AtomicU64,
    has_ended: AtomicBool,
    bell: (Sender<()>, Receiver<()>),
}

impl Tail {
    pub fn new(written: u64, heard: u64, has_ended: bool) -> Self {
        Self { written: written.into(), heard: heard.into(), has_ended: has_ended.into(), bell: bounded(1) }
    }

    /// The feed: so much can be read.
    pub fn set_written(&self, written: u64) {
        self.written.store(written, Ordering::Release);
        self.ring();
    }

    /// The feed: no more will come.
    pub fn end(&self) {
        self.has_ended.store(true, Ordering::Release);
        self.ring();
    }

    fn ring(&self) {
        // A bell that rings already is heard as well.
        let _ = self.bell.0.try_send(());
    }

    /// The recognizer: everything before this sample has been dealt with.
    pub fn set_heard(&self, heard: u64) {
        self.heard.store(heard, Ordering::Release);
    }

    /// The recognizer: waits until there may be something new, for a fraction of a second at most.
    pub fn wait(&self) {
        let _ = self.bell.1.recv_timeout(Duration::from_millis(200));
    }

    /// Whether the spool has ended, and how much it holds; in this order it holds no more after its end.
    pub fn extent(&self) -> (bool, u64) {
        let has_ended = self.has_ended.load(Ordering::Acquire);
        (has_ended, self.written.load(Ordering::Acquire))
    }

    /// How much sound nobody has dealt with yet.
    pub fn lag(&self) -> MediaTime {
        let (written, heard) = (self.written.load(Ordering::Acquire), self.heard.load(Ordering::Acquire));
        MediaTime::from_samples(written.saturating_sub(heard), SAMPLE_RATE)
    }
}
