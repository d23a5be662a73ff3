//! Events and progress of a transcription.

use serde::{Deserialize, Serialize};

use crate::time::MediaTime;
use crate::transcript::{Language, LanguageScore, Segment};

/// What happens during a transcription, in the order of the recording.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The language was detected; in recordings that change it, the one at the start.
    LanguageDetected {
        /// The language.
        language: Language,
        /// How probable it and others are, the most probable first.
        scores: Vec<LanguageScore>,
    },
    /// The words of one window, which will not change.
    Recognized(Segment),
    /// More of the recording was recognized.
    Progress(Progress),
}

/// How much of a recording has been transcribed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Everything before this time has been recognized.
    pub done: MediaTime,
    /// Length of the recording, if its file states it.
    pub total: Option<MediaTime>,
}
