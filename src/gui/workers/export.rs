//! Writing captions for other programs.

use std::path::PathBuf;

use super::Workers;
use crate::document::Document;
use crate::exchange::{ExportError, InPlace, export};
use crate::format::{Format, WriteOptions};
use crate::gui::news::EditorNews;
use crate::hide::Hiding;

/// Files to write from one document.
pub struct ExportJob {
    pub document: Document,
    pub options: WriteOptions,
    pub files: Vec<(&'static Format, PathBuf)>,
    /// Replace existing files.
    pub overwrite: bool,
    /// What must not appear in them.
    pub hiding: Hiding,
}

/// The result for one file.
#[derive(Debug)]
pub struct ExportResult {
    pub path: PathBuf,
    pub result: Result<(), ExportError>,
}

impl Workers {
    /// Saves captions to the file that they were opened from.
    pub fn save_in_place(&self, workspace: u64, revision: u64, file: InPlace, document: Document) {
        self.start("save", move |post| {
            let result = file.save(&document);
            post.tell(EditorNews::SavedInPlace { workspace, revision, result });
        });
    }

    pub fn export(&self, mut job: ExportJob) {
        self.start("export", move |post| {
            job.hiding.apply(&mut job.document);
            let write = |(format, path): (&'static Format, PathBuf)| {
                let result = export(&job.document, format, &job.options, &path, job.overwrite);
                ExportResult { path, result }
            };
            post.tell(EditorNews::Exported(job.files.into_iter().map(write).collect()));
        });
    }
}
