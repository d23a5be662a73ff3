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
