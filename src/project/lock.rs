//! Write locks: only one writer at a time.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use super::store::hidden_folder;

/// The right to write a project, held until it is dropped or the program ends in any way.
#[derive(Debug)]
pub struct WriteLock {
    _held: Held,
}

/// A file locked by this program. The lock ends with the program, in whatever way. The file stays: a lock on a file
/// that another program can replace is useless.
#[derive(Debug)]
pub(super) struct Held(File);

impl Held {
    /// Locks a file without waiting.
    pub fn take(file: File) -> Result<Self, TryLockError> {
        file.try_lock()?;
        Ok(Self(file))
    }
}

impl Drop for Held {
    /// Closing the file is not enough while a process that is just starting has inherited it.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// What a window may do with a project.
#[derive(Debug)]
pub enum Access {
    /// Only this window may write it.
    Write(WriteLock),
    /// Another window has it open for writing: viewing and saving under another name are possible.
    ReadOnly,
    /// The lock file cannot be created, as on a read-only disk. Saving will report more.
    NoLock(io::Error),
}

impl Access {
    /// Requests the right to write a project, without waiting.
    pub fn to(project: &Path) -> Self {
        match open(project) {
            Ok(file) => match Held::take(file) {
                Ok(held) => Self::Write(WriteLock { _held: held }),
                Err(TryLockError::WouldBlock) => Self::ReadOnly,
                Err(TryLockError::Error(error)) => Self::NoLock(error),
            },
            Err(error) => Self::NoLock(error),
        }
    }
}

fn open(project: &Path) -> io::Result<File> {
    let project = std::path::absolute(project)?;
    let folder = hidden_folder(&project);
    fs::create_dir_all(&folder)?;
    let mut name = project.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    File::options().create(true).append(true).open(folder.join(name))
}
