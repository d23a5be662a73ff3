//! Why a recording has no transcript.

use thiserror::Error;

use crate::asr::RecognizeError;
use crate::audio::AudioError;

/// Why a recording has no transcript.
#[derive(Debug, Error)]
pub enum TranscribeError {
    /// The caller has set the [`CancelToken`](crate::asr::CancelToken).
    #[error("cancelled")]
    Cancelled,
    /// The recording cannot be read or decoded.
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// The recognizer cannot be created, or has failed.
    #[error(transparent)]
    Recognize(RecognizeError),
    /// The system has refused to start a thread.
    #[error("a worker thread could not be started: {0}; close other programs and try again")]
    Thread(std::io::Error),
}

impl From<RecognizeError> for TranscribeError {
    fn from(error: RecognizeError) -> Self {
        match error {
            RecognizeError::Cancelled => Self::Cancelled,
            error => Self::Recognize(error),
        }
    }
}
