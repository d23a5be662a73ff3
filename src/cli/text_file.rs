//! Small text files that arguments name.

use std::io;
use std::path::Path;

use crate::files;

/// Maximum size of a profile or vocabulary. Unit: bytes.
const MOST_TEXT: u64 = 4 << 20;

/// Reads a whole text file in UTF-8.
///
/// # Errors
/// Those of the system; [`InvalidData`](io::ErrorKind::InvalidData) if it is not UTF-8.
pub fn read_text(path: &Path) -> io::Result<String> {
    String::from_utf8(files::read_at_most(path, MOST_TEXT)?)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()))
}
