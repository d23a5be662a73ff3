//! What became of one recording, for those who save captions and those who report it.

use std::path::PathBuf;

use crate::project::ProjectError;
use crate::time::MediaTime;
use crate::transcript::Language;

/// The result of one recording.
pub struct SavedCaptions {
    /// The files that were written.
    pub outputs: Vec<PathBuf>,
    pub language: Language,
    pub duration: MediaTime,
    pub cues: usize,
    /// The number of broken rules that someone should fix.
    pub faults: usize,
    /// The number of rules broken because the speech is too fast or too dense.
    pub speech_bound: usize,
    pub unsaved: Option<Unsaved>,
}

/// Files that could not be written.
pub struct Unsaved {
    pub failures: Vec<anyhow::Error>,
    /// The project that holds the captions instead.
    pub kept: Result<PathBuf, ProjectError>,
}
