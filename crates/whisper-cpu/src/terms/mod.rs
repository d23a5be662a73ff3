//! Names and terms that the search prefers where the sound supports them.
//!
//! Beams that follow a listed term through a tree of bytes gain a bonus for each byte, and lose it when the term is not
//! finished: shallow fusion with on-the-fly rescoring (Zhao et al., Interspeech 2019, doi:10.21437/Interspeech.2019-1209;
//! Jung et al., arXiv:2109.11348), as a tree of prefixes (Le et al., arXiv:2104.02194).

mod candidates;
mod follow;
mod matches;
mod spelling;
mod trie;

use crate::model::Vocabulary;

pub(crate) use self::candidates::Candidate;
pub(crate) use self::follow::Follow;
pub use self::matches::TermMatch;
use self::spelling::variants;
use self::trie::Trie;

/// A name or term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As it is written.
    pub written: String,
    /// Other ways in which the model may write what it hears, such as `et see dee` for `etcd`.
    pub heard: Vec<String>,
}

/// How terms are preferred. Bonuses are natural logarithms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TermRules {
    /// The bonus for each byte of a term. Above 1.2, terms appear that nobody said; with a prompt of the same terms,
    /// texts leave words out from 1 on, and 0.4 is enough.
    pub per_byte: f32,
    /// The first token of a term may be this much less probable than the best token.
    pub near_first: f32,
    /// The same for its later tokens.
    pub near_later: f32,
    /// Hypotheses kept beside the beams because a term is under way in them.
    pub places: usize,
}

impl Default for TermRules {
    fn default() -> Self {
        Self { per_byte: 1.0, near_first: 4.0, near_later: 8.0, places: 5 }
    }
}

/// A list of terms, ready for the search with models of one vocabulary. Preparing 500 terms takes a few hundredths of a
/// second; all transcribers can share the list.
#[derive(Debug)]
pub struct Terms {
    rules: TermRules,
    trie: Trie,
    spellings: Vec<Spelling>,
}

/// A way in which a term may appear.
#[derive(Debug)]
struct Spelling {
    /// The index of the term.
    term: u32,
    /// What is written for it.
    written: String,
    /// Whether it needs a bonus: words that are one token are found without.
    is_rare: bool,
    /// Whether what is heard is an everyday word, such as "still", that is more often written in lower case.
    is_everyday: bool,
}

impl Terms {
    /// Prepares terms for models with this vocabulary.
    pub fn new(vocabulary: &Vocabulary, terms: &[Term], rules: TermRules) -> Self {
        let mut list = Self { rules, trie: Trie::new(), spellings: Vec::new() };
        for (number, term) in terms.iter().enumerate() {
            for heard in std::iter::once(&term.written).chain(&term.heard) {
                let kind = (is_rare(vocabulary, heard), is_everyday(vocabulary, heard));
                list.add(number as u32, &term.written, heard, kind);
            }
        }
        list.trie.find_tokens(vocabulary);
        list
    }

    /// Adds the spellings of what is heard for a term. The last values say whether it is rare, or an everyday word.
    fn add(&mut self, term: u32, written: &str, heard: &str, (is_rare, is_everyday): (bool, bool)) {
        for (bytes, ending) in variants(heard) {
            let spelling = self.spellings.len() as u32;
            self.trie.insert(&bytes, spelling, is_rare);
            let written = format!("{written}{ending}");
            self.spellings.push(Spelling { term, written, is_rare, is_everyday });
        }
    }

    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.spellings.is_empty()
    }

    /// See [`TermRules::places`].
    pub(crate) fn places(&self) -> usize {
        self.rules.places
    }
}

/// Whether the model needs several tokens for a word or words, however they are capitalized.
fn is_rare(vocabulary: &Vocabulary, text: &str) -> bool {
    /// Shorter terms would appear everywhere.
    const LEAST_BYTES: usize = 3;
    let lower = text.to_lowercase();
    let is_several = |text: &str| token_of(vocabulary, text).is_none();
    text.len() >= LEAST_BYTES && is_several(text) && is_several(&lower) && is_several(&with_capital(&lower))
}

/// Whether a word is frequent, and more often written in lower case. Tokens are numbered by how often they were joined in
/// the text from which the vocabulary was made.
fn is_everyday(vocabulary: &Vocabulary, text: &str) -> bool {
    /// "rust" has the number 15 259, "lean" 11 659.
    const MOST: u32 = 15_000;
    let lower = text.to_lowercase();
    let capital = token_of(vocabulary, &with_capital(&lower)).unwrap_or(u32::MAX);
    token_of(vocabulary, &lower).is_some_and(|token| token < MOST.min(capital))
}

/// The token of a word after a space, if it is one.
fn token_of(vocabulary: &Vocabulary, word: &str) -> Option<u32> {
    match vocabulary.encode(&format!(" {word}"))[..] {
        [token] => Some(token),
        _ => None,
    }
}

fn with_capital(lower: &str) -> String {
    let mut letters = lower.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
