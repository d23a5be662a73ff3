//! Samples texts at random, for windows whose most probable text looks wrong.

use super::repetition::runs_in_circles;
use super::rules::Rules;
use super::{Hypothesis, Open};
use crate::kernels::elementwise::{log_sum_exp, powers};
use crate::level::Level;

/// Continues each open text by a token, whose scores are in `rows`: a row for each text, or one for all.
#[expect(clippy::too_many_arguments, reason = "the parts of a slot")]
pub(super) fn advance(
    open: &mut Vec<Open>,
    ended: &mut Vec<Hypothesis>,
    mut rows: Vec<&mut [f32]>,
    rules: &Rules,
    level: Level,
    temperature: f32,
    random: &mut Vec<Random>,
    most_tokens: usize,
) {
    let count = rows.len();
    let mut weights = Vec::new();
    let mut next = Vec::with_capacity(open.len());
    let mut streams = Vec::with_capacity(open.len());
    let pairs = std::mem::take(open).into_iter().zip(std::mem::take(random));
    for (i, (mut text, mut random)) in pairs.enumerate() {
        let logits = &mut rows[i.min(count - 1)];
        rules.apply(&text.text.tokens, logits);
        powers(level, logits, 1.0 / temperature, &mut weights);
        let token = random.draw(&weights);
        text.text.log_probabilities.push(logits[token] - log_sum_exp(level, logits));
        if token as u32 == rules.end_of_text {
            ended.push(text.text);
            continue;
        }
        text.text.tokens.push(token as u32);
        if text.text.tokens.len() >= most_tokens || runs_in_circles(&rules.words(&text.text.tokens)) {
            ended.push(text.text);
        } else {
            next.push(text);
            streams.push(random);
        }
    }
    (*open, *random) = (next, streams);
}

/// A stream of random numbers: SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
#[derive(Clone)]
pub(super) struct Random(u64);

impl Random {
    /// Another stream for each sample.
    pub fn new(seed: u64, sample: usize) -> Self {
        let mut random = Self(seed ^ (sample as u64).wrapping_mul(0xd1b5_4a32_d192_ed03));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ x >> 31
    }

    /// A random index, with a probability proportional to its weight.
    fn draw(&mut self, weights: &[f32]) -> usize {
        let total: f64 = weights.iter().map(|&weight| f64::from(weight)).sum();
        let mut left = (self.next() >> 11) as f64 / (1u64 << 53) as f64 * total;
        for (place, &weight) in weights.iter().enumerate() {
            left -= f64::from(weight);
            if left < 0.0 {
                return place;
            }
        }
        weights.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_drawn_by_their_weights() {
        let mut random = Random::new(7, 0);
        let mut drawn = [0; 3];
        for _ in 0..10_000 {
            drawn[random.draw(&[1.0, 0.0, 3.0])] += 1;
        }
        assert_eq!(drawn[1], 0);
        assert!((2300..2700).contains(&drawn[0]), "{drawn:?}");
    }

    #[test]
    fn streams_are_repeated_by_their_seed_alone() {
        let drawn = |seed, sample| {
            let mut random = Random::new(seed, sample);
            (0..50).map(|_| random.draw(&[1.0; 64])).collect::<Vec<_>>()
        };
        assert_eq!(drawn(1, 2), drawn(1, 2));
        assert_ne!(drawn(1, 2), drawn(1, 3));
        assert_ne!(drawn(1, 2), drawn(2, 2));
    }
}
