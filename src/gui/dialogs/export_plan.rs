//! The files of an export.

use std::path::PathBuf;

use crate::document::Document;
use crate::format::{self, Format, WriteOptions};
use crate::hide::Hiding;

/// What to write, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportPlan {
    pub folder: PathBuf,
    /// File name without extension.
    pub name: String,
    /// Names of the formats, as in the table of formats.
    pub formats: Vec<&'static str>,
    /// Puts the language into the name: `lecture.en.srt`, as web players and platforms expect.
    pub language_in_name: bool,
    pub word_times: bool,
    pub overwrite: bool,
    /// What must not appear in the files.
    pub hiding: Hiding,
}

impl ExportPlan {
    pub fn files(&self, document: &Document) -> Vec<(&'static Format, PathBuf)> {
        let formats: Vec<_> = self.formats.iter().filter_map(|name| format::by_name(name)).collect();
        let language = match document.language.tag() {
            "und" => String::new(),
            _ if !self.language_in_name => String::new(),
            tag => format!(".{tag}"),
        };
        let path = |format: &&'static Format| {
            let ending = format.extensions[0];
            let shared = formats.iter().filter(|other| other.extensions[0] == ending).count() > 1;
            let own = if shared { format!(".{}", format.name) } else { String::new() };
            (*format, self.folder.join(format!("{}{language}{own}.{ending}", self.name)))
        };
        formats.iter().map(path).collect()
    }

    pub fn options(&self) -> WriteOptions {
        WriteOptions { word_times: self.word_times, ..WriteOptions::default() }
    }
}
