//! Finds the language of each stretch of a window, for recordings that change it.
//!
//! People change the language at pauses, mostly. So the language is detected in each phrase between two pauses, and the
//! likeliest sequence is taken, in which a change costs something: a short phrase sounds like many languages.

use super::pipeline::recognize_window;
use super::request::CaptionRequest;
use crate::asr::{CancelToken, RecognizeError, Recognizer};
use crate::audio::SAMPLE_RATE;
use crate::transcript::{Language, Segment};
use crate::vad::{SpeechSpan, SpeechWindow};

/// Phrases are at least this long, as long as there are others beside them. Unit: samples.
const SHORTEST: u64 = SAMPLE_RATE as u64;
/// What a change costs: a natural logarithm, that of one change in twenty phrases.
const CHANGE: f32 = 3.0;
/// No phrase says more against a language than this natural logarithm.
const IMPOSSIBLE: f32 = -9.0;

/// Recognizes the stretches of a window, each in its language.
pub(super) fn recognize_stretches(
    recognizer: &mut impl Recognizer,
    window: &SpeechWindow,
    request: &CaptionRequest,
    cancel: &CancelToken,
) -> Result<Vec<Segment>, RecognizeError> {
    let mut segments = Vec::new();
    for (language, spans) in stretches(recognizer, window, &request.detection.candidates, cancel)? {
        let asked = request.of_window(language.clone(), request.effort);
        let segment = recognize_window(recognizer, &window.narrowed(&spans), &asked, cancel)?;
        segments.push(Segment { language: Some(language), ..segment });
    }
    Ok(segments)
}

/// The numbers of the spans of speech in each stretch.
fn stretches(
    recognizer: &mut impl Recognizer,
    window: &SpeechWindow,
    candidates: &[Language],
    cancel: &CancelToken,
) -> Result<Vec<(Language, Vec<usize>)>, RecognizeError> {
    let phrases = phrases(&window.speech);
    let mut detected = Vec::with_capacity(phrases.len());
    for phrase in &phrases {
        detected.push(recognizer.detect_language(&window.narrowed(phrase).samples, cancel)?);
    }
    let languages: Vec<Language> = match candidates {
        [] => detected
            .first()
            .map(|detected| detected.iter().map(|(language, _)| language.clone()).collect())
            .unwrap_or_default(),
        candidates => candidates.to_vec(),
    };
    let score = |detected: &Vec<(Language, f32)>, language: &Language| {
        let same = |(other, _): &&(Language, f32)| other.primary() == language.primary();
        detected.iter().find(same).map_or(IMPOSSIBLE, |(_, probability)| probability.ln().max(IMPOSSIBLE))
    };
    let scores: Vec<Vec<f32>> = detected
        .iter()
        .map(|detected| languages.iter().map(|language| score(detected, language)).collect())
        .collect();
    let mut stretches: Vec<(Language, Vec<usize>)> = Vec::new();
    for (phrase, index) in phrases.into_iter().zip(likeliest(&scores)) {
        match stretches.last_mut() {
            Some((language, spans)) if *language == languages[index] => spans.extend(phrase),
            _ => stretches.push((languages[index].clone(), phrase)),
        }
    }
    Ok(stretches)
}

/// The spans of speech, those that are too short to tell a language together with the one across the shorter pause.
fn phrases(speech: &[SpeechSpan]) -> Vec<Vec<usize>> {
    let mut phrases: Vec<Vec<usize>> = (0..speech.len()).map(|span| vec![span]).collect();
    let length =
        |phrase: &[usize]| phrase.iter().map(|&span| speech[span].end - speech[span].start).sum::<u64>();
    let pause = |phrases: &[Vec<usize>], after: usize| {
        let (before, after) = (phrases[after].last(), phrases[after + 1].first());
        before
            .zip(after)
            .map_or(u64::MAX, |(&before, &after)| speech[after].start.saturating_sub(speech[before].end))
    };
    while phrases.len() > 1
        && let Some(short) = (0..phrases.len()).find(|&at| length(&phrases[at]) < SHORTEST)
    {
        let is_last = short + 1 == phrases.len();
        let joins_before = is_last || short > 0 && pause(&phrases, short - 1) <= pause(&phrases, short);
        let first = if joins_before { short - 1 } else { short };
        let second = phrases.remove(first + 1);
        phrases[first].extend(second);
    }
    phrases
}

/// The sequence of languages, by their indices, with the greatest sum of scores less the cost of its changes.
fn likeliest(scores: &[Vec<f32>]) -> Vec<usize> {
    let Some(first) = scores.first() else { return Vec::new() };
    let best_of = |sums: &[f32]| {
        (0..sums.len()).reduce(|best, other| if sums[other] > sums[best] { other } else { best }).unwrap_or(0)
    };
    let mut sums = first.clone();
    let mut came: Vec<Vec<usize>> = Vec::new();
    for scores in &scores[1..] {
        let best = best_of(&sums);
        let from = |to: usize| if sums[best] - CHANGE > sums[to] { best } else { to };
        let before: Vec<usize> = (0..scores.len()).map(from).collect();
        let cost = |to: usize| if before[to] == to { 0.0 } else { CHANGE };
        sums = (0..scores.len()).map(|to| sums[before[to]] - cost(to) + scores[to]).collect();
        came.push(before);
    }
    let mut sequence = vec![best_of(&sums)];
    for before in came.iter().rev() {
        sequence.push(before[sequence[sequence.len() - 1]]);
    }
    sequence.reverse();
    sequence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_phrase_that_sounds_otherwise_changes_nothing() {
        let scores = |phrases: &[(f32, f32)]| -> Vec<Vec<f32>> {
            phrases.iter().map(|(one, other)| vec![one.ln(), other.ln()]).collect()
        };
        assert_eq!(likeliest(&scores(&[(0.9, 0.1), (0.3, 0.7), (0.95, 0.05)])), [0, 0, 0]);
        assert_eq!(
            likeliest(&scores(&[(0.99, 0.01), (0.001, 0.999), (0.3, 0.7), (0.99, 0.01)])),
            [0, 1, 1, 0]
        );
        assert_eq!(likeliest(&scores(&[(0.4, 0.6)])), [1]);
        assert!(likeliest(&[]).is_empty());
    }

    #[test]
    fn short_spans_join_the_nearer_one() {
        let span = |start: u64, end: u64| SpeechSpan { start: start * 1600, end: end * 1600 };
        let speech = [span(0, 20), span(22, 25), span(40, 60), span(70, 75), span(76, 100)];
        assert_eq!(phrases(&speech), [vec![0, 1], vec![2], vec![3, 4]]);
        assert_eq!(phrases(&[span(0, 3)]), [vec![0]]);
        assert_eq!(phrases(&[span(0, 3), span(9, 12), span(13, 15)]), [vec![0, 1, 2]]);
    }
}
