//! The journal of a session: what has been recognized so far, one JSON object per line, synced to disk.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::time::TimeSpan;
use crate::transcript::{Language, Segment};

/// Why the journal of a session cannot be used.
#[derive(Debug, Error)]
pub enum JournalError {
    /// It cannot be created, read, written or removed.
    #[error("{}: {source}; check the folder, its permissions and the free space", .path.display())]
    Io {
        /// The journal.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// Another program holds its lock.
    #[error("{}: another program is recording or recovering this session; end it first", .path.display())]
    InUse {
        /// The journal.
        path: PathBuf,
    },
    /// It has no line that this program can read, or is of another version.
    #[error("{}: this is not the journal of a live session, or it is damaged", .path.display())]
    NotAJournal {
        /// The file.
        path: PathBuf,
    },
}

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum JournalEntry {
    /// The first line.
    Session {
        version: u32,
    },
    Language(Language),
    /// The final words of an utterance; the recording is recognized up to sample `until`.
    Segment {
        segment: Segment,
        until: u64,
    },
    /// The device was lost in this span.
    Gap(TimeSpan),
    /// This span could not be recognized; the recording is processed up to sample `until`.
    Missing {
        span: TimeSpan,
        until: u64,
    },
    /// The session is complete: everything that was recorded is recognized.
    End,
}

const VERSION: u32 = 1;

/// A journal open for writing; clones write to the same file.
#[derive(Clone)]
pub(super) struct Journal {
    path: PathBuf,
    file: Arc<Mutex<File>>,
}

impl Journal {
    pub fn create(path: &Path) -> Result<Self, JournalError> {
        let file = OpenOptions::new().append(true).create_new(true).open(path);
        let journal = Self::over(path, file)?;
        journal.write(&JournalEntry::Session { version: VERSION })?;
        Ok(journal)
    }

    /// Continues an existing journal.
    pub fn append_to(path: &Path) -> Result<Self, JournalError> {
        let journal = Self::over(path, OpenOptions::new().append(true).open(path))?;
        // The last line may be incomplete; the next entry must start a new one.
        journal.write_bytes(b"\n")?;
        Ok(journal)
    }

    fn over(path: &Path, file: io::Result<File>) -> Result<Self, JournalError> {
        let file = file.map_err(|source| JournalError::Io { path: path.to_owned(), source })?;
        if is_held(&file) {
            return Err(JournalError::InUse { path: path.to_owned() });
        }
        Ok(Self { path: path.to_owned(), file: Arc::new(Mutex::new(file)) })
    }

    /// Returns when the line is on the disk.
    pub fn write(&self, entry: &JournalEntry) -> Result<(), JournalError> {
        let mut line = serde_json::to_vec(entry)
            .map_err(|error| JournalError::Io { path: self.path.clone(), source: error.into() })?;
        line.push(b'\n');
        self.write_bytes(&line)
    }

    fn write_bytes(&self, line: &[u8]) -> Result<(), JournalError> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let written = file.write_all(line).and_then(|()| file.sync_data());
        written.map_err(|source| JournalError::Io { path: self.path.clone(), source })
    }
}

/// Returns whether a program is recording or recovering a session: it holds a lock on the journal, which the system
/// releases when the program ends.
pub(super) fn is_in_use(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| is_held(&file))
}

/// Returns whether another program has locked the file; locks it otherwise. On disks without locks, returns false.
fn is_held(file: &File) -> bool {
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

/// The contents of a journal.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Past {
    pub language: Option<Language>,
    pub segments: Vec<Segment>,
    pub gaps: Vec<TimeSpan>,
    pub missing: Vec<TimeSpan>,
    /// The recording is recognized up to this sample.
    pub until: u64,
    /// Whether the session is complete.
    pub has_ended: bool,
}

/// Reads a journal, also one whose writer was killed: incomplete lines are skipped.
pub(super) fn read(path: &Path) -> Result<Past, JournalError> {
    let bytes = std::fs::read(path).map_err(|source| JournalError::Io { path: path.to_owned(), source })?;
    let lines = bytes.split(|byte| *byte == b'\n');
    let entries: Vec<JournalEntry> = lines.filter_map(|line| serde_json::from_slice(line).ok()).collect();
    let is_other =
        |entry: &JournalEntry| matches!(entry, JournalEntry::Session { version } if *version != VERSION);
    if entries.iter().any(is_other) || entries.is_empty() && !is_blank(&bytes) {
        return Err(JournalError::NotAJournal { path: path.to_owned() });
    }
    let mut past = Past::default();
    for entry in entries {
        match entry {
            JournalEntry::Session { .. } => {}
            JournalEntry::Language(language) => past.language = Some(language),
            JournalEntry::Segment { segment, until } => {
                past.segments.extend((!segment.words.is_empty()).then_some(segment));
                past.until = until;
            }
            JournalEntry::Gap(span) => past.gaps.push(span),
            JournalEntry::Missing { span, until } => {
                past.missing.push(span);
                past.until = until;
            }
            JournalEntry::End => past.has_ended = true,
        }
    }
    Ok(past)
}

/// Returns whether the journal is blank: a power cut can leave it without its first line, empty or with zeros instead
/// of its contents.
fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte == 0 || byte.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Word;

    fn segment(text: &str) -> Segment {
        let span = TimeSpan::from_millis(100, 400);
        let word = Word { probability: 0.5, ..Word::new(text, span) };
        Segment { words: vec![word], ..Segment::default() }
    }

    #[test]
    fn a_journal_is_read_although_its_last_line_is_incomplete() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journal");
        let journal = Journal::create(&path).unwrap();
        journal.write(&JournalEntry::Language(Language::new("de"))).unwrap();
        journal.write(&JournalEntry::Segment { segment: segment("eins"), until: 512 }).unwrap();
        journal.write(&JournalEntry::Gap(TimeSpan::from_millis(1, 2))).unwrap();
        journal.write_bytes(br#"{"segment":{"segment":{"words":[{"te"#).unwrap();
        let past = read(&path).unwrap();
        assert_eq!((past.segments.len(), past.until, past.has_ended), (1, 512, false));
        assert!(matches!(Journal::append_to(&path), Err(JournalError::InUse { .. })), "it is still written");

        drop(journal);
        let journal = Journal::append_to(&path).unwrap();
        journal.write(&JournalEntry::Segment { segment: segment("zwei"), until: 1024 }).unwrap();
        journal.write(&JournalEntry::End).unwrap();
        let past = read(&path).unwrap();
        assert_eq!(past.segments, [segment("eins"), segment("zwei")]);
        assert_eq!((past.until, past.has_ended, past.gaps.len()), (1024, true, 1));
        assert_eq!(past.language, Some(Language::new("de")));
    }

    #[test]
    fn a_journal_without_its_first_line_is_still_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journal");
        for blank in ["", "\0\0\0\0", "\n"] {
            std::fs::write(&path, blank).unwrap();
            assert_eq!(read(&path).unwrap(), Past::default(), "{blank:?}");
        }
        std::fs::write(&path, "{\"sess\n\"end\"\n").unwrap();
        assert!(read(&path).unwrap().has_ended);
        std::fs::write(&path, "{\"session\":{\"version\":9}}\n").unwrap();
        assert!(matches!(read(&path), Err(JournalError::NotAJournal { .. })));
    }

    #[test]
    fn other_files_are_no_journals() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journal");
        std::fs::write(&path, "dear diary\n").unwrap();
        assert!(matches!(read(&path), Err(JournalError::NotAJournal { .. })));
        assert!(matches!(Journal::create(&path), Err(JournalError::Io { .. })), "nothing is overwritten");
    }
}
