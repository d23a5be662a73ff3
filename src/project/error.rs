//! Errors of projects. Each text names the file, the cause and a remedy.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::{NotProject, ProjectDamage};

#[derive(Debug, Error)]
/// Why a project cannot be opened or saved.
pub enum ProjectError {
    #[error("{}: there is no such project. Was it moved or renamed?", .path.display())]
    /// There is no file at the path.
    NotFound {
        /// The file.
        path: PathBuf,
    },
    /// It is another kind of file.
    #[error("{}: this is not a Lectern project ({found}); open it as a recording or as captions", .path.display())]
    NotAProject {
        /// The file.
        path: PathBuf,
        /// What the file contains instead.
        found: NotProject,
    },
    /// It was written by a later version of Lectern.
    #[error("{}: the project has version {found}, and this program reads versions up to {known}; update Lectern", .path.display())]
    TooNew {
        /// The file.
        path: PathBuf,
        /// The version of the file.
        found: u64,
        /// The latest known version.
        known: u64,
    },
    /// It was truncated or changed by another program. `backup` is the newest earlier version that can be opened.
    #[error("{}: the project is damaged ({cause}); {}", .path.display(), open_backup(.backup.as_ref()))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        cause: ProjectDamage,
        /// A copy of the previous state, if there is one.
        backup: Option<PathBuf>,
    },
    #[error("{}: {source}; check the folder, its permissions and the free space", .path.display())]
    /// The file cannot be read or written.
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// Another window holds its write lock.
    #[error("{}: a window has this project open; close it there and try again", .path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// Earlier saves are still running.
    #[error("{}: the disk is still busy with earlier saves; try again in a moment", .path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    #[error("the thread that saves could not be started: {0}; close other programs and try again")]
    /// A thread could not be started.
    Thread(io::Error),
}

fn open_backup(backup: Option<&PathBuf>) -> String {
    backup.map_or_else(
        || "there is no backup: look for a copy of the file".to_owned(),
        |backup| format!("open the version before it: {}", backup.display()),
    )
}

impl ProjectError {
    pub(super) fn io(path: impl Into<PathBuf>, source: io::Error) -> Self {
        let path = path.into();
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound { path },
            _ => Self::Io { path, source },
        }
    }
}

/// Why a recording's fingerprint could not be computed.
#[derive(Debug, Error)]
#[error("{}: {source}; check that the recording can be read", .path.display())]
pub struct MediaError {
    /// The file.
    pub path: PathBuf,
    /// The system's error.
    pub source: io::Error,
}
