//! Keeping projects, recordings and settings.

use std::path::PathBuf;

use super::Workers;
use crate::gui::news::News;
use crate::project::{
    Access, MediaReference, ProjectError, Recoverable, RecoverySlot, Saver, discard, recoverable,
};
use crate::settings::Settings;

impl Workers {
    /// Makes a place for what is not saved yet, below `root`, and starts the thread that writes there. `origin` is the
    /// project's own file, if it has one; `revision` is that of the captions as they were opened.
    pub fn begin_keeping(&self, workspace: u64, root: PathBuf, origin: Option<PathBuf>, revision: u64) {
        self.start("keep", move |post| {
            let wake = post.wake.clone();
            let slot = RecoverySlot::new(&root, origin.as_deref());
            let result = slot.and_then(|slot| Saver::start(slot, revision, move || wake()));
            post.tell(News::Keeping { workspace, result });
        });
    }

    /// Actions for the right to write a project.
    pub fn lock(&self, workspace: u64, path: PathBuf) {
        self.start("lock", move |post| {
            let access = Access::to(&path);
            post.tell(News::Locked { workspace, path, access });
        });
    }

    /// Takes a recording's fingerprint, by which it is found again.
    pub fn look_at_recording(&self, workspace: u64, path: PathBuf) {
        self.start("look", move |post| {
            post.tell(News::RecordingSeen { workspace, result: MediaReference::to(&path) });
        });
    }

    /// Looks for what a crash left.
    pub fn find_recoverable(&self, root: PathBuf) {
        self.start("recover", move |post| post.tell(News::Recoverable(recoverable(&root))));
    }

    /// Removes what was recovered or is not wanted.
    pub fn discard(&self, left: Recoverable) {
        self.start("discard", move |post| {
            let result: Result<(), ProjectError> = discard(&left);
            if let Err(error) = result {
                post.tell(News::NotKept(error));
            }
        });
    }

    pub fn save_settings(&self, settings: Settings, path: PathBuf) {
        self.start("settings", move |post| {
            post.tell(News::SettingsSaved(settings.save(&path)));
        });
    }

    /// Lets go of something whose end may take a moment.
    pub fn let_go(&self, thing: impl Send + 'static) {
        self.start("let go", move |_| drop(thing));
    }
}
