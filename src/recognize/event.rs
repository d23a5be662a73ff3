//! Progress of a transcription.

use serde::{Deserialize, Serialize};

use crate::time::MediaTime;
use crate::transcript::{Language, Segment};

/// News of a transcription, in the order of the recording.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The language that was detected.
    LanguageDetected(Language),
    /// Words that will not change any more.
    Recognized(Segment),
    Progress(Progress),
}

/// How far a transcription has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Everything before this time has been recognized.
    pub done: MediaTime,
    /// Length of the recording, where its file states it.
    pub total: Option<MediaTime>,
}
