//! A recognizer's result: words with times and probabilities. A transcript is never edited; corrections are made in the
//! document composed from it.

mod alternatives;
mod certainty;
mod languages;
pub mod numerals;
pub mod script;
mod second;
mod term_part;
mod voices;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use alternatives::{Alternatives, OtherReading};
pub use certainty::{Certainty, DOUBTFUL_FROM};
pub use languages::{LanguageScore, among, spoken_times};
pub use second::{LeftOut, SecondOpinion};
pub use term_part::TermPart;
pub use voices::Voices;

use crate::time::{MediaTime, TimeSpan};

/// A language tag such as `en`, `pt-BR` or `zh-Hant` (BCP 47). Whisper's codes are valid tags.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Language(String);

impl Language {
    /// Makes a language from a tag, trimmed but otherwise unchanged; an empty tag becomes `und`, undetermined.
    pub fn new(tag: impl AsRef<str>) -> Self {
        match tag.as_ref().trim() {
            "" => Self("und".to_owned()),
            tag => Self(tag.to_owned()),
        }
    }

    /// Returns the tag as in BCP 47, such as `en` or `pt-BR`.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// Returns the primary subtag in lower case: `pt` of `pt-BR`.
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

/// A spoken word with adjacent punctuation. In scripts without spaces, a token of the recognizer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// Never empty, without surrounding white space.
    pub text: String,
    /// When it is spoken.
    pub span: TimeSpan,
    /// The recognizer's confidence, from 0 to 1: see [`Certainty`]. Words from older projects and from other programs
    /// keep their original measure.
    pub probability: f32,
    /// Whether a space precedes this word if it does not begin a line; false in Chinese, Japanese, Thai.
    pub space_before: bool,
    /// What a second recognizer recognized here, if one was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<SecondOpinion>,
    /// Its place in a term of the vocabulary, where it is of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<TermPart>,
}

impl Word {
    /// Returns a certain word that follows a space. Change fields for others: `Word { probability, ..Word::new(text, span) }`.
    pub fn new(text: impl Into<String>, span: TimeSpan) -> Self {
        Self { text: text.into(), span, probability: 1.0, space_before: true, second: None, listed: None }
    }
}

/// A run of words that the recognizer decoded together, with its assessment of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// In the order in which they are spoken.
    pub words: Vec<Word>,
    /// Mean natural logarithm of the token probabilities.
    pub average_log_probability: f32,
    /// Why the words are doubtful as a whole, if they are.
    pub doubt: Option<Doubt>,
    /// The speaker, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The channel of the recording, counted from 0, where channels were recognized apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<usize>,
    /// The language that is spoken here, where it may change within a recording.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Other readings of its sentences, where they were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternatives>,
    /// Passages between the words that only a second recognizer recognized, in order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
}

/// Why a segment looked wrong to the recognizer even after it was decoded again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// The tokens were improbable.
    LowProbability,
    /// The same words were repeated endlessly.
    Repetition,
}

impl Segment {
    /// Returns the span from the start of the first word to the end of the last; empty at zero without words.
    pub fn span(&self) -> TimeSpan {
        match (self.words.first(), self.words.last()) {
            (Some(first), Some(last)) => TimeSpan::new(first.span.start, last.span.end),
            _ => TimeSpan::default(),
        }
    }
}

impl Segment {
    /// The parts that begin at the words with these indices, which rise, and the part before them. What was left out
    /// belongs to the last part that begins before it or with it; alternatives of words on both sides of a cut are lost.
    pub fn divided(mut self, at: &[usize]) -> Vec<Self> {
        let mut parts = Vec::with_capacity(at.len() + 1);
        for &at in at.iter().rev() {
            let words = self.words.split_off(at.min(self.words.len()));
            let start = words.first().map_or(MediaTime::MAX, |word| word.span.start);
            let first = self.left_out.partition_point(|passage| passage.span.start < start);
            let left_out = self.left_out.split_off(first);
            let alternatives = self.split_alternatives(at);
            parts.push(Self { words, alternatives, left_out, ..self.clone_without_words() });
        }
        parts.push(self);
        parts.reverse();
        parts
    }

    fn clone_without_words(&self) -> Self {
        let Self {
            words: _,
            average_log_probability,
            doubt,
            speaker,
            channel,
            language,
            alternatives: _,
            left_out: _,
        } = self;
        Self {
            average_log_probability: *average_log_probability,
            doubt: *doubt,
            speaker: speaker.clone(),
            channel: *channel,
            language: language.clone(),
            ..Self::default()
        }
    }
}

/// Everything that was recognized in one recording, in order of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Transcript {
    /// The spoken language.
    pub language: Language,
    /// Length of the recording.
    pub duration: MediaTime,
    /// How probable it and others are, the most probable first, where it was detected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub language_scores: Vec<LanguageScore>,
    /// In the order of the recording.
    pub segments: Vec<Segment>,
    /// The voices, if speakers were looked for. Not part of a serialized transcript.
    #[serde(skip)]
    pub voices: Option<Voices>,
}

impl Transcript {
    /// Returns all words, in order.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.segments.iter().flat_map(|segment| &segment.words)
    }
}

/// Joins words to text: with a space before each that needs one, none at the beginning.
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

/// What makes two words the same to the ear: letters and digits without case. Marks stand for themselves.
pub fn key(word: &str) -> String {
    let key: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if key.is_empty() { word.to_owned() } else { key }
}
