//! Recording lectures, and the page that shows their captions in browsers.

use super::system::cause;
use super::{InWords, shown};
use crate::gui::words::{say, say_with};
use crate::live::page::PageError;
use crate::live::{JournalError, LiveError, PreflightError, RecordedError, SourceError};

impl InWords for LiveError {
    fn in_words(&self) -> String {
        match self {
            Self::Interrupted => say("error-lecture-interrupted").to_owned(),
            Self::Audio(error) => error.in_words(),
            Self::Journal(error) => error.in_words(),
            Self::Folder { folder, source } => {
                say_with!("error-lecture-folder", folder = shown(folder), cause = cause(source))
            }
            Self::DiskFull { folder, free } => {
                say_with!("error-lecture-disk", folder = shown(folder), free = *free / 1_000_000)
            }
            Self::Thread(source) => say_with!("error-thread", cause = cause(source)),
            Self::Crashed => say("error-lecture-crashed").to_owned(),
        }
    }
}

impl InWords for JournalError {
    fn in_words(&self) -> String {
        match self {
            Self::Io { path, source } => {
                say_with!("error-file", path = shown(path), cause = cause(source))
            }
            Self::InUse { path } => say_with!("error-journal-in-use", path = shown(path)),
            Self::NotAJournal { path } => say_with!("error-journal-damaged", path = shown(path)),
        }
    }
}

impl InWords for SourceError {
    fn in_words(&self) -> String {
        match self {
            Self::Capture(error) => error.in_words(),
            Self::Recording(error) => error.in_words(),
            Self::Gone { name } => say_with!("error-microphone-lost", device = name),
        }
    }
}

impl InWords for PreflightError {
    fn in_words(&self) -> String {
        match self {
            Self::Source(error) => error.in_words(),
            Self::Recognize(error) => error.in_words(),
            Self::Folder { folder, source } => {
                say_with!("error-lecture-folder", folder = shown(folder), cause = cause(source))
            }
        }
    }
}

impl InWords for RecordedError {
    fn in_words(&self) -> String {
        match self {
            Self::Media(error) => error.in_words(),
            Self::Project(error) => error.in_words(),
            Self::Journal(error) => error.in_words(),
        }
    }
}

impl InWords for PageError {
    fn in_words(&self) -> String {
        match self {
            Self::Bind { address, source } => {
                say_with!("error-page-address", address = address.to_string(), cause = cause(source))
            }
            Self::System(source) => say_with!("error-page-system", cause = cause(source)),
            Self::NoNetwork => say("error-page-network").to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::path::PathBuf;

    use super::super::tests::check;
    use super::*;
    use crate::asr::RecognizeError;
    use crate::audio::AudioError;
    use crate::audio::capture::CaptureError;
    use crate::project::{MediaError, ProjectError};

    fn path() -> PathBuf {
        PathBuf::from("/w/lecture.wav")
    }

    #[test]
    fn sessions() {
        check(&[
            &LiveError::Interrupted,
            &LiveError::Audio(AudioError::NotFound { path: path() }),
            &LiveError::Journal(JournalError::InUse { path: path() }),
            &LiveError::Folder { folder: path(), source: ErrorKind::PermissionDenied.into() },
            &LiveError::DiskFull { folder: path(), free: 1_000_000 },
            &LiveError::Thread(ErrorKind::OutOfMemory.into()),
            &LiveError::Crashed,
            &JournalError::Io { path: path(), source: ErrorKind::StorageFull.into() },
            &JournalError::NotAJournal { path: path() },
            &RecordedError::Media(MediaError { path: path(), source: ErrorKind::NotFound.into() }),
            &RecordedError::Project(ProjectError::InUse { path: path() }),
        ]);
    }

    #[test]
    fn trials() {
        let gone = || SourceError::Gone { name: "USB mic".to_owned() };
        check(&[
            &gone(),
            &SourceError::Capture(CaptureError::NoDevice),
            &SourceError::Recording(AudioError::Empty { path: path() }),
            &PreflightError::Source(CaptureError::UnknownDevice { name: "USB mic".to_owned() }.into()),
            &PreflightError::Recognize(RecognizeError::NoBackend),
            &PreflightError::Folder { folder: path(), source: ErrorKind::PermissionDenied.into() },
        ]);
    }

    #[test]
    fn pages() {
        let address = ([127, 0, 0, 1], 8080).into();
        check(&[
            &PageError::Bind { address, source: ErrorKind::AddrInUse.into() },
            &PageError::System(ErrorKind::OutOfMemory.into()),
            &PageError::NoNetwork,
        ]);
    }
}
