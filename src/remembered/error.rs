//! Errors of the file of remembered voices.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Why remembered voices cannot be read or written.
#[derive(Debug, Error)]
pub enum RememberedError {
    /// The file cannot be read or written.
    #[error("{}: {source}; check the folder, its permissions and the free space", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// The file does not hold remembered voices, or is damaged.
    #[error("{}: these are no remembered voices ({source}); move the file away", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// The file was written by a later version of Lectern.
    #[error("{}: the file has version {found}, and this program reads version {known}; update Lectern", .path.display())]
    TooNew {
        /// The file.
        path: PathBuf,
        /// The version of the file.
        found: u64,
        /// The latest version that is known.
        known: u64,
    },
    /// The system names no folder for data of this user.
    #[error("this system tells no folder for the user's data; set HOME")]
    NoFolder,
}
