//! Recognizes a stretch of a recording anew, as after a passage came out wrong.

use std::io;

use thiserror::Error;

use super::engine::Transcriber;
use super::pipeline::TranscribeError;
use super::request::TranscribeOptions;
use crate::asr::CancelToken;
use crate::audio::{AudioError, DecodedCopy, Recording, SAMPLE_RATE, write_wav};
use crate::time::TimeSpan;
use crate::transcript::Segment;

#[derive(Debug, Error)]
pub enum AgainError {
    #[error("the sound of this passage is not read yet; try again in a moment")]
    NotReady,
    #[error("the sound of this passage cannot be kept for the recognizer ({0}); check the free space")]
    Io(#[from] io::Error),
    #[error(transparent)]
    Audio(#[from] AudioError),
    #[error(transparent)]
    Transcribe(#[from] TranscribeError),
}

/// What is said in a span of a recording, on the recording's time line.
///
/// # Errors
/// As [`Transcriber::transcribe`]; [`AgainError::NotReady`] where the span is not decoded.
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
    let (transcript, _) = engine.transcribe(Recording::open(&path)?, options, cancel, &mut |_| ())?;
    let mut segments = transcript.segments;
    for word in segments.iter_mut().flat_map(|segment| &mut segment.words) {
        word.span = word.span.shifted(span.start);
    }
    Ok(segments)
}
