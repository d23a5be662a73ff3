//! The dictionary of the open captions, and the words that it does not know.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::workspace::Workspace;
use crate::document::CueId;
use crate::gui::words::{InWords, say, say_with};
use crate::spelling::{Speller, SpellingError, bare, words};

/// The number of words by which the language of captions is detected.
const SAMPLE: usize = 400;
/// Fewer words are not enough for that.
const LEAST_SAMPLE: usize = 20;

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

impl Purpose {
    /// Returns what a dictionary is needed for.
    pub fn of(workspace: &Workspace) -> Self {
        let document = workspace.document();
        match document.language.tag() {
            "und" => Self::Unknown(workspace.number, sample(workspace).len() >= LEAST_SAMPLE),
            tag => Self::Language(tag.to_owned()),
        }
    }
}

/// A word and its suggestions, once they are known.
pub type Suggested = (String, Option<Vec<String>>);

#[derive(Debug, Default)]
pub struct Spelling {
    pub of: Option<Purpose>,
    /// The number of the last job, which identifies its answer.
    pub number: u64,
    pub standing: SpellingState,
    /// The words of names and terms, which count as known.
    terms: HashSet<String>,
    /// The names and terms that `terms` was made from.
    terms_of: Vec<String>,
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
        }
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

/// Returns words by which the language of the captions is detected.
pub fn sample(workspace: &Workspace) -> Vec<String> {
    let texts = workspace.document().cues.iter().map(|cue| &*cue.text);
    texts.flat_map(words).map(|(_, word)| word.to_owned()).take(SAMPLE).collect()
}

/// Returns the next misspelled word: after the last visited one if that is in the current cue, otherwise from the
/// current cue on. Continues at the first cue.
pub fn next_unknown(workspace: &Workspace, spelling: &Spelling) -> Option<(CueId, Range<usize>)> {
    let cues = &workspace.document().cues;
    let current = workspace.selection.current().and_then(|id| workspace.document().position(id)).unwrap_or(0);
    let last = workspace.last_unknown.filter(|(id, _)| cues.get(current).is_some_and(|cue| cue.id == *id));
    let from = last.map_or(0, |(_, at)| at);
    let in_cue = |place: usize, from: usize, to: usize| {
        let cue = &cues[place % cues.len()];
        let mut found = spelling.unknown(&cue.text).into_iter();
        found.find(|range| from <= range.start && range.start < to).map(|range| (cue.id, range))
    };
    let rest = (current + 1..current + cues.len()).filter(|_| !cues.is_empty());
    let here = |from, to| (!cues.is_empty()).then(|| in_cue(current, from, to)).flatten();
    here(from, usize::MAX)
        .or_else(|| rest.into_iter().find_map(|place| in_cue(place, 0, usize::MAX)))
        .or_else(|| here(0, from))
}
