//! Decides which times may follow a text, like `ApplyTimestampRules` in OpenAI's decoding.py.

use crate::kernels::elementwise::{log_sum_exp, top};
use crate::level::Level;

/// Options for the times of segments, which the model writes between the words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timestamps {
    /// The first segment starts no later. Unit: seconds.
    pub latest_start: f32,
}

impl Default for Timestamps {
    /// The setting of OpenAI's command.
    fn default() -> Self {
        Self { latest_start: 1.0 }
    }
}

/// Time tokens per second: one for each position of the encoder.
pub(crate) const TIMES_PER_SECOND: f32 = 50.0;

/// The rules for the scores of a whole vocabulary: a text starts with a time; times come in pairs, the end of a segment
/// and the start of the next, except for the first and the last; times do not decrease, and an end is later than its
/// start; and if all times together are more probable than any word, a time follows.
pub(super) struct TimeRules {
    pub level: Level,
    pub end_of_text: usize,
    /// The token of 0.00 s; every token after it is a time, too.
    pub first: usize,
    /// The last token that a text may begin with.
    pub latest_start: usize,
}

impl TimeRules {
    pub fn is_time(&self, token: u32) -> bool {
        token as usize >= self.first
    }

    /// Makes the tokens impossible that may not follow `text`.
    pub fn apply(&self, text: &[u32], scores: &mut [f32]) {
        let (words, times) = scores.split_at_mut(self.first);
        words[self.end_of_text + 1..].fill(f32::MIN);
        if text.is_empty() {
            words.fill(f32::MIN);
            let allowed = (self.latest_start + 1 - self.first).min(times.len());
            times[allowed..].fill(f32::MIN);
            return;
        }
        let mut before = text.iter().rev().map(|&token| self.is_time(token));
        let follows_time = before.next().unwrap_or(false);
        let follows_start = follows_time && before.next().unwrap_or(true);
        let follows_end = follows_time && !follows_start;
        if follows_start {
            times.fill(f32::MIN);
        }
        if follows_end {
            words[..self.end_of_text].fill(f32::MIN);
        }
        if let Some(&last) = text.iter().rev().find(|&&token| self.is_time(token)) {
            let last = last as usize - self.first;
            times[..if follows_end { last } else { last + 1 }].fill(f32::MIN);
        }
        let best_word = top(self.level, words, 1)[0].0;
        if log_sum_exp(self.level, times) > best_word {
            words.fill(f32::MIN);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const END: u32 = 20;
    const FIRST: u32 = 26;
    const LATEST: u32 = 36;
    const ALL: usize = 90;

    fn rules() -> TimeRules {
        let (end_of_text, first, latest_start) = (END as usize, FIRST as usize, LATEST as usize);
        TimeRules { level: Level::best(), end_of_text, first, latest_start }
    }

    /// The tokens that may follow `text` with these scores.
    fn allowed(text: &[u32], scores: &[f32]) -> Vec<u32> {
        let mut scores = scores.to_vec();
        rules().apply(text, &mut scores);
        (0..ALL as u32).filter(|&token| scores[token as usize] > f32::MIN).collect()
    }

    /// Starts, numbers of words and ends. The last segment may lack its words or its end.
    fn segments(text: &[u32]) -> Vec<(u32, usize, Option<u32>)> {
        let mut segments = Vec::new();
        let mut rest = text;
        while let [start, after @ ..] = rest {
            assert!(*start >= FIRST, "a segment starts with a time: {text:?}");
            let words = after.iter().take_while(|&&token| token < END).count();
            let end = after.get(words).copied();
            segments.push((*start, words, end));
            rest = &after[(words + 1).min(after.len())..];
        }
        segments
    }

    proptest! {
        #[test]
        fn every_text_is_made_of_segments(
            scores in proptest::collection::vec(proptest::collection::vec(-8f32..8.0, ALL), 1..60),
            choices in proptest::collection::vec(any::<prop::sample::Index>(), 60),
        ) {
            let mut text = Vec::new();
            for (scores, choice) in scores.iter().zip(&choices) {
                let allowed = allowed(&text, scores);
                prop_assert!(!allowed.is_empty(), "{:?}", text);
                let token = *choice.get(&allowed);
                prop_assert!(token <= END || token >= FIRST, "{} is special", token);
                if token == END {
                    break;
                }
                text.push(token);
            }
            let segments = segments(&text);
            prop_assert!(text.is_empty() || text[0] <= LATEST);
            let mut now = FIRST;
            for (i, &(start, words, end)) in segments.iter().enumerate() {
                prop_assert!(start >= now, "{:?}", text);
                prop_assert!(end.is_none_or(|end| end > start), "{:?}", text);
                prop_assert!(i + 1 == segments.len() || (words > 0 && end.is_some()), "{:?}", text);
                now = end.unwrap_or(start);
            }
        }

        #[test]
        fn a_time_comes_where_times_together_outweigh_every_word(
            scores in proptest::collection::vec(-3f32..3.0, ALL), time in 0u32..60,
        ) {
            let text = [FIRST + time, 3];
            let times = &scores[(FIRST + time) as usize + 1..];
            let together = times.iter().map(|score| f64::from(*score).exp()).sum::<f64>().ln();
            let word = scores[..=END as usize].iter().copied().fold(f32::MIN, f32::max);
            prop_assume!((together - f64::from(word)).abs() > 1e-4);
            let allowed = allowed(&text, &scores);
            prop_assert_eq!(allowed.iter().all(|&token| token >= FIRST), together > f64::from(word));
            prop_assert!(allowed.iter().all(|&token| token < FIRST || token > FIRST + time));
        }
    }

    #[test]
    fn times_come_in_pairs() {
        let scores = [0.0; ALL];
        let without_times = |text: &[u32]| allowed(text, &scores).iter().all(|&token| token <= END);
        assert_eq!(allowed(&[], &scores), (FIRST..=LATEST).collect::<Vec<_>>());
        assert!(without_times(&[FIRST]), "words come after the first start");
        assert!(without_times(&[FIRST, 1, FIRST + 5, FIRST + 5]), "and after each start");
        let after_end =
            allowed(&[FIRST, 1, FIRST + 5], &[&[9.0; FIRST as usize], &scores[FIRST as usize..]].concat());
        let expected: Vec<u32> = std::iter::once(END).chain(FIRST + 5..ALL as u32).collect();
        assert_eq!(after_end, expected, "a start, not before the end, or the end of the text");
    }
}
