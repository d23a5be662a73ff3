//! Handles actions and news of the models page.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use super::{Measured, ModelAction, ModelNews, ModelsState, Transfer, source};
use crate::asr::CancelToken;
use crate::gui::dialogs::Dialog;
use crate::gui::shared::Shared;
use crate::gui::state::Page;
use crate::gui::words::{InWords, file_size, say, say_with};
use crate::gui::workers::Question;
use crate::models::{DownloadError, DownloadProgress};

impl ModelsState {
    pub fn show_page(&mut self, shared: &mut Shared<'_>) {
        *shared.page = Page::Models;
        let backend = &shared.services.model_backend;
        shared.workers.look_for_models(Arc::clone(backend));
        if self.measured == Measured::NotYet {
            self.measured = Measured::Now;
            shared.workers.measure_speed(Arc::clone(backend));
        }
    }

    pub fn act(&mut self, shared: &mut Shared<'_>, action: ModelAction) {
        match action {
            ModelAction::Download(name) => self.download(shared, &name),
            ModelAction::Pause(name) => self.stop_download(shared, &name, false),
            ModelAction::Discard(name) => self.stop_download(shared, &name, true),
            ModelAction::Use(name) => shared.settings.model = Some(name),
            ModelAction::AskToRemove(name) => *shared.dialog = Some(Dialog::RemoveModel(name)),
            ModelAction::Remove(name) => self.remove(shared, name),
            ModelAction::Import => shared.ask(Question::ModelFile),
        }
    }

    fn download(&mut self, shared: &mut Shared<'_>, name: &str) {
        let Some(entry) = self.find(name).and_then(|model| model.entry) else { return };
        if self.is_offline(&shared.settings.network) {
            return shared.notices.hint(say("models-offline"));
        }
        let backend = Arc::clone(&shared.services.model_backend);
        let Some(folder) = own_folder(shared) else { return };
        let transfer = match source(entry, &shared.settings.network) {
            Ok(source) => {
                let cancel = CancelToken::default();
                shared.workers.download_model(backend, (entry, source), folder, cancel.clone());
                let (since, progress) = (Instant::now(), DownloadProgress::default());
                Transfer::Running { cancel, since, first: None, progress, is_discarded: false }
            }
            Err(error) => Transfer::Failed(error.in_words()),
        };
        self.transfers.insert(name.to_owned(), transfer);
    }

    fn stop_download(&mut self, shared: &Shared<'_>, name: &str, discards: bool) {
        match self.transfers.get_mut(name) {
            Some(Transfer::Running { cancel, is_discarded, .. }) => {
                *is_discarded = discards;
                cancel.cancel();
            }
            _ if discards => self.discard(shared, name),
            _ => {}
        }
    }

    fn discard(&mut self, shared: &Shared<'_>, name: &str) {
        self.transfers.remove(name);
        let entry = self.find(name).and_then(|model| model.entry);
        if let Some((entry, folder)) = entry.zip(shared.services.model_backend.folder()) {
            shared.workers.discard_download(Arc::clone(&shared.services.model_backend), entry, folder);
        }
    }

    fn remove(&self, shared: &Shared<'_>, name: String) {
        let path = self.find(&name).and_then(|model| model.path.clone());
        if let Some((path, folder)) = path.zip(shared.services.model_backend.folder()) {
            shared.workers.remove_model(Arc::clone(&shared.services.model_backend), name, path, folder);
        }
    }

    /// Imports a model file that the user chose.
    pub fn import(shared: &mut Shared<'_>, file: PathBuf) {
        if let Some(folder) = own_folder(shared) {
            shared.workers.import_model(Arc::clone(&shared.services.model_backend), file, folder);
        }
    }

    pub fn handle_news(&mut self, shared: &mut Shared<'_>, news: ModelNews) {
        match news {
            ModelNews::Looked(models) => {
                self.models = Some(models);
                shared.workers.list_models();
            }
            ModelNews::Measured(Some((speed, machine))) => {
                self.measured = Measured::Done(speed, machine);
            }
            ModelNews::Measured(None) => self.measured = Measured::Failed,
            ModelNews::Progress { name, progress } => self.follow(&name, progress),
            ModelNews::Downloaded { name, result } => self.downloaded(shared, name, result),
            ModelNews::Imported(Ok(name)) => {
                shared.notices.done(say_with!("models-imported", name = name));
            }
            ModelNews::Imported(Err(error)) => shared.notices.error(error.in_words()),
            ModelNews::Removed { name, result: Ok(bytes) } => {
                shared.settings.model.take_if(|model| *model == name);
                let size = file_size(bytes);
                shared.notices.done(say_with!("models-removed", name = name, size = size));
            }
            ModelNews::Removed { result: Err(error), .. } => shared.notices.error(error.in_words()),
        }
    }

    fn downloaded(&mut self, shared: &mut Shared<'_>, name: String, result: Result<(), DownloadError>) {
        let transfer = self.transfers.remove(&name);
        match result {
            Ok(()) => {
                let text = say_with!("models-downloaded", name = &name);
                shared.tell_outside(text.clone(), String::new());
                shared.notices.done(text);
            }
            Err(DownloadError::Cancelled) => {
                if matches!(transfer, Some(Transfer::Running { is_discarded: true, .. })) {
                    self.discard(shared, &name);
                }
            }
            Err(error) => {
                self.transfers.insert(name, Transfer::Failed(error.in_words()));
            }
        }
    }

    fn follow(&mut self, name: &str, now: DownloadProgress) {
        if let Some(Transfer::Running { first, progress, .. }) = self.transfers.get_mut(name) {
            // A file that turned out to be another one begins again at its first byte.
            *first = Some(first.map_or(now.done, |first| first.min(now.done)));
            *progress = now;
        }
    }
}

/// Returns the user's own folder for models; shows a notice if there is none.
fn own_folder(shared: &mut Shared<'_>) -> Option<PathBuf> {
    let folder = shared.services.model_backend.folder();
    if folder.is_none() {
        shared.notices.error(say("models-no-folder"));
    }
    folder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_that_begins_again_counts_from_its_new_start() {
        let mut models = ModelsState::new(false);
        let progress = DownloadProgress::default();
        let (cancel, since) = (CancelToken::default(), Instant::now());
        let transfer = Transfer::Running { cancel, since, first: None, progress, is_discarded: false };
        models.transfers.insert("small".to_owned(), transfer);
        for done in [500, 900, 100, 300] {
            models.follow("small", DownloadProgress { done, total: Some(1000) });
        }
        let Some(Transfer::Running { first, progress, .. }) = models.transfers.get("small") else {
            panic!("it goes on")
        };
        assert_eq!((*first, progress.done), (Some(100), 300));
    }
}
