//! Events of a live session.

use std::sync::Arc;

use super::SourceError;
use crate::asr::RecognizeError;
use crate::audio::{AudioError, Level};
use crate::recognize::{FindError, LiveTurn};
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{Language, Segment, Word};

/// What happens in a live session, roughly in the order of the recording. All times are times in the recording.
#[derive(Clone, Debug)]
pub enum LiveEvent {
    /// The state of the session, several times per second. Dropped if the reader is too slow.
    Status(LiveStatus),
    /// The language of the session is settled.
    LanguageDetected(Language),
    /// Words that seem to follow the committed words of an utterance. They replace the tentative words before, and may
    /// be none. Dropped if the machine or the reader is too slow.
    Tentative {
        /// Number of the utterance, from 0.
        utterance: u64,
        /// The words, which may still change.
        words: Vec<Word>,
    },
    /// Words for the screen that follow all words committed before. They never change.
    Committed {
        /// Number of the utterance, from 0.
        utterance: u64,
        /// The new words.
        words: Vec<Word>,
        /// Whether the utterance ends with them.
        is_last: bool,
    },
    /// The final decoding of an utterance, which the captions are made of.
    Recognized(Segment),
    /// Who seems to speak in the last seconds. It comes after the words, and later if the machine is busy; the captions
    /// have what the whole recording tells.
    Speakers(Vec<LiveTurn>),
    /// The speakers of this session stay unknown.
    SpeakersUnknown {
        /// Why.
        reason: Arc<FindError>,
    },
    /// The input is lost; the recording continues with silence.
    DeviceLost {
        /// When it was lost.
        at: MediaTime,
        /// The error of the input.
        reason: Arc<SourceError>,
    },
    /// The input is back.
    DeviceBack {
        /// The silence in the recording.
        gap: TimeSpan,
    },
    /// The computer was too busy to read all audio from the device; silence replaces it.
    SoundDropped {
        /// Where in the recording.
        at: MediaTime,
        /// How much is missing.
        length: MediaTime,
    },
    /// The audio of the device can no longer be kept in full quality; the recording continues.
    FullQualityStopped {
        /// Where the full-quality file ends.
        at: MediaTime,
        /// The error of the file.
        reason: Arc<AudioError>,
    },
    /// The disk will soon be full.
    DiskLow {
        /// About how many minutes of audio still fit.
        minutes: u64,
    },
    /// The recognizer has failed and was started again.
    RecognizerFailed {
        /// The error of the recognizer.
        reason: RecognizeError,
    },
    /// An utterance could not be recognized even with a new recognizer; its audio is kept.
    NotRecognized {
        /// The utterance.
        span: TimeSpan,
    },
    /// The recording was paused.
    Paused {
        /// Where in the recording.
        at: MediaTime,
    },
    /// The recording was resumed.
    Resumed {
        /// Where in the recording.
        at: MediaTime,
    },
    /// The recording has ended; the rest of it is still being recognized.
    Stopped {
        /// The length of the recording.
        at: MediaTime,
        /// Why it has ended.
        reason: StopReason,
    },
}

impl LiveEvent {
    /// Logs events that may help to find the cause of a problem, without any words.
    pub(super) fn log(&self) {
        match self {
            Self::Status(_) | Self::Tentative { .. } | Self::Committed { .. } | Self::Speakers(_) => {}
            Self::SpeakersUnknown { reason } => tracing::warn!(%reason, "speakers unknown"),
            Self::LanguageDetected(language) => tracing::info!(%language, "language detected"),
            Self::Recognized(segment) => {
                let (span, words) = (segment.span(), segment.words.len());
                tracing::debug!(start = %span.start, end = %span.end, words, doubt = ?segment.doubt, "utterance recognized");
            }
            Self::DeviceLost { at, reason } => tracing::warn!(%at, %reason, "device lost"),
            Self::DeviceBack { gap } => tracing::info!(start = %gap.start, end = %gap.end, "device back"),
            Self::SoundDropped { at, length } => tracing::warn!(%at, %length, "sound dropped"),
            Self::FullQualityStopped { at, reason } => tracing::warn!(%at, %reason, "full quality stopped"),
            Self::DiskLow { minutes } => tracing::warn!(minutes, "disk nearly full"),
            Self::RecognizerFailed { reason } => tracing::warn!(%reason, "recognizer failed"),
            Self::NotRecognized { span } => {
                tracing::warn!(start = %span.start, end = %span.end, "not recognized");
            }
            Self::Paused { at } => tracing::info!(%at, "paused"),
            Self::Resumed { at } => tracing::info!(%at, "resumed"),
            Self::Stopped { at, reason } => tracing::info!(%at, ?reason, "recording stopped"),
        }
    }
}

/// The state of a live session.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LiveStatus {
    /// Length of the recording so far.
    pub recorded: MediaTime,
    /// How far recognition is behind the recording.
    pub lag: MediaTime,
    /// The level of the input since the previous status.
    pub level: Level,
}

/// Why a recording ended.
#[derive(Clone, Debug)]
pub enum StopReason {
    /// The user has stopped it.
    Asked,
    /// The file that was played as a microphone has ended.
    EndOfInput,
    /// The disk is full.
    DiskFull,
    /// The recording cannot be written.
    Unwritable(Arc<AudioError>),
}
