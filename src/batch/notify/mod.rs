//! Sends notifications to a web address, or to a program on this computer.
//!
//! Notifications are sent on a separate thread and never delay the work: one that cannot be sent in time, or that comes
//! when too many are waiting, is dropped and counted.

mod command;
mod policy;
mod send;

use std::collections::BTreeMap;
use std::io;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossbeam::channel::{Receiver, Sender, TrySendError, bounded};
use serde::Serialize;

use crate::asr::CancelToken;

pub use policy::{Policy, PolicyError};
pub use send::{Patience, Recipient, RecipientError};

/// Maximum number of waiting notifications.
const MOST_WAITING: usize = 256;
/// Maximum number of errors kept for the report.
const MOST_ERRORS: usize = 8;
/// How long it may take to kill a command.
const KILL: Duration = Duration::from_secs(1);

/// A message about an event.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Notification {
    /// Names and values that a policy filters by.
    pub attributes: BTreeMap<String, String>,
    /// The event, as a sentence.
    pub message: String,
}

impl Notification {
    /// Makes a notification without attributes.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// Returns the same notification with one more attribute.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.insert(name.to_owned(), value.into());
        self
    }
}

/// Sends notifications to one recipient until it is closed.
pub struct Notifier {
    policy: Policy,
    waiting: Option<Sender<Notification>>,
    ended: Receiver<Vec<String>>,
    thread: Option<JoinHandle<()>>,
    give_up: CancelToken,
    dropped: usize,
}

impl Notifier {
    /// Starts a notifier.
    ///
    /// # Errors
    /// [`io::Error`] if the thread cannot be started.
    pub fn new(recipient: Recipient, policy: Policy, patience: Patience) -> io::Result<Self> {
        let (waiting, notifications) = bounded(MOST_WAITING);
        let (errors, ended) = bounded(1);
        let give_up = CancelToken::default();
        let asked = give_up.clone();
        let deliver = move || {
            // The notifier may have been dropped.
            let _ = errors.send(deliver_all(&recipient, patience, &notifications, &asked));
        };
        let thread = thread::Builder::new().name("notify".to_owned()).spawn(deliver)?;
        Ok(Self { policy, waiting: Some(waiting), ended, thread: Some(thread), give_up, dropped: 0 })
    }

    /// Queues a notification, if the policy accepts it. Returns at once.
    pub fn tell(&mut self, notification: Notification) {
        if !self.policy.accepts(&notification.attributes) {
            return;
        }
        let Some(waiting) = &self.waiting else { return };
        if let Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) = waiting.try_send(notification) {
            self.dropped += 1;
        }
    }

    /// Waits at most `grace` for the waiting notifications to be sent. Returns the errors of all notifications.
    pub fn close(mut self, grace: Duration) -> Vec<String> {
        self.waiting = None;
        let mut errors = match self.ended.recv_timeout(grace) {
            Ok(errors) => errors,
            Err(_) => {
                self.give_up();
                vec!["some notifications could not be sent in time".to_owned()]
            }
        };
        if let Some(thread) = self.thread.take().filter(JoinHandle::is_finished) {
            let _ = thread.join();
        }
        if self.dropped > 0 {
            errors.push(format!("{} notifications were dropped because too many were waiting", self.dropped));
        }
        errors
    }

    /// Ends a running command, which would otherwise outlive the program.
    fn give_up(&self) {
        self.give_up.cancel();
        let _ = self.ended.recv_timeout(KILL);
    }
}

impl Drop for Notifier {
    fn drop(&mut self) {
        self.waiting = None;
        if self.thread.as_ref().is_some_and(|thread| !thread.is_finished()) {
            self.give_up();
        }
    }
}

fn deliver_all(
    recipient: &Recipient,
    patience: Patience,
    notifications: &Receiver<Notification>,
    give_up: &CancelToken,
) -> Vec<String> {
    let mut errors = Vec::new();
    for notification in notifications {
        if give_up.is_cancelled() {
            break;
        }
        if let Err(error) = recipient.deliver(&notification, patience, give_up)
            && errors.len() < MOST_ERRORS
        {
            errors.push(error.to_string());
        }
    }
    errors
}
