//! Reading and writing project files.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::file::{self, ParseError};
use super::{EXTENSION, Project, ProjectError};

/// How many versions before the present one are kept.
const BACKUPS: usize = 5;
/// The folder beside projects for what belongs to them: backups and locks.
const HIDDEN: &str = ".lectern";

/// A project with the file that it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    pub project: Project,
    pub path: PathBuf,
}

/// Reads a project. Its recording need not be there.
///
/// # Errors
/// [`ProjectError::NotFound`], `NotAProject`, `TooNew`, `Damaged`, `Io`.
pub fn load(path: &Path) -> Result<Loaded, ProjectError> {
    let path = std::path::absolute(path).map_err(|source| ProjectError::io(path, source))?;
    let bytes = fs::read(&path).map_err(|source| ProjectError::io(&path, source))?;
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

/// What the file of a project at `path` holds.
///
/// # Errors
/// [`ProjectError::Io`] where the current folder is gone and the path is not absolute.
pub fn bytes_of(project: &Project, path: &Path) -> Result<Vec<u8>, ProjectError> {
    let io = |source| ProjectError::Io { path: path.to_owned(), source };
    let path = std::path::absolute(path).map_err(io)?;
    file::to_bytes(project, folder_of(&path)).map_err(|error| io(error.into()))
}

/// Writes a project so that at every moment the file is the old version or the new one, and keeps the versions
/// before it. Missing folders are made.
///
/// # Errors
/// [`ProjectError::Io`]; the file is then as it was.
pub fn save(project: &Project, path: &Path) -> Result<(), ProjectError> {
    let io = |source| ProjectError::Io { path: path.to_owned(), source };
    let path = &std::path::absolute(path).map_err(io)?;
    let folder = folder_of(path);
    fs::create_dir_all(folder).map_err(io)?;
    let bytes = bytes_of(project, path)?;
    let file = write_synced(folder, &bytes).map_err(io)?;
    if path.exists() {
        keep_backup(path).map_err(io)?;
    }
    file.persist(path).map_err(|error| io(error.error))?;
    sync_folder(folder);
    Ok(())
}

/// Writes a project without backups, for recovery.
pub(super) fn save_once(project: &Project, path: &Path) -> Result<(), ProjectError> {
    let io = |source| ProjectError::Io { path: path.to_owned(), source };
    let folder = folder_of(path);
    let bytes = file::to_bytes(project, folder).map_err(|error| io(error.into()))?;
    let file = write_synced(folder, &bytes).map_err(io)?;
    file.persist(path).map_err(|error| io(error.error))?;
    Ok(())
}

fn write_synced(folder: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".lectern-").suffix(".part");
    #[cfg(unix)]
    {
        // A project is as readable as any other new file, not private as temporary files are.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Makes the new name last through a power cut. Where folders cannot be synced the file is whole all the same.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Keeps the present version as backup 1, and the older ones under the next numbers.
fn keep_backup(path: &Path) -> io::Result<()> {
    fs::create_dir_all(hidden_folder(path))?;
    for number in (1..BACKUPS).rev() {
        match fs::rename(backup(path, number), backup(path, number + 1)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    // A second name for the same bytes, where the disk can do that: the file itself keeps its name throughout.
    let newest = backup(path, 1);
    fs::hard_link(path, &newest).or_else(|_| fs::copy(path, &newest).map(drop))
}

/// The versions before the present one that are there, the latest first.
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

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
