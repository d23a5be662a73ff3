//! Reads verbose JSON in each of its forms.

use serde::Deserialize;

use super::TITLE;
use crate::document::Document;
use crate::format::draft::{self, CueDraft};
use crate::format::encoding::{Decoded, decode};
use crate::format::foreign_words::{self, ForeignWords};
use crate::format::{ReadError, Reading, Repair, UnexpectedContent, lenient};
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::Language;

/// OpenAI's name for each language, and the language's code. Lao is missing: its name is also its code, of three
/// letters.

#[derive(Default, Deserialize)]
#[serde(default)]
struct Output {
    #[serde(deserialize_with = "lenient::text")]
    language: String,
    #[serde(deserialize_with = "lenient::text")]
    text: String,
    #[serde(deserialize_with = "lenient::some_list")]
    segments: Option<Vec<Segment>>,
    /// OpenAI's service lists words beside the segments.
    #[serde(deserialize_with = "lenient::list")]
    words: Vec<SpokenWord>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Segment {
    #[serde(deserialize_with = "lenient::seconds")]
    start: Option<MediaTime>,
    #[serde(deserialize_with = "lenient::seconds")]
    end: Option<MediaTime>,
    #[serde(deserialize_with = "lenient::text")]
    text: String,
    #[serde(deserialize_with = "lenient::optional_text")]
    speaker: Option<String>,
    #[serde(deserialize_with = "lenient::list")]
    words: Vec<SpokenWord>,
}

/// whisperX has no times for words such as numbers, and calls the probability a score.
#[derive(Default, Deserialize)]
#[serde(default)]
struct SpokenWord {
    #[serde(deserialize_with = "lenient::text")]
    word: String,
    #[serde(deserialize_with = "lenient::seconds")]
    start: Option<MediaTime>,
    #[serde(deserialize_with = "lenient::seconds")]
    end: Option<MediaTime>,
    #[serde(deserialize_with = "lenient::number")]
    probability: Option<f64>,
    #[serde(deserialize_with = "lenient::number")]
    score: Option<f64>,
}

/// Reads one cue per segment, with words if there are any.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let Decoded { text, mut repairs } = decode(bytes);
    let output: Output = lenient::parse(&text, TITLE, &mut repairs)?;
    let is_text_only = !output.text.is_empty() || !output.words.is_empty();
    let segments = match output.segments {
        Some(segments) if !(segments.is_empty() && is_text_only) => with_words(segments, output.words),
        _ if is_text_only => vec![only_segment(output.text, output.words)],
        _ => {
            return Err(ReadError::NotThisFormat {
                format: TITLE,
                found: UnexpectedContent::NoPart("segments"),
            });
        }
    };
    let untimed =
        segments.iter().flat_map(|segment| &segment.words).filter(|word| word.start.is_none()).count();
    if untimed > 0 {
        let what = format!("{untimed} words without times; estimated from their neighbours");
        repairs.push(Repair { line: None, what, breaks_format: false });
    }
    let drafts = segments.into_iter().map(draft).collect();
    let cues = draft::assemble(drafts, &mut repairs);
    let document = Document { language: language(&output.language), cues, ..Document::default() };
    Ok(Reading { document, repairs })
}

/// Makes a segment of text and words without segments, as from OpenAI's service if only words are requested.
fn only_segment(text: String, words: Vec<SpokenWord>) -> Segment {
    let start = words.iter().find_map(|word| word.start);
    let end = words.iter().rev().find_map(|word| word.end);
    Segment { start, end, text, words, speaker: None }
}

/// Adds separately listed words to the segments in which they begin.
fn with_words(mut segments: Vec<Segment>, words: Vec<SpokenWord>) -> Vec<Segment> {
    let mut words = words.into_iter().peekable();
    for segment in &mut segments {
        if !segment.words.is_empty() {
            continue;
        }
        let end = segment.end.unwrap_or(MediaTime::MAX);
        while let Some(word) = words.next_if(|word| word.start.is_none_or(|start| start < end)) {
            segment.words.push(word);
        }
    }
    segments
}

fn draft(segment: Segment) -> CueDraft {
    let Segment { start, end, text, speaker, words } = segment;
    let span = TimeSpan::new(start.unwrap_or_default(), end.or(start).unwrap_or_default());
    let spoken = words.into_iter().map(|SpokenWord { word, start, end, probability, score }| ForeignWords {
        text: word,
        start,
        end,
        probability: probability.or(score),
    });
    let words = foreign_words::words(spoken.collect(), span);
    CueDraft { start, end, text: text.trim().to_owned(), speaker, words, ..CueDraft::default() }
}

/// Returns the language for a name or a code.
fn language(name: &str) -> Language {
    Language::named(name).unwrap_or_else(|| Language::new(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Cue;

    fn cues(json: &str) -> (Vec<Cue>, usize) {
        let reading = read(json.as_bytes()).unwrap();
        (reading.document.cues, reading.repairs.len())
    }

    fn words(cue: &Cue) -> Vec<(&str, i64, i64)> {
        let millis = |time: MediaTime| time.as_millis();
        cue.words
            .iter()
            .map(|word| (word.text.as_str(), millis(word.span.start), millis(word.span.end)))
            .collect()
    }

    #[test]
    fn whisperx_words_without_times() {
        let (cues, repairs) = cues(
            r#"{"segments": [{"start": 0, "end": 2, "text": " In 1945 it", "speaker": "SPEAKER_00", "words": [
                {"word": "In", "start": 0, "end": 0.4, "score": 0.5}, {"word": "1945"},
                {"word": "it", "start": 1.6, "end": 1.9, "score": NaN}]}], "word_segments": [], "language": "en"}"#,
        );
        assert_eq!(words(&cues[0]), [("In", 0, 400), ("1945", 400, 1600), ("it", 1600, 1900)]);
        assert_eq!(cues[0].words[0].probability, 0.5);
        assert_eq!((cues[0].text.as_str(), cues[0].speaker.as_deref()), ("In 1945 it", Some("SPEAKER_00")));
        assert_eq!(repairs, 2, "the number that is none, and the word without times");
    }

    #[test]
    fn words_beside_the_segments_are_shared_out() {
        let (cues, _) = cues(
            r#"{"task": "transcribe", "text": "", "segments": [
                {"start": 0.0, "end": 1.0, "text": " Good morning."}, {"start": 1.0, "end": 2.0, "text": " Hello!"}],
                "words": [{"word": "Good", "start": 0.0, "end": 0.5}, {"word": "morning", "start": 0.5, "end": 1.0},
                          {"word": "Hello", "start": 1.0, "end": 1.5}]}"#,
        );
        assert_eq!(words(&cues[0]), [("Good", 0, 500), ("morning.", 500, 1000)]);
        assert_eq!(words(&cues[1]), [("Hello!", 1000, 1500)]);
    }

    #[test]
    fn text_without_segments_is_one_cue() {
        let (cues, repairs) = cues(r#"{"text": "Good morning."}"#);
        assert_eq!((cues[0].text.as_str(), repairs), ("Good morning.", 2));
        assert!(read(b"{}").is_err());
    }

    #[test]
    fn language_names_become_codes() {
        for (name, code) in
            [("english", "en"), ("Haitian Creole", "ht"), ("pt-BR", "pt-BR"), ("lao", "lao"), ("", "und")]
        {
            assert_eq!(language(name).tag(), code);
        }
    }
}
