//! From the probabilities of a recognizer's tokens to the chance that a word is wrong.

use super::{SecondOpinion, Word};

/// Words with at least this chance to be wrong are marked. At 0.3 about 4 % of the words of clear lectures are, which
/// holds half of the wrong ones; half of what is marked is wrong.
pub const DOUBTFUL_FROM: f32 = 0.3;

/// Probabilities above this one say nothing more.
const MOST_CERTAIN: f64 = 0.9995;
/// The chance to be wrong is the logistic function of `BIAS + SLOPE * ln((1 - p) / p)`. Fitted on 4 984 English words of
/// which 408 were wrong, with Whisper base. On 6 262 other words, chances of 0.03, 0.15, 0.42 and 0.81 were 0.04, 0.14,
/// 0.38 and 0.79 in truth; on German, French and Spanish words they held as well.
const ALONE: Formula = Formula { bias: -0.80, slope: 0.88 };
/// Where a second recognizer heard the same.
const AGREED: Formula = Formula { bias: -1.78, slope: 0.66 };
/// Where it heard something else.
const DIFFERED: Formula = Formula { bias: -1.78 + 1.91, slope: 0.66 };

/// The logistic function of `bias + slope * ln((1 - p) / p)`.
struct Formula {
    bias: f64,
    slope: f64,
}

/// The probability of a word, collected from the tokens that spell it.
///
/// It is the product over the tokens with letters or digits, as the recognizer had to get each of them right. A comma
/// that belongs to the word says nothing about it; marks count only in words that consist of nothing else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Certainty {
    letters: Option<f32>,
    marks: Option<f32>,
}

impl Certainty {
    /// Of one token. `bytes` may be a part of a character, which counts as a letter.
    pub fn of_token(bytes: &[u8], probability: f32) -> Self {
        let is_mark = std::str::from_utf8(bytes).is_ok_and(|text| !text.contains(char::is_alphanumeric));
        match is_mark {
            true => Self { letters: None, marks: Some(probability) },
            false => Self { letters: Some(probability), marks: None },
        }
    }

    /// Of what two parts of a word spell together.
    pub fn and(self, other: Self) -> Self {
        let product = |one: Option<f32>, other: Option<f32>| match (one, other) {
            (Some(one), Some(other)) => Some(one * other),
            (one, other) => one.or(other),
        };
        Self { letters: product(self.letters, other.letters), marks: product(self.marks, other.marks) }
    }

    /// From 0 to 1.
    pub fn probability(self) -> f32 {
        self.letters.or(self.marks).unwrap_or(1.0).clamp(0.0, 1.0)
    }
}

impl Word {
    /// The chance that this word is not what was said, from 0 to 1, as [`probability`](Word::probability) and the second
    /// opinion let expect.
    pub fn chance_of_error(&self) -> f32 {
        let p = f64::from(self.probability);
        // Not-a-number knows nothing, and is as bad as no probability at all.
        let p = if p > 0.0 { p.min(MOST_CERTAIN) } else { 0.0 };
        let odds = ((1.0 - p) / p).ln();
        let Formula { bias, slope } = match &self.second {
            None => ALONE,
            Some(SecondOpinion::Same) => AGREED,
            Some(SecondOpinion::Other(_)) => DIFFERED,
        };
        (1.0 / (1.0 + (-(bias + slope * odds)).exp())) as f32
    }

    /// Whether a person should listen again.
    pub fn is_doubtful(&self) -> bool {
        self.chance_of_error() >= DOUBTFUL_FROM
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;

    fn word(probability: f32) -> Word {
        Word {
            text: "word".to_owned(),
            span: TimeSpan::default(),
            probability,
            space_before: true,
            second: None,
        }
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
        for (p, chance) in [(0.99, 0.0079), (0.9, 0.061), (0.5, 0.310), (0.2, 0.603), (0.05, 0.857)] {
            let found = word(p).chance_of_error();
            assert!((found - chance).abs() < 0.001, "{p}: {found}");
        }
        let certain = word(1.0).chance_of_error();
        assert!((certain - word(0.9995).chance_of_error()).abs() < 1e-6 && certain > 0.0005, "{certain}");
        assert_eq!([0.0, f32::NAN, -1.0].map(|p| word(p).chance_of_error()), [1.0; 3]);
    }

    #[test]
    fn words_are_doubtful_from_three_chances_in_ten_on() {
        assert!(word(0.51).is_doubtful() && !word(0.52).is_doubtful());
        assert!(!word(1.0).is_doubtful(), "nobody doubts what a person typed");
    }
}
