//! One writer at a time.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use super::store::hidden_folder;

/// The right to write a project, until it is dropped or the program ends, however it ends.
#[derive(Debug)]
pub struct WriteLock {
    _held: Held,
}

/// A file that this program has locked. The lock ends with the program, however that ends. The file stays, for a lock
/// on a file that another can replace is none.
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
    /// Closing the file is not enough while a program that is just being started still has it.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// What a window may do with a project.
#[derive(Debug)]
pub enum Access {
    /// This window alone may write it.
    Write(WriteLock),
    /// Another window has it open for writing: look, and save under another name.
    ReadOnly,
    /// The lock cannot be made, as on a disk that is written once. Saving will tell the rest.
    NoLock(io::Error),
}

impl Access {
    /// Asks for the right to write a project, without waiting.
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
