//! Writes a document to a file that is either whole or not there.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use thiserror::Error;

use crate::document::Document;
use crate::format::{Format, Mismatch, WriteError, WriteOptions};

#[derive(Debug, Error)]
pub enum ExportError {
    #[error("{}: is there already; give --overwrite to replace it", .path.display())]
    Exists { path: PathBuf },
    #[error("{}: {source}", .path.display())]
    Unwritable { path: PathBuf, source: WriteError },
    #[error("{}: {cause}; nothing was saved. This is a fault of Lectern: please report it", .path.display())]
    NotAsWritten { path: PathBuf, cause: Mismatch },
    #[error("{}: {source}; check the folder, its permissions and the free space", .path.display())]
    Io { path: PathBuf, source: io::Error },
}

/// Writes `document` to `path`: to a temporary file in the same folder first, which is synced, read back and
/// compared, and only then gets its name. Missing folders are made.
pub fn export(
    document: &Document,
    format: &Format,
    options: &WriteOptions,
    path: &Path,
    overwrite: bool,
) -> Result<(), ExportError> {
    let path_buf = || path.to_owned();
    let io = |source| ExportError::Io { path: path_buf(), source };
    let write = format.write.ok_or_else(|| io(io::ErrorKind::Unsupported.into()))?;
    let bytes =
        write(document, options).map_err(|source| ExportError::Unwritable { path: path_buf(), source })?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(io)?;
    let file = write_synced(folder, &bytes).map_err(io)?;
    let read = fs::read(file.path()).map_err(io)?;
    let not_as_written = |cause| ExportError::NotAsWritten { path: path_buf(), cause };
    format.verify(document, options, &read).map_err(not_as_written)?;
    if overwrite {
        file.persist(path).map_err(|error| io(error.error))?;
    } else {
        file.persist_noclobber(path).map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => ExportError::Exists { path: path_buf() },
            _ => io(error.error),
        })?;
    }
    sync_folder(folder);
    Ok(())
}

fn write_synced(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = temporary_file(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// A file that is gone when it is dropped, unless it was given its name.
pub(super) fn temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".lectern-").suffix(".part");
    #[cfg(unix)]
    {
        // What is written is as readable as any other new file, not private as temporary files are.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Makes the new name last through a power cut. Where folders cannot be synced the file is whole all the same.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
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
    fn a_file_that_is_there_is_replaced_only_on_request() {
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
        assert!(error.to_string().contains(&folder.path().display().to_string()), "{error}");
    }
}
