//! Exports a document to a file, completely or not at all.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::document::Document;
use crate::files::{self, Draft, Found};
use crate::format::{Format, Mismatch, WriteError, WriteOptions};

/// Why captions were not exported.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The file exists and may not be replaced.
    #[error("{}: already exists", .path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The path exists and is not a file.
    #[error("{}: is a folder, a device, a pipe or a broken link, and not replaced; choose another name", .path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The format cannot hold these captions.
    #[error("{}: {source}", .path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// The error of the format.
        source: WriteError,
    },
    /// The temporary file, read back, differs from the captions.
    #[error("{}: {cause}; nothing was saved. This is a bug in Lectern: please report it", .path.display())]
    NotAsWritten {
        /// The file.
        path: PathBuf,
        /// The difference.
        cause: Mismatch,
    },
    /// The changed captions do not fit into the file that they were opened from.
    #[error("{}: these changes cannot be written into this file ({cause}); save a project or export them", .path.display())]
    NotInPlace {
        /// The file.
        path: PathBuf,
        /// The difference.
        cause: Mismatch,
    },
    /// Another program has changed the file that the captions were opened from.
    #[error("{}: another program has changed or removed this file since it was opened; save under another name", .path.display())]
    ChangedElsewhere {
        /// The file.
        path: PathBuf,
    },
    /// The folder or the file cannot be written or read.
    #[error("{}: {source}; check the folder, its permissions and the free space", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

/// Writes `document` to `path`: first to a temporary file in the same folder, which is synced, read back and compared,
/// then renamed. Missing folders are created, links are followed.
///
/// # Errors
/// [`ExportError`] if the file exists and `overwrite` is false, is not a file, cannot be written, or is not read back
/// the same. An existing file is then unchanged.
pub fn export(
    document: &Document,
    format: &Format,
    options: &WriteOptions,
    path: &Path,
    overwrite: bool,
) -> Result<(), ExportError> {
    let path_buf = || path.to_owned();
    let io = |source| ExportError::Io { path: path_buf(), source };
    let written = format.written(document, options).ok_or_else(|| io(io::ErrorKind::Unsupported.into()))?;
    let bytes = written.map_err(|source| ExportError::Unwritable { path: path_buf(), source })?;
    let place = place(path, overwrite)?;
    let draft = Draft::write(&place, &bytes).map_err(io)?;
    let read = draft.read().map_err(io)?;
    let not_as_written = |cause| ExportError::NotAsWritten { path: path_buf(), cause };
    format.verify(document, options, &read).map_err(not_as_written)?;
    if overwrite {
        return draft.replace().map_err(io);
    }
    draft.create().map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => ExportError::Exists { path: path_buf() },
        _ => io(error),
    })
}

/// Checks before long work whether [`export`] could write to `path`: whether the file exists, and whether the folder is
/// writable.
///
/// # Errors
/// [`ExportError`] if the file exists and `overwrite` is false, is not a file, or the folder cannot be written to.
pub fn try_export(path: &Path, overwrite: bool) -> Result<(), ExportError> {
    let place = place(path, overwrite)?;
    let io = |source| ExportError::Io { path: path.to_owned(), source };
    files::try_folder(files::folder_of(&place)).map_err(io)
}

/// Returns the file to write: `path`, or the file that it links to.
fn place(path: &Path, overwrite: bool) -> Result<PathBuf, ExportError> {
    let io = |source| ExportError::Io { path: path.to_owned(), source };
    match files::find(path).map_err(io)? {
        Found::Nothing => Ok(path.to_owned()),
        Found::File(file) if overwrite => Ok(file),
        Found::File(_) => Err(ExportError::Exists { path: path.to_owned() }),
        Found::Other => Err(ExportError::NotAFile { path: path.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::document::Cue;
    use crate::format::by_name;
    use crate::time::TimeSpan;

    fn save(path: &Path, text: &str, overwrite: bool) -> Result<(), ExportError> {
        let cue = Cue { span: TimeSpan::from_millis(0, 2000), text: text.to_owned(), ..Cue::default() };
        let document = Document { cues: vec![cue], ..Document::default() };
        export(&document, by_name("srt").unwrap(), &WriteOptions::default(), path, overwrite)
    }

    #[test]
    fn an_existing_file_is_replaced_only_on_request() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Woche 1 – 講義").join("lecture.srt");
        save(&path, "one", false).unwrap();
        assert!(matches!(save(&path, "two", false), Err(ExportError::Exists { .. })));
        assert!(fs::read_to_string(&path).unwrap().contains("one"));
        save(&path, "two", true).unwrap();
        assert!(fs::read_to_string(&path).unwrap().contains("two"));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn a_folder_in_the_way_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = save(folder.path(), "one", true).unwrap_err();
        assert!(matches!(&error, ExportError::NotAFile { path } if path == folder.path()), "{error}");
    }

    #[test]
    fn a_trial_finds_errors_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (there, new) = (folder.path().join("there.srt"), folder.path().join("a/new.srt"));
        fs::write(&there, "by hand").unwrap();
        try_export(&new, false).unwrap();
        try_export(&there, true).unwrap();
        assert!(matches!(try_export(&there, false), Err(ExportError::Exists { .. })));
        assert!(matches!(try_export(&there.join("below.srt"), true), Err(ExportError::Io { .. })));
        assert!(matches!(try_export(folder.path(), true), Err(ExportError::NotAFile { .. })));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
