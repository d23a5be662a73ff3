//! The terms in a text that was found.

use std::ops::Range;

use super::follow::is_of_word;
use super::trie::ROOT;
use super::{Spelling, Terms};

/// A term in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermMatch {
    /// Its bytes in the text.
    pub bytes: Range<usize>,
    /// The term as the list writes it, with the `s` of a plural if there is one.
    pub written: String,
}

/// Nobody says more terms in a row, with nothing between them.
const MOST_IN_A_ROW: usize = 4;

impl Terms {
    /// The terms in the bytes of a text, whole words in any case; where several begin at one place, the longest. A name
    /// that is also an everyday word, such as "Still", is a term only as it is listed.
    pub fn matches(&self, text: &[u8]) -> Vec<TermMatch> {
        let mut found = Vec::new();
        let mut place = 0;
        while place < text.len() {
            let begins = is_of_word(text[place]) && (place == 0 || !is_of_word(text[place - 1]));
            match begins.then(|| self.longest(&text[place..])).flatten() {
                Some((length, spelling)) => {
                    let written = self.spellings[spelling as usize].written.clone();
                    found.push(TermMatch { bytes: place..place + length, written });
                    place += length;
                }
                None => place += 1,
            }
        }
        found
    }

    /// Whether a text lists terms one after the other. Decoders do, that repeat their prompt.
    pub(crate) fn are_recited(&self, text: &[u8]) -> bool {
        let found = self.matches(text);
        let mut in_a_row = 1;
        found.windows(2).any(|pair| {
            let between = &text[pair[0].bytes.end..pair[1].bytes.start];
            in_a_row = if between == b", " { in_a_row + 1 } else { 1 };
            in_a_row > MOST_IN_A_ROW
        })
    }

    /// The longest term that a text begins with, as a number of bytes and a spelling.
    fn longest(&self, text: &[u8]) -> Option<(usize, u32)> {
        let (mut node, mut longest) = (ROOT, None);
        for (at, byte) in text.iter().enumerate() {
            let Some(child) = self.trie.child(node, byte.to_ascii_lowercase()) else { break };
            node = child;
            let ends_word = text.get(at + 1).is_none_or(|&next| !is_of_word(next));
            let spelling = self.trie.spelling(node).filter(|_| ends_word);
            if let Some(spelling) = spelling.filter(|spelling| self.is_meant(*spelling, &text[..=at])) {
                longest = Some((at + 1, spelling));
            }
        }
        longest
    }

    /// Whether a term is meant by what is heard, not an everyday word.
    fn is_meant(&self, spelling: u32, heard: &[u8]) -> bool {
        let Spelling { written, is_everyday, .. } = &self.spellings[spelling as usize];
        !is_everyday || heard == written.as_bytes() || !heard.eq_ignore_ascii_case(written.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::super::TermRules;
    use super::*;
    use crate::terms::trie::Trie;

    #[test]
    fn a_prompt_that_is_repeated_is_told_from_speech() {
        let mut list = Terms { rules: TermRules::default(), trie: Trie::new(), spellings: Vec::new() };
        for (number, term) in ["Bartók", "Kodály", "Szeged", "Jedlik"].into_iter().enumerate() {
            list.add(number as u32, term, term, (true, false));
        }
        assert!(list.are_recited(" The balance of Jedlik, Bartok, Szeged, Kodály, Bartók, was".as_bytes()));
        assert!(!list.are_recited(" Jedlik, Kodály, Szeged, Bartók".as_bytes()));
        assert!(!list.are_recited(" Jedlik, Kodály, and Szeged, Bartók, Jedlik".as_bytes()));
        assert!(!list.are_recited(b""));
    }
}
