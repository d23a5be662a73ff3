//! Passes sound to the threads that find speakers.

use crossbeam::channel::Sender;
use speakers::{Listener, Stretch};

/// Sound of a lane of the recording, counted from 0.
pub(super) type LaneStretch = (usize, Stretch);

/// Takes the sound of a lane of a recording, from its start.
pub(in crate::recognize) struct Ear {
    lane: usize,
    listener: Listener,
    /// `None` once no thread listens.
    stretches: Option<Sender<LaneStretch>>,
}

impl Ear {
    pub(super) fn new(lane: usize, stretches: Sender<LaneStretch>) -> Self {
        Self { lane, listener: Listener::default(), stretches: Some(stretches) }
    }

    /// Takes the next samples: 16 kHz, mono. Waits if the threads are behind, so that little sound is in memory.
    pub fn push(&mut self, samples: &[f32]) {
        if self.stretches.is_some() {
            let stretches = self.listener.push(samples);
            self.send(stretches);
        }
    }

    /// Ends the recording. Sound after this is the same recording again, which replaces the first pass.
    pub fn finish(&mut self) {
        let last = self.listener.finish();
        self.send(last);
    }

    fn send(&mut self, stretches: impl IntoIterator<Item = Stretch>) {
        for stretch in stretches {
            let stretch = (self.lane, stretch);
            if self.stretches.as_ref().is_some_and(|sender| sender.send(stretch).is_err()) {
                // A thread has stopped, which is reported once all have ended.
                self.stretches = None;
            }
        }
    }
}
