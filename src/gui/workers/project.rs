//! Saving projects, recordings and settings.

use std::path::PathBuf;

use super::Workers;
use crate::gui::news::{EditorNews, News};
use crate::project::{
    Access, MediaReference, ProjectError, Recoverable, RecoverySlot, Saver, discard, recoverable,
};
use crate::settings::Settings;

impl Workers {
    /// Prepares a place for unsaved changes below `root`, and starts the thread that writes there. `origin` is the
    /// project's own file, if it has one; `revision` is that of the captions as they were opened.
    pub fn begin_keeping(&self, workspace: u64, root: PathBuf, origin: Option<PathBuf>, revision: u64) {
        self.start("keep", move |post| {
            let wake = post.wake.clone();
            let slot = RecoverySlot::new(&root, origin.as_deref());
            let result = slot.and_then(|slot| Saver::start(slot, revision, move || wake()));
            post.tell(EditorNews::Keeping { workspace, result });
        });
    }

    /// Requests the write lock of a project.
    pub fn lock(&self, workspace: u64, path: PathBuf) {
        self.start("lock", move |post| {
            let access = Access::to(&path);
            post.tell(EditorNews::Locked { workspace, path, access });
        });
    }

    /// Computes a recording's fingerprint, by which it is found again.
    pub fn look_at_recording(&self, workspace: u64, path: PathBuf) {
        self.start("look", move |post| {
            post.tell(EditorNews::RecordingSeen { workspace, result: MediaReference::to(&path) });
        });
    }

    /// Finds unsaved changes after a crash.
    pub fn find_recoverable(&self, root: PathBuf) {
        self.start("recover", move |post| post.tell(EditorNews::Recoverable(recoverable(&root))));
    }

    /// Deletes recovered changes that are no longer needed.
    pub fn discard(&self, left: Recoverable) {
        self.start("discard", move |post| {
            let result: Result<(), ProjectError> = discard(&left);
            if let Err(error) = result {
                post.tell(EditorNews::NotKept(error));
            }
        });
    }

    pub fn save_settings(&self, settings: Settings, path: PathBuf) {
        self.start("settings", move |post| {
            post.tell(News::SettingsSaved(settings.save(&path)));
        });
    }

    /// Drops something that may take a moment to end.
    pub fn let_go(&self, thing: impl Send + 'static) {
        self.start("let go", move |_| drop(thing));
    }
}
