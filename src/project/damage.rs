use thiserror::Error;

use crate::time::MediaTime;

/// What is wrong inside the file of a project. The text says it of "the file".
#[derive(Debug, Error)]
pub enum ProjectDamage {
    /// It is no JSON, or not as projects are.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// Two cues have the same number, or one has a number that none can have.
    #[error("the cue at {at} has no number of its own")]
    CueNumber {
        /// Where that cue begins.
        at: MediaTime,
    },
}
