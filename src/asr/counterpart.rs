//! Where the words of a text stand in another text of the same sound.

use std::ops::Range;

use similar::{Algorithm, capture_diff_slices};

use crate::transcript::{Word, key};

/// For each place between the words of a text, the places in the other text; none inside a difference.
pub(super) struct Counterpart(Vec<Option<Range<usize>>>);

impl Counterpart {
    /// Compares words without case and punctuation.
    pub fn new(words: &[Word], others: &[Word]) -> Self {
        let keys = |words: &[Word]| -> Vec<String> { words.iter().map(|word| key(&word.text)).collect() };
        let mut places: Vec<Option<Range<usize>>> = vec![None; words.len() + 1];
        let mut add = |at: usize, other: usize| match &mut places[at] {
            Some(known) => *known = known.start.min(other)..known.end.max(other),
            place => *place = Some(other..other),
        };
        add(0, 0);
        add(words.len(), others.len());
        for difference in capture_diff_slices(Algorithm::Myers, &keys(words), &keys(others)) {
            let (old, new) = (difference.old_range(), difference.new_range());
            match old.len() == new.len() {
                // Words that differ one by one stand for each other.
                true => old.clone().zip(new.clone()).for_each(|(at, other)| add(at, other)),
                false => add(old.start, new.start),
            }
            add(old.end, new.end);
        }
        Self(places)
    }

    /// The other words in the place of a part, where parts follow each other: what is only in the other text belongs to
    /// the part before it. `None` where a difference lies across an end.
    pub fn of_part(&self, words: Range<usize>) -> Option<Range<usize>> {
        let around = self.around(words.clone())?;
        let before = if words.start == 0 { 0 } else { self.0[words.start].as_ref()?.end };
        Some(before..around.end)
    }

    /// The other words in the place of a stretch, with those between its ends and the words beside it; `None` where a
    /// difference lies across an end.
    pub fn around(&self, words: Range<usize>) -> Option<Range<usize>> {
        let (start, end) = (self.0[words.start].as_ref()?, self.0[words.end].as_ref()?);
        Some(start.start..end.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;

    fn words(text: &str) -> Vec<Word> {
        let word = |text: &str| Word::new(text, TimeSpan::default());
        text.split_whitespace().map(word).collect()
    }

    #[test]
    fn a_stretch_is_found_unless_a_difference_lies_across_its_ends() {
        let own = words("the Galerkin method, of course.");
        let place = |other: &str, range| Counterpart::new(&own, &words(other)).around(range);
        assert_eq!(place("the gall erkin method of course", 1..2), Some(1..3));
        assert_eq!(place("the method of course", 1..2), Some(1..1));
        assert_eq!(place("The well Galerkin Method, of course", 1..2), Some(1..3), "what was put in counts");
        assert_eq!(place("the gall erkin math odd of course", 1..2), None);
        assert_eq!(place("the gallery math of course", 1..2), Some(1..2), "one by one");
        assert_eq!(place("anything else", 0..5), Some(0..2));
        let part =
            |range| Counterpart::new(&own, &words("the Galerkin method well of course")).of_part(range);
        assert_eq!([part(0..3), part(3..5)], [Some(0..4), Some(4..6)], "each word is of one part");
        assert_eq!(Counterpart::new(&[], &words("a b")).around(0..0), Some(0..2));
    }
}
