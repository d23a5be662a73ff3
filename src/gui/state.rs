//! The state of the window, apart from what single panels remember for themselves.

use std::ops::Range;
use std::path::PathBuf;
use std::rc::Rc;

use super::audience::AudienceWindow;
use super::command::Available;
use super::editor::dictionary::Spelling;
use super::editor::workspace::Workspace;
use super::keymap::Keymap;
use super::models::ModelsState;
use super::notice::Notices;
use super::queue::QueueState;
use super::record::RecordState;
use super::theme::Colors;
pub use crate::caption::DEFAULT_PROFILE;
use crate::document::search::Match;
use crate::document::{Cue, CueId};
use crate::project::Recoverable;
use crate::remembered::RememberedVoices;
use crate::settings::Settings;
use crate::time::MediaTime;

/// The page that the window shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// The open captions, or the start page if there are none.
    #[default]
    Captions,
    Record,
    Queue,
    Models,
}

pub struct State {
    pub page: Page,
    pub record: RecordState,
    pub queue: QueueState,
    /// Models that are installed or can be downloaded.
    pub shelf: ModelsState,
    pub audience: AudienceWindow,
    pub workspace: Option<Workspace>,
    pub notices: Notices,
    pub settings: Settings,
    /// Voices that a user asked to remember.
    pub remembered: RememberedVoices,
    pub keymap: Keymap,
    /// Unsaved changes found after a crash, the latest first.
    pub recoverable: Vec<Recoverable>,
    /// The file being opened.
    pub opening: Option<PathBuf>,
    /// Names of the speech models on this computer, once they have been listed.
    pub models: Option<Vec<String>>,
    /// The font families of the system, once they have been loaded.
    pub font_families: Vec<String>,
    /// The user's choice; by default problems are shown if there is space.
    pub shows_problems: Option<bool>,
    /// Speakers are shown beside the list, instead of problems.
    pub shows_speakers: bool,
    /// The window is wide enough for a panel beside the list.
    pub is_wide: bool,
    /// The window is tall enough for the waveform below the list.
    pub is_tall: bool,
    /// The user's choice; by default the waveform is shown if there is space.
    pub shows_waveform: Option<bool>,
    /// The list follows playback.
    pub follows: bool,
    /// The playback position, while there is sound.
    pub playhead: Option<MediaTime>,
    /// The matches of the search.
    pub found: Rc<Vec<Match>>,
    /// The dictionary of the captions.
    pub spelling: Spelling,
}

impl State {
    /// Returns whether closing the window would interrupt something.
    pub fn is_busy(&self) -> bool {
        self.record.is_busy() || self.queue.is_running()
    }

    pub fn shows_problems(&self) -> bool {
        !self.shows_speakers && self.shows_problems.unwrap_or(self.is_wide)
    }

    pub fn shows_waveform(&self) -> bool {
        self.shows_waveform.unwrap_or(self.is_tall)
    }

    /// Returns the playback position, if it is in this cue.
    pub fn heard(&self, cue: &Cue) -> Option<MediaTime> {
        self.playhead.filter(|time| cue.span.contains(*time))
    }

    /// Returns the search matches in a cue, as byte ranges of its text.
    pub fn found_in(&self, cue: CueId) -> Vec<Range<usize>> {
        let found = self.found.iter().filter(|found| found.cue == cue);
        found.map(|found| found.range.clone()).collect()
    }
}

/// What a panel sees while it is drawn.
pub struct View<'a> {
    pub state: &'a State,
    pub colors: &'static Colors,
    pub available: Available,
}
