//! The state of the editor that panels read while they are drawn.

use std::ops::Range;
use std::path::PathBuf;
use std::rc::Rc;

use super::dictionary::Spelling;
use super::workspace::Workspace;
use crate::document::search::Match;
use crate::document::{Cue, CueId};
use crate::project::Recoverable;
use crate::settings::Settings;
use crate::time::MediaTime;

/// What the editor has open, and how it is shown.
pub struct EditorState {
    pub workspace: Option<Workspace>,
    /// The file being opened.
    pub opening: Option<PathBuf>,
    /// Unsaved changes found after a crash, the latest first.
    pub recoverable: Vec<Recoverable>,
    /// The user's choice; by default problems are shown if there is space.
    pub shows_problems: Option<bool>,
    /// Speakers are shown beside the list, instead of problems.
    pub shows_speakers: bool,
    /// The user's choice; by default the waveform is shown if there is space.
    pub shows_waveform: Option<bool>,
    /// The window is wide enough for a panel beside the list.
    pub is_wide: bool,
    /// The window is tall enough for the waveform below the list.
    pub is_tall: bool,
    /// The list follows playback.
    pub follows: bool,
    /// The playback position, while there is sound.
    pub playhead: Option<MediaTime>,
    /// The matches of the search.
    pub found: Rc<Vec<Match>>,
    /// The dictionary of the captions.
    pub spelling: Spelling,
}

impl Default for EditorState {
    fn default() -> Self {
        Self {
            workspace: None,
            opening: None,
            recoverable: Vec::new(),
            shows_problems: None,
            shows_speakers: false,
            shows_waveform: None,
            is_wide: true,
            is_tall: true,
            follows: true,
            playhead: None,
            found: Rc::default(),
            spelling: Spelling::default(),
        }
    }
}

impl EditorState {
    pub fn shows_problems(&self) -> bool {
        !self.shows_speakers && self.shows_problems.unwrap_or(self.is_wide)
    }

    pub fn shows_picture(&self, settings: &Settings) -> bool {
        settings.shows_picture.unwrap_or(self.is_wide)
    }

    pub fn shows_waveform(&self) -> bool {
        self.shows_waveform.unwrap_or(self.is_tall)
    }

    /// Returns whether leaving the captions would lose changes.
    pub fn would_lose(&self) -> bool {
        self.workspace.as_ref().is_some_and(Workspace::is_dirty)
    }

    /// Returns the playback position, if it is in this cue.
    pub fn playhead_in(&self, cue: &Cue) -> Option<MediaTime> {
        self.playhead.filter(|time| cue.span.contains(*time))
    }

    /// Returns the search matches in a cue, as byte ranges of its text.
    pub fn found_in(&self, cue: CueId) -> Vec<Range<usize>> {
        let found = self.found.iter().filter(|found| found.cue == cue);
        found.map(|found| found.range.clone()).collect()
    }
}
