//! Handles actions and news of the models page.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use super::{Measured, ModelAction, ModelNews, ModelsState, Transfer, source};
use crate::asr::CancelToken;
use crate::gui::app::App;
use crate::gui::dialogs::Dialog;
use crate::gui::state::Page;
use crate::gui::words::{InWords, file_size, say, say_with};
use crate::gui::workers::Question;
use crate::models::{DownloadError, DownloadProgress};

impl App {
    pub(in crate::gui) fn show_models_page(&mut self) {
        self.state.page = Page::Models;
        let backend = &self.services.model_backend;
        self.workers.look_for_models(Arc::clone(backend));
        if self.state.shelf.measured == Measured::NotYet {
            self.state.shelf.measured = Measured::Now;
            self.workers.measure_speed(Arc::clone(backend));
        }
    }

    pub(in crate::gui) fn act_on_models(&mut self, action: ModelAction) {
        match action {
            ModelAction::Download(name) => self.download_model(&name),
            ModelAction::Pause(name) => self.stop_download(&name, false),
            ModelAction::Discard(name) => self.stop_download(&name, true),
            ModelAction::Use(name) => self.state.settings.model = Some(name),
            ModelAction::AskToRemove(name) => self.dialog = Some(Dialog::RemoveModel(name)),
            ModelAction::Remove(name) => self.remove_model(name),
            ModelAction::Import => self.workers.ask(&*self.services.dialogs, Question::ModelFile),
        }
    }

    fn download_model(&mut self, name: &str) {
        let Some(entry) = self.state.shelf.find(name).and_then(|model| model.entry) else { return };
        if self.state.shelf.is_offline(&self.state.settings.network) {
            return self.state.notices.hint(say("models-offline"));
        }
        let backend = Arc::clone(&self.services.model_backend);
        let Some(folder) = self.own_folder() else { return };
        let transfer = match source(entry, &self.state.settings.network) {
            Ok(source) => {
                let cancel = CancelToken::default();
                self.workers.download_model(backend, (entry, source), folder, cancel.clone());
                let (since, progress) = (Instant::now(), DownloadProgress::default());
                Transfer::Running { cancel, since, first: None, progress, is_discarded: false }
            }
            Err(error) => Transfer::Failed(error.in_words()),
        };
        self.state.shelf.transfers.insert(name.to_owned(), transfer);
    }

    /// Returns the user's own folder for models; shows a notice if there is none.
    fn own_folder(&mut self) -> Option<PathBuf> {
        let folder = self.services.model_backend.folder();
        if folder.is_none() {
            self.state.notices.error(say("models-no-folder"));
        }
        folder
    }

    fn stop_download(&mut self, name: &str, discards: bool) {
        match self.state.shelf.transfers.get_mut(name) {
            Some(Transfer::Running { cancel, is_discarded, .. }) => {
                *is_discarded = discards;
                cancel.cancel();
            }
            _ if discards => self.discard_download(name),
            _ => {}
        }
    }

    fn discard_download(&mut self, name: &str) {
        self.state.shelf.transfers.remove(name);
        let entry = self.state.shelf.find(name).and_then(|model| model.entry);
        if let Some((entry, folder)) = entry.zip(self.services.model_backend.folder()) {
            self.workers.discard_download(Arc::clone(&self.services.model_backend), entry, folder);
        }
    }

    fn remove_model(&mut self, name: String) {
        let path = self.state.shelf.find(&name).and_then(|model| model.path.clone());
        if let Some((path, folder)) = path.zip(self.services.model_backend.folder()) {
            self.workers.remove_model(Arc::clone(&self.services.model_backend), name, path, folder);
        }
    }

    /// Imports a model file that the user chose.
    pub(in crate::gui) fn import_model(&mut self, file: PathBuf) {
        if let Some(folder) = self.own_folder() {
            self.workers.import_model(Arc::clone(&self.services.model_backend), file, folder);
        }
    }

    pub(in crate::gui) fn hear_of_models(&mut self, news: ModelNews) {
        match news {
            ModelNews::Looked(models) => {
                self.state.shelf.models = Some(models);
                self.workers.list_models();
            }
            ModelNews::Measured(Some((speed, machine))) => {
                self.state.shelf.measured = Measured::Done(speed, machine);
            }
            ModelNews::Measured(None) => self.state.shelf.measured = Measured::Failed,
            ModelNews::Progress { name, progress } => self.state.shelf.follow(&name, progress),
            ModelNews::Downloaded { name, result } => self.downloaded(name, result),
            ModelNews::Imported(Ok(name)) => {
                self.state.notices.done(say_with!("models-imported", name = name));
            }
            ModelNews::Imported(Err(error)) => self.state.notices.error(error.in_words()),
            ModelNews::Removed { name, result: Ok(bytes) } => {
                self.state.settings.model.take_if(|model| *model == name);
                let size = file_size(bytes);
                self.state.notices.done(say_with!("models-removed", name = name, size = size));
            }
            ModelNews::Removed { result: Err(error), .. } => self.state.notices.error(error.in_words()),
        }
    }

    fn downloaded(&mut self, name: String, result: Result<(), DownloadError>) {
        let transfer = self.state.shelf.transfers.remove(&name);
        match result {
            Ok(()) => {
                let text = say_with!("models-downloaded", name = &name);
                self.tell_outside(text.clone(), String::new());
                self.state.notices.done(text);
            }
            Err(DownloadError::Cancelled) => {
                if matches!(transfer, Some(Transfer::Running { is_discarded: true, .. })) {
                    self.discard_download(&name);
                }
            }
            Err(error) => {
                self.state.shelf.transfers.insert(name, Transfer::Failed(error.in_words()));
            }
        }
    }
}

impl ModelsState {
    fn follow(&mut self, name: &str, now: DownloadProgress) {
        if let Some(Transfer::Running { first, progress, .. }) = self.transfers.get_mut(name) {
            first.get_or_insert(now.done);
            *progress = now;
        }
    }
}
