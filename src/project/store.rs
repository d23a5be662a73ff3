//! Reading and writing project files.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use directories::BaseDirs;

use super::file::{self, ParseError};
use super::{EXTENSION, Project, ProjectError};
use crate::files::{self, Draft, Found, folder_of};

/// Number of earlier versions that are kept.
const BACKUPS: usize = 5;
/// Even projects of a hundred hours are smaller. Unit: bytes.
const MOST_BYTES: u64 = 512 << 20;
/// The folder beside projects for their backups and locks.
const HIDDEN: &str = ".lectern";

/// A project and the file that it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// What the file holds.
    pub project: Project,
    /// The path of the file; links are followed.
    pub path: PathBuf,
}

/// Reads a project. Its recording need not exist.
///
/// # Errors
/// [`ProjectError::NotFound`], `NotAProject`, `TooNew`, `Damaged`, `Io`.
pub fn load(path: &Path) -> Result<Loaded, ProjectError> {
    let path = std::path::absolute(path).map_err(|source| ProjectError::io(path, source))?;
    let bytes = files::read_at_most(&path, MOST_BYTES).map_err(|source| ProjectError::io(&path, source))?;
    match file::from_bytes(&bytes, folder_of(&path)) {
        Ok(project) => Ok(Loaded { project, path }),
        Err(ParseError::NotAProject(found)) => Err(ProjectError::NotAProject { path, found }),
        Err(ParseError::TooNew(found)) => Err(ProjectError::TooNew { path, found, known: file::VERSION }),
        Err(ParseError::Damaged(cause)) => {
            let backup = backups(&path).into_iter().find(|backup| is_whole(backup));
            Err(ProjectError::Damaged { path, cause, backup })
        }
    }
}

fn is_whole(path: &Path) -> bool {
    fs::read(path).is_ok_and(|bytes| file::from_bytes(&bytes, folder_of(path)).is_ok())
}

/// Returns the contents of a project file at `path`.
///
/// # Errors
/// [`ProjectError::Io`] if the path is relative and the current folder no longer exists.
pub fn bytes_of(project: &Project, path: &Path) -> Result<Vec<u8>, ProjectError> {
    let io = |source| ProjectError::Io { path: path.to_owned(), source };
    let path = std::path::absolute(path).map_err(io)?;
    file::to_bytes(project, folder_of(&path)).map_err(|error| io(error.into()))
}

/// Writes a project so that at every moment the file is the old version or the new one. Keeps earlier versions as
/// backups. Missing folders are created.
///
/// # Errors
/// [`ProjectError::Io`]; the file is then unchanged.
pub fn save(project: &Project, path: &Path) -> Result<(), ProjectError> {
    let io = |source| ProjectError::Io { path: path.to_owned(), source };
    let path = &std::path::absolute(path).map_err(io)?;
    let bytes = bytes_of(project, path)?;
    let place = match files::find(path).map_err(io)? {
        Found::Nothing => path.clone(),
        Found::File(file) => file,
        Found::Other => return Err(io(io::ErrorKind::AlreadyExists.into())),
    };
    let draft = Draft::write(&place, &bytes).map_err(io)?;
    if path.exists() {
        keep_backup(path).map_err(io)?;
    }
    draft.replace().map_err(io)
}

/// Saves a project that has no other place in the user's data folder, or if that is not writable in the temporary
/// folder. Returns the path: `name`, with a number if the name is taken.
///
/// # Errors
/// [`ProjectError::Io`] for the last folder.
pub fn keep(project: &Project, name: &OsStr) -> Result<PathBuf, ProjectError> {
    let data = BaseDirs::new().map(|base| base.data_local_dir().join("lectern").join("kept"));
    let temporary = env::temp_dir().join("lectern");
    match data.map(|folder| keep_in(&folder, project, name)) {
        Some(Ok(path)) => Ok(path),
        _ => keep_in(&temporary, project, name),
    }
}

fn keep_in(folder: &Path, project: &Project, name: &OsStr) -> Result<PathBuf, ProjectError> {
    let error = |source| ProjectError::Io { path: folder.to_owned(), source };
    let bytes = file::to_bytes(project, folder).map_err(|cause| error(cause.into()))?;
    for number in 1_u32.. {
        let mut file = name.to_owned();
        if number > 1 {
            file.push(format!(" {number}"));
        }
        file.push(format!(".{EXTENSION}"));
        let path = folder.join(file);
        if files::find(&path).map_err(error)? != Found::Nothing {
            continue;
        }
        match Draft::write(&path, &bytes).and_then(Draft::create) {
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
            Err(cause) => return Err(error(cause)),
            Ok(()) => return Ok(path),
        }
    }
    Err(error(io::ErrorKind::AlreadyExists.into()))
}

/// Writes a project without backups, for recovery.
pub(super) fn save_once(project: &Project, path: &Path) -> Result<(), ProjectError> {
    let io = |source| ProjectError::Io { path: path.to_owned(), source };
    let bytes = file::to_bytes(project, folder_of(path)).map_err(|error| io(error.into()))?;
    Draft::write(path, &bytes).and_then(Draft::replace).map_err(io)
}

/// Stores the present version as backup 1 and renumbers the older ones.
fn keep_backup(path: &Path) -> io::Result<()> {
    fs::create_dir_all(hidden_folder(path))?;
    for number in (1..BACKUPS).rev() {
        match fs::rename(backup(path, number), backup(path, number + 1)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    // A hard link if the disk supports it: the file itself keeps its name throughout.
    let newest = backup(path, 1);
    fs::hard_link(path, &newest).or_else(|_| fs::copy(path, &newest).map(drop))
}

/// Returns the existing backups, the latest first.
pub fn backups(path: &Path) -> Vec<PathBuf> {
    (1..=BACKUPS).map(|number| backup(path, number)).filter(|backup| backup.is_file()).collect()
}

fn backup(path: &Path, number: usize) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!(".{number}.{EXTENSION}"));
    hidden_folder(path).join(name)
}

pub(super) fn hidden_folder(path: &Path) -> PathBuf {
    folder_of(path).join(HIDDEN)
}
