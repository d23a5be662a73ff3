//! The state folder: what batches store between runs and share between machines.
//!
//! `jobs/` holds the result of each recording, `claims/` which process works on which recording, and `windows/` the
//! windows recognized of unfinished recordings. Everything in it can be deleted: the work is then done again.

use std::fs;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use directories::BaseDirs;
use thiserror::Error;

use super::job::{JobId, tidy};
use super::record::Record;
use crate::files::temporary_file;

/// The default name of the state folder.
pub const STATE_FOLDER: &str = ".lectern";

/// The state folder, or a file in it, cannot be read or written.
#[derive(Debug, Error)]
#[error("{}: {source}; check that the folder can be written to and has free space", .path.display())]
pub struct StoreError {
    /// The file or folder.
    pub path: PathBuf,
    /// The system's error.
    pub source: io::Error,
}

/// Returns the state folder of this user, for the queue of the window; it may not exist yet. `None` without a home
/// folder.
pub fn user_folder() -> Option<PathBuf> {
    BaseDirs::new().map(|base| base.data_local_dir().join("lectern").join("queue"))
}

/// The state folder of a batch.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// Creates the folder, unless it exists.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be created.
    pub fn create(folder: &Path) -> Result<Self, StoreError> {
        let store = Self { folder: tidy(folder) };
        for folder in [store.folder.join("jobs"), store.claims(), store.windows()] {
            fs::create_dir_all(&folder).map_err(|source| StoreError { path: folder, source })?;
        }
        Ok(store)
    }

    /// Returns the state folder at this path, which may not exist yet.
    pub fn at(folder: &Path) -> Self {
        Self { folder: tidy(folder) }
    }

    /// Returns the path of the state folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the folder that stored paths are relative to, so that machines may mount it at different places.
    pub fn base(&self) -> &Path {
        self.folder.parent().unwrap_or(&self.folder)
    }

    /// Returns the folder of the claims.
    pub fn claims(&self) -> PathBuf {
        self.folder.join("claims")
    }

    /// Returns the folder of the recognized windows.
    pub fn windows(&self) -> PathBuf {
        self.folder.join("windows")
    }

    /// Returns a path in the form in which it is stored: relative to the base, if it is below it.
    pub fn relative(&self, path: &Path) -> PathBuf {
        let path = tidy(path);
        path.strip_prefix(self.base()).map(Path::to_owned).unwrap_or(path)
    }

    /// Returns the record of a job; `None` if there is none, or if it is damaged.
    pub fn record(&self, job: &JobId) -> Option<Record> {
        read(&self.record_path(job))
    }

    /// Returns the path of a job's record, if it exists and cannot be read.
    pub fn damaged_record(&self, job: &JobId) -> Option<PathBuf> {
        let path = self.record_path(job);
        (path.exists() && self.record(job).is_none()).then_some(path)
    }

    /// Replaces the record of a job.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn write_record(&self, job: &JobId, record: &Record) -> Result<(), StoreError> {
        let path = self.record_path(job);
        let written = serde_json::to_vec(record).map_err(io::Error::other);
        written
            .and_then(|bytes| write_whole(&path, &bytes))
            .map_err(|source| StoreError { path: path.clone(), source })
    }

    /// Replaces the records of several jobs, on all cores.
    ///
    /// # Errors
    /// [`StoreError`] if one cannot be written; others may have been written.
    pub fn write_records(&self, records: &[(JobId, Record)]) -> Result<(), StoreError> {
        let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let write = |part: &[(JobId, Record)]| {
            part.iter().try_for_each(|(job, record)| self.write_record(job, record))
        };
        thread::scope(|scope| {
            let parts = records.chunks(records.len().div_ceil(threads).max(1));
            let writers: Vec<_> = parts.map(|part| scope.spawn(move || write(part))).collect();
            writers
                .into_iter()
                .try_for_each(|writer| writer.join().unwrap_or_else(|panic| resume_unwind(panic)))
        })
    }

    /// Returns all records, sorted by the paths of the recordings. Damaged records are left out.
    ///
    /// # Errors
    /// [`StoreError`] if there is no state folder.
    pub fn records(&self) -> Result<Vec<Record>, StoreError> {
        let jobs = self.folder.join("jobs");
        let entries = fs::read_dir(&jobs).map_err(|source| StoreError { path: jobs, source })?;
        let shelves = entries.flatten().filter_map(|shelf| fs::read_dir(shelf.path()).ok());
        let mut records: Vec<_> =
            shelves.flatten().flatten().filter_map(|entry| read(&entry.path())).collect();
        records.sort_by(|a: &Record, b: &Record| a.input.cmp(&b.input));
        Ok(records)
    }

    fn record_path(&self, job: &JobId) -> PathBuf {
        // Folders of moderate size are fast on every file system.
        let (shelf, _) = job.as_str().split_at(2);
        self.folder.join("jobs").join(shelf).join(format!("{job}.json"))
    }
}

fn read(path: &Path) -> Option<Record> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// Writes a file completely or not at all, and creates its folder.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = match temporary_file(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            temporary_file(folder)?
        }
        file => file?,
    };
    file.write_all(bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
