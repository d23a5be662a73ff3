//! Beam search: keeps the most probable continuations of the open texts.

use super::repetition::runs_in_circles;
use super::rules::Rules;
use super::{Hypothesis, Open, SearchOptions};
use crate::kernels::elementwise::{log_sum_exp, top};
use crate::level::Level;
use crate::terms::{Candidate, Follow};

/// A text with a possible next token.
struct Continuation {
    /// The log-probability of the text with the token, and the bonuses of its terms.
    score: f32,
    /// Where the text stands among the terms.
    follow: Follow,
    from: usize,
    token: u32,
    /// The log-probability of the token.
    log_probability: f32,
}

impl Continuation {
    /// Without the bonus of a term under way.
    fn certain_score(&self) -> f32 {
        self.score - self.follow.pending
    }
}

/// Continues each open text by a token, whose scores are in `rows`. No text is left open when the search is over.
pub(super) fn advance(
    open: &mut Vec<Open>,
    ended: &mut Vec<Hypothesis>,
    rows: Vec<&mut [f32]>,
    rules: &Rules,
    level: Level,
    options: &SearchOptions,
    most_tokens: usize,
) {
    let beams = options.beams.max(1);
    let mut texts = Texts { next: Vec::with_capacity(beams), circular: Vec::new(), ended };
    let mut others = Vec::new();
    for continuation in continuations(open, rows, rules, level, beams) {
        if texts.next.len() < beams {
            texts.add(open, continuation, rules);
        } else if continuation.follow.is_under_way() {
            others.push(continuation);
        }
    }
    // Terms under way have places of their own, so that they take none from probable texts.
    others.sort_by(|a, b| b.score.total_cmp(&a.score));
    others.into_iter().take(rules.places()).for_each(|continuation| texts.add(open, continuation, rules));
    let Texts { mut next, circular, .. } = texts;
    let length = open[0].text.tokens.len() + 1;
    let is_over = length >= most_tokens || next.is_empty();
    if is_over && ended.is_empty() {
        let cut_off = if next.is_empty() { circular } else { std::mem::take(&mut next) };
        ended.extend(cut_off.into_iter().map(|open| open.text));
    }
    let is_enough = ended.len() as f32 >= beams as f32 * options.patience.max(1.0);
    *open = if is_over || is_enough { Vec::new() } else { next };
}

/// What happened to the continued texts.
struct Texts<'a> {
    next: Vec<Open>,
    /// Texts that have started to repeat themselves. They would never stop, so others get their place.
    circular: Vec<Open>,
    ended: &'a mut Vec<Hypothesis>,
}

impl Texts<'_> {
    fn add(&mut self, open: &[Open], continuation: Continuation, rules: &Rules) {
        let Continuation { follow, from, token, log_probability, .. } = continuation;
        let before = &open[from];
        let mut text = before.text.clone();
        text.log_probabilities.push(log_probability);
        text.bonus = follow.earned;
        if token == rules.end_of_text {
            self.ended.push(text);
            return;
        }
        text.tokens.push(token);
        let is_circular = runs_in_circles(&rules.words(&text.tokens));
        let into = if is_circular { &mut self.circular } else { &mut self.next };
        into.push(Open { text, rows: before.rows.clone(), follow });
    }
}

/// The most probable continuations, the best first, and those that follow a term.
fn continuations(
    open: &[Open],
    rows: Vec<&mut [f32]>,
    rules: &Rules,
    level: Level,
    beams: usize,
) -> Vec<Continuation> {
    let mut all = Vec::with_capacity(open.len() * (beams + 1));
    for (from, (logits, Open { text, follow, .. })) in rows.into_iter().zip(open).enumerate() {
        rules.apply(&text.tokens, logits);
        let total = log_sum_exp(level, logits);
        let before = text.log_probability();
        let mut top = top(level, logits, beams + 1);
        top.retain(|&(logit, _)| logit > f32::MIN);
        for Candidate { token, logit, follow } in rules.candidates(follow, logits, &top) {
            let log_probability = logit - total;
            let score = before + log_probability + follow.earned + follow.pending;
            all.push(Continuation { score, follow, from, token, log_probability });
        }
    }
    all.sort_by(|a, b| b.certain_score().total_cmp(&a.certain_score()));
    all
}
