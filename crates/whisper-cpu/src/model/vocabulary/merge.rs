//! Byte pair encoding of one word.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{NEVER, Vocabulary};

impl Vocabulary {
    /// Merges neighbours, the pair of the lowest rank first and of equal ones the leftmost, until no pair
    /// makes a token. A heap keeps the time nearly linear, so long words do no harm.
    pub(super) fn merge(&self, word: &[u8]) -> Vec<u32> {
        let mut pieces = Pieces::new(word.len());
        let mut pairs: BinaryHeap<_> =
            (0..word.len()).filter_map(|start| self.pair(word, &pieces, start)).map(Reverse).collect();
        while let Some(Reverse(pair)) = pairs.pop() {
            if !pieces.are_neighbours(&pair) {
                continue;
            }
            pieces.join(&pair);
            let changed = [pieces.before(pair.start), Some(pair.start)].into_iter().flatten();
            pairs.extend(changed.filter_map(|start| self.pair(word, &pieces, start)).map(Reverse));
        }
        let token =
            |(start, end): (usize, usize)| self.find(&word[start..end]).expect("only tokens are joined");
        pieces.all().map(token).collect()
    }

    /// The piece at `start` with the next, if they make a token.
    fn pair(&self, word: &[u8], pieces: &Pieces, start: usize) -> Option<Pair> {
        let middle = pieces.ends[start];
        let &end = pieces.ends.get(middle)?;
        let rank = self.ranks[self.find(&word[start..end])? as usize];
        (rank != NEVER).then_some(Pair { rank, start, middle, end })
    }
}

/// Two neighbours that make a token, in the order in which pairs are joined.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    rank: u32,
    start: usize,
    middle: usize,
    end: usize,
}

/// A word in pieces, each named by where it starts.
struct Pieces {
    /// Where the piece that starts here ends; 0 within a piece.
    ends: Vec<usize>,
    /// Where the piece that ends before this one starts; only for starts of pieces but the first.
    starts: Vec<usize>,
}

impl Pieces {
    fn new(length: usize) -> Self {
        Self { ends: (1..=length).collect(), starts: (0..length).map(|i| i.saturating_sub(1)).collect() }
    }

    fn are_neighbours(&self, pair: &Pair) -> bool {
        self.ends[pair.start] == pair.middle && self.ends[pair.middle] == pair.end
    }

    fn join(&mut self, pair: &Pair) {
        self.ends[pair.start] = pair.end;
        self.ends[pair.middle] = 0;
        if let Some(start) = self.starts.get_mut(pair.end) {
            *start = pair.start;
        }
    }

    fn before(&self, start: usize) -> Option<usize> {
        (start > 0).then(|| self.starts[start])
    }

    fn all(&self) -> impl Iterator<Item = (usize, usize)> {
        let mut start = 0;
        std::iter::from_fn(move || {
            let &end = self.ends.get(start)?;
            let piece = (start, end);
            start = end;
            Some(piece)
        })
    }
}
