//! Reads captions from a file in any format, for the program and the window alike.

use std::io::{self, Read as _};
use std::path::Path;

use thiserror::Error;

use crate::document::Document;
use crate::files;
use crate::format::{self, Format, ReadError, Reading, Repair};
use crate::transcript::Language;

/// Larger files are not captions: ten hours of captions take a few megabytes. Unit: bytes.
const MOST_CAPTIONS: u64 = 256 * 1024 * 1024;

/// Captions as they were read from a file.
#[derive(Debug)]
pub struct CaptionFile {
    /// The format it was read in.
    pub format: &'static Format,
    /// The captions. Their language is the one in the file, else the one in the file's name.
    pub document: Document,
    /// What had to be fixed while reading, its encoding included.
    pub repairs: Vec<Repair>,
    /// What the file holds.
    pub bytes: Vec<u8>,
}

/// Why a file cannot be read as captions.
#[derive(Debug, Error)]
pub enum CaptionFileError {
    /// The file cannot be read.
    #[error(transparent)]
    Io(io::Error),
    /// The file is larger than captions are.
    #[error("too large for captions")]
    TooLarge,
    /// The file is in no known format.
    #[error("in no known format of captions")]
    UnknownFormat,
    /// The file is in a format that can only be written.
    #[error("{} can be written but not read", .0.title)]
    OnlyWritten(&'static Format),
    /// The file is in a known format, but damaged.
    #[error(transparent)]
    Damaged(#[from] ReadError),
}

impl From<io::Error> for CaptionFileError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::FileTooLarge => Self::TooLarge,
            _ => Self::Io(error),
        }
    }
}

impl CaptionFile {
    /// Reads a file in the `named` format, or in the one detected from its content or name.
    ///
    /// # Errors
    /// [`CaptionFileError`] if the file cannot be read, is too large, or is in no format that can be read.
    pub fn read(path: &Path, named: Option<&'static Format>) -> Result<Self, CaptionFileError> {
        Self::of(path, named, bytes_of(path)?)
    }

    /// Reads what a program sends, as a file that has no name.
    ///
    /// # Errors
    /// As [`CaptionFile::read`].
    pub fn read_from(input: impl io::Read, named: Option<&'static Format>) -> Result<Self, CaptionFileError> {
        let mut bytes = Vec::new();
        input.take(MOST_CAPTIONS + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MOST_CAPTIONS {
            return Err(CaptionFileError::TooLarge);
        }
        Self::of(Path::new(""), named, bytes)
    }

    /// Reads the bytes of a file.
    pub(super) fn of(
        path: &Path,
        named: Option<&'static Format>,
        bytes: Vec<u8>,
    ) -> Result<Self, CaptionFileError> {
        let extension = path.extension().and_then(|extension| extension.to_str());
        let format = named.or_else(|| format::detect(extension, &bytes));
        let format = format.ok_or(CaptionFileError::UnknownFormat)?;
        let read = format.read.ok_or(CaptionFileError::OnlyWritten(format))?;
        let Reading { mut document, repairs } = read(&bytes)?;
        name_language(&mut document, path);
        Ok(Self { format, document, repairs, bytes })
    }
}

/// The bytes of a file that may hold captions.
pub(super) fn bytes_of(path: &Path) -> Result<Vec<u8>, CaptionFileError> {
    Ok(files::read_at_most(path, MOST_CAPTIONS)?)
}

/// Sets the language of captions from the name of their file, such as `week 1.en.srt` or `week 1.pt-BR.vtt`, unless they
/// have one.
pub fn name_language(document: &mut Document, path: &Path) {
    if document.language == Language::default()
        && let Some(language) = language_in_name(path)
    {
        document.language = language;
    }
}

/// Returns the language in a file name, as video platforms use them; `None` if there is none.
fn language_in_name(path: &Path) -> Option<Language> {
    let tag = Path::new(path.file_stem()?).extension()?.to_str()?;
    let (language, region) = tag.split_once(['-', '_']).unwrap_or((tag, "XX"));
    let is_language = language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_region = matches!(region.len(), 2..=4) && region.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_language && is_region).then(|| Language::new(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_found_in_file_names() {
        let tag = |name| language_in_name(Path::new(name)).map(|language| language.tag().to_owned());
        assert_eq!(tag("week 1.en.srt").as_deref(), Some("en"));
        assert_eq!(tag("a/week 1.pt-BR.vtt").as_deref(), Some("pt-BR"));
        for name in ["week 1.srt", "week 1.v2.srt", "week 1.old.srt", "en.srt", "a.en/b.srt", "a.de-.srt"] {
            assert_eq!(tag(name), None, "{name}");
        }
    }

    #[test]
    fn a_language_in_the_file_comes_before_the_one_in_its_name() {
        let tag = |name: &str, bytes: &str| {
            let file = CaptionFile::of(Path::new(name), None, bytes.into()).unwrap();
            file.document.language.tag().to_owned()
        };
        assert_eq!(tag("a.de.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\na\n"), "de");
        let known = r#"{"format": "lectern-transcript", "version": 1, "language": "en"}"#;
        assert_eq!(tag("a.de.json", known), "en");
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let read = |name: &str, named, bytes: &str| CaptionFile::of(Path::new(name), named, bytes.into());
        assert!(matches!(read("a.xyz", None, "Good morning."), Err(CaptionFileError::UnknownFormat)));
        let written = format::by_name("markdown").filter(|format| format.read.is_none());
        assert!(matches!(read("a.md", written, "# a"), Err(CaptionFileError::OnlyWritten(_))));
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(MOST_CAPTIONS + 1).unwrap();
        assert!(matches!(CaptionFile::read(file.path(), None), Err(CaptionFileError::TooLarge)));
    }
}
