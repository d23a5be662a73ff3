//! The state of a recording. The main window and the audience window read it when they draw, so a hidden window blocks
//! nothing.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::audio::Level;
use crate::gui::wake::Wake;
use crate::live::page::CaptionPage;
use crate::live::{LevelTrouble, LevelWatch, LiveText};
use crate::live::{LiveEvent, LiveStatus};
use crate::time::MediaTime;

/// The maximum number of unread news.
const MOST_NEWS: usize = 16;

/// The current state of a recording.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    pub text: LiveText,
    pub status: LiveStatus,
    /// Length of audio that the disk still has space for.
    pub room: Option<MediaTime>,
    pub is_paused: bool,
    /// The microphone currently delivers no sound.
    pub is_silent: bool,
    /// The end of the last final word.
    pub recognized: MediaTime,
}

#[derive(Default)]
struct State {
    standing: Standing,
    news: VecDeque<LiveEvent>,
    level: LevelWatch,
    troubles: Vec<LevelTrouble>,
    /// Increases with every change to the text.
    version: u64,
}

pub struct LiveState {
    state: Mutex<State>,
    /// The page for browsers, while it is open.
    page: Mutex<Option<CaptionPage>>,
    wake: Wake,
}

impl LiveState {
    /// `wake` is called when there is something new to show.
    pub fn new(wake: Wake) -> Self {
        Self { state: Mutex::default(), page: Mutex::default(), wake }
    }

    /// Resets the state for a new recording.
    pub fn clear(&self) {
        let mut state = self.lock();
        let version = state.version + 1;
        *state = State { version, ..State::default() };
        drop(state);
        (self.wake)();
    }

    pub fn show(&self, event: LiveEvent) {
        // Locked until the end: a page opened meanwhile either starts with this event or receives it, never both.
        let page = self.page();
        if let Some(page) = &*page {
            page.show(&event);
        }
        let mut state = self.lock();
        if state.standing.text.take(&event) {
            state.version += 1;
        } else {
            state.note(event);
        }
        drop(state);
        (self.wake)();
    }

    /// Sets the level before anything is recorded.
    pub fn set_level(&self, level: Level) {
        self.lock().standing.status.level = level;
        (self.wake)();
    }

    pub fn set_room(&self, room: Option<MediaTime>) {
        self.lock().standing.room = room;
    }

    /// Returns the events since the last call that need a notice, and level problems.
    pub fn news(&self) -> (Vec<LiveEvent>, Vec<LevelTrouble>) {
        let mut state = self.lock();
        (state.news.drain(..).collect(), std::mem::take(&mut state.troubles))
    }

    pub fn standing(&self) -> Standing {
        self.lock().standing.clone()
    }

    /// Returns the text, if it has changed since version `seen`.
    pub fn text_since(&self, seen: u64) -> Option<(u64, LiveText)> {
        let state = self.lock();
        (state.version != seen).then(|| (state.version, state.standing.text.clone()))
    }

    /// Sets or removes the page for browsers; a new page also shows what was said lately. Returns the previous page,
    /// which may take a moment to close.
    pub fn set_page(&self, page: Option<CaptionPage>) -> Option<CaptionPage> {
        let mut place = self.page();
        if let Some(page) = &page {
            page.begin_with(self.lock().standing.text.clone());
        }
        std::mem::replace(&mut *place, page)
    }

    fn page(&self) -> MutexGuard<'_, Option<CaptionPage>> {
        self.page.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn note(&mut self, event: LiveEvent) {
        let standing = &mut self.standing;
        match event {
            LiveEvent::Status(status) => {
                standing.status = status;
                self.troubles.extend(self.level.follow(&status));
                standing.is_silent = self.level.is_silent();
            }
            LiveEvent::Paused { .. } => standing.is_paused = true,
            LiveEvent::Resumed { .. } => standing.is_paused = false,
            LiveEvent::Recognized(segment) => standing.recognized = segment.span().end,
            LiveEvent::LanguageDetected(_)
            | LiveEvent::Tentative { .. }
            | LiveEvent::Committed { .. }
            | LiveEvent::Speakers(_) => {}
            event => {
                if self.news.len() == MOST_NEWS {
                    self.news.pop_front();
                }
                self.news.push_back(event);
            }
        }
    }
}
