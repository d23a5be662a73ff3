//! Decides which tokens may follow a text.

use std::borrow::Cow;

use super::times::{TIMES_PER_SECOND, TimeRules, Timestamps};
use crate::level::Level;
use crate::model::Vocabulary;
use crate::terms::{Candidate, Follow, Terms};

/// The rules of one model.
pub(super) struct Rules<'a> {
    pub end_of_text: u32,
    /// Tokens that are not speech: brackets, notes, dashes that start a turn.
    suppressed: Vec<u32>,
    /// Tokens that no text starts with.
    blank: u32,
    /// Preferred by the beams; never an empty list.
    pub terms: Option<&'a Terms>,
    vocabulary: &'a Vocabulary,
    times: Option<TimeRules>,
}

impl<'a> Rules<'a> {
    pub fn new(
        level: Level,
        vocabulary: &'a Vocabulary,
        timestamps: Option<Timestamps>,
        terms: Option<&'a Terms>,
    ) -> Self {
        let (end_of_text, blank) = (vocabulary.end_of_text(), vocabulary.blank());
        let times = timestamps.map(|Timestamps { latest_start }| {
            let first = vocabulary.first_timestamp() as usize;
            let latest_start = first + (latest_start * TIMES_PER_SECOND) as usize;
            TimeRules { level, end_of_text: end_of_text as usize, first, latest_start }
        });
        let terms = terms.filter(|terms| !terms.is_empty());
        Self { end_of_text, suppressed: vocabulary.non_speech_tokens(), blank, terms, vocabulary, times }
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
        if let Some(times) = &self.times {
            times.apply(text, scores);
        }
    }

    /// Hypotheses kept beside the beams because a term is under way in them.
    pub fn places(&self) -> usize {
        self.terms.map_or(0, Terms::places)
    }

    /// The most probable tokens, and with terms those that follow one; see [`Terms::candidates`].
    pub fn candidates(&self, before: &Follow, logits: &[f32], top: &[(f32, usize)]) -> Vec<Candidate> {
        let plain = |&(logit, token): &(f32, usize)| Candidate {
            token: token as u32,
            logit,
            follow: Follow::default(),
        };
        match self.terms {
            Some(terms) => terms.candidates(self.vocabulary, before, logits, top),
            None => top.iter().map(plain).collect(),
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
