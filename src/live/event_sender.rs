//! How the threads of a session tell of it.

use std::collections::VecDeque;
use std::sync::Arc;

use crossbeam::channel::{Sender, TrySendError};

use super::event::LiveEvent;

/// Called after each event, on the thread that tells it; must not block.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// The sending end of the events of a session.
#[derive(Clone)]
pub(super) struct EventSender {
    events: Sender<LiveEvent>,
    wake: Wake,
    /// Events that must not be lost and have not been taken yet.
    waiting: VecDeque<LiveEvent>,
}

impl EventSender {
    pub fn new(events: Sender<LiveEvent>, wake: Wake) -> Self {
        Self { events, wake, waiting: VecDeque::new() }
    }

    /// Tells an event that the next one of its kind replaces. It is left out when nobody keeps up.
    pub fn offer(&mut self, event: LiveEvent) {
        if self.retry() && self.events.try_send(event).is_ok() {
            (self.wake)();
        }
    }

    /// Tells an event at once or, without waiting, as soon as there is room.
    pub fn post(&mut self, event: LiveEvent) {
        event.log();
        self.waiting.push_back(event);
        self.retry();
    }

    /// Tells an event, however long it takes. For threads that may wait.
    pub fn send(&mut self, event: LiveEvent) {
        event.log();
        if self.events.send(event).is_ok() {
            (self.wake)();
        }
    }

    /// Tells what is waiting; whether nothing is left.
    pub fn retry(&mut self) -> bool {
        while let Some(event) = self.waiting.pop_front() {
            match self.events.try_send(event) {
                Ok(()) => (self.wake)(),
                Err(TrySendError::Full(event)) => {
                    self.waiting.push_front(event);
                    return false;
                }
                // Nobody listens any more; the recording goes on.
                Err(TrySendError::Disconnected(_)) => {}
            }
        }
        true
    }

    /// Tells everything that is waiting, however long it takes.
    pub fn finish(&mut self) {
        for event in std::mem::take(&mut self.waiting) {
            self.send(event);
        }
    }
}
