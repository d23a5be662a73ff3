//! What can go wrong with the file of remembered voices.

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
        /// What the system says.
        source: io::Error,
    },
    /// The file is not one of remembered voices, or is damaged.
    #[error("{}: these are no remembered voices ({source}); move the file away", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// A later version of Lectern has written it.
    #[error("{}: the file has version {found}, and this program reads version {known}; update Lectern", .path.display())]
    TooNew {
        /// The file.
        path: PathBuf,
        /// What was found.
        found: u64,
        /// The version that is known.
        known: u64,
    },
    /// The system tells no folder of this user.
    #[error("this system tells no folder for the user's data; set HOME")]
    NoFolder,
}
