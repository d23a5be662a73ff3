//! Threads of the page, which list, measure, download, import and remove models.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Model, ModelBackend, ModelNews};
use crate::asr::CancelToken;
use crate::asr::catalog::CatalogEntry;
use crate::asr::locate::{Listing, ModelFile};
use crate::gui::news::{News, Post};
use crate::gui::workers::Workers;
use crate::machine::Machine;
use crate::models::{self, ModelSource};

/// Interval between progress reports of a download.
const EVERY: Duration = Duration::from_millis(100);

impl Workers {
    pub fn look_for_models(&self, backend: Arc<dyn ModelBackend>) {
        self.start("models", move |post| look(&*backend, post));
    }

    pub fn measure_speed(&self, backend: Arc<dyn ModelBackend>) {
        self.start("speed", move |post| {
            let measured = backend.speed().map(|speed| (speed, Machine::this()));
            post.tell(News::Model(ModelNews::Measured(measured)));
        });
    }

    /// Downloads a model into a folder. If it is stopped while `discards` is set, the partial file is deleted.
    pub fn download_model(
        &self,
        backend: Arc<dyn ModelBackend>,
        (entry, source): (&'static CatalogEntry, ModelSource),
        folder: PathBuf,
        cancel: CancelToken,
    ) {
        self.start("download", move |post| {
            let name = &entry.name;
            let mut last: Option<Instant> = None;
            let mut on_progress = |progress| {
                if last.is_none_or(|last| last.elapsed() >= EVERY) {
                    last = Some(Instant::now());
                    post.tell(News::Model(ModelNews::Progress { name: name.clone(), progress }));
                }
            };
            let patience = backend.patience();
            let result = models::download(entry, &source, &folder, patience, &cancel, &mut on_progress);
            let result = result.map(|_| ());
            post.tell(News::Model(ModelNews::Downloaded { name: name.clone(), result }));
            look(&*backend, post);
        });
    }

    /// Deletes a partial download.
    pub fn discard_download(
        &self,
        backend: Arc<dyn ModelBackend>,
        entry: &'static CatalogEntry,
        folder: PathBuf,
    ) {
        self.start("discard", move |post| {
            if let Err(error) = models::discard(entry, &folder) {
                tracing::warn!(model = entry.name, %error, "not discarded");
            }
            look(&*backend, post);
        });
    }

    pub fn import_model(&self, backend: Arc<dyn ModelBackend>, file: PathBuf, folder: PathBuf) {
        self.start("import", move |post| {
            let name = |path: PathBuf| {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                name.strip_prefix("ggml-").map_or(name.clone(), str::to_owned)
            };
            let imported = models::import(&file, &folder).map(name);
            post.tell(News::Model(ModelNews::Imported(imported)));
            look(&*backend, post);
        });
    }

    pub fn remove_model(&self, backend: Arc<dyn ModelBackend>, name: String, path: PathBuf, folder: PathBuf) {
        self.start("remove", move |post| {
            let file = ModelFile { name: name.clone(), path, entry: None };
            let result = models::remove(&file, &folder);
            post.tell(News::Model(ModelNews::Removed { name, result }));
            look(&*backend, post);
        });
    }
}

fn look(backend: &dyn ModelBackend, post: &Post) {
    let folder = backend.folder();
    let model = |listing: Listing| Model {
        is_own: listing.path.as_deref().and_then(std::path::Path::parent) == folder.as_deref()
            && listing.path.is_some(),
        begun: listing.entry.zip(folder.as_deref()).and_then(|(entry, folder)| models::begun(entry, folder)),
        name: listing.name,
        entry: listing.entry,
        path: listing.path,
    };
    post.tell(News::Model(ModelNews::Looked(backend.listings().into_iter().map(model).collect())));
}
