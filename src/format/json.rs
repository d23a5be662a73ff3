//! Lectern's own transcript file (`.json`): everything in a document, described in `docs/json.md`.
//!
//! The structures here belong to the file and are separate from those of the program, so that the program can change
//! while old files stay readable.

use serde::{Deserialize, Serialize};

use crate::document::style::{self, Place, Styled};
use crate::document::{self, CueId, Document, Origin};
use crate::format::encoding::{Decoded, decode};
use crate::format::head::Head;
use crate::format::{ReadError, Reading, Repair, UnexpectedContent, WriteError, WriteOptions};
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{self, Doubt, Language, LanguageScore, SecondOpinion, TermPart};

/// The `format` field of every file.
const NAME: &str = "lectern-transcript";
/// The version to write, and the last one that can be read.
const VERSION: u64 = 1;
/// The name of the format in messages.
const TITLE: &str = "Lectern JSON";

#[derive(Deserialize)]
struct Header {
    format: String,
    version: u64,
}

#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    version: u64,
    #[serde(default)]
    title: String,
    #[serde(default)]
    language: Language,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    language_scores: Vec<LanguageScore>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    media: Option<Media>,
    #[serde(default)]
    cues: Vec<Cue>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    segments: Vec<Segment>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tagged: Vec<Tagged>,
}

/// A span of words that a filter tags.
#[derive(Serialize, Deserialize)]
struct Tagged {
    start_ms: MediaTime,
    end_ms: MediaTime,
}

#[derive(Serialize, Deserialize)]
struct Media {
    file_name: String,
    #[serde(default)]
    duration_ms: MediaTime,
}

#[derive(Serialize, Deserialize)]
struct Cue {
    start_ms: MediaTime,
    end_ms: MediaTime,
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    words: Vec<Word>,
    #[serde(default, skip_serializing_if = "is_imported")]
    origin: Origin,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    styles: Vec<Styled>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
}

#[derive(Serialize, Deserialize)]
struct Segment {
    words: Vec<Word>,
    #[serde(default)]
    average_log_probability: f32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    doubt: Option<Doubt>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<Language>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    channel: Option<usize>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    alternatives: Vec<Alternatives>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<LeftOut>,
}

/// Readings of some words of a segment.
#[derive(Serialize, Deserialize)]
struct Alternatives {
    first_word: usize,
    words: usize,
    readings: Vec<transcript::OtherReading>,
}

#[derive(Serialize, Deserialize)]
struct LeftOut {
    start_ms: MediaTime,
    end_ms: MediaTime,
    text: String,
}

#[derive(Serialize, Deserialize)]
struct Word {
    text: String,
    start_ms: MediaTime,
    end_ms: MediaTime,
    #[serde(default = "certain")]
    probability: f32,
    /// Follows from the probability; written for readers that do not know the formula.
    #[serde(default, skip_deserializing, skip_serializing_if = "is_sound")]
    doubtful: bool,
    /// Follows from the probability, like `doubtful`.
    #[serde(default, skip_deserializing)]
    chance_wrong: f32,
    #[serde(default = "spaced")]
    space_before: bool,
    /// Whether a second recognizer recognized the same; if not, what it recognized.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agreed: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    alternative: Option<String>,
    /// Whether it is of a term from the vocabulary, and what stands there without the vocabulary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vocabulary: Option<VocabularyWord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    without_vocabulary: Option<String>,
}

/// The place of a word in a term.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum VocabularyWord {
    First,
    Next,
}

fn is_imported(origin: &Origin) -> bool {
    *origin == Origin::Imported
}

fn certain() -> f32 {
    1.0
}

fn is_sound(doubtful: &bool) -> bool {
    !doubtful
}

fn spaced() -> bool {
    true
}

/// Writes the whole document with its cues in order of time; numbers that are not finite become 0.
pub fn write(document: &Document, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut cues: Vec<&document::Cue> = document.cues.iter().collect();
    cues.sort_by_key(|cue| cue.span.start);
    let file = File {
        format: NAME.to_owned(),
        version: VERSION,
        title: document.title.clone(),
        language: document.language.clone(),
        language_scores: document.language_scores.clone(),
        media: document
            .media
            .as_ref()
            .map(|media| Media { file_name: media.file_name.clone(), duration_ms: media.duration }),
        cues: cues.into_iter().map(Cue::from).collect(),
        segments: document.segments.iter().map(Segment::from).collect(),
        tagged: document.tagged.iter().map(|t| Tagged { start_ms: t.start, end_ms: t.end }).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&file).map_err(|error| WriteError::refused(TITLE, error))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Reads files of this version and earlier ones. Cues are sorted by time if necessary.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let Decoded { text, mut repairs } = decode(bytes);
    let not_this = |cause: serde_json::Error| ReadError::NotThisFormat { format: TITLE, found: cause.into() };
    let header: Header = serde_json::from_str(&text).map_err(not_this)?;
    if header.format != NAME {
        return Err(ReadError::NotThisFormat {
            format: TITLE,
            found: UnexpectedContent::OtherName(header.format),
        });
    }
    if header.version > VERSION {
        return Err(ReadError::TooNew { format: TITLE, found: header.version, known: VERSION });
    }
    let file: File = serde_json::from_str(&text).map_err(not_this)?;
    let mut cues: Vec<document::Cue> = file.cues.into_iter().map(Cue::into_cue).collect();
    if !cues.is_sorted_by_key(|cue| cue.span.start) {
        repairs.push(Repair::of_file("the cues were not in the order of their times"));
        cues.sort_by_key(|cue| cue.span.start);
    }
    for (id, cue) in (1..).zip(&mut cues) {
        cue.id = CueId(id);
    }
    let media =
        file.media.map(|media| document::Media { file_name: media.file_name, duration: media.duration_ms });
    let segments = file.segments.into_iter().map(Segment::into_segment).collect();
    let document = Document {
        title: file.title,
        language: Language::new(file.language.tag()),
        language_scores: file.language_scores,
        media,
        cues,
        segments,
        tagged: file.tagged.into_iter().map(|tagged| TimeSpan::new(tagged.start_ms, tagged.end_ms)).collect(),
        voices: None,
    };
    Ok(Reading { document, repairs })
}

impl From<&document::Cue> for Cue {
    fn from(cue: &document::Cue) -> Self {
        Self {
            start_ms: cue.span.start,
            end_ms: cue.span.end,
            text: cue.text.clone(),
            speaker: cue.speaker.clone(),
            words: cue.words.iter().map(Word::from).collect(),
            origin: cue.origin,
            styles: cue.styles.clone(),
            place: cue.place.clone(),
        }
    }
}

impl Cue {
    fn into_cue(self) -> document::Cue {
        document::Cue {
            id: CueId::default(),
            span: TimeSpan::new(self.start_ms, self.end_ms),
            speaker: self.speaker,
            words: self.words.into_iter().map(Word::into_word).collect(),
            origin: self.origin,
            styles: style::within(self.styles, &self.text),
            place: self.place,
            text: self.text,
        }
    }
}

impl From<&transcript::Segment> for Segment {
    fn from(segment: &transcript::Segment) -> Self {
        Self {
            words: segment.words.iter().map(Word::from).collect(),
            average_log_probability: finite(segment.average_log_probability),
            doubt: segment.doubt,
            speaker: segment.speaker.clone(),
            language: segment.language.clone(),
            channel: segment.channel,
            alternatives: segment.alternatives.iter().map(Alternatives::from).collect(),
            left_out: segment.left_out.iter().map(LeftOut::from).collect(),
        }
    }
}

impl Segment {
    fn into_segment(self) -> transcript::Segment {
        transcript::Segment {
            words: self.words.into_iter().map(Word::into_word).collect(),
            average_log_probability: self.average_log_probability,
            doubt: self.doubt,
            speaker: self.speaker,
            language: self.language,
            channel: self.channel,
            alternatives: self.alternatives.into_iter().map(Alternatives::into_alternatives).collect(),
            left_out: self.left_out.into_iter().map(LeftOut::into_left_out).collect(),
        }
    }
}

impl From<&transcript::Alternatives> for Alternatives {
    fn from(own: &transcript::Alternatives) -> Self {
        let readings = own.readings.iter().map(|reading| transcript::OtherReading {
            text: reading.text.clone(),
            confidence: finite(reading.confidence),
        });
        Self { first_word: own.words.start, words: own.words.len(), readings: readings.collect() }
    }
}

impl Alternatives {
    fn into_alternatives(self) -> transcript::Alternatives {
        let words = self.first_word..self.first_word.saturating_add(self.words);
        transcript::Alternatives { words, readings: self.readings }
    }
}

impl From<&transcript::LeftOut> for LeftOut {
    fn from(passage: &transcript::LeftOut) -> Self {
        let transcript::LeftOut { span, text } = passage;
        Self { start_ms: span.start, end_ms: span.end, text: text.clone() }
    }
}

impl LeftOut {
    fn into_left_out(self) -> transcript::LeftOut {
        transcript::LeftOut { span: TimeSpan::new(self.start_ms, self.end_ms), text: self.text }
    }
}

impl From<&transcript::Word> for Word {
    fn from(word: &transcript::Word) -> Self {
        Self {
            text: word.text.clone(),
            start_ms: word.span.start,
            end_ms: word.span.end,
            probability: finite(word.probability),
            doubtful: word.is_doubtful(),
            chance_wrong: thousandths(word.chance_of_error()),
            space_before: word.space_before,
            agreed: word.second.as_ref().map(|second| *second == SecondOpinion::Same),
            alternative: match &word.second {
                Some(SecondOpinion::Other(text)) => Some(text.clone()),
                _ => None,
            },
            vocabulary: word.listed.as_ref().map(|listed| match listed {
                TermPart::First { .. } => VocabularyWord::First,
                TermPart::Next => VocabularyWord::Next,
            }),
            without_vocabulary: match &word.listed {
                Some(TermPart::First { instead }) => instead.clone(),
                _ => None,
            },
        }
    }
}

impl Word {
    fn into_word(self) -> transcript::Word {
        transcript::Word {
            text: self.text,
            span: TimeSpan::new(self.start_ms, self.end_ms),
            probability: self.probability,
            space_before: self.space_before,
            second: self.agreed.map(|agreed| match agreed {
                true => SecondOpinion::Same,
                false => SecondOpinion::Other(self.alternative.unwrap_or_default()),
            }),
            listed: self.vocabulary.map(|place| match place {
                VocabularyWord::First => TermPart::First { instead: self.without_vocabulary },
                VocabularyWord::Next => TermPart::Next,
            }),
        }
    }
}

fn thousandths(number: f32) -> f32 {
    (number * 1000.0).round() / 1000.0
}

fn finite(number: f32) -> f32 {
    if number.is_finite() { number } else { 0.0 }
}

pub(crate) fn looks_like(head: &Head) -> bool {
    head.text.trim_start().starts_with('{') && head.text.contains(NAME)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn doubtful_words_are_marked_and_their_probability_comes_back() {
        let word = |probability| transcript::Word {
            probability,
            ..transcript::Word::new("word", TimeSpan::from_millis(0, 500))
        };
        let cue = document::Cue { words: vec![word(0.4), word(0.6)], ..document::Cue::default() };
        let document = Document { cues: vec![cue], ..Document::default() };
        let bytes = write(&document, &WriteOptions::default()).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let words = &json["cues"][0]["words"];
        assert_eq!((words[0]["doubtful"].as_bool(), words[1].get("doubtful")), (Some(true), None));
        assert_eq!((&words[0]["chance_wrong"], words[0].get("agreed")), (&json!(0.356), None));
        assert_eq!(read(&bytes).unwrap().document.cues[0].words, document.cues[0].words);
    }

    #[test]
    fn second_opinions_and_what_was_left_out_come_back() {
        let opinions = [Some(SecondOpinion::Same), Some(SecondOpinion::Other("Hoare".to_owned())), None];
        let word = |second| transcript::Word {
            probability: 0.9,
            second,
            ..transcript::Word::new("word", TimeSpan::default())
        };
        let left_out =
            transcript::LeftOut { span: TimeSpan::from_millis(5, 9), text: "and so on".to_owned() };
        let segment = transcript::Segment {
            words: opinions.map(word).to_vec(),
            left_out: vec![left_out],
            ..transcript::Segment::default()
        };
        let document = Document { segments: vec![segment], ..Document::default() };
        let bytes = write(&document, &WriteOptions::default()).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let words = &json["segments"][0]["words"];
        assert_eq!((&words[1]["agreed"], &words[1]["alternative"]), (&json!(false), &json!("Hoare")));
        assert_eq!((&words[0]["agreed"], words[2].get("agreed")), (&json!(true), None));
        assert_eq!(read(&bytes).unwrap().document.segments, document.segments);
    }
}
