//! What the page shows, for any number of readers.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::json;

use crate::session::live::LiveText;
use crate::session::message::LiveEvent;
use crate::transcript::join_words;

/// The last utterances, and a number that grows with every change.
#[derive(Default)]
pub(super) struct Board {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    version: u64,
    text: LiveText,
    is_closed: bool,
}

impl Board {
    pub fn show(&self, event: &LiveEvent) {
        let mut state = self.lock();
        if !state.text.take(event) {
            return;
        }
        state.version += 1;
        self.changed.notify_all();
    }

    /// Sends all readers away.
    pub fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    /// Waits until there is something newer than `seen`, but no longer than `patience`. Gives the newest version
    /// with what it shows as JSON; `None` when the page is closed.
    pub fn wait(&self, seen: u64, patience: Duration) -> Option<(u64, String)> {
        let unchanged = |state: &mut State| state.version == seen && !state.is_closed;
        let waited = self.changed.wait_timeout_while(self.lock(), patience, unchanged);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (!state.is_closed).then(|| {
            let text = &state.text;
            let object = json!({
                "lines": text.finished().map(|(_, line)| line).collect::<Vec<_>>(),
                "committed": text.committed(),
                "tentative": join_words(text.tentative()),
            });
            (state.version, object.to_string())
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
