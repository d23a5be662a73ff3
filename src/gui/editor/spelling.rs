//! Finds words that are not in the dictionary of the captions' language, and replaces them.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::cue_list::Caret;
use super::workspace::Workspace;
use crate::document::{CueId, ops};
use crate::gui::app::App;
use crate::gui::dialogs::{Dialog, SpellingDialog};
use crate::gui::request::terms;
use crate::gui::words::{InWords, say, say_with};
use crate::gui::workers::DictionaryJob;
use crate::settings::Settings;
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
enum Purpose {
    Language(String),
    /// Captions whose language is not known: the workspace, and whether it has enough words to detect it.
    Unknown(u64, bool),
}

impl Purpose {
    fn of(workspace: &Workspace) -> Self {
        let document = workspace.document();
        match document.language.tag() {
            "und" => Self::Unknown(workspace.number, sample(workspace).len() >= LEAST_SAMPLE),
            tag => Self::Language(tag.to_owned()),
        }
    }
}

/// A word and its suggestions, once they are known.
type Suggested = (String, Option<Vec<String>>);

#[derive(Debug, Default)]
pub struct Spelling {
    of: Option<Purpose>,
    /// The number of the last job, which identifies its answer.
    number: u64,
    pub standing: SpellingState,
    /// The words of names and terms, which count as known.
    terms: HashSet<String>,
    /// The names and terms that `terms` was made from.
    terms_of: Vec<String>,
    suggestions: Option<Suggested>,
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

    fn take_terms(&mut self, terms: Vec<String>) {
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

impl App {
    /// Looks for a dictionary if the captions, their language or the settings have changed.
    pub(in crate::gui) fn keep_spelling(&mut self) {
        let settings = &self.state.settings;
        let workspace = self.state.workspace.as_ref().filter(|_| !settings.no_spelling);
        let spelling = &mut self.state.spelling;
        spelling.take_terms(all_terms(settings, workspace));
        let of = workspace.map(Purpose::of);
        if spelling.of == of {
            return;
        }
        spelling.number += 1;
        spelling.of.clone_from(&of);
        let (language, sample) = match (of, workspace) {
            (Some(Purpose::Language(tag)), _) => (Some(tag), Vec::new()),
            (Some(Purpose::Unknown(_, true)), Some(workspace)) => (None, sample(workspace)),
            (Some(Purpose::Unknown(_, false)), _) => {
                spelling.standing = SpellingState::Missing(SpellingError::NoDictionary("und".to_owned()));
                return;
            }
            _ => {
                spelling.standing = SpellingState::Off;
                return;
            }
        };
        spelling.standing = SpellingState::Looking;
        self.workers.look_for_dictionary(DictionaryJob {
            number: spelling.number,
            language,
            spoken: settings.language.clone(),
            system: self.services.system_language.clone(),
            sample,
            folders: self.services.dictionary_folders.clone(),
        });
    }

    pub(in crate::gui) fn hear_of_dictionary(&mut self, number: u64, result: Result<Speller, SpellingError>) {
        let spelling = &mut self.state.spelling;
        if spelling.number == number {
            spelling.standing = match result {
                Ok(speller) => SpellingState::Ready(Arc::new(speller)),
                Err(error) => SpellingState::Missing(error),
            };
        }
    }

    pub(in crate::gui) fn hear_of_suggestions(&mut self, word: String, found: Vec<String>) {
        let spelling = &mut self.state.spelling;
        if spelling.suggestions.as_ref().is_some_and(|(wanted, _)| *wanted == word) {
            spelling.suggestions = Some((word, Some(found)));
        }
    }

    /// Looks for suggestions for a word, unless that has been asked already.
    pub(in crate::gui) fn suggest(&mut self, word: String) {
        let spelling = &mut self.state.spelling;
        if spelling.suggestions.as_ref().is_some_and(|(wanted, _)| *wanted == word) {
            return;
        }
        if let SpellingState::Ready(speller) = &spelling.standing {
            self.workers.look_for_suggestions(Arc::clone(speller), word.clone());
            spelling.suggestions = Some((word, None));
        }
    }

    /// Goes to the next misspelled word, and opens the dialog for it.
    pub(in crate::gui) fn go_unknown(&mut self) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let spelling = &self.state.spelling;
        if !matches!(spelling.standing, SpellingState::Ready(_)) {
            let standing = spelling.standing_in_words();
            let text = if standing.is_empty() { say("spelling-off").to_owned() } else { standing };
            self.state.notices.hint(text);
            return;
        }
        let Some((cue, range)) = next_unknown(workspace, spelling) else {
            workspace.last_unknown = None;
            self.state.notices.done(say("spelling-done").to_owned());
            return;
        };
        workspace.last_unknown = Some((cue, range.end));
        let text = workspace.document().cue(cue).map(|cue| cue.text.clone()).unwrap_or_default();
        self.visit(cue);
        self.suggest(text[range.clone()].to_owned());
        self.dialog = Some(Dialog::Spelling(SpellingDialog::new(cue, range, text)));
    }

    /// Replaces a word, if it is still there.
    pub(in crate::gui) fn respell(&mut self, id: CueId, range: Range<usize>, word: &str, with: &str) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let Some(text) = workspace.document().cue(id).map(|cue| cue.text.clone()) else { return };
        if text.get(range.clone()) != Some(word) {
            return;
        }
        let end = range.start + with.len();
        workspace.last_unknown = Some((id, end));
        self.end_run();
        let text = format!("{}{with}{}", &text[..range.start], &text[range.end..]);
        self.operate(|document, _| ops::set_text(document, id, &text));
        self.end_run();
        if self.list.caret.is_some_and(|(cue, _)| cue == id) {
            self.list.caret = Some((id, end));
        }
    }

    /// Adds a word to the names and terms, so that spelling and recognizer know it.
    pub(in crate::gui) fn add_term(&mut self, word: &str) {
        let vocabulary = &mut self.state.settings.vocabulary;
        if !vocabulary.is_empty() && !vocabulary.ends_with('\n') {
            vocabulary.push('\n');
        }
        vocabulary.push_str(word);
        let terms = terms(&self.state.settings);
        if let Some(workspace) = self.workspace_mut() {
            workspace.add_terms(terms);
        }
        self.state.notices.done(say_with!("spelling-added", word = word));
    }

    /// Focuses the text of a cue and selects a word.
    pub(in crate::gui) fn edit_word(&mut self, cue: CueId, range: Range<usize>) {
        self.list.edit_text(cue, Caret::Over(range));
    }
}

fn all_terms(settings: &Settings, workspace: Option<&Workspace>) -> Vec<String> {
    let own = workspace.map(Workspace::vocabulary).unwrap_or_default().iter().cloned();
    terms(settings).into_iter().chain(own).collect()
}

/// Returns words by which the language of the captions is detected.
fn sample(workspace: &Workspace) -> Vec<String> {
    let texts = workspace.document().cues.iter().map(|cue| &*cue.text);
    texts.flat_map(words).map(|(_, word)| word.to_owned()).take(SAMPLE).collect()
}

/// Returns the next misspelled word: after the last visited one if that is in the current cue, otherwise from the
/// current cue on. Continues at the first cue.
fn next_unknown(workspace: &Workspace, spelling: &Spelling) -> Option<(CueId, Range<usize>)> {
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
