//! Warnings of a transcription.

use thiserror::Error;

use super::voices::SpeakersError;
use crate::audio::AudioWarning;

/// What a transcription could not do, without failing.
#[derive(Debug, Error)]
pub enum Warning {
    /// The audio has flaws, or is faint.
    #[error(transparent)]
    Audio(#[from] AudioWarning),
    /// Captions do not name speakers.
    #[error("the captions do not say who speaks: {0}")]
    Speakers(#[from] SpeakersError),
}
