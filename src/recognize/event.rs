//! Events and progress of a transcription.

use serde::{Deserialize, Serialize};

use crate::time::MediaTime;
use crate::transcript::{Language, Segment};

/// What happens during a transcription, in the order of the recording.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The language was detected.
    LanguageDetected(Language),
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
