//! Finds a project's recording again.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::MediaError;

/// How much of the beginning and the end of a file goes into its fingerprint. Unit: bytes.
const SAMPLE: u64 = 1 << 20;
/// Maximum number of files in a folder to check for a recording.
const MOST_FILES: usize = 10_000;

/// The SHA-256 of a file's size (8 bytes, little-endian), its first MiB and its last MiB. It distinguishes recordings
/// without reading hours of them. In files below 2 MiB the two parts overlap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// Computes the fingerprint of a file.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn of(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let bytes = file.metadata()?.len();
        let mut digest = Sha256::new();
        digest.update(bytes.to_le_bytes());
        let mut part = Vec::new();
        for start in [0, bytes.saturating_sub(SAMPLE)] {
            part.clear();
            file.seek(SeekFrom::Start(start))?;
            file.by_ref().take(SAMPLE).read_to_end(&mut part)?;
            digest.update(&part);
        }
        Ok(Self(digest.finalize().into()))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.to_string()
    }
}

/// A text that is not a fingerprint.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("\u{201c}{0}\u{201d} is not a SHA-256")]
pub struct InvalidFingerprint(pub String);

impl FromStr for Fingerprint {
    type Err = InvalidFingerprint;

    fn from_str(text: &str) -> Result<Self, InvalidFingerprint> {
        let invalid = || InvalidFingerprint(text.to_owned());
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(invalid());
        }
        for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| invalid())?;
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = InvalidFingerprint;

    fn try_from(text: String) -> Result<Self, InvalidFingerprint> {
        text.parse()
    }
}

/// A project's recording, as it was last seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MediaReference {
    /// Where it was when the project was saved.
    pub path: PathBuf,
    /// Size of the file. Unit: bytes.
    pub bytes: u64,
    /// Identifies it after it was moved.
    pub fingerprint: Fingerprint,
}

/// The current state of a project's recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MediaStatus {
    /// It is where the project says.
    InPlace,
    /// The same recording is elsewhere.
    Moved(PathBuf),
    /// Another file is in its place: the captions may not fit.
    Changed,
    /// There is no file at the path.
    Missing,
}

impl MediaReference {
    /// Refers to a recording by its absolute path, so that the reference stays valid when the working directory
    /// changes.
    ///
    /// # Errors
    /// [`MediaError`] if the file cannot be read.
    pub fn to(path: &Path) -> Result<Self, MediaError> {
        let error = |source| MediaError { path: path.to_owned(), source };
        let path = std::path::absolute(path).map_err(error)?;
        let bytes = fs::metadata(&path).map_err(error)?.len();
        let fingerprint = Fingerprint::of(&path).map_err(error)?;
        Ok(Self { path, bytes, fingerprint })
    }

    /// Returns the name of the file, without its folder.
    pub fn file_name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Looks for the recording where it was, then by its fingerprint in these folders, such as that of the project.
    pub fn locate(&self, folders: &[&Path]) -> MediaStatus {
        if self.is_at(&self.path) {
            return MediaStatus::InPlace;
        }
        let name = self.path.file_name().unwrap_or_default();
        let same_name = folders.iter().map(|folder| folder.join(name));
        let others = folders.iter().flat_map(|folder| files(folder));
        match same_name.chain(others).find(|path| self.is_at(path)) {
            Some(path) => MediaStatus::Moved(path),
            None if self.path.is_file() => MediaStatus::Changed,
            None => MediaStatus::Missing,
        }
    }

    /// Returns whether this very recording is at the path.
    pub fn is_at(&self, path: &Path) -> bool {
        let same_size = fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == self.bytes);
        same_size && Fingerprint::of(path).is_ok_and(|fingerprint| fingerprint == self.fingerprint)
    }
}

/// Returns the files in a folder, by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).take(MOST_FILES).collect();
    files.sort();
    files
}
