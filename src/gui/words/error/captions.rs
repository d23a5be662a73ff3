//! Caption files: opening and exporting them.

use super::system::cause;
use super::{InWords, shown};
use crate::exchange::{ExportError, OpenError};
use crate::format::{Mismatch, ReadError, WriteError};
use crate::gui::words::{say, say_with};

impl InWords for OpenError {
    fn in_words(&self) -> String {
        match self {
            Self::NotFound { path } => say_with!("error-open-not-found", path = shown(path)),
            Self::Io { path, cause: source } => {
                say_with!("error-file", path = shown(path), cause = cause(source))
            }
            Self::Folder { path } => say_with!("error-open-folder", path = shown(path)),
            Self::Unreadable { path, cause: ReadError::NotThisFormat { format, found } } => {
                say_with!("error-open-damaged", path = shown(path), format = *format, found = found)
            }
            Self::Unreadable { path, cause: ReadError::TooNew { format, found, known } } => say_with!(
                "error-open-too-new",
                path = shown(path),
                format = *format,
                found = *found,
                known = *known,
            ),
            Self::Empty { path } => say_with!("error-open-empty", path = shown(path)),
            Self::Project(error) => error.in_words(),
        }
    }
}

impl InWords for WriteError {
    fn in_words(&self) -> String {
        let Self::Unwritable(cause) = self;
        say_with!("error-export-format", cause = cause)
    }
}

impl InWords for ExportError {
    fn in_words(&self) -> String {
        match self {
            Self::Exists { path } => say_with!("error-export-exists", path = shown(path)),
            Self::NotAFile { path } => say_with!("error-export-not-a-file", path = shown(path)),
            Self::Unwritable { path, source: WriteError::Unwritable(cause) } => {
                say_with!("error-export-unwritable", path = shown(path), cause = cause)
            }
            Self::NotAsWritten { path, cause } => {
                say_with!("error-export-mismatch", path = shown(path), cause = mismatch(cause))
            }
            Self::NotInPlace { path, .. } => say_with!("error-export-not-in-place", path = shown(path)),
            Self::ChangedElsewhere { path } => say_with!("error-export-changed", path = shown(path)),
            Self::Io { path, source } => {
                say_with!("error-file", path = shown(path), cause = cause(source))
            }
        }
    }
}

/// Describes how a file differs from what was written: a clause for use in brackets.
fn mismatch(mismatch: &Mismatch) -> String {
    match mismatch {
        Mismatch::Unreadable(error) => say_with!("error-mismatch-unreadable", cause = error.to_string()),
        Mismatch::Unwritable(WriteError::Unwritable(cause)) => {
            say_with!("error-mismatch-unreadable", cause = cause)
        }
        Mismatch::NotInPlace => say("error-mismatch-not-in-place").to_owned(),
        Mismatch::CueCount { written, read } => {
            say_with!("error-mismatch-count", written = *written, read = *read)
        }
        Mismatch::Cue { cue, written, read, .. } => {
            say_with!("error-mismatch-cue", cue = *cue, written = written, read = read)
        }
        Mismatch::Whole { written, read, .. } => {
            say_with!("error-mismatch-whole", written = written, read = read)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::path::PathBuf;

    use super::super::tests::check;
    use super::*;
    use crate::project::ProjectError;

    fn path() -> PathBuf {
        PathBuf::from("/w/a.srt")
    }

    #[test]
    fn opening() {
        let damaged = ReadError::NotThisFormat { format: "SubRip", found: "no times".to_owned() };
        check(&[
            &OpenError::NotFound { path: path() },
            &OpenError::Io { path: path(), cause: ErrorKind::PermissionDenied.into() },
            &OpenError::Folder { path: path() },
            &OpenError::Unreadable { path: path(), cause: damaged },
            &OpenError::Unreadable {
                path: path(),
                cause: ReadError::TooNew { format: "Lectern JSON", found: 9, known: 1 },
            },
            &OpenError::Empty { path: path() },
            &OpenError::Project(ProjectError::InUse { path: path() }),
        ]);
    }

    #[test]
    fn exporting() {
        let unwritable = || WriteError::Unwritable("a time above 99 hours".to_owned());
        check(&[
            &unwritable(),
            &ExportError::Exists { path: path() },
            &ExportError::NotAFile { path: path() },
            &ExportError::Unwritable { path: path(), source: unwritable() },
            &ExportError::NotInPlace { path: path(), cause: Mismatch::NotInPlace },
            &ExportError::ChangedElsewhere { path: path() },
            &ExportError::Io { path: path(), source: ErrorKind::StorageFull.into() },
        ]);
    }

    #[test]
    fn differences() {
        let damaged = ReadError::NotThisFormat { format: "SubRip", found: "no times".to_owned() };
        let (written, read) = (|| "one".to_owned(), || "two".to_owned());
        let differs = |cause| ExportError::NotAsWritten { path: path(), cause };
        check(&[
            &differs(Mismatch::Unreadable(damaged)),
            &differs(Mismatch::Unwritable(WriteError::Unwritable("a long time".to_owned()))),
            &differs(Mismatch::NotInPlace),
            &differs(Mismatch::CueCount { written: 3, read: 2 }),
            &differs(Mismatch::Cue { cue: 1, what: "text", written: written(), read: read() }),
            &differs(Mismatch::Whole { what: "title", written: written(), read: read() }),
        ]);
    }
}
