//! Goes to misspelled words and replaces them.

use std::ops::Range;
use std::sync::Arc;

use super::cue_list::Caret;
use super::dictionary::{Purpose, SpellingState};
use super::misspelled::{next_unknown, sample};
use super::workspace::Workspace;
use crate::document::{CueId, ops};
use crate::gui::dialogs::{Dialog, SpellingDialog};
use crate::gui::editor::captions::CaptionEditor;
use crate::gui::request::terms;
use crate::gui::shared::Shared;
use crate::gui::words::{say, say_with};
use crate::gui::workers::DictionaryJob;
use crate::settings::Settings;
use crate::spelling::{Speller, SpellingError};

impl CaptionEditor {
    /// Looks for a dictionary if the captions, their language or the settings have changed.
    pub(super) fn keep_spelling(&mut self, shared: &Shared<'_>) {
        let settings = &*shared.settings;
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
        shared.workers.look_for_dictionary(DictionaryJob {
            number: spelling.number,
            language,
            spoken: settings.language.clone(),
            system: shared.services.system_language.clone(),
            sample,
            folders: shared.services.dictionary_folders.clone(),
        });
    }

    pub(super) fn dictionary_found(&mut self, number: u64, result: Result<Arc<Speller>, SpellingError>) {
        let spelling = &mut self.state.spelling;
        if spelling.number == number {
            spelling.standing = match result {
                Ok(speller) => SpellingState::Ready(speller),
                Err(error) => SpellingState::Missing(error),
            };
        }
    }

    pub(super) fn suggestions_found(&mut self, word: String, found: Vec<String>) {
        let spelling = &mut self.state.spelling;
        if spelling.suggestions.as_ref().is_some_and(|(wanted, _)| *wanted == word) {
            spelling.suggestions = Some((word, Some(found)));
        }
    }

    /// Looks for suggestions for a word, unless that has been asked already.
    pub(super) fn suggest(&mut self, shared: &Shared<'_>, word: String) {
        let spelling = &mut self.state.spelling;
        if spelling.suggestions.as_ref().is_some_and(|(wanted, _)| *wanted == word) {
            return;
        }
        if let SpellingState::Ready(speller) = &spelling.standing {
            shared.workers.look_for_suggestions(Arc::clone(speller), word.clone());
            spelling.suggestions = Some((word, None));
        }
    }

    /// Goes to the next misspelled word, and opens the dialog for it.
    pub(super) fn go_unknown(&mut self, shared: &mut Shared<'_>) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let spelling = &self.state.spelling;
        if !matches!(spelling.standing, SpellingState::Ready(_)) {
            let standing = spelling.standing_in_words();
            let text = if standing.is_empty() { say("spelling-off").to_owned() } else { standing };
            shared.notices.hint(text);
            return;
        }
        let Some((cue, range)) = next_unknown(workspace, spelling) else {
            workspace.last_unknown = None;
            shared.notices.done(say("spelling-done").to_owned());
            return;
        };
        workspace.last_unknown = Some((cue, range.end));
        let text = workspace.document().cue(cue).map(|cue| cue.text.clone()).unwrap_or_default();
        self.visit(cue);
        self.suggest(shared, text[range.clone()].to_owned());
        *shared.dialog = Some(Dialog::Spelling(SpellingDialog::new(cue, range, text)));
    }

    /// Replaces a word, if it is still there.
    pub(super) fn respell(
        &mut self,
        shared: &mut Shared<'_>,
        id: CueId,
        range: Range<usize>,
        word: &str,
        with: &str,
    ) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let Some(text) = workspace.document().cue(id).map(|cue| cue.text.clone()) else { return };
        if text.get(range.clone()) != Some(word) {
            return;
        }
        let end = range.start + with.len();
        workspace.last_unknown = Some((id, end));
        self.end_run();
        let text = format!("{}{with}{}", &text[..range.start], &text[range.end..]);
        self.operate(shared, |document, _| ops::set_text(document, id, &text));
        self.end_run();
        if self.views.list.caret.is_some_and(|(cue, _)| cue == id) {
            self.views.list.caret = Some((id, end));
        }
    }

    /// Adds a word to the names and terms, so that spelling and recognizer know it.
    pub(super) fn add_term(&mut self, shared: &mut Shared<'_>, word: &str) {
        let vocabulary = &mut shared.settings.vocabulary;
        if !vocabulary.is_empty() && !vocabulary.ends_with('\n') {
            vocabulary.push('\n');
        }
        vocabulary.push_str(word);
        let terms = terms(shared.settings);
        if let Some(workspace) = self.workspace_mut() {
            workspace.add_terms(terms);
        }
        shared.notices.done(say_with!("spelling-added", word = word));
    }

    /// Focuses the text of a cue and selects a word.
    pub(super) fn edit_word(&mut self, cue: CueId, range: Range<usize>) {
        self.views.list.edit_text(cue, Caret::Over(range));
    }
}

fn all_terms(settings: &Settings, workspace: Option<&Workspace>) -> Vec<String> {
    let own = workspace.map(Workspace::vocabulary).unwrap_or_default().iter().cloned();
    terms(settings).into_iter().chain(own).collect()
}
