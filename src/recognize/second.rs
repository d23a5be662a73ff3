//! A second opinion: the recording is recognized again by a small model, and its words are compared with the first.
//!
//! Two models seldom make the same mistake. So a word that both recognized is more likely to be right, one on which
//! they differ is more likely to be wrong, and the second model's word may be the right one.

use std::path::PathBuf;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::engine::Transcriber;
use super::error::TranscribeError;
use super::event::{Event, Progress};
use super::request::{CaptionRequest, EngineRequest, SpeakerWish, TranscribeOptions};
use crate::asr::locate::{ModelRequest, locate};
use crate::asr::{CancelToken, Effort, Task};
use crate::audio::Recording;
use crate::time::MediaTime;
use crate::transcript::{Language, LeftOut, SecondOpinion, Segment, Transcript, Word, join_words, key};

/// Models for second opinions, the best first: they take a third of the time of `base`.
const MODELS: [&str; 3] = ["tiny.en-q8_0", "tiny.en", "tiny"];
/// With fewer words than this, what only one model recognized does not count as a passage.
const PASSAGE: usize = 3;

/// Returns the engine for second opinions on what `first` recognized in a language; `None` if no model for it is in
/// `roots`.
pub fn second_engine(first: &EngineRequest, language: &Language, roots: &[PathBuf]) -> Option<EngineRequest> {
    let is_english = language.primary() == "en";
    let fits = |name: &&str| is_english || !name.contains(".en");
    let own = locate(&first.model, roots).ok().map(|file| file.path);
    let found = |name: &str| {
        let model = ModelRequest::Name(name.to_owned());
        let file = locate(&model, roots).ok()?;
        (Some(file.path) != own).then(|| EngineRequest { model, ..first.clone() })
    };
    MODELS.into_iter().filter(fits).find_map(found)
}

/// Recognizes a recording again with `engine`, and adds its words to `transcript` as second opinions.
///
/// # Errors
/// Those of [`Transcriber::transcribe`]; the transcript is then unchanged.
pub fn ask_second(
    engine: &dyn Transcriber,
    recording: Recording,
    transcript: &mut Transcript,
    options: &TranscribeOptions,
    cancel: &CancelToken,
    on_progress: &mut dyn FnMut(Progress),
) -> Result<(), TranscribeError> {
    let is_one = !options.request.is_in_several_languages();
    let language = is_one.then(|| transcript.language.clone());
    // The speakers are known from the first run.
    let speakers = SpeakerWish::Unnamed;
    let (effort, task) = (Effort::Quick, Task::Transcribe);
    let request = CaptionRequest { language, effort, task, speakers, ..options.request.clone() };
    let options = TranscribeOptions { request, from: MediaTime::ZERO, ..options.clone() };
    let mut on_event = |event| {
        if let Event::Progress(progress) = event {
            on_progress(progress);
        }
    };
    let (second, _) = engine.transcribe(recording, &options, cancel, &mut on_event)?;
    compare(&mut transcript.segments, &second.segments);
    Ok(())
}

/// Adds the second recognizer's words to those of `segments`. Both are in order of time.
fn compare(segments: &mut [Segment], second: &[Segment]) {
    let recognized: Vec<&Word> = second.iter().flat_map(|segment| &segment.words).collect();
    let mut rest = recognized.as_slice();
    for index in 0..segments.len() {
        let here = match segments.get(index + 1) {
            Some(next) => {
                let border = middle(segments[index].span().end, next.span().start);
                let is_later = |word: &&Word| middle(word.span.start, word.span.end) >= border;
                rest.iter().position(is_later).unwrap_or(rest.len())
            }
            None => rest.len(),
        };
        let (own, later) = rest.split_at(here);
        judge(&mut segments[index], own);
        rest = later;
    }
}

fn middle(one: MediaTime, other: MediaTime) -> MediaTime {
    MediaTime::from_millis((one.as_millis() + other.as_millis()) / 2)
}

fn judge(segment: &mut Segment, recognized: &[&Word]) {
    let keys = |texts: &mut dyn Iterator<Item = &Word>| texts.map(|word| key(&word.text)).collect::<Vec<_>>();
    let first_keys = keys(&mut segment.words.iter());
    let second_keys = keys(&mut recognized.iter().copied());
    segment.left_out.clear();
    for difference in capture_diff_slices(Algorithm::Myers, &first_keys, &second_keys) {
        let words = &mut segment.words[difference.old_range()];
        let others = &recognized[difference.new_range()];
        if others.len() >= words.len() + PASSAGE {
            segment.left_out.extend(passage(others));
        }
        match difference {
            DiffOp::Equal { .. } => words.iter_mut().for_each(|word| word.second = Some(SecondOpinion::Same)),
            _ => differ(words, others),
        }
    }
}

fn passage(words: &[&Word]) -> Option<LeftOut> {
    let span = words.first()?.span.joined(words.last()?.span);
    Some(LeftOut { span, text: join_words(words.iter().copied()) })
}

/// Gives each word its counterpart, or the first of all others if their numbers differ.
fn differ(words: &mut [Word], others: &[&Word]) {
    let is_one_to_one = words.len() == others.len();
    for (index, word) in words.iter_mut().enumerate() {
        let text = match (is_one_to_one, index) {
            (true, _) => others[index].text.clone(),
            (false, 0) => join_words(others.iter().copied()),
            (false, _) => String::new(),
        };
        word.second = Some(SecondOpinion::Other(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;

    /// Words of a tenth of a second each, one after the other.
    fn segment(start: i64, text: &str) -> Segment {
        let word = |(index, text): (usize, &str)| Word {
            probability: 0.9,
            ..Word::new(
                text,
                TimeSpan::from_millis(start + index as i64 * 100, start + index as i64 * 100 + 100),
            )
        };
        let words = text.split(' ').enumerate().map(word).collect();
        Segment { words, ..Segment::default() }
    }

    /// Returns what the second recognizer recognized for each word of the first; `=` for the same.
    fn compared(first: &[Segment], second: &[Segment]) -> (Vec<String>, Vec<String>) {
        let mut segments = first.to_vec();
        compare(&mut segments, second);
        let recognized = |word: &Word| match word.second.as_ref().unwrap() {
            SecondOpinion::Same => "=".to_owned(),
            SecondOpinion::Other(text) => text.clone(),
        };
        let words = segments.iter().flat_map(|segment| &segment.words).map(recognized).collect();
        let left_out = segments.iter().flat_map(|segment| &segment.left_out);
        (words, left_out.map(|passage| passage.text.clone()).collect())
    }

    fn of(first: &str, second: &str) -> (Vec<String>, Vec<String>) {
        compared(&[segment(0, first)], &[segment(0, second)])
    }

    #[test]
    fn case_and_marks_do_not_differ_and_words_stand_in_their_places() {
        let (words, left_out) =
            of("Tony Whore, invented quick sort today", "tony Hoare invented Quicksort today.");
        assert_eq!(words, ["=", "Hoare", "=", "Quicksort", "", "="]);
        assert!(left_out.is_empty());
        assert_eq!(of("a b c", "a c").0, ["=", "", "="]);
    }

    #[test]
    fn passages_are_what_has_three_words_more() {
        assert_eq!(of("a b", "a x y b"), (vec!["=".into(), "=".into()], vec![]));
        assert_eq!(of("a b", "a x y z b"), (vec!["=".into(), "=".into()], vec!["x y z".into()]));
        assert_eq!(of("a b c", "a v w x y c").1, ["v w x y"]);
    }

    #[test]
    fn words_belong_to_the_segment_at_their_time() {
        let first = [segment(0, "one two"), segment(5000, "two three"), segment(9000, "four")];
        let (words, _) = compared(&first, &[segment(0, "won two"), segment(5000, "two tree")]);
        assert_eq!(words, ["won", "=", "=", "tree", ""]);
    }
}
