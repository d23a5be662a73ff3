//! Reads files of course material.

use std::io;
use std::path::Path;

use thiserror::Error;

use crate::files;
use crate::material::{self, MOST_BYTES, Material, MaterialError};

/// Why a file of course material gave no text.
#[derive(Debug, Error)]
pub enum MaterialFileError {
    /// The file cannot be read.
    #[error("it cannot be read")]
    Unreadable(#[source] io::Error),
    /// Its contents are of no use.
    #[error(transparent)]
    Unusable(MaterialError),
}

/// Reads the text of a file of course material.
///
/// # Errors
/// Every variant of [`MaterialFileError`].
pub fn read_material(path: &Path) -> Result<Material, MaterialFileError> {
    let bytes = files::read_at_most(path, MOST_BYTES).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => MaterialFileError::Unusable(MaterialError::TooLarge),
        _ => MaterialFileError::Unreadable(error),
    })?;
    let extension = path.extension().and_then(|extension| extension.to_str());
    material::read(&bytes, extension).map_err(MaterialFileError::Unusable)
}
