//! What a recognizer said: words with times and probabilities. A transcript is never edited;
//! corrections live in the document that is made from it.

mod certainty;
pub mod numerals;
pub mod script;
mod second;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use certainty::{Certainty, DOUBTFUL_FROM};
pub use second::{LeftOut, SecondOpinion};

use crate::time::{MediaTime, TimeSpan};

/// A language tag such as `en`, `pt-BR` or `zh-Hant` (BCP 47). Whisper's codes are valid tags.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Language(String);

impl Language {
    /// Trims the tag and keeps its spelling; an empty tag becomes `und`, undetermined.
    pub fn new(tag: impl AsRef<str>) -> Self {
        match tag.as_ref().trim() {
            "" => Self("und".to_owned()),
            tag => Self(tag.to_owned()),
        }
    }

    /// As in BCP 47, such as `en` or `pt-BR`.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The primary subtag in lower case: `pt` of `pt-BR`.
    pub fn primary(&self) -> String {
        let end = self.0.find(['-', '_']).unwrap_or(self.0.len());
        self.0[..end].to_ascii_lowercase()
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::new("")
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A spoken word with the punctuation that touches it. In scripts without spaces, a token of the recognizer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// Never empty, without white space at its ends.
    pub text: String,
    /// When it is spoken.
    pub span: TimeSpan,
    /// How sure the recognizer was, from 0 to 1: see [`Certainty`]. Words from older projects and from other programs
    /// keep the measure that they came with.
    pub probability: f32,
    /// Whether a space stands before this word when it does not begin a line; false in Chinese, Japanese, Thai.
    pub space_before: bool,
    /// What a second recognizer heard here, where one was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<SecondOpinion>,
}

impl Word {
    /// A word after a space that nobody doubts. Change fields for others: `Word { probability, ..Word::new(text, span) }`.
    pub fn new(text: impl Into<String>, span: TimeSpan) -> Self {
        Self { text: text.into(), span, probability: 1.0, space_before: true, second: None }
    }
}

/// A run of words that the recognizer decoded together, with what it thought of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// In the order in which they are spoken.
    pub words: Vec<Word>,
    /// Mean natural logarithm of the token probabilities.
    pub average_log_probability: f32,
    /// Why the words are doubtful as a whole, if they are.
    pub doubt: Option<Doubt>,
    /// Who speaks, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Passages between the words that a second recognizer heard and the first left out, in the order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
}

/// What made a segment look wrong to the recognizer even after it was decoded again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// The tokens were improbable.
    LowProbability,
    /// The same words came again and again.
    Repetition,
}

impl Segment {
    /// From the start of the first word to the end of the last; empty at zero without words.
    pub fn span(&self) -> TimeSpan {
        match (self.words.first(), self.words.last()) {
            (Some(first), Some(last)) => TimeSpan::new(first.span.start, last.span.end),
            _ => TimeSpan::default(),
        }
    }
}

/// Everything that was recognized in one recording, in order of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Transcript {
    /// The language that is spoken.
    pub language: Language,
    /// Length of the recording.
    pub duration: MediaTime,
    /// In the order of the recording.
    pub segments: Vec<Segment>,
}

impl Transcript {
    /// All words, in order.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.segments.iter().flat_map(|segment| &segment.words)
    }
}

/// Joins words as they are written: a space before each that asks for one, none at the beginning.
pub fn join_words<'a>(words: impl IntoIterator<Item = &'a Word>) -> String {
    let mut text = String::new();
    for word in words {
        if word.space_before && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word.text);
    }
    text
}
