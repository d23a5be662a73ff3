//! Files that are whole or not there.
//!
//! What is written goes to a temporary file in the same folder, is synced, and only then gets its name. A file that
//! replaces another keeps its owner and its permissions, and links stay links.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// What is written to try a folder, as much as captions of some hours need. Unit: bytes.
const PROBE: usize = 512 << 10;
/// What files are called that are not whole yet.
const PREFIX: &str = ".lectern-";
const SUFFIX: &str = ".part";

/// What stands at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// A file, by the path that links lead to.
    File(PathBuf),
    /// A folder, a device, a pipe, or a link that leads nowhere.
    Other,
}

/// Looks for what stands at a path.
///
/// # Errors
/// When the folder cannot be searched.
pub fn find(path: &Path) -> io::Result<Found> {
    let is_link = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata.is_symlink(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(error),
    };
    let is_file = fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
    Ok(match (is_file, is_link) {
        (false, _) => Found::Other,
        (true, false) => Found::File(path.to_owned()),
        (true, true) => Found::File(fs::canonicalize(path)?),
    })
}

/// The folder that a path is in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file that is written but does not have its name yet. It is gone when it is dropped.
pub struct Draft {
    file: NamedTempFile,
    path: PathBuf,
}

impl Draft {
    /// Writes what is to stand at `path`, and returns when it is on the disk. Missing folders are created.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn write(path: &Path, bytes: &[u8]) -> io::Result<Self> {
        let folder = folder_of(path);
        fs::create_dir_all(folder)?;
        let file = temporary_file(folder)?;
        if let Ok(old) = fs::metadata(path) {
            take_over(&old, file.as_file())?;
        }
        Self::fill(file, path, bytes)
    }

    /// As [`Draft::write`], for what only this user may read, whoever could read what it replaces.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<Self> {
        let folder = folder_of(path);
        fs::create_dir_all(folder)?;
        // Temporary files are private from the beginning.
        let file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
        Self::fill(file, path, bytes)
    }

    fn fill(mut file: NamedTempFile, path: &Path, bytes: &[u8]) -> io::Result<Self> {
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        Ok(Self { file, path: path.to_owned() })
    }

    /// As [`Draft::write`], for what `write` puts into a file at the path that it gets, such as a stream.
    ///
    /// # Errors
    /// Those of the file system and of `write`.
    pub fn write_by<E: From<io::Error>>(
        path: &Path,
        write: impl FnOnce(&Path) -> Result<(), E>,
    ) -> Result<Self, E> {
        let draft = Self::write(path, &[])?;
        write(draft.file.path())?;
        draft.file.as_file().sync_all()?;
        Ok(draft)
    }

    /// Reads what was written.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        fs::read(self.file.path())
    }

    /// Gives the file its name, also where another file has it.
    ///
    /// # Errors
    /// Those of the file system; the other file is then as it was.
    pub fn replace(self) -> io::Result<()> {
        self.file.persist(&self.path).map_err(|error| error.error)?;
        sync_folder(folder_of(&self.path));
        Ok(())
    }

    /// Gives the file its name unless something has it.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`], and those of the file system.
    pub fn create(self) -> io::Result<()> {
        self.file.persist_noclobber(&self.path).map_err(|error| error.error)?;
        sync_folder(folder_of(&self.path));
        Ok(())
    }
}

/// A file that is gone when it is dropped, unless it was given a name.
///
/// # Errors
/// Those of the file system.
pub fn temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    {
        // As readable as any other new file, not private as temporary files are.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Gives a file the permissions and, as far as this user may, the owner and the group of another one.
#[cfg(unix)]
fn take_over(old: &Metadata, file: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};

    let new = file.metadata()?;
    if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
        let (owner, group) = (Some(old.uid()), Some(old.gid()));
        // Only an administrator gives files to others; a member of the group may keep the group.
        let _ = fchown(file, owner, group).or_else(|_| fchown(file, None, group));
    }
    let mode = old.mode() & 0o777;
    if new.mode() & 0o777 == mode {
        return Ok(());
    }
    file.set_permissions(fs::Permissions::from_mode(mode))
}

/// Elsewhere files have the permissions of their folder.
#[cfg(not(unix))]
fn take_over(_old: &Metadata, _file: &File) -> io::Result<()> {
    Ok(())
}

/// Makes the new name of a file last through a power cut, as far as the system can.
pub fn sync_folder_of(path: &Path) {
    sync_folder(folder_of(path));
}

/// Makes the new name last through a power cut. Where folders cannot be synced the file is whole all the same.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Finds out whether a folder takes files, by its permissions and by its room. A folder that is missing is looked for
/// upwards; nothing is left behind.
///
/// # Errors
/// Why the folder takes no files.
pub fn try_folder(folder: &Path) -> io::Result<()> {
    let there = folder.ancestors().find(|folder| folder.symlink_metadata().is_ok()).unwrap_or(Path::new("."));
    temporary_file(there)?.write_all(&vec![0x55; PROBE])
}

/// Room on the disk that holds `path`, in bytes, where the system tells. The path need not exist.
pub fn free_space(path: &Path) -> Option<u64> {
    path.ancestors().find(|folder| folder.is_dir()).and_then(|folder| fs4::available_space(folder).ok())
}

/// Reads a file of at most `most` bytes. Devices and pipes are files that may not end.
///
/// # Errors
/// [`io::ErrorKind::FileTooLarge`], and those of the file system.
pub fn read_at_most(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if file.metadata()?.len() > most {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_missing_is_tried_and_not_created() {
        let folder = tempfile::tempdir().unwrap();
        try_folder(&folder.path().join("a/b")).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        try_folder(&file).unwrap_err();
        try_folder(&file.join("below")).unwrap_err();
    }

    #[test]
    fn no_more_is_read_than_allowed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "12345").unwrap();
        assert_eq!(read_at_most(&path, 5).unwrap(), b"12345");
        assert_eq!(read_at_most(&path, 4).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        if cfg!(unix) {
            let endless = read_at_most(Path::new("/dev/zero"), 1000).unwrap_err();
            assert_eq!(endless.kind(), io::ErrorKind::FileTooLarge);
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_replaced_keeps_its_link_its_permissions_and_its_owner() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};

        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let is_root = chown(&file, Some(1234), Some(1234)).is_ok();
        symlink("file", &link).unwrap();
        let Found::File(path) = find(&link).unwrap() else { panic!("the file is not found") };
        Draft::write(&path, b"new").unwrap().replace().unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert!(link.symlink_metadata().unwrap().is_symlink());
        let metadata = fs::metadata(&file).unwrap();
        assert_eq!(metadata.mode() & 0o777, 0o640);
        assert!(!is_root || (metadata.uid(), metadata.gid()) == (1234, 1234));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_taken_for_one() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().unwrap();
        let nowhere = folder.path().join("nowhere");
        symlink("missing", &nowhere).unwrap();
        for path in [Path::new("/dev/null"), folder.path(), &nowhere] {
            assert_eq!(find(path).unwrap(), Found::Other, "{}", path.display());
        }
        assert_eq!(find(&folder.path().join("new")).unwrap(), Found::Nothing);
    }
}
