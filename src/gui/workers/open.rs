//! Opening files, and showing folders.

use std::path::PathBuf;

use super::Workers;
use crate::asr::locate::{DEFAULT_VAD, Listing, list, search_roots};
use crate::exchange::{self, Opened, captions_of};
use crate::gui::news::{EditorNews, News};

impl Workers {
    /// Opens a file. For a recording, existing captions are searched beside it and in the `known` projects.
    pub fn open(&self, path: PathBuf, known: Vec<PathBuf>) {
        self.start("open", move |post| {
            let result = exchange::open(&path);
            let existing = match &result {
                Ok(Opened::Recording(recording)) => captions_of(recording, &known),
                _ => Vec::new(),
            };
            post.tell(EditorNews::Opened { path, result, existing });
        });
    }

    /// Lists the speech models on this computer.
    pub fn list_models(&self) {
        self.start("models", |post| {
            let listings = list(&search_roots());
            let speech = |listing: &Listing| listing.path.is_some() && listing.name != DEFAULT_VAD;
            post.tell(News::Models(
                listings.into_iter().filter(speech).map(|listing| listing.name).collect(),
            ));
        });
    }

    /// Shows a folder in the system's file manager.
    pub fn show_folder(&self, path: PathBuf) {
        self.start("show", move |post| {
            if let Err(cause) = open::that_detached(&path) {
                post.tell(News::NotShown { path, cause });
            }
        });
    }
}
