//! The terms in a text that was found.

use std::ops::Range;

use super::Terms;
use super::follow::is_of_word;
use super::trie::ROOT;

/// A term in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermMatch {
    /// Its bytes in the text.
    pub bytes: Range<usize>,
    /// The term as the list writes it, with the `s` of a plural if there is one.
    pub written: String,
}

impl Terms {
    /// The terms in the bytes of a text, whole words in any case; where several begin at one place, the longest.
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

    /// The longest term that a text begins with, as a number of bytes and a spelling.
    fn longest(&self, text: &[u8]) -> Option<(usize, u32)> {
        let (mut node, mut longest) = (ROOT, None);
        for (at, byte) in text.iter().enumerate() {
            let Some(child) = self.trie.child(node, byte.to_ascii_lowercase()) else { break };
            node = child;
            let ends_word = text.get(at + 1).is_none_or(|&next| !is_of_word(next));
            if let Some(spelling) = self.trie.spelling(node).filter(|_| ends_word) {
                longest = Some((at + 1, spelling));
            }
        }
        longest
    }
}
