//! Sends the events of a session from its threads.

use std::collections::VecDeque;
use std::sync::Arc;

use crossbeam::channel::{Sender, TrySendError};

use super::event::LiveEvent;

/// Called after each event, on the thread that sends it; must not block.
pub type EventWake = Arc<dyn Fn() + Send + Sync>;

/// The sending end of the events of a session.
#[derive(Clone)]
pub(super) struct EventSender {
    events: Sender<LiveEvent>,
    wake: EventWake,
    /// Events that must not be lost and are not sent yet.
    waiting: VecDeque<LiveEvent>,
}

impl EventSender {
    pub fn new(events: Sender<LiveEvent>, wake: EventWake) -> Self {
        Self { events, wake, waiting: VecDeque::new() }
    }

    /// Sends an event that the next one of its kind replaces. It is dropped if the reader is too slow.
    pub fn offer(&mut self, event: LiveEvent) {
        if self.retry() && self.events.try_send(event).is_ok() {
            (self.wake)();
        }
    }

    /// Sends an event now or, without waiting, as soon as the channel has room.
    pub fn post(&mut self, event: LiveEvent) {
        event.log();
        self.waiting.push_back(event);
        self.retry();
    }

    /// Sends an event and waits until the channel has room. For threads that may wait.
    pub fn send(&mut self, event: LiveEvent) {
        event.log();
        if self.events.send(event).is_ok() {
            (self.wake)();
        }
    }

    /// Sends the events that wait. Returns true if none is left.
    pub fn retry(&mut self) -> bool {
        while let Some(event) = self.waiting.pop_front() {
            match self.events.try_send(event) {
                Ok(()) => (self.wake)(),
                Err(TrySendError::Full(event)) => {
                    self.waiting.push_front(event);
                    return false;
                }
                // The reader has ended; the recording continues.
                Err(TrySendError::Disconnected(_)) => {}
            }
        }
        true
    }

    /// Sends all events that wait, and waits until the channel has room.
    pub fn finish(&mut self) {
        for event in std::mem::take(&mut self.waiting) {
            self.send(event);
        }
    }
}
