//! Beam search: of all continuations of the open texts, the most probable are kept.

use super::repetition::runs_in_circles;
use super::rules::Rules;
use super::{Hypothesis, Open, SearchOptions};
use crate::kernels::elementwise::{log_sum_exp, top};
use crate::level::Level;

/// A text with a possible next token.
struct Continuation {
    /// The log-probability of the text with the token.
    score: f32,
    from: usize,
    token: u32,
    /// The log-probability of the token.
    log_probability: f32,
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
    let mut next: Vec<Open> = Vec::with_capacity(beams);
    let mut circular = Vec::new();
    for continuation in continuations(open, rows, rules, level, beams) {
        if next.len() == beams {
            break;
        }
        let before = &open[continuation.from];
        let mut text = before.text.clone();
        text.log_probabilities.push(continuation.log_probability);
        if continuation.token == rules.end_of_text {
            ended.push(text);
            continue;
        }
        text.tokens.push(continuation.token);
        // A text that has started to repeat itself does not stop: others get its place.
        let into = if runs_in_circles(&rules.words(&text.tokens)) { &mut circular } else { &mut next };
        into.push(Open { text, rows: before.rows.clone() });
    }
    let length = open[0].text.tokens.len() + 1;
    let is_over = length >= most_tokens || next.is_empty();
    if is_over && ended.is_empty() {
        let cut_off = if next.is_empty() { circular } else { std::mem::take(&mut next) };
        ended.extend(cut_off.into_iter().map(|open| open.text));
    }
    let is_enough = ended.len() as f32 >= beams as f32 * options.patience.max(1.0);
    *open = if is_over || is_enough { Vec::new() } else { next };
}

/// The most probable continuations, the best first.
fn continuations(
    open: &[Open],
    rows: Vec<&mut [f32]>,
    rules: &Rules,
    level: Level,
    beams: usize,
) -> Vec<Continuation> {
    let mut all = Vec::with_capacity(open.len() * (beams + 1));
    for (from, (logits, Open { text, .. })) in rows.into_iter().zip(open).enumerate() {
        rules.apply(&text.tokens, logits);
        let total = log_sum_exp(level, logits);
        let before = text.log_probability();
        let possible = |&(logit, _): &(f32, usize)| logit > f32::MIN;
        for (logit, token) in top(level, logits, beams + 1).into_iter().filter(possible) {
            let log_probability = logit - total;
            let score = before + log_probability;
            all.push(Continuation { score, from, token: token as u32, log_probability });
        }
    }
    all.sort_by(|a, b| b.score.total_cmp(&a.score));
    all
}
