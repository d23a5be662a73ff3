//! What the page shows, left for the thread that serves it.
//!
//! The page_state holds what there is to read now, not a queue of what has changed. A thread that comes late finds the
//! latest words; nothing grows, and whoever writes on the page_state waits at most until these few lines are copied.

use std::sync::{Mutex, MutexGuard, PoisonError};

use mio::Waker;
use serde::Serialize;

use crate::live::LiveEvent;
use crate::live::LiveText;
use crate::transcript::{Language, join_words};

pub(super) struct PageState {
    state: Mutex<State>,
    waker: Waker,
    /// Sets the numbers of lines of one session apart from those of another at the same address.
    session: String,
}

struct State {
    text: LiveText,
    language: Option<Language>,
    /// Lines before this number have been told and will not change.
    told: u64,
    has_news: bool,
    is_closed: bool,
}

/// An utterance.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Line {
    number: u64,
    /// Words that will not change.
    text: String,
    /// Words that may still change, with the space before them.
    tentative: String,
}

/// What readers are told: lines that are new or have changed.
#[derive(Debug, Serialize)]
pub(super) struct Lines<'a> {
    session: &'a str,
    language: Option<Language>,
    lines: Vec<Line>,
}

/// What has happened since the page_state was looked at last.
pub(super) struct News<'a> {
    pub lines: Lines<'a>,
    /// These are the last lines.
    pub is_closed: bool,
}

impl PageState {
    pub fn new(waker: Waker, session: String, language: Option<Language>) -> Self {
        let state = State { text: LiveText::default(), language, told: 0, has_news: false, is_closed: false };
        Self { state: Mutex::new(state), waker, session }
    }

    pub fn show(&self, event: &LiveEvent) {
        let mut state = self.lock();
        if state.take(event) {
            self.tell(state);
        }
    }

    pub fn begin_with(&self, text: LiveText) {
        let mut state = self.lock();
        state.text = text;
        self.tell(state);
    }

    /// Sends all readers away.
    pub fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        self.tell(state);
    }

    fn tell(&self, mut state: MutexGuard<'_, State>) {
        let had_news = std::mem::replace(&mut state.has_news, true);
        drop(state);
        if !had_news {
            // The thread also looks by itself several times a second while there are readers.
            let _ = self.waker.wake();
        }
    }

    /// What is new since the last call.
    pub fn news(&self) -> Option<News<'_>> {
        let mut state = self.lock();
        if !std::mem::take(&mut state.has_news) {
            return None;
        }
        let current = state.text.current();
        let since = std::mem::replace(&mut state.told, current);
        Some(News { lines: self.lines(&state, since), is_closed: state.is_closed })
    }

    /// All that a new reader is told.
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
    /// Whether the event is something to tell.
    fn take(&mut self, event: &LiveEvent) -> bool {
        match event {
            LiveEvent::LanguageDetected(language) if self.language.is_none() => {
                self.language = Some(language.clone());
                // What has been told had no language.
                self.told = 0;
                true
            }
            event => self.text.take(event),
        }
    }
}

/// The utterance that is being spoken. It may be empty: what seemed to be said was nothing.
fn current(text: &LiveText) -> Line {
    let (committed, words) = (text.committed(), text.tentative());
    let mut tentative = join_words(words);
    if !committed.is_empty() && words.first().is_some_and(|word| word.space_before) {
        tentative.insert(0, ' ');
    }
    Line { number: text.current(), text: committed, tentative }
}
