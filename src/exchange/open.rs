//! Opens a file: captions in any format, a project, or a recording.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::in_place::InPlace;
use super::read::{CaptionFile, CaptionFileError, bytes_of};
use crate::document::{Document, Media};
use crate::format::{Format, ReadError, Repair};
use crate::project::{Access, EXTENSION, Loaded, MediaStatus, ProjectError, load};

/// A zero byte among this many bytes at the start means that the file is not text.
const BINARY_HEAD: usize = 1024;
/// The extensions of recordings, the most likely first.
pub const RECORDING_EXTENSIONS: [&str; 16] = [
    "mp4", "mkv", "webm", "mov", "m4v", "avi", "mp3", "m4a", "wav", "flac", "ogg", "opus", "aac", "wma",
    "aiff", "mka",
];

/// An opened file.
#[derive(Debug)]
pub enum Opened {
    /// Captions of another program.
    Captions(Box<OpenedCaptions>),
    /// A project.
    Project(Box<OpenedProject>),
    /// Not captions: probably audio or video, which is not decoded here.
    Recording(PathBuf),
}

/// An opened project.
#[derive(Debug)]
pub struct OpenedProject {
    /// The project and its file.
    pub loaded: Loaded,
    /// Whether this program may write the file.
    pub access: Access,
    /// The current location of its recording; `None` if it has none.
    pub recording: Option<MediaStatus>,
}

/// Captions read from a file of another program.
#[derive(Debug)]
pub struct OpenedCaptions {
    /// The file.
    pub path: PathBuf,
    /// The format of the file.
    pub format: &'static Format,
    /// The captions.
    pub document: Document,
    /// The original file, for changes in place; `None` if its format does not allow that.
    pub in_place: Option<InPlace>,
    /// What had to be fixed while reading.
    pub repairs: Vec<Repair>,
    /// The recording with the same name in the same folder, if there is one.
    pub recording: Option<PathBuf>,
}

/// Why a file cannot be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The file does not exist.
    #[error("file not found. Was it moved or renamed? {}", path.display())]
    NotFound {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read.
    #[error("{cause}; check the path and the permissions: {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        cause: io::Error,
    },
    /// The path is a folder.
    #[error("this is a folder; choose a file in it: {}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// The file is in a known format, but damaged.
    #[error("{cause}: {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The error of the format.
        cause: ReadError,
    },
    /// The file has no cues.
    #[error("there are no captions in this file: {}", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The project cannot be read.
    #[error(transparent)]
    Project(#[from] ProjectError),
}

/// Opens a file. A file that is not in a known caption format counts as a recording.
///
/// # Errors
/// [`OpenError`] if the file cannot be read, has no cues, or is a damaged caption file or project.
pub fn open(path: &Path) -> Result<Opened, OpenError> {
    let io = |cause: io::Error| match cause.kind() {
        io::ErrorKind::NotFound => OpenError::NotFound { path: path.to_owned() },
        _ => OpenError::Io { path: path.to_owned(), cause },
    };
    let meta = fs::metadata(path).map_err(io)?;
    if meta.is_dir() {
        return Err(OpenError::Folder { path: path.to_owned() });
    }
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION)) {
        return open_project(path);
    }
    if is_recording_name(path) {
        return Ok(Opened::Recording(path.to_owned()));
    }
    let read = bytes_of(path).and_then(|bytes| match is_binary(&bytes) {
        true => Err(CaptionFileError::UnknownFormat),
        false => CaptionFile::of(path, None, bytes),
    });
    match read {
        Ok(file) => captions(path, file),
        Err(CaptionFileError::Io(cause)) => Err(io(cause)),
        Err(CaptionFileError::Damaged(cause)) => Err(OpenError::Unreadable { path: path.to_owned(), cause }),
        Err(
            CaptionFileError::TooLarge | CaptionFileError::UnknownFormat | CaptionFileError::OnlyWritten(_),
        ) => Ok(Opened::Recording(path.to_owned())),
    }
}

fn open_project(path: &Path) -> Result<Opened, OpenError> {
    let loaded = load(path)?;
    let access = Access::to(&loaded.path);
    let folder = loaded.path.parent().unwrap_or(Path::new("."));
    let recording = loaded.project.media.as_ref().map(|media| media.locate(&[folder]));
    Ok(Opened::Project(Box::new(OpenedProject { loaded, access, recording })))
}

fn captions(path: &Path, file: CaptionFile) -> Result<Opened, OpenError> {
    let CaptionFile { format, mut document, repairs, bytes } = file;
    if document.cues.is_empty() {
        return Err(OpenError::Empty { path: path.to_owned() });
    }
    if document.title.is_empty() {
        document.title = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    }
    let recording = recording_beside(path, document.media.as_ref());
    Ok(Opened::Captions(Box::new(OpenedCaptions {
        path: path.to_owned(),
        format,
        document,
        in_place: InPlace::of(path, format, &bytes),
        repairs,
        recording,
    })))
}

fn is_recording_name(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| {
        RECORDING_EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
    })
}

fn is_binary(bytes: &[u8]) -> bool {
    let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    !is_utf16 && bytes.iter().take(BINARY_HEAD).any(|byte| *byte == 0)
}

/// Returns the recording that captions name, or one with the same name and another extension. `lecture.en.srt` also
/// belongs to `lecture.mp4`.
fn recording_beside(captions: &Path, media: Option<&Media>) -> Option<PathBuf> {
    let folder = captions.parent()?;
    let named = media.map(|media| folder.join(&media.file_name)).filter(|path| path.is_file());
    let stem = Path::new(captions.file_stem()?);
    let beside = [Some(stem), stem.file_stem().map(Path::new)].into_iter().flatten().flat_map(|stem| {
        let called = |ending: &&str| format!("{}.{ending}", stem.display());
        RECORDING_EXTENSIONS.iter().map(called).map(|name| folder.join(name)).collect::<Vec<_>>()
    });
    named.into_iter().chain(beside).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SRT: &str = "1\n00:00:01,000 --> 00:00:03,000\nGood morning.\n";

    fn file(name: &str, bytes: impl AsRef<[u8]>) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        (folder, path)
    }

    fn opened_captions(path: &Path) -> OpenedCaptions {
        match open(path).unwrap() {
            Opened::Captions(captions) => *captions,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn captions_find_their_recording() {
        let (folder, path) = file("Woche 1.en.srt", SRT);
        assert_eq!(opened_captions(&path).recording, None);
        let video = folder.path().join("Woche 1.mp4");
        fs::write(&video, "").unwrap();
        let captions = opened_captions(&path);
        assert_eq!(captions.recording, Some(video));
        assert_eq!(captions.document.language.tag(), "en");
        assert_eq!((captions.format.name, captions.document.title.as_str()), ("srt", "Woche 1.en"));
    }

    #[test]
    fn a_file_that_is_not_text_is_a_recording() {
        let (_folder, path) = file("strange", b"RIFF\0\0\0\0WAVEfmt \0\0");
        assert!(matches!(open(&path).unwrap(), Opened::Recording(found) if found == path));
        let (_folder, path) = file("lecture.MP3", "no sound at all");
        assert!(matches!(open(&path).unwrap(), Opened::Recording(_)));
    }

    #[test]
    fn errors_name_the_file_and_what_to_do() {
        let (folder, path) = file("empty.srt", "");
        assert!(matches!(open(&path), Err(OpenError::Empty { .. })));
        assert!(matches!(open(folder.path()), Err(OpenError::Folder { .. })));
        let missing = open(&folder.path().join("no.srt")).unwrap_err().to_string();
        assert!(
            missing.starts_with("file not found. Was it moved") && missing.ends_with("no.srt"),
            "{missing}"
        );
    }
}
