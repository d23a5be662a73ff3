use thiserror::Error;

use crate::time::MediaTime;

/// What is wrong inside a project file. The text refers to it as "the file".
#[derive(Debug, Error)]
pub enum ProjectDamage {
    /// It is not JSON, or not in the form of a project.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// Two cues have the same number, or one has an invalid number.
    #[error("the cue at {at} has no number of its own")]
    CueNumber {
        /// The start of that cue.
        at: MediaTime,
    },
}

/// What a file is instead of a project.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum NotProject {
    /// It does not have the form of a project.
    #[error("it does not have the expected form")]
    OtherForm,
    /// It is JSON in a format with this name.
    #[error("its format is \u{201c}{0}\u{201d}")]
    OtherFormat(String),
}
