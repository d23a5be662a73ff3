//! Measures how accurate the start times of sentences are.

use serde::Deserialize;

use super::align::{Step, align};
use super::normalize::normalize;
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{Language, Word};

/// A sentence of the reference, with exact times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// When it is spoken.
    pub span: TimeSpan,
    /// Its text.
    pub text: String,
}

/// A word or a cue of the hypothesis: only its start is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimedText<'a> {
    /// Its start.
    pub start: MediaTime,
    /// Its text.
    pub text: &'a str,
}

impl<'a> From<&'a Word> for TimedText<'a> {
    fn from(word: &'a Word) -> Self {
        Self { start: word.span.start, text: &word.text }
    }
}

/// How late sentences start; negative is early.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartErrors {
    /// Number of sentences in the reference.
    pub sentences: usize,
    /// One error for each sentence whose first word begins a text of the hypothesis, in order.
    pub errors: Vec<MediaTime>,
}

impl StartErrors {
    /// Returns the absolute error that `percent` % of the sentences do not exceed (nearest rank); `None` if there are
    /// none.
    pub fn percentile(&self, percent: usize) -> Option<MediaTime> {
        let mut sizes: Vec<_> = self.errors.iter().map(|error| error.abs_diff(MediaTime::ZERO)).collect();
        sizes.sort_unstable();
        let rank = (sizes.len() * percent).div_ceil(100);
        sizes.get(rank.saturating_sub(1)).copied()
    }

    /// Returns the systematic error: the median with its sign.
    pub fn typical(&self) -> Option<MediaTime> {
        let mut errors = self.errors.clone();
        errors.sort_unstable();
        errors.get(errors.len() / 2).copied()
    }

    /// Returns the median of the errors without their signs.
    pub fn median(&self) -> Option<MediaTime> {
        self.percentile(50)
    }
}

/// Parses `{"sentences": [{"start": SECONDS, "end": SECONDS, "text": ...}]}`.
pub fn read_sentences(json: &str) -> Result<Vec<Sentence>, serde_json::Error> {
    #[derive(Deserialize)]
    struct File {
        sentences: Vec<Line>,
    }
    #[derive(Deserialize)]
    struct Line {
        start: f64,
        end: f64,
        text: String,
    }
    let file: File = serde_json::from_str(json)?;
    let time = MediaTime::from_secs_f64;
    let sentence =
        |line: Line| Sentence { span: TimeSpan::new(time(line.start), time(line.end)), text: line.text };
    Ok(file.sentences.into_iter().map(sentence).collect())
}

/// Finds the sentences of `reference` in `hypothesis` by their words, and compares their start times. A sentence is not
/// counted if its first word was not understood, or is inside a longer text.
pub fn sentence_starts<'a>(
    reference: &[Sentence],
    hypothesis: impl IntoIterator<Item = TimedText<'a>>,
    language: &Language,
) -> StartErrors {
    let said =
        flatten(reference.iter().map(|sentence| (sentence.span.start, sentence.text.as_str())), language);
    let recognized = flatten(hypothesis.into_iter().map(|text| (text.start, text.text)), language);
    let mut errors = Vec::new();
    let (mut i, mut j) = (0, 0);
    for step in align(&said.words, &recognized.words) {
        if let (Step::Match, Some(said), Some(recognized)) =
            (step, said.starts.get(i), recognized.starts.get(j))
        {
            errors.extend(said.zip(*recognized).map(|(said, recognized)| recognized - said));
        }
        i += usize::from(step != Step::Insert);
        j += usize::from(step != Step::Delete);
    }
    StartErrors { sentences: reference.len(), errors }
}

/// Returns the words of several texts in a row, and for each word the start of the text that it begins.
#[derive(Default)]
struct Flat {
    words: Vec<String>,
    starts: Vec<Option<MediaTime>>,
}

fn flatten<'a>(texts: impl Iterator<Item = (MediaTime, &'a str)>, language: &Language) -> Flat {
    let mut flat = Flat::default();
    for (start, text) in texts {
        let words = normalize(text, language);
        let starts = (0..words.len()).map(|index| (index == 0).then_some(start));
        flat.starts.extend(starts);
        flat.words.extend(words);
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(texts: &[(i64, &str)]) -> StartErrors {
        let reference = [(1000, "Good morning."), (3000, "It is hot."), (5000, "It is dry.")];
        let reference = reference.map(|(start, text)| Sentence {
            span: TimeSpan::from_millis(start, start + 1000),
            text: text.to_owned(),
        });
        let texts =
            texts.iter().map(|(start, text)| TimedText { start: MediaTime::from_millis(*start), text });
        sentence_starts(&reference, texts, &Language::new("en"))
    }

    fn millis(errors: &StartErrors) -> Vec<i64> {
        errors.errors.iter().map(|error| error.as_millis()).collect()
    }

    #[test]
    fn words_and_cues_are_measured_alike() {
        let words =
            [(1010, "Good"), (1400, "morning,"), (2980, "It's"), (3500, "hot"), (5100, "it"), (5300, "is")];
        assert_eq!(millis(&starts(&words)), [10, -20, 100]);
        let cues = [(1010, "Good morning."), (2980, "It's hot."), (5100, "It is dry.")];
        assert_eq!(millis(&starts(&cues)), [10, -20, 100]);
    }

    #[test]
    fn sentences_inside_a_cue_or_not_understood_are_left_out() {
        let found = starts(&[(1000, "Good morning. It is hot."), (5000, "Is dry.")]);
        assert_eq!((found.sentences, millis(&found)), (3, vec![0]));
    }

    #[test]
    fn percentiles_go_by_nearest_rank() {
        let errors = (1..=20).map(|n| MediaTime::from_millis(if n % 2 == 0 { n } else { -n }));
        let found = StartErrors { sentences: 20, errors: errors.collect() };
        assert_eq!(found.median(), Some(MediaTime::from_millis(10)));
        assert_eq!(found.percentile(95), Some(MediaTime::from_millis(19)));
        assert_eq!(StartErrors::default().median(), None);
    }

    #[test]
    fn the_sample_lecture_is_read() {
        let sentences = read_sentences(include_str!("../../assets/sample/photosynthesis.json")).unwrap();
        assert_eq!(sentences.len(), 34);
        assert_eq!(sentences[0].span, TimeSpan::from_millis(800, 7121));
    }
}
