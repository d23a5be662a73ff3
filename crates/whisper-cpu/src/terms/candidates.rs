//! Which tokens the search considers because of terms.

use super::Terms;
use super::follow::Follow;
use crate::model::Vocabulary;

/// A token that may follow a text.
pub(crate) struct Candidate {
    pub token: u32,
    pub logit: f32,
    /// The state of the text with it.
    pub follow: Follow,
}

impl Terms {
    /// The most probable tokens, and those that follow a term and are not much less probable. `top` are the most
    /// probable logits and their tokens.
    pub(crate) fn candidates(
        &self,
        vocabulary: &Vocabulary,
        before: &Follow,
        logits: &[f32],
        top: &[(f32, usize)],
    ) -> Vec<Candidate> {
        let Some(&(best, _)) = top.first() else { return Vec::new() };
        let rules = &self.rules;
        let candidate = |token: u32, logit: f32| {
            let starts = logit > best - rules.near_first;
            let follow = self.follow(before, vocabulary.bytes_of(token), starts);
            Candidate { token, logit, follow }
        };
        let mut all: Vec<Candidate> =
            top.iter().map(|&(logit, token)| candidate(token as u32, logit)).collect();
        let most = if before.is_under_way() { rules.near_later } else { rules.near_first };
        let listed = self.continuing(before).iter().filter_map(|&token| {
            let logit = logits.get(token as usize).copied()?;
            let is_new = logit > best - most && !top.iter().any(|other| other.1 == token as usize);
            is_new.then(|| candidate(token, logit))
        });
        all.extend(listed.filter(|candidate| candidate.follow.is_under_way()));
        all
    }
}
