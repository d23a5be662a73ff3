//! Remembers voices for other recordings.

use std::path::PathBuf;

use crate::gui::app::App;
use crate::gui::dialogs::{Dialog, RememberDialog};
use crate::gui::words::{InWords, say, say_with};
use crate::gui::workers::{NotRemembered, Question, VoicesChange};
use crate::recognize::{Suggestion, is_automatic_name};
use crate::remembered::{RememberedError, RememberedVoices};

/// The proposed name of the file with exported voices.
const EXPORTED: &str = "voices.json";

impl App {
    pub(super) fn ask_to_remember(&mut self, speaker: String) {
        let name = if is_automatic_name(&speaker) { String::new() } else { speaker.clone() };
        self.dialog = Some(Dialog::Remember(RememberDialog::new(speaker, name)));
    }

    /// Remembers the voice of a speaker, whom the captions also call by that name from now on.
    pub(super) fn remember(&mut self, speaker: String, name: String) {
        let Some(workspace) = &self.state.workspace else { return };
        let document = Box::new(workspace.document().clone());
        self.change_remembered(VoicesChange::Remember {
            document,
            speaker: speaker.clone(),
            name: name.clone(),
        });
        if speaker != name {
            self.act_on_speakers(super::SpeakerAction::Rename { from: speaker, to: name });
        }
    }

    pub(super) fn change_remembered(&mut self, change: VoicesChange) {
        match &self.services.voices_file {
            Some(file) => self.workers.change_remembered(file.clone(), change),
            None => self.state.notices.error(RememberedError::NoFolder.in_words()),
        }
    }

    pub(super) fn ask_for_voices_file(&mut self) {
        let question = Question::VoicesFile { name: EXPORTED.to_owned() };
        self.workers.ask(&*self.services.dialogs, question);
    }

    pub(in crate::gui) fn export_voices(&mut self, to: PathBuf) {
        self.workers.export_remembered(self.state.remembered.clone(), to);
    }

    pub(in crate::gui) fn voices_exported(&mut self, result: Result<PathBuf, RememberedError>) {
        match result {
            Ok(path) => {
                let path = path.display().to_string();
                self.state.notices.done(say_with!("voices-exported", path = path));
            }
            Err(error) => self.state.notices.error(error.in_words()),
        }
    }

    pub(in crate::gui) fn hear_of_remembered(
        &mut self,
        result: Result<RememberedVoices, NotRemembered>,
        is_new: bool,
    ) {
        match result {
            Ok(voices) => {
                if is_new {
                    self.state.notices.done(say("voices-remembered").to_owned());
                }
                self.state.remembered = voices;
                self.look_for_remembered();
            }
            Err(error) => self.state.notices.error(error.in_words()),
        }
    }

    /// Looks for remembered voices in the open captions.
    pub(in crate::gui) fn look_for_remembered(&mut self) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        workspace.suggestions.clear();
        if self.state.remembered.is_empty() || workspace.document().voices.is_none() {
            return;
        }
        let (document, remembered) = (workspace.document().clone(), self.state.remembered.clone());
        self.workers.suggest_names(workspace.number, document, remembered);
    }

    pub(in crate::gui) fn hear_suggestions(&mut self, number: u64, suggestions: Vec<Suggestion>) {
        if let Some(workspace) = self.state.workspace.as_mut().filter(|open| open.number == number) {
            workspace.suggestions = suggestions;
        }
    }
}
