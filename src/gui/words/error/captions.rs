//! Caption files: opening and exporting them.

use super::system::cause;
use super::{InWords, shown};
use crate::exchange::{ExportError, OpenError};
use crate::format::{Mismatch, ReadError, UnexpectedContent, WriteError};
use crate::gui::widgets::full_time;
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
                say_with!("error-open-damaged", path = shown(path), format = *format, found = content(found))
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
        say_with!("error-export-format", cause = obstacle(self))
    }
}

/// Words why a format cannot hold captions: a clause for use in brackets.
fn obstacle(error: &WriteError) -> String {
    match error {
        WriteError::Untimed { format } => say_with!("error-write-untimed", format = *format),
        WriteError::TooLate { format, hours, at } => {
            say_with!("error-write-too-late", format = *format, hours = *hours, at = full_time(*at))
        }
        WriteError::Refused { format, .. } => say_with!("error-write-refused", format = *format),
    }
}

/// Words what a file contains instead of captions in a format: a clause for use in brackets.
fn content(found: &UnexpectedContent) -> String {
    match found {
        UnexpectedContent::NoObject => say("error-content-no-object").to_owned(),
        UnexpectedContent::Json { line: 0, .. } => say("error-content-json").to_owned(),
        UnexpectedContent::Json { line, .. } => say_with!("error-content-json-line", line = *line),
        UnexpectedContent::NoPart(part) => say_with!("error-content-no-part", part = *part),
        UnexpectedContent::OtherName(name) => say_with!("error-content-other-name", name = name),
        UnexpectedContent::NoSignature(signature) => {
            say_with!("error-content-no-signature", signature = *signature)
        }
        UnexpectedContent::NoScript => say("error-content-no-script").to_owned(),
        UnexpectedContent::NoTimes(example) => say_with!("error-content-no-times", example = *example),
        UnexpectedContent::NoColumns => say("error-content-no-columns").to_owned(),
        UnexpectedContent::NoElement(element) => say_with!("error-content-no-element", element = *element),
    }
}

impl InWords for ExportError {
    fn in_words(&self) -> String {
        match self {
            Self::Exists { path } => say_with!("error-export-exists", path = shown(path)),
            Self::NotAFile { path } => say_with!("error-export-not-a-file", path = shown(path)),
            Self::Unwritable { path, source } => {
                say_with!("error-export-unwritable", path = shown(path), cause = obstacle(source))
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
        Mismatch::Unreadable(ReadError::NotThisFormat { found, .. }) => {
            say_with!("error-mismatch-unreadable", cause = content(found))
        }
        Mismatch::Unreadable(ReadError::TooNew { found, .. }) => {
            say_with!("error-mismatch-version", version = *found)
        }
        Mismatch::Unwritable(error) => obstacle(error),
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
    use crate::time::MediaTime;

    fn path() -> PathBuf {
        PathBuf::from("/w/a.srt")
    }

    #[test]
    fn opening() {
        let damaged = ReadError::NotThisFormat { format: "SRT", found: UnexpectedContent::NoScript };
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
    fn contents() {
        let contents = [
            UnexpectedContent::NoObject,
            UnexpectedContent::Json { line: 0, message: String::new() },
            UnexpectedContent::Json { line: 3, message: String::new() },
            UnexpectedContent::NoPart("segments"),
            UnexpectedContent::OtherName("other".to_owned()),
            UnexpectedContent::NoSignature("WEBVTT"),
            UnexpectedContent::NoScript,
            UnexpectedContent::NoTimes("0:00"),
            UnexpectedContent::NoColumns,
            UnexpectedContent::NoElement("tt"),
        ];
        let unreadable = |found| OpenError::Unreadable {
            path: path(),
            cause: ReadError::NotThisFormat { format: "SRT", found },
        };
        let errors = contents.map(unreadable);
        check(&errors.iter().map(|error| error as &dyn InWords).collect::<Vec<_>>());
    }

    #[test]
    fn obstacles() {
        let at = MediaTime::from_millis(1500);
        check(&[
            &WriteError::Untimed { format: "SRT" },
            &WriteError::TooLate { format: "SRT", hours: 100, at },
            &WriteError::Refused { format: "DOCX", message: "too large".to_owned() },
        ]);
    }

    #[test]
    fn exporting() {
        let unwritable = || WriteError::Untimed { format: "SRT" };
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
        let damaged = ReadError::NotThisFormat { format: "SRT", found: UnexpectedContent::NoScript };
        let newer = ReadError::TooNew { format: "Lectern JSON", found: 9, known: 1 };
        let (written, read) = (|| "one".to_owned(), || "two".to_owned());
        let differs = |cause| ExportError::NotAsWritten { path: path(), cause };
        check(&[
            &differs(Mismatch::Unreadable(damaged)),
            &differs(Mismatch::Unreadable(newer)),
            &differs(Mismatch::Unwritable(WriteError::Untimed { format: "SRT" })),
            &differs(Mismatch::NotInPlace),
            &differs(Mismatch::CueCount { written: 3, read: 2 }),
            &differs(Mismatch::Cue { cue: 1, what: "text", written: written(), read: read() }),
            &differs(Mismatch::Whole { what: "title", written: written(), read: read() }),
        ]);
    }
}
