//! Aligns two sequences of words at the least number of edits, and counts the errors.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::AddAssign;

/// Differences between a reference and a hypothesis, by the smallest number of edits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordErrors {
    /// Number of replaced words.
    pub substitutions: usize,
    /// Number of missing words of the reference.
    pub deletions: usize,
    /// Number of words that the reference does not have.
    pub insertions: usize,
    /// Number of words of the reference.
    pub reference_words: usize,
}

impl WordErrors {
    /// Returns the number of all errors.
    pub fn errors(&self) -> usize {
        self.substitutions + self.deletions + self.insertions
    }

    /// Returns the word error rate as a fraction: 0.05 is 5 %. Above 1 if more was inserted than said; without
    /// reference words it is 0, or infinite if something was inserted.
    pub fn wer(&self) -> f64 {
        match (self.errors(), self.reference_words) {
            (0, _) => 0.0,
            (errors, words) => errors as f64 / words as f64,
        }
    }
}

impl AddAssign for WordErrors {
    fn add_assign(&mut self, other: Self) {
        self.substitutions += other.substitutions;
        self.deletions += other.deletions;
        self.insertions += other.insertions;
        self.reference_words += other.reference_words;
    }
}

/// One step along both sequences, or along one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The same word.
    Match,
    /// A word replaces another.
    Substitute,
    /// A word of the reference is missing.
    Delete,
    /// A word of the hypothesis is extra.
    Insert,
}

/// Counts the errors of `hypothesis`; both should be normalized.
pub fn word_errors<W: Eq + Hash>(reference: &[W], hypothesis: &[W]) -> WordErrors {
    let steps = align(reference, hypothesis);
    let count = |step| steps.iter().filter(|other| **other == step).count();
    WordErrors {
        substitutions: count(Step::Substitute),
        deletions: count(Step::Delete),
        insertions: count(Step::Insert),
        reference_words: reference.len(),
    }
}

/// Returns an alignment with the smallest number of edits (Levenshtein), by Hirschberg's division: time grows with the
/// product of the lengths, memory only with their sum, so that lectures of many hours fit.
pub fn align<W: Eq + Hash>(reference: &[W], hypothesis: &[W]) -> Vec<Step> {
    // Numbers instead of words, because they are compared many millions of times.
    let mut numbers = HashMap::new();
    let mut number = |word| {
        let next = numbers.len() as u32;
        *numbers.entry(word).or_insert(next)
    };
    let reference: Vec<u32> = reference.iter().map(&mut number).collect();
    let hypothesis: Vec<u32> = hypothesis.iter().map(&mut number).collect();
    let mut steps = Vec::with_capacity(reference.len().max(hypothesis.len()));
    divide(&reference, &hypothesis, &mut steps);
    steps
}

fn divide(reference: &[u32], hypothesis: &[u32], steps: &mut Vec<Step>) {
    let same = reference.iter().zip(hypothesis).take_while(|(a, b)| a == b).count();
    steps.extend(vec![Step::Match; same]);
    let (reference, hypothesis) = (&reference[same..], &hypothesis[same..]);
    let same_end = reference.iter().rev().zip(hypothesis.iter().rev()).take_while(|(a, b)| a == b).count();
    let (reference, hypothesis) =
        (&reference[..reference.len() - same_end], &hypothesis[..hypothesis.len() - same_end]);

    match (reference, hypothesis) {
        (_, []) => steps.extend(vec![Step::Delete; reference.len()]),
        ([], _) => steps.extend(vec![Step::Insert; hypothesis.len()]),
        ([word], _) => {
            single(hypothesis.iter().position(|other| other == word), hypothesis.len(), Step::Insert, steps)
        }
        (_, [word]) => {
            single(reference.iter().position(|other| other == word), reference.len(), Step::Delete, steps)
        }
        _ => {
            let (first, second) = reference.split_at(reference.len() / 2);
            let before = costs(first.iter(), hypothesis.iter());
            let after = costs(second.iter().rev(), hypothesis.iter().rev());
            let total = |at: &usize| before[*at] + after[hypothesis.len() - at];
            let middle = (0..=hypothesis.len()).min_by_key(total).unwrap_or(0);
            divide(first, &hypothesis[..middle], steps);
            divide(second, &hypothesis[middle..], steps);
        }
    }
    steps.extend(vec![Step::Match; same_end]);
}

/// Aligns one word with `count` words: it matches the one at `found`, or replaces the first of them; the rest are
/// extra.
fn single(found: Option<usize>, count: usize, extra: Step, steps: &mut Vec<Step>) {
    let at = found.unwrap_or(0);
    steps.extend(vec![extra; at]);
    steps.push(if found.is_some() { Step::Match } else { Step::Substitute });
    steps.extend(vec![extra; count - at - 1]);
}

/// Returns the smallest number of edits between all of `reference` and every prefix of `hypothesis`.
fn costs<'w>(
    reference: impl Iterator<Item = &'w u32>,
    hypothesis: impl ExactSizeIterator<Item = &'w u32> + Clone,
) -> Vec<u32> {
    let mut row: Vec<u32> = (0..=hypothesis.len() as u32).collect();
    for word in reference {
        let mut diagonal = row[0];
        row[0] += 1;
        let mut left = row[0];
        for (cost, other) in row[1..].iter_mut().zip(hypothesis.clone()) {
            let best = (diagonal + u32::from(word != other)).min(*cost + 1);
            diagonal = *cost;
            left = best.min(left + 1);
            *cost = left;
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn errors(reference: &str, hypothesis: &str) -> (usize, usize, usize) {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let found = word_errors(&words(reference), &words(hypothesis));
        (found.substitutions, found.deletions, found.insertions)
    }

    #[test]
    fn errors_are_counted_by_kind() {
        assert_eq!(errors("a b c", "a b c"), (0, 0, 0));
        assert_eq!(errors("a b c", "a x c"), (1, 0, 0));
        assert_eq!(errors("a b c d", "a d"), (0, 2, 0));
        assert_eq!(errors("a d", "a b c d"), (0, 0, 2));
        assert_eq!(errors("the cat sat on the mat", "cat sat upon the the mat"), (1, 1, 1));
    }

    #[test]
    fn the_rate_is_defined_without_words() {
        assert_eq!(word_errors::<&str>(&[], &[]).wer(), 0.0);
        assert_eq!(word_errors(&[], &["a"]).wer(), f64::INFINITY);
        assert_eq!(word_errors(&["a"], &[]).wer(), 1.0);
    }

    /// The textbook table, whose memory grows with the product of the lengths.
    fn distance(a: &[u8], b: &[u8]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = match (i, j) {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => (table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]))
                        .min(table[i - 1][j] + 1)
                        .min(table[i][j - 1] + 1),
                };
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn alignments_are_valid_and_cheapest(
            a in prop::collection::vec(0u8..4, 0..40),
            b in prop::collection::vec(0u8..4, 0..40),
        ) {
            let (mut i, mut j, mut edits) = (0, 0, 0);
            for step in align(&a, &b) {
                edits += usize::from(step != Step::Match);
                if matches!(step, Step::Match | Step::Substitute) {
                    prop_assert_eq!(a[i] == b[j], step == Step::Match);
                }
                i += usize::from(step != Step::Insert);
                j += usize::from(step != Step::Delete);
            }
            prop_assert_eq!((i, j), (a.len(), b.len()));
            prop_assert_eq!(edits, distance(&a, &b));
        }
    }
}
