//! A partially downloaded model on disk.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::Digest;

use crate::asr::catalog::Checksum;
use crate::files::sync_folder_of;

/// Number of bytes hashed at a time.
const BLOCK: usize = 1 << 18;

/// A growing file with the digest of its contents. Only one process at a time can open it.
pub(super) struct Part {
    file: File,
    path: PathBuf,
    length: u64,
    digest: Hasher,
}

/// A digest of the same kind as a checksum.
enum Hasher {
    Sha256(sha2::Sha256),
    Sha1(sha1::Sha1),
}

impl Hasher {
    fn like(checksum: &Checksum) -> Self {
        match checksum {
            Checksum::Sha256(_) => Self::Sha256(Digest::new()),
            Checksum::Sha1(_) => Self::Sha1(Digest::new()),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha256(hasher) => hasher.update(bytes),
            Self::Sha1(hasher) => hasher.update(bytes),
        }
    }

    fn checksum(&self) -> Checksum {
        fn hex(bytes: &[u8]) -> String {
            bytes.iter().map(|byte| format!("{byte:02x}")).collect()
        }
        match self {
            Self::Sha256(hasher) => Checksum::Sha256(hex(&hasher.clone().finalize())),
            Self::Sha1(hasher) => Checksum::Sha1(hex(&hasher.clone().finalize())),
        }
    }
}

impl Part {
    /// Opens or creates the partial file, and reads its contents.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] if another process uses it, and those of the file system.
    pub fn open(whole: &Path, like: &Checksum) -> io::Result<Self> {
        let path = path_of(whole);
        let file = OpenOptions::new().create(true).read(true).append(true).open(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Err(io::ErrorKind::WouldBlock.into()),
            Err(std::fs::TryLockError::Error(error)) => return Err(error),
        }
        let mut part = Self { file, path, length: 0, digest: Hasher::like(like) };
        part.read_through()?;
        Ok(part)
    }

    fn read_through(&mut self) -> io::Result<()> {
        let mut block = vec![0; BLOCK];
        self.file.seek(SeekFrom::Start(0))?;
        loop {
            match self.file.read(&mut block)? {
                0 => return Ok(()),
                read => {
                    self.digest.update(&block[..read]);
                    self.length += read as u64;
                }
            }
        }
    }

    /// Returns the number of bytes so far.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Appends bytes.
    pub fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.digest.update(bytes);
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Starts again with an empty file.
    pub fn clear(&mut self, like: &Checksum) -> io::Result<()> {
        self.file.set_len(0)?;
        (self.length, self.digest) = (0, Hasher::like(like));
        Ok(())
    }

    /// Returns the digest of the contents.
    pub fn checksum(&self) -> Checksum {
        self.digest.checksum()
    }

    /// Gives the partial file its final name, replacing any existing file.
    pub fn finish(self, whole: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        std::fs::rename(&self.path, whole)?;
        sync_folder_of(whole);
        Ok(())
    }
}

/// Returns the path of the partial file.
pub(super) fn path_of(whole: &Path) -> PathBuf {
    let mut name = whole.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    whole.with_file_name(name)
}
