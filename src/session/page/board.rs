//! What the page shows, for any number of readers.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::json;

use crate::session::message::LiveEvent;
use crate::transcript::{Word, join_words};

/// Utterances that a new reader sees.
const LINES: usize = 30;

/// The last utterances, and a number that grows with every change.
#[derive(Default)]
pub(super) struct Board {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    version: u64,
    lines: VecDeque<String>,
    /// Committed words of the utterance that is being spoken.
    committed: Vec<Word>,
    tentative: Vec<Word>,
    is_closed: bool,
}

impl Board {
    pub fn show(&self, event: &LiveEvent) {
        let mut state = self.lock();
        match event {
            LiveEvent::Tentative { words, .. } => state.tentative.clone_from(words),
            LiveEvent::Committed { words, is_last, .. } => {
                state.committed.extend_from_slice(words);
                state.tentative.clear();
                if *is_last {
                    let words = std::mem::take(&mut state.committed);
                    state.lines.extend((!words.is_empty()).then(|| join_words(&words)));
                    let old = state.lines.len().saturating_sub(LINES);
                    state.lines.drain(..old);
                }
            }
            _ => return,
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
            let object = json!({
                "lines": state.lines,
                "committed": join_words(&state.committed),
                "tentative": join_words(&state.tentative),
            });
            (state.version, object.to_string())
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
