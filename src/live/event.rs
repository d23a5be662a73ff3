//! What a live session reports.

use crate::audio::Level;
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{Language, Segment, Word};

/// News of a live session, roughly in the order of the recording. All times are those of the recording.
#[derive(Clone, Debug, PartialEq)]
pub enum LiveEvent {
    /// How things stand; several times a second. Left out when nobody keeps up with the news.
    Status(LiveStatus),
    LanguageDetected(Language),
    /// What seems to be said after the committed words of an utterance. Replaces what was tentative before, and
    /// may be empty. Left out when the machine or the reader of the news is too slow.
    Tentative {
        /// Number of the utterance, from 0.
        utterance: u64,
        words: Vec<Word>,
    },
    /// Words for the screen that follow all that were committed before. They never change.
    Committed {
        utterance: u64,
        words: Vec<Word>,
        /// Whether the utterance ends with them.
        is_last: bool,
    },
    /// The final decoding of an utterance, which enters the captions.
    Recognized(Segment),
    /// The input has gone; the recording goes on with silence.
    DeviceLost {
        at: MediaTime,
        reason: String,
    },
    /// The input is back after a gap.
    DeviceBack {
        gap: TimeSpan,
    },
    /// The computer was too busy to take sound from the device: there is silence in its place.
    SoundDropped {
        at: MediaTime,
        length: MediaTime,
    },
    /// The sound of the device cannot be kept in full quality any more; the recording goes on.
    FullQualityStopped {
        at: MediaTime,
        reason: String,
    },
    /// The disk will be full after about so many minutes.
    DiskLow {
        minutes: u64,
    },
    /// The recognizer failed and was started anew.
    RecognizerFailed {
        reason: String,
    },
    /// A stretch could not be recognized even with a new recognizer; its sound is kept.
    NotRecognized {
        span: TimeSpan,
    },
    Paused {
        at: MediaTime,
    },
    Resumed {
        at: MediaTime,
    },
    /// The recording has ended; what is still to be recognized follows.
    Stopped {
        at: MediaTime,
        reason: StopReason,
    },
}

impl LiveEvent {
    /// Logs what may matter to somebody who looks for the cause of trouble, and no words.
    pub(super) fn log(&self) {
        match self {
            Self::Status(_) | Self::Tentative { .. } | Self::Committed { .. } => {}
            Self::LanguageDetected(language) => tracing::info!(%language, "language detected"),
            Self::Recognized(segment) => {
                let (span, words) = (segment.span(), segment.words.len());
                tracing::debug!(start = %span.start, end = %span.end, words, doubt = ?segment.doubt, "utterance recognized");
            }
            Self::DeviceLost { at, reason } => tracing::warn!(%at, reason, "device lost"),
            Self::DeviceBack { gap } => tracing::info!(start = %gap.start, end = %gap.end, "device back"),
            Self::SoundDropped { at, length } => tracing::warn!(%at, %length, "sound dropped"),
            Self::FullQualityStopped { at, reason } => tracing::warn!(%at, reason, "full quality stopped"),
            Self::DiskLow { minutes } => tracing::warn!(minutes, "disk nearly full"),
            Self::RecognizerFailed { reason } => tracing::warn!(reason, "recognizer failed"),
            Self::NotRecognized { span } => {
                tracing::warn!(start = %span.start, end = %span.end, "not recognized");
            }
            Self::Paused { at } => tracing::info!(%at, "paused"),
            Self::Resumed { at } => tracing::info!(%at, "resumed"),
            Self::Stopped { at, reason } => tracing::info!(%at, ?reason, "recording stopped"),
        }
    }
}

/// How a live session stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LiveStatus {
    /// Length of the recording so far.
    pub recorded: MediaTime,
    /// How far the recognizer is behind the recording.
    pub lag: MediaTime,
    /// The level of the input since the status before.
    pub level: Level,
}

/// Why a recording ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// Somebody asked for it.
    Asked,
    /// The file that was played as a microphone has ended.
    EndOfInput,
    DiskFull,
    /// The recording cannot be written.
    Unwritable(String),
}
