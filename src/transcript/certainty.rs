//! Converts the probabilities of a recognizer's tokens to the probability that a word is wrong.

use super::{SecondOpinion, Word};

/// Words with at least this probability of error are marked. At 0.3 these are about 3 % of the words of clear speech,
/// with nearly half of the wrong ones; half of the marked words are wrong.
pub const DOUBTFUL_FROM: f32 = 0.3;

/// Higher probabilities contain no more information.
const MOST_CERTAIN: f64 = 0.9995;
/// Fitted on 14 464 English words of which 857 were wrong, with Whisper base, and Whisper tiny.en with a greedy search
/// as the second recognizer. `docs/doubt.md` describes the method, and the results on words not used for fitting.
const ALONE: Formula = Formula { bias: -0.95, slope: 0.88 };
/// If a second recognizer recognized the same.
const AGREED: Formula = Formula { bias: -1.95, slope: 0.64 };
/// If it recognized something else.
const DIFFERED: Formula = Formula { bias: 0.23, slope: 0.64 };

/// The logistic function of `bias + slope * ln((1 - p) / p)`.
struct Formula {
    bias: f64,
    slope: f64,
}

/// The probability of a word, collected from its tokens.
///
/// It is the product over the tokens with letters or digits, since the recognizer had to get each of them right. A
/// comma that belongs to the word says nothing about it; punctuation counts only in words that consist of nothing else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Certainty {
    letters: Option<f32>,
    marks: Option<f32>,
}

impl Certainty {
    /// Returns the certainty of one token. `bytes` may be part of a character, which counts as a letter.
    pub fn of_token(bytes: &[u8], probability: f32) -> Self {
        let is_mark = std::str::from_utf8(bytes).is_ok_and(|text| !text.contains(char::is_alphanumeric));
        match is_mark {
            true => Self { letters: None, marks: Some(probability) },
            false => Self { letters: Some(probability), marks: None },
        }
    }

    /// Combines two parts of a word.
    pub fn and(self, other: Self) -> Self {
        let product = |one: Option<f32>, other: Option<f32>| match (one, other) {
            (Some(one), Some(other)) => Some(one * other),
            (one, other) => one.or(other),
        };
        Self { letters: product(self.letters, other.letters), marks: product(self.marks, other.marks) }
    }

    /// Returns the probability, from 0 to 1.
    pub fn probability(self) -> f32 {
        self.letters.or(self.marks).unwrap_or(1.0).clamp(0.0, 1.0)
    }
}

impl Word {
    /// Returns the probability that this word is wrong, from 0 to 1, given its [`probability`](Word::probability) and
    /// the second opinion.
    pub fn chance_of_error(&self) -> f32 {
        let p = f64::from(self.probability);
        // NaN carries no information, and is as bad as a probability of zero.
        let p = if p > 0.0 { p.min(MOST_CERTAIN) } else { 0.0 };
        let odds = ((1.0 - p) / p).ln();
        let Formula { bias, slope } = match &self.second {
            None => ALONE,
            Some(SecondOpinion::Same) => AGREED,
            Some(SecondOpinion::Other(_)) => DIFFERED,
        };
        (1.0 / (1.0 + (-(bias + slope * odds)).exp())) as f32
    }

    /// Returns whether someone should listen again.
    pub fn is_doubtful(&self) -> bool {
        self.chance_of_error() >= DOUBTFUL_FROM
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;

    fn word(probability: f32) -> Word {
        Word { probability, ..Word::new("word", TimeSpan::default()) }
    }

    fn of(tokens: &[(&str, f32)]) -> f32 {
        let parts = tokens.iter().map(|(text, p)| Certainty::of_token(text.as_bytes(), *p));
        parts.reduce(Certainty::and).unwrap().probability()
    }

    #[test]
    fn every_token_with_letters_counts_and_no_mark_hides_it() {
        assert_eq!(of(&[(" Ho", 0.5), ("ar", 0.5), (",", 1.0)]), 0.25);
        assert_eq!(of(&[(" (", 0.1), ("yes", 0.8), (")", 0.2)]), 0.8);
        assert_eq!(of(&[(" 3", 0.5), (".", 0.1), ("5", 0.5)]), 0.25);
        assert_eq!(of(&[(" -", 0.5), ("-", 0.5)]), 0.25, "marks are all there is");
        let halves = [&[0xe6, 0x97][..], &[0xa5]].map(|half| Certainty::of_token(half, 0.5));
        assert_eq!(halves[0].and(halves[1]).probability(), 0.25);
    }

    #[test]
    fn chances_are_those_of_the_formula() {
        for (p, chance) in [(0.99, 0.0067), (0.9, 0.053), (0.5, 0.279), (0.2, 0.567), (0.05, 0.838)] {
            let found = word(p).chance_of_error();
            assert!((found - chance).abs() < 0.001, "{p}: {found}");
        }
        let certain = word(1.0).chance_of_error();
        assert!((certain - word(0.9995).chance_of_error()).abs() < 1e-6 && certain > 0.0004, "{certain}");
        assert_eq!([0.0, f32::NAN, -1.0].map(|p| word(p).chance_of_error()), [1.0; 3]);
    }

    #[test]
    fn a_second_opinion_decides_more_than_a_probability() {
        let chance = |second: Option<SecondOpinion>, p| Word { second, ..word(p) }.chance_of_error();
        let other = || Some(SecondOpinion::Other("other".to_owned()));
        for (p, agreed, differed) in [(0.9, 0.034, 0.236), (0.5, 0.125, 0.557), (0.2, 0.257, 0.754)] {
            let found = (chance(Some(SecondOpinion::Same), p), chance(other(), p));
            assert!((found.0 - agreed).abs() < 0.001 && (found.1 - differed).abs() < 0.001, "{p}: {found:?}");
        }
        assert!(
            chance(other(), 0.84) >= DOUBTFUL_FROM && chance(Some(SecondOpinion::Same), 0.16) < DOUBTFUL_FROM
        );
    }

    #[test]
    fn words_are_doubtful_from_three_chances_in_ten_on() {
        assert!(word(0.47).is_doubtful() && !word(0.48).is_doubtful());
        assert!(!word(1.0).is_doubtful(), "nobody doubts what a person typed");
    }
}
