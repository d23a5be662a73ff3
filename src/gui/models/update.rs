//! Handles actions and news of the models page.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use super::{Measured, ModelAction, ModelNews, ModelsState, Transfer, source};
use crate::asr::CancelToken;
use crate::gui::app::App;
use crate::gui::dialogs::Dialog;
use crate::gui::state::Page;
use crate::gui::words::error::cause;
use crate::gui::words::{InWords, say, say_with};
use crate::gui::workers::Question;
use crate::models::{DownloadError, DownloadProgress, ImportError, ModelSourceError, RemoveError};

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
            Err(error) => Transfer::Failed(no_source(error)),
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
            ModelNews::Imported(Err(error)) => self.state.notices.error(not_imported(&error)),
            ModelNews::Removed { name, result: Ok(bytes) } => {
                self.state.settings.model.take_if(|model| *model == name);
                let size = super::row::size(bytes);
                self.state.notices.done(say_with!("models-removed", name = name, size = size));
            }
            ModelNews::Removed { name, result: Err(error) } => {
                let cause = not_removed(&error);
                self.state.notices.error(say_with!("models-not-removed", name = name, cause = cause));
            }
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
                self.state.shelf.transfers.insert(name, Transfer::Failed(not_downloaded(&error)));
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

pub(super) fn no_source(error: ModelSourceError) -> String {
    match error {
        ModelSourceError::NoFile { .. } => say("models-no-file").to_owned(),
        ModelSourceError::Mirror(mirror) => say_with!("models-wrong-mirror", address = mirror),
        ModelSourceError::Proxy(proxy) => say_with!("models-wrong-proxy", address = proxy),
    }
}

fn not_downloaded(error: &DownloadError) -> String {
    match error {
        DownloadError::Cancelled => String::new(),
        DownloadError::Busy { .. } => say("models-error-busy").to_owned(),
        DownloadError::DiskFull { free, needed, .. } => {
            let (free, needed) = (super::row::size(*free), super::row::size(*needed));
            say_with!("models-error-disk", free = free, needed = needed)
        }
        DownloadError::Unwritable { path, cause } => {
            let path = path.display().to_string();
            say_with!("models-error-unwritable", path = path, cause = cause.to_string())
        }
        DownloadError::Network { host, cause } => {
            say_with!("models-error-network", host = host, cause = cause)
        }
        DownloadError::Refused { host, status } => {
            say_with!("models-error-refused", host = host, status = *status)
        }
        DownloadError::WrongFile { host, .. } => say_with!("models-error-wrong", host = host),
    }
}

fn not_imported(error: &ImportError) -> String {
    match error {
        ImportError::Unreadable { path, cause } | ImportError::Unwritable { path, cause } => {
            let path = path.display().to_string();
            say_with!("models-error-unwritable", path = path, cause = cause.to_string())
        }
        ImportError::Flawed { path, .. } | ImportError::WrongKind { path } => {
            say_with!("models-not-a-model", path = path.display().to_string())
        }
        ImportError::Exists { path } => say_with!("models-exists", path = path.display().to_string()),
        ImportError::DiskFull { free, needed, .. } => {
            let (free, needed) = (super::row::size(*free), super::row::size(*needed));
            say_with!("models-error-disk", free = free, needed = needed)
        }
    }
}

fn not_removed(error: &RemoveError) -> String {
    match error {
        RemoveError::Model(error) => error.in_words(),
        RemoveError::NotYours { .. } => say("models-not-yours").to_owned(),
        RemoveError::Io { cause: source, .. } => cause(source),
    }
}
