//! Other texts that may have been said in the place of some words.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Segment, Word};

/// The readings of some words of a segment, such as a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alternatives {
    /// The indices of the words.
    pub words: Range<usize>,
    /// The first is that of the words themselves, the others come by falling confidence.
    pub readings: Vec<OtherReading>,
}

/// A text that may have been said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OtherReading {
    /// Words with spaces between them where they belong.
    pub text: String,
    /// From 0 to 1. Those of all texts that the recognizer has compared add up to 1.
    pub confidence: f32,
}

impl Segment {
    /// Puts more words before the one with this index. Alternatives of the words around it are lost.
    pub fn insert_words(&mut self, at: usize, words: Vec<Word>) {
        self.alternatives.retain(|own| own.words.end <= at || at <= own.words.start);
        for own in self.alternatives.iter_mut().filter(|own| at <= own.words.start) {
            own.words = own.words.start + words.len()..own.words.end + words.len();
        }
        self.words.splice(at..at, words);
    }

    /// Takes the alternatives away that belong to words from an index on, which then counts as 0.
    pub(super) fn split_alternatives(&mut self, at: usize) -> Vec<Alternatives> {
        let (before, after): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.alternatives).into_iter().partition(|own| own.words.start < at);
        self.alternatives = before.into_iter().filter(|own| own.words.end <= at).collect();
        let moved =
            |own: Alternatives| Alternatives { words: own.words.start - at..own.words.end - at, ..own };
        after.into_iter().map(moved).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;

    fn word(text: &str) -> Word {
        Word::new(text, TimeSpan::default())
    }

    fn segment() -> Segment {
        let of = |words| Alternatives { words, readings: Vec::new() };
        let words = "one two three four five".split(' ').map(word).collect();
        Segment { words, alternatives: vec![of(0..2), of(2..5)], ..Segment::default() }
    }

    /// The first word of each stretch with readings, and the one after its last.
    fn places(segment: &Segment) -> Vec<(usize, usize)> {
        segment.alternatives.iter().map(|own| (own.words.start, own.words.end)).collect()
    }

    #[test]
    fn alternatives_move_with_their_words() {
        let with = |at| {
            let mut segment = segment();
            segment.insert_words(at, vec![word("more"), word("words")]);
            places(&segment)
        };
        assert_eq!(
            [with(0), with(2), with(5)],
            [vec![(2, 4), (4, 7)], vec![(0, 2), (4, 7)], vec![(0, 2), (2, 5)]]
        );
        assert_eq!(with(3), [(0, 2)], "those around it are lost");
        let divided = |at: usize| segment().divided(&[at]).iter().map(places).collect::<Vec<_>>();
        assert_eq!(divided(2), [vec![(0, 2)], vec![(0, 3)]]);
        assert_eq!(divided(3), [vec![(0, 2)], vec![]]);
    }
}
