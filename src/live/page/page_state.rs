//! The text that the page shows, shared with the thread that serves it.
//!
//! The state holds the current text, not a queue of changes. A thread that is late finds the latest words, memory does
//! not grow, and the writer waits at most until these few lines are copied.

use std::sync::{Mutex, MutexGuard, PoisonError};

use mio::Waker;
use serde::Serialize;

use crate::live::LiveEvent;
use crate::live::LiveText;
use crate::transcript::{Language, join_words};

pub(super) struct PageState {
    state: Mutex<State>,
    waker: Waker,
    /// Distinguishes the line numbers of this session from those of another at the same address.
    session: String,
}

struct State {
    text: LiveText,
    language: Option<Language>,
    /// Lines before this number have been sent and will not change.
    sent: u64,
    has_news: bool,
    is_closed: bool,
}

/// One utterance on the page.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Line {
    number: u64,
    /// Words that will not change.
    text: String,
    /// Words that may still change, with the space before them.
    tentative: String,
}

/// A message to readers: the lines that are new or have changed.
#[derive(Debug, Serialize)]
pub(super) struct Lines<'a> {
    session: &'a str,
    language: Option<Language>,
    lines: Vec<Line>,
}

/// The changes since the state was last read.
pub(super) struct PageNews<'a> {
    pub lines: Lines<'a>,
    /// These are the last lines.
    pub is_closed: bool,
}

impl PageState {
    pub fn new(waker: Waker, session: String, language: Option<Language>) -> Self {
        let state = State { text: LiveText::default(), language, sent: 0, has_news: false, is_closed: false };
        Self { state: Mutex::new(state), waker, session }
    }

    pub fn show(&self, event: &LiveEvent) {
        let mut state = self.lock();
        if state.take(event) {
            self.notify(state);
        }
    }

    pub fn begin_with(&self, text: LiveText) {
        let mut state = self.lock();
        state.text = text;
        self.notify(state);
    }

    /// Ends the page for all readers.
    pub fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        self.notify(state);
    }

    fn notify(&self, mut state: MutexGuard<'_, State>) {
        let had_news = std::mem::replace(&mut state.has_news, true);
        drop(state);
        if !had_news {
            // If that fails: the thread also checks several times a second while there are readers.
            let _ = self.waker.wake();
        }
    }

    /// Returns the changes since the previous call; `None` if there are none.
    pub fn news(&self) -> Option<PageNews<'_>> {
        let mut state = self.lock();
        if !std::mem::take(&mut state.has_news) {
            return None;
        }
        let current = state.text.current();
        let since = std::mem::replace(&mut state.sent, current);
        Some(PageNews { lines: self.lines(&state, since), is_closed: state.is_closed })
    }

    /// Returns all lines, for a new reader.
    pub fn recent(&self) -> Lines<'_> {
        self.lines(&self.lock(), 0)
    }

    fn lines(&self, state: &State, since: u64) -> Lines<'_> {
        let finished = state.text.finished().filter(|(number, _)| *number >= since);
        let finished =
            finished.map(|(number, text)| Line { number, text: text.to_owned(), tentative: String::new() });
        let lines = finished.chain([current(&state.text)]).collect();
        Lines { session: &self.session, language: state.language.clone(), lines }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Applies an event. Returns true if there is something to send.
    fn take(&mut self, event: &LiveEvent) -> bool {
        match event {
            LiveEvent::LanguageDetected(language) if self.language.is_none() => {
                self.language = Some(language.clone());
                // The lines sent so far had no language.
                self.sent = 0;
                true
            }
            event => self.text.take(event),
        }
    }
}

/// Returns the current utterance. It may be empty, if tentative words have disappeared.
fn current(text: &LiveText) -> Line {
    let (committed, words) = (text.committed(), text.tentative());
    let mut tentative = join_words(words);
    if !committed.is_empty() && words.first().is_some_and(|word| word.space_before) {
        tentative.insert(0, ' ');
    }
    Line { number: text.current(), text: committed, tentative }
}
