//! The dictionary of the open captions, and the words that it does not know.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::gui::words::{InWords, say, say_with};
use crate::spelling::{Speller, SpellingError, bare, words};

/// The state of the dictionary for the open captions.
#[derive(Debug, Default)]
pub enum SpellingState {
    /// Spelling is switched off, or no captions are open.
    #[default]
    Off,
    Looking,
    Ready(Arc<Speller>),
    /// No dictionary could be used.
    Missing(SpellingError),
}

/// What a dictionary is needed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    Language(String),
    /// Captions whose language is not known: the workspace, and whether it has enough words to detect it.
    Unknown(u64, bool),
}

/// A word and its suggestions, once they are known.
pub type Suggested = (String, Option<Vec<String>>);

/// Differs whenever other words are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpellingVersion {
    number: Option<u64>,
    terms_revision: u64,
}

#[derive(Debug, Default)]
pub struct Spelling {
    pub of: Option<Purpose>,
    /// The number of the last job, which identifies its answer.
    pub number: u64,
    pub standing: SpellingState,
    /// The words of names and terms, which count as known.
    terms: HashSet<String>,
    /// The names and terms that `terms` was made from, and how often they have changed.
    terms_of: Vec<String>,
    terms_revision: u64,
    pub suggestions: Option<Suggested>,
}

impl Spelling {
    /// Returns the misspelled words of a text, as bytes: neither the dictionary nor the terms have them.
    pub fn unknown(&self, text: &str) -> Vec<Range<usize>> {
        let SpellingState::Ready(speller) = &self.standing else { return Vec::new() };
        let is_unknown = |word: &str| !self.terms.contains(&bare(word)) && !speller.knows(word);
        words(text).filter(|(_, word)| is_unknown(word)).map(|(range, _)| range).collect()
    }

    /// Returns the misspelled word at a byte of a text.
    pub fn unknown_at(&self, text: &str, at: usize) -> Option<Range<usize>> {
        self.unknown(text).into_iter().find(|range| range.start <= at && at <= range.end)
    }

    /// Returns the suggestions for a word, once they are known.
    pub fn suggestions(&self, word: &str) -> Option<&[String]> {
        let (of, found) = self.suggestions.as_ref()?;
        found.as_deref().filter(|_| of == word)
    }

    /// Sets the names and terms.
    pub fn take_terms(&mut self, terms: Vec<String>) {
        if self.terms_of != terms {
            self.terms = terms.iter().flat_map(|term| words(term)).map(|(_, word)| bare(word)).collect();
            self.terms_of = terms;
            self.terms_revision += 1;
        }
    }

    /// Returns a value that differs whenever other words are known.
    pub fn version(&self) -> SpellingVersion {
        let is_ready = matches!(self.standing, SpellingState::Ready(_));
        SpellingVersion { number: is_ready.then_some(self.number), terms_revision: self.terms_revision }
    }

    /// Describes the dictionary for the settings.
    pub fn standing_in_words(&self) -> String {
        match &self.standing {
            SpellingState::Off => String::new(),
            SpellingState::Looking => say("spelling-looking").to_owned(),
            SpellingState::Ready(speller) => say_with!("spelling-ready", name = speller.name()),
            SpellingState::Missing(error) => error.in_words(),
        }
    }
}
