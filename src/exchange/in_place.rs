//! Saves captions to the file of another program that they were opened from.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document::Document;
use crate::files::{Draft, Found, find};
use crate::format::{Format, Loss, Original};

use super::ExportError;

/// A caption file that can be changed in place.
#[derive(Clone, Debug)]
pub struct InPlace {
    path: PathBuf,
    original: Arc<Original>,
    /// The contents of the file, as far as this program knows.
    bytes: Arc<[u8]>,
}

impl InPlace {
    /// Returns the file with these bytes; `None` if its format cannot be changed in place, or the file is too damaged.
    pub fn of(path: &Path, format: &'static Format, bytes: &[u8]) -> Option<Self> {
        let original = Arc::new(Original::of(format, bytes)?);
        Some(Self { path: path.to_owned(), original, bytes: bytes.into() })
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the format of the file.
    pub fn format(&self) -> &'static Format {
        self.original.format()
    }

    /// Returns what the file cannot hold of its captions as they were changed.
    pub fn losses(&self, document: &Document) -> Vec<Loss> {
        self.original.losses(document)
    }

    /// Writes the changes to the file, completely or not at all, and returns the new state of the file.
    ///
    /// # Errors
    /// [`ExportError::ChangedElsewhere`] if another program has written the file, [`ExportError::NotInPlace`] if it
    /// cannot hold the document, and those of writing files. The file is then unchanged.
    pub fn save(&self, document: &Document) -> Result<Self, ExportError> {
        let path = || self.path.clone();
        let io = |source: io::Error| ExportError::Io { path: path(), source };
        let written = self.original.rewrite(document);
        let bytes = written.map_err(|cause| ExportError::NotInPlace { path: path(), cause })?;
        let Found::File(place) = find(&self.path).map_err(io)? else {
            return Err(ExportError::ChangedElsewhere { path: path() });
        };
        if *fs::read(&place).map_err(io)? != *self.bytes {
            return Err(ExportError::ChangedElsewhere { path: path() });
        }
        let draft = Draft::write(&place, &bytes).map_err(io)?;
        if draft.read().map_err(io)? != bytes {
            return Err(io(io::ErrorKind::InvalidData.into()));
        }
        draft.replace().map_err(io)?;
        Ok(Self { bytes: bytes.into(), ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::{Opened, open};

    #[test]
    fn only_what_was_changed_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.vtt");
        let file = "WEBVTT my title\r\n\r\nNOTE by hand\r\n\r\n00:01.000 --> 00:02.000 line:0\r\n<c.loud>Good</c> morning\r\n";
        fs::write(&path, file).unwrap();
        let Ok(Opened::Captions(captions)) = open(&path) else { panic!("not opened") };
        let (mut document, in_place) = (captions.document, captions.in_place.unwrap());
        document.cues[0].respell("Good evening".to_owned());
        let saved = in_place.save(&document).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), file.replace("morning", "evening"));
        document.cues[0].respell("Good night".to_owned());
        saved.save(&document).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), file.replace("morning", "night"));
        let late = saved.save(&document);
        assert!(matches!(late, Err(ExportError::ChangedElsewhere { .. })), "{late:?}");
    }
}
