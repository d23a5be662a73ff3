//! The readings of each sentence, from all texts that the search has found for a window.

use std::ops::Range;

use super::counterpart::Counterpart;
use crate::transcript::{Alternatives, OtherReading, Word, join_words};

/// Less probable readings are left out.
const LEAST_CONFIDENCE: f64 = 0.001;

/// A text of the search: its words, and the natural logarithm of its probability.
pub(super) type Text = (Vec<Word>, f32);

/// At most `most` readings of each sentence of `words`, whose text has this log-probability. A reading is as confident as
/// the texts with it are probable, among all texts whose differences do not lie across an end of the sentence.
pub(super) fn readings(
    words: &[Word],
    log_probability: f32,
    others: &[Text],
    most: usize,
) -> Vec<Alternatives> {
    let best = others.iter().map(|other| other.1).fold(log_probability, f32::max);
    let weight = |log_probability: f32| f64::from(log_probability - best).exp();
    let others: Vec<_> =
        others.iter().map(|(other, log)| (other, weight(*log), Counterpart::new(words, other))).collect();
    let of = |sentence: Range<usize>| {
        let mut found = vec![(join_words(&words[sentence.clone()]), weight(log_probability))];
        for (other, weight, counterpart) in &others {
            let Some(place) = counterpart.of_part(sentence.clone()) else { continue };
            let text = join_words(&other[place]);
            match found.iter_mut().find(|(known, _)| *known == text) {
                Some((_, sum)) => *sum += weight,
                None => found.push((text, *weight)),
            }
        }
        Alternatives { words: sentence, readings: by_confidence(found, most) }
    };
    sentences(words).into_iter().map(of).collect()
}

/// The first stays where it is.
fn by_confidence(mut found: Vec<(String, f64)>, most: usize) -> Vec<OtherReading> {
    let total: f64 = found.iter().map(|(_, weight)| weight).sum();
    found[1..].sort_by(|one, other| other.1.total_cmp(&one.1));
    let reading = |(at, (text, weight)): (usize, (String, f64))| {
        let confidence = weight / total;
        let is_kept = at == 0 || confidence >= LEAST_CONFIDENCE && !text.is_empty();
        // Rounded, so that the last bits of a logarithm do not matter.
        is_kept.then(|| OtherReading { text, confidence: ((confidence * 1000.0).round() / 1000.0) as f32 })
    };
    found.into_iter().enumerate().filter_map(reading).take(most).collect()
}

fn sentences(words: &[Word]) -> Vec<Range<usize>> {
    let ends = |word: &Word| word.text.ends_with(['.', '?', '!', '…', '。', '？', '！', '؟', '।']);
    let mut start = 0;
    let mut sentences = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if ends(word) || at + 1 == words.len() {
            sentences.push(start..at + 1);
            start = at + 1;
        }
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;

    fn words(text: &str) -> Vec<Word> {
        let word = |text: &str| Word::new(text, TimeSpan::default());
        text.split_whitespace().map(word).collect()
    }

    #[test]
    fn readings_of_a_sentence_are_as_confident_as_their_texts() {
        let own = words("Tony whore said it. That was all.");
        let other = |text: &str, probability: f32| (words(text), probability.ln());
        let others = [
            other("Tony Hoare said it. That was all.", 0.3),
            other("Tony Hoare said it. That was tall.", 0.1),
            other("Tony whore said it that was all.", 0.1),
        ];
        let found = readings(&own, 0.5_f32.ln(), &others, 2);
        let told: Vec<Vec<_>> = found
            .iter()
            .map(|own| own.readings.iter().map(|r| (r.text.as_str(), r.confidence)).collect())
            .collect();
        let first = vec![("Tony whore said it.", 0.5), ("Tony Hoare said it.", 0.4)];
        let second = vec![("That was all.", 0.8), ("That was tall.", 0.1)];
        assert_eq!(told, [first, second], "at most two each");
        assert_eq!([found[0].words.clone(), found[1].words.clone()], [0..4, 4..7]);
        assert!(readings(&[], 0.0, &[], 5).is_empty());
    }
}
