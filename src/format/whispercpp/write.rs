//! Writes whisper.cpp's JSON.

use serde::Serialize;

use super::TITLE;
use crate::document::{Cue, Document};
use crate::format::cue_timing::{self, Shape};
use crate::format::{WriteError, WriteOptions, clean, lenient, running_text, words};
use crate::time::{Clock, MediaTime, TimeSpan};

#[derive(Serialize)]
struct Output<'a> {
    systeminfo: &'static str,
    model: Model,
    params: Params<'a>,
    result: RunResult<'a>,
    transcription: Vec<Segment<'a>>,
}

/// Data about the model: none, because people may have corrected the captions.
#[derive(Serialize)]
struct Model {
    r#type: &'static str,
}

#[derive(Serialize)]
struct Params<'a> {
    model: &'static str,
    language: &'a str,
    translate: bool,
}

#[derive(Serialize)]
struct RunResult<'a> {
    language: &'a str,
}

#[derive(Serialize)]
struct Segment<'a> {
    #[serde(flatten)]
    times: Times,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<&'a str>,
    tokens: Vec<Token>,
}

#[derive(Serialize)]
struct Times {
    timestamps: Pair<String>,
    /// Unit: milliseconds.
    offsets: Pair<i64>,
}

#[derive(Serialize)]
struct Pair<T> {
    from: T,
    to: T,
}

/// A word written as a token.
#[derive(Serialize)]
struct Token {
    text: String,
    #[serde(flatten)]
    times: Times,
    /// Always 0: a word has no number in the model's vocabulary.
    id: u32,
    p: f32,
    /// Always -1, whisper.cpp's value for a time without dynamic time warping.
    t_dtw: i32,
}

/// Writes one segment per cue, with one token for the whole of it, because some programs need tokens; on request with
/// one token per word if the words are known.
pub fn write(document: &Document, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let cues = cue_timing::cues(document, &Shape::FULL, TITLE)?;
    let language = clean::line(document.language.tag());
    let output = Output {
        systeminfo: "Lectern",
        model: Model { r#type: "unknown" },
        params: Params { model: "unknown", language: &language, translate: false },
        result: RunResult { language: &language },
        transcription: cues.iter().map(|cue| segment(cue, options)).collect(),
    };
    lenient::write(&output)
}

fn segment<'a>(cue: &'a Cue, options: &WriteOptions) -> Segment<'a> {
    let text = lenient::spaced(&running_text::unwrap_lines(&cue.text));
    let tokens = match words::spaced(cue).filter(|_| options.word_times) {
        Some(words) => {
            words.into_iter().map(|(text, word)| token(text, word.span, word.probability)).collect()
        }
        None => vec![token(text.clone(), cue.span, 1.0)],
    };
    Segment { times: times(cue.span), text, speaker: cue.speaker.as_deref(), tokens }
}

fn token(text: String, span: TimeSpan, p: f32) -> Token {
    Token { text, times: times(span), id: 0, p, t_dtw: -1 }
}

fn times(span: TimeSpan) -> Times {
    let TimeSpan { start, end } = span;
    Times {
        timestamps: Pair { from: stamp(start), to: stamp(end) },
        offsets: Pair { from: start.as_millis(), to: end.as_millis() },
    }
}

/// Formats a time as `HH:MM:SS,mmm`.
fn stamp(time: MediaTime) -> String {
    let Clock { hours, minutes, seconds, millis } = time.clock();
    format!("{hours:02}:{minutes:02}:{seconds:02},{millis:03}")
}
