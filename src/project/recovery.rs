//! Recovery of unsaved changes after a crash.
//!
//! Every open project has a folder of its own in the user's data folder. The program that writes there holds a lock in
//! it; an unlocked folder was left by a crash.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use directories::BaseDirs;

use super::lock::Held;
use super::store::{load, save_once};
use super::{EXTENSION, Project, ProjectError};

const LOCK: &str = "lock";
const ORIGIN: &str = "origin";

/// Returns the folder for recovery files; it need not exist. `None` if the system reports no home folder.
pub fn user_folder() -> Option<PathBuf> {
    BaseDirs::new().map(|base| base.data_local_dir().join("lectern").join("recovery"))
}

/// A place for the unsaved state of one open project.
#[derive(Debug)]
pub struct RecoverySlot {
    folder: PathBuf,
    _lock: Held,
}

impl RecoverySlot {
    /// Makes a new place in `root`, which is created if missing. `origin` is the project's own file, if it has one.
    ///
    /// # Errors
    /// [`ProjectError::Io`].
    pub fn new(root: &Path, origin: Option<&Path>) -> Result<Self, ProjectError> {
        let error = |source| ProjectError::Io { path: root.to_owned(), source };
        fs::create_dir_all(root).map_err(error)?;
        let folder = tempfile::Builder::new().prefix("project-").tempdir_in(root).map_err(error)?;
        let lock = File::create(folder.path().join(LOCK)).map_err(error)?;
        let lock = Held::take(lock).map_err(|locked| error(locked.into()))?;
        let slot = Self { folder: folder.keep(), _lock: lock };
        slot.set_origin(origin)?;
        Ok(slot)
    }

    /// Sets the file that the project was saved to.
    ///
    /// # Errors
    /// [`ProjectError::Io`].
    pub fn set_origin(&self, origin: Option<&Path>) -> Result<(), ProjectError> {
        let path = self.folder.join(ORIGIN);
        let bytes = origin.map(Path::as_os_str).unwrap_or_default().as_encoded_bytes();
        fs::write(&path, bytes).map_err(|source| ProjectError::Io { path, source })
    }

    /// Stores the present state of a project.
    ///
    /// # Errors
    /// [`ProjectError::Io`].
    pub fn keep(&self, project: &Project) -> Result<(), ProjectError> {
        save_once(project, &self.file())
    }

    /// Deletes the stored state: it was saved, or is not wanted.
    ///
    /// # Errors
    /// [`ProjectError::Io`].
    pub fn clear(&self) -> Result<(), ProjectError> {
        match fs::remove_file(self.file()) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                Err(ProjectError::Io { path: self.file(), source })
            }
            _ => Ok(()),
        }
    }

    fn file(&self) -> PathBuf {
        kept_file(&self.folder)
    }
}

impl Drop for RecoverySlot {
    /// Leaves nothing behind except a stored state.
    fn drop(&mut self) {
        if !self.file().exists() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn kept_file(folder: &Path) -> PathBuf {
    folder.join("unsaved").with_extension(EXTENSION)
}

/// Unsaved changes found after a crash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recoverable {
    /// The stored project file.
    pub path: PathBuf,
    /// The file that the project was last saved to, if any.
    pub origin: Option<PathBuf>,
    /// Title of the captions; may be empty.
    pub title: String,
    /// When the state was stored.
    pub kept_at: SystemTime,
}

/// Finds what crashes left in `root`, the latest first. Projects open in another window are not included.
pub fn recoverable(root: &Path) -> Vec<Recoverable> {
    let folders = fs::read_dir(root).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut found: Vec<_> = folders.filter(|folder| is_abandoned(folder)).filter_map(left_in).collect();
    found.sort_by_key(|left| std::cmp::Reverse(left.kept_at));
    found
}

fn is_abandoned(folder: &Path) -> bool {
    File::open(folder.join(LOCK)).is_ok_and(|lock| Held::take(lock).is_ok())
}

/// Returns the contents of an abandoned folder; an empty one is removed.
fn left_in(folder: PathBuf) -> Option<Recoverable> {
    let path = kept_file(&folder);
    let Ok(kept_at) = fs::metadata(&path).and_then(|meta| meta.modified()) else {
        let _ = fs::remove_dir_all(&folder);
        return None;
    };
    let origin = fs::read(folder.join(ORIGIN)).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let origin = origin.filter(|origin| !origin.is_empty()).map(PathBuf::from);
    let title = load(&path).ok()?.project.document.title;
    Some(Recoverable { path, origin, title, kept_at })
}

/// Deletes changes that were recovered or are not wanted.
///
/// # Errors
/// [`ProjectError::Io`].
pub fn discard(left: &Recoverable) -> Result<(), ProjectError> {
    let Some(folder) = left.path.parent() else { return Ok(()) };
    fs::remove_dir_all(folder).map_err(|source| ProjectError::Io { path: folder.to_owned(), source })
}
