//! Decides which tokens may follow a text.

use std::borrow::Cow;

use super::times::{TIMES_PER_SECOND, TimeRules, Timestamps};
use crate::level::Level;
use crate::model::Vocabulary;

/// Makes tokens more or less probable, such as those of names and terms that are expected.
pub trait TokenBias {
    /// Adds to the scores of tokens that may follow `text` (natural logarithms, indexed by token). It must depend only
    /// on its arguments, otherwise results would depend on the other windows. With
    /// [`Options::timestamps`](crate::Options::timestamps), both the text and the scores include times.
    fn bias(&self, text: &[u32], scores: &mut [f32]);
}

/// The rules of one model.
pub(super) struct Rules<'a> {
    pub end_of_text: u32,
    /// Tokens that are not speech: brackets, notes, dashes that start a turn.
    suppressed: Vec<u32>,
    /// Tokens that a text does not start with.
    blank: u32,
    bias: Option<&'a dyn TokenBias>,
    times: Option<TimeRules>,
}

impl<'a> Rules<'a> {
    pub fn new(
        level: Level,
        vocabulary: &Vocabulary,
        timestamps: Option<Timestamps>,
        bias: Option<&'a dyn TokenBias>,
    ) -> Self {
        let (end_of_text, blank) = (vocabulary.end_of_text(), vocabulary.blank());
        let times = timestamps.map(|Timestamps { latest_start }| {
            let first = vocabulary.first_timestamp() as usize;
            let latest_start = first + (latest_start * TIMES_PER_SECOND) as usize;
            TimeRules { level, end_of_text: end_of_text as usize, first, latest_start }
        });
        Self { end_of_text, suppressed: vocabulary.non_speech_tokens(), blank, bias, times }
    }

    /// Whether texts have times in them, so that scores of the whole vocabulary are needed, not only of text.
    pub fn has_times(&self) -> bool {
        self.times.is_some()
    }

    /// Makes the tokens impossible that may not follow `text`.
    pub fn apply(&self, text: &[u32], scores: &mut [f32]) {
        for &token in &self.suppressed {
            scores[token as usize] = f32::MIN;
        }
        if text.is_empty() {
            scores[self.blank as usize] = f32::MIN;
            scores[self.end_of_text as usize] = f32::MIN;
        }
        if let Some(bias) = self.bias {
            bias.bias(text, scores);
        }
        if let Some(times) = &self.times {
            times.apply(text, scores);
        }
    }

    /// The tokens of a text without times.
    pub fn words<'t>(&self, text: &'t [u32]) -> Cow<'t, [u32]> {
        match &self.times {
            Some(times) => text.iter().copied().filter(|&token| !times.is_time(token)).collect(),
            None => text.into(),
        }
    }
}
