//! Remembers voices for other recordings.

use std::path::PathBuf;

use crate::gui::dialogs::{Dialog, RememberDialog};
use crate::gui::editor::captions::CaptionEditor;
use crate::gui::shared::Shared;
use crate::gui::words::{InWords, say, say_with};
use crate::gui::workers::{NotRemembered, Question, VoicesChange};
use crate::recognize::{Suggestion, is_automatic_name};
use crate::remembered::{RememberedError, RememberedVoices};

/// The proposed name of the file with exported voices.
const EXPORTED: &str = "voices.json";

impl CaptionEditor {
    /// Remembers the voice of a speaker, whom the captions also call by that name from now on.
    pub(super) fn remember(&mut self, shared: &mut Shared<'_>, speaker: String, name: String) {
        let Some(workspace) = &self.state.workspace else { return };
        let document = Box::new(workspace.document().clone());
        change_remembered(
            shared,
            VoicesChange::Remember { document, speaker: speaker.clone(), name: name.clone() },
        );
        if speaker != name {
            self.act_on_speakers(shared, super::SpeakerAction::Rename { from: speaker, to: name });
        }
    }

    pub(in crate::gui::editor) fn remembered_changed(
        &mut self,
        shared: &mut Shared<'_>,
        result: Result<RememberedVoices, NotRemembered>,
        is_new: bool,
    ) {
        match result {
            Ok(voices) => {
                if is_new {
                    shared.notices.done(say("voices-remembered").to_owned());
                }
                *shared.remembered = voices;
                self.look_for_remembered(shared);
            }
            Err(error) => shared.notices.error(error.in_words()),
        }
    }

    /// Looks for remembered voices in the open captions.
    pub(in crate::gui::editor) fn look_for_remembered(&mut self, shared: &Shared<'_>) {
        let remembered = self.known_voices(shared);
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        workspace.suggestions.clear();
        if remembered.is_empty() || workspace.document().voices.is_none() {
            return;
        }
        let document = workspace.document().clone();
        shared.workers.suggest_names(workspace.number, document, remembered);
    }

    pub(in crate::gui::editor) fn voices_suggested(&mut self, number: u64, suggestions: Vec<Suggestion>) {
        if let Some(workspace) = self.numbered(number) {
            workspace.suggestions = suggestions;
        }
    }
}

pub(super) fn ask_to_remember(shared: &mut Shared<'_>, speaker: String) {
    let name = if is_automatic_name(&speaker) { String::new() } else { speaker.clone() };
    *shared.dialog = Some(Dialog::Remember(RememberDialog::new(speaker, name)));
}

pub(super) fn change_remembered(shared: &mut Shared<'_>, change: VoicesChange) {
    match &shared.services.voices_file {
        Some(file) => shared.workers.change_remembered(file.clone(), change),
        None => shared.notices.error(RememberedError::NoFolder.in_words()),
    }
}

pub(super) fn ask_for_voices_file(shared: &Shared<'_>) {
    let question = Question::VoicesFile { name: EXPORTED.to_owned() };
    shared.ask(question);
}

pub fn export_voices(shared: &Shared<'_>, to: PathBuf) {
    shared.workers.export_remembered(shared.remembered.clone(), to);
}

pub(in crate::gui::editor) fn voices_exported(
    shared: &mut Shared<'_>,
    result: Result<PathBuf, RememberedError>,
) {
    match result {
        Ok(path) => {
            let path = path.display().to_string();
            shared.notices.done(say_with!("voices-exported", path = path));
        }
        Err(error) => shared.notices.error(error.in_words()),
    }
}
