//! Writes files completely or not at all.
//!
//! Contents go to a temporary file in the same folder, which is synced and only then gets its name. A file that
//! replaces another keeps its owner and permissions, and links stay links.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Size of the test file for a folder, as much as captions of some hours. Unit: bytes.
const PROBE: usize = 512 << 10;
/// Prefix of files that are not complete yet.
const PREFIX: &str = ".lectern-";
const SUFFIX: &str = ".part";

/// What exists at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// A file, with links resolved.
    File(PathBuf),
    /// A folder, a device, a pipe, or a broken link.
    Other,
}

/// Returns what exists at a path.
///
/// # Errors
/// If the folder cannot be searched.
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

/// Returns the folder of a path.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A written file that does not have its name yet. It is deleted when dropped.
pub struct Draft {
    file: NamedTempFile,
    path: PathBuf,
}

impl Draft {
    /// Writes the contents for `path`, and returns once they are on the disk. Missing folders are created.
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

    /// Like [`Draft::write`], but only this user may read the file, whoever could read the one it replaces.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<Self> {
        let folder = folder_of(path);
        fs::create_dir_all(folder)?;
        // Temporary files are private from the start.
        let file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
        Self::fill(file, path, bytes)
    }

    fn fill(mut file: NamedTempFile, path: &Path, bytes: &[u8]) -> io::Result<Self> {
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        Ok(Self { file, path: path.to_owned() })
    }

    /// Like [`Draft::write`], but `write` fills the file at the path it gets, for example as a stream.
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

    /// Reads the file back.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        fs::read(self.file.path())
    }

    /// Gives the file its name, replacing an existing file.
    ///
    /// # Errors
    /// Those of the file system; the existing file is then unchanged.
    pub fn replace(self) -> io::Result<()> {
        self.file.persist(&self.path).map_err(|error| error.error)?;
        sync_folder(folder_of(&self.path));
        Ok(())
    }

    /// Gives the file its name, unless something exists there.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`], and those of the file system.
    pub fn create(self) -> io::Result<()> {
        self.file.persist_noclobber(&self.path).map_err(|error| error.error)?;
        sync_folder(folder_of(&self.path));
        Ok(())
    }
}

/// Creates a file that is deleted when dropped, unless it was given a name.
///
/// # Errors
/// Those of the file system.
pub fn temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    // Opened here so that it is as readable as any other new file, not private like temporary files, and so that errors do
    // not name it, which nobody looks for.
    let open = |path: &Path| File::options().read(true).write(true).create_new(true).open(path);
    tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).make_in(folder, open)
}

/// Copies the permissions and, as far as this user may, the owner and the group of another file.
#[cfg(unix)]
fn take_over(old: &Metadata, file: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};

    let new = file.metadata()?;
    if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
        let (owner, group) = (Some(old.uid()), Some(old.gid()));
        // Only an administrator can give files to other users; a member of the group can keep the group.
        let _ = fchown(file, owner, group).or_else(|_| fchown(file, None, group));
    }
    let mode = old.mode() & 0o777;
    if new.mode() & 0o777 == mode {
        return Ok(());
    }
    file.set_permissions(fs::Permissions::from_mode(mode))
}

/// Does nothing: on other systems files have the permissions of their folder.
#[cfg(not(unix))]
fn take_over(_old: &Metadata, _file: &File) -> io::Result<()> {
    Ok(())
}

/// Makes the new name of a file survive a power cut, as far as the system can.
pub fn sync_folder_of(path: &Path) {
    sync_folder(folder_of(path));
}

/// Makes the new name survive a power cut. If folders cannot be synced, the file is complete anyway.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Checks whether files can be written to a folder, given its permissions and free space. For a missing folder, the
/// nearest existing parent is checked; nothing is left behind.
///
/// # Errors
/// Why files cannot be written there.
pub fn try_folder(folder: &Path) -> io::Result<()> {
    let there = folder.ancestors().find(|folder| folder.symlink_metadata().is_ok()).unwrap_or(Path::new("."));
    temporary_file(there)?.write_all(&vec![0x55; PROBE])
}

/// Returns the free space on the disk of `path` in bytes, if the system reports it. The path need not exist.
pub fn free_space(path: &Path) -> Option<u64> {
    path.ancestors().find(|folder| folder.is_dir()).and_then(|folder| fs4::available_space(folder).ok())
}

/// Reads a file of at most `most` bytes. Devices and pipes may never end.
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
    fn errors_do_not_name_temporary_files() {
        let folder = tempfile::tempdir().unwrap();
        let error = temporary_file(&folder.path().join("missing")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert!(!error.to_string().contains(PREFIX), "{error}");
    }

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
