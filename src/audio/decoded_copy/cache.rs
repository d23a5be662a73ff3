//! The cache of decoded copies: `KEY.pcm`, 16 kHz mono in 16 bits little-endian, with `KEY.peaks` beside it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use directories::BaseDirs;
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

use crate::audio::Peaks;

/// Maximum size of all copies, about 19 hours; beyond it the least recently used ones are removed. Unit: bytes.
const ROOM: u64 = 2 << 30;

/// Returns the folder for copies; it need not exist. `None` if the system has no home folder.
pub fn user_folder() -> Option<PathBuf> {
    BaseDirs::new().map(|base| base.cache_dir().join("lectern"))
}

pub(super) struct Cache {
    folder: PathBuf,
}

/// A copy being written; it is deleted unless it is kept.
pub(super) struct Copy {
    key: String,
    file: NamedTempFile,
    bytes: Vec<u8>,
}

impl Copy {
    pub fn write(&mut self, samples: &[f32]) -> io::Result<()> {
        self.bytes.clear();
        let rounded = samples.iter().map(|sample| (sample * 32_768.0).round() as i16);
        self.bytes.extend(rounded.flat_map(i16::to_le_bytes));
        self.file.write_all(&self.bytes)
    }

    /// Opens the same file for reading.
    pub fn reader(&self) -> io::Result<File> {
        self.file.reopen()
    }
}

impl Cache {
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns a key for a recording, from its path, size and modification time.
    pub fn key(&self, recording: &Path) -> io::Result<String> {
        let path = fs::canonicalize(recording)?;
        let meta = fs::metadata(&path)?;
        let changed = meta.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let mut digest = Sha256::new();
        digest.update(path.as_os_str().as_encoded_bytes());
        digest.update(meta.len().to_le_bytes());
        digest.update(changed.to_le_bytes());
        Ok(digest.finalize()[..16].iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn path(&self, key: &str, extension: &str) -> PathBuf {
        self.folder.join(key).with_extension(extension)
    }

    pub fn peaks(&self, key: &str) -> Option<Peaks> {
        Peaks::from_bytes(&fs::read(self.path(key, "peaks")).ok()?)
    }

    /// Returns a complete copy and the number of its samples, which must match its peaks.
    pub fn copy(&self, key: &str, peaks: Option<&Peaks>) -> Option<(File, u64)> {
        let file = File::open(self.path(key, "pcm")).ok()?;
        let samples = file.metadata().ok()?.len() / 2;
        if peaks?.samples() != samples {
            return None;
        }
        for extension in ["pcm", "peaks"] {
            // Only updates the order in which copies are removed.
            let file = File::options().append(true).open(self.path(key, extension));
            let _ = file.and_then(|file| file.set_modified(SystemTime::now()));
        }
        Some((file, samples))
    }

    pub fn begin(&self, key: &str) -> io::Result<Copy> {
        fs::create_dir_all(&self.folder)?;
        let file = tempfile::Builder::new().prefix(".decoding-").suffix(".pcm").tempfile_in(&self.folder)?;
        Ok(Copy { key: key.to_owned(), file, bytes: Vec::new() })
    }

    pub fn keep(&self, copy: Copy, peaks: &[u8]) -> io::Result<()> {
        let mut peaks_file = NamedTempFile::new_in(&self.folder)?;
        peaks_file.write_all(peaks)?;
        peaks_file.persist(self.path(&copy.key, "peaks")).map_err(|error| error.error)?;
        copy.file.persist(self.path(&copy.key, "pcm")).map_err(|error| error.error)?;
        self.make_room(ROOM)
    }

    /// Removes the least recently used copies until they take `room` bytes, but never the latest one.
    fn make_room(&self, room: u64) -> io::Result<()> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.folder)?.flatten() {
            let meta = entry.metadata()?;
            files.push((meta.modified()?, meta.len(), entry.path()));
        }
        files.sort();
        let mut total: u64 = files.iter().map(|(_, bytes, _)| bytes).sum();
        files.pop();
        for (_, bytes, path) in files {
            if total <= room {
                break;
            }
            // Some systems cannot remove a file that another window uses: it is removed next time.
            if fs::remove_file(path).is_ok() {
                total -= bytes;
            }
        }
        Ok(())
    }
}

/// Reads at a position in a file without moving the file's own position, because several readers share it.
#[cfg(unix)]
pub(super) fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

/// Reads at a position in a file; each reader gives its own, so that several can share it.
#[cfg(windows)]
pub(super) fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let count = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        (bytes, at) = (&mut bytes[count..], at + count as u64);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_copies_make_room() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path());
        for age in 0..5 {
            let file = File::create(cache.path(&format!("{age}"), "pcm")).unwrap();
            file.set_len(100).unwrap();
            file.set_modified(SystemTime::now() - std::time::Duration::from_secs(age * 60)).unwrap();
        }
        cache.make_room(250).unwrap();
        let left: Vec<_> = (0..5).filter(|n| cache.path(&format!("{n}"), "pcm").exists()).collect();
        assert_eq!(left, [0, 1]);
        cache.make_room(0).unwrap();
        assert!(cache.path("0", "pcm").exists(), "the latest stays, whatever its size");
    }
}
