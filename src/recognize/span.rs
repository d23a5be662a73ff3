//! Recognizes a span of a recording again, for a passage that came out wrong.

use std::io;

use thiserror::Error;

use super::engine::Transcriber;
use super::error::TranscribeError;
use super::request::{CaptionRequest, ChannelWish, SpeakerWish, TranscribeOptions};
use crate::asr::CancelToken;
use crate::audio::{AudioError, DecodedCopy, Recording, SAMPLE_RATE, write_wav};
use crate::time::TimeSpan;
use crate::transcript::Segment;

/// Why a span of a recording cannot be recognized again.
#[derive(Debug, Error)]
pub enum AgainError {
    /// The span has not been decoded yet.
    #[error("the audio of this passage has not been read yet; try again in a moment")]
    NotReady,
    /// The temporary file for the recognizer cannot be written.
    #[error("the audio of this passage cannot be saved for the recognizer ({0}); check the free space")]
    Io(#[from] io::Error),
    /// The decoded copy or the temporary file cannot be read.
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// The recognizer failed, or was cancelled.
    #[error(transparent)]
    Transcribe(#[from] TranscribeError),
}

/// Recognizes a span of a recording again. Returns its segments, with times in the whole recording. Speakers are not
/// named, because a voice in a single span cannot be identified.
///
/// # Errors
/// [`AgainError::NotReady`] if the span is not decoded yet, otherwise the error of the disk, the decoder or the
/// recognizer.
pub fn transcribe_span(
    engine: &dyn Transcriber,
    sound: &DecodedCopy,
    span: TimeSpan,
    options: &TranscribeOptions,
    cancel: &CancelToken,
) -> Result<Vec<Segment>, AgainError> {
    let (start, end) = (span.start.to_samples(SAMPLE_RATE), span.end.to_samples(SAMPLE_RATE));
    let mut samples = vec![0.0; end.saturating_sub(start) as usize];
    let read = sound.read(start, &mut samples)?;
    if read == 0 {
        return Err(AgainError::NotReady);
    }
    samples.truncate(read);
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("passage.wav");
    write_wav(&path, &samples)?;
    let (speakers, channels) = (SpeakerWish::Unnamed, ChannelWish::Mixed);
    let request = CaptionRequest { speakers, channels, ..options.request.clone() };
    let options = &TranscribeOptions { request, ..options.clone() };
    let (transcript, _) = engine.transcribe(Recording::open(&path)?, options, cancel, &mut |_| ())?;
    let mut segments = transcript.segments;
    for word in segments.iter_mut().flat_map(|segment| &mut segment.words) {
        word.span = word.span.shifted(span.start);
    }
    Ok(segments)
}
