//! Writes the JSON of openai-whisper, which whisperX's readers accept too.

use std::ops::Add;

use serde::Serialize;

use super::TITLE;
use crate::document::{Cue, Document};
use crate::format::cue_timing::{self, Shape};
use crate::format::{WriteError, WriteOptions, clean, lenient, running_text, words};
use crate::transcript::Word;

/// Times are in seconds.
#[derive(Serialize)]
struct Output {
    task: &'static str,
    language: String,
    duration: f64,
    text: String,
    segments: Vec<Segment>,
}

/// Readers with fixed types need every field, so what Lectern does not know gets a neutral value.
#[derive(Serialize)]
struct Segment {
    id: usize,
    /// In the model's frames of ten milliseconds.
    seek: i64,
    start: f64,
    end: f64,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    /// Always empty.
    tokens: [u32; 0],
    /// Always 0.
    temperature: f32,
    avg_logprob: f64,
    /// Always 1.
    compression_ratio: f32,
    /// Always 0: silence never reaches the recognizer.
    no_speech_prob: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<Vec<SpokenWord>>,
}

#[derive(Serialize)]
struct SpokenWord {
    word: String,
    start: f64,
    end: f64,
    probability: f32,
}

/// Writes one segment per cue.
pub fn write(document: &Document, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let cues = cue_timing::cues(document, &Shape::FULL, TITLE)?;
    let end = cues.iter().map(|cue| cue.span.end).max().unwrap_or_default();
    let duration = document.media.as_ref().map_or(end, |media| media.duration.max(end));
    let segment = |(id, cue)| segment(id, cue, options);
    let segments: Vec<Segment> = cues.iter().enumerate().map(segment).collect();
    lenient::write(&Output {
        task: "transcribe",
        language: clean::line(document.language.tag()),
        duration: duration.as_secs_f64(),
        text: segments.iter().map(|segment| segment.text.as_str()).collect(),
        segments,
    })
}

fn segment(id: usize, cue: &Cue, options: &WriteOptions) -> Segment {
    let spoken = |(text, word): (String, &Word)| SpokenWord {
        word: text,
        start: word.span.start.as_secs_f64(),
        end: word.span.end.as_secs_f64(),
        probability: word.probability,
    };
    Segment {
        id,
        seek: cue.span.start.as_millis() / 10,
        start: cue.span.start.as_secs_f64(),
        end: cue.span.end.as_secs_f64(),
        text: lenient::spaced(&running_text::unwrap_lines(&cue.text)),
        speaker: cue.speaker.clone(),
        tokens: [],
        temperature: 0.0,
        avg_logprob: average_log_probability(&cue.words),
        compression_ratio: 1.0,
        no_speech_prob: 0.0,
        words: options
            .word_times
            .then(|| words::spaced(cue).unwrap_or_default().into_iter().map(spoken).collect()),
    }
}

/// Returns the mean natural logarithm of the words' probabilities; 0 without words.
fn average_log_probability(words: &[Word]) -> f64 {
    let logarithm = |word: &Word| f64::from(word.probability).max(1e-6).ln();
    let mean = words.iter().map(logarithm).fold(0.0, f64::add) / words.len().max(1) as f64;
    (mean * 10_000.0).round() / 10_000.0
}
