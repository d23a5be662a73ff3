//! Where bytes come from.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::ChildStdout;
use std::sync::Arc;

use symphonia::core::io::{MediaSource, MediaSourceStream, MediaSourceStreamOptions, ReadOnlySource};

use crate::audio::riff;

/// A recording's bytes, which can be opened several times.
#[derive(Clone)]
pub enum Input {
    File(PathBuf),
    Bytes(Arc<[u8]>),
}

/// Bytes that can be read anywhere.
pub trait ReadSeek: Read + Seek + Send + Sync {}
impl<T: Read + Seek + Send + Sync> ReadSeek for T {}

impl Input {
    /// What errors call this input.
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) => path,
            Self::Bytes(_) => Path::new("(bytes in memory)"),
        }
    }

    pub fn reader(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Bytes(bytes) => Box::new(Cursor::new(bytes.clone())),
        })
    }

    pub(super) fn stream(&self) -> io::Result<MediaSourceStream<'static>> {
        let mut inner = self.reader()?;
        let len = inner.seek(SeekFrom::End(0))?;
        let repair = riff::repair(&mut inner, len).unwrap_or_default();
        inner.rewind()?;
        let len = repair.end.unwrap_or(len).min(len);
        Ok(stream(Source { inner, position: 0, len, patches: repair.patches }))
    }
}

/// A pipe that holds sound in a container.
pub(super) fn pipe(stdout: ChildStdout) -> MediaSourceStream<'static> {
    stream(ReadOnlySource::new(stdout))
}

fn stream(source: impl MediaSource + 'static) -> MediaSourceStream<'static> {
    MediaSourceStream::new(Box::new(source), MediaSourceStreamOptions::default())
}

/// The first `len` bytes of a file, with some of them replaced.
struct Source {
    inner: Box<dyn ReadSeek>,
    position: u64,
    len: u64,
    patches: Vec<riff::Patch>,
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.len.saturating_sub(self.position)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        let read = self.inner.read(&mut buffer[..wanted])?;
        for patch in &self.patches {
            for (n, byte) in patch.bytes.iter().enumerate() {
                let at = (patch.at + n as u64).checked_sub(self.position);
                if let Some(old) = at.and_then(|at| buffer[..read].get_mut(usize::try_from(at).ok()?)) {
                    *old = *byte;
                }
            }
        }
        self.position += read as u64;
        Ok(read)
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::End(offset) => SeekFrom::Start(self.len.saturating_add_signed(offset)),
            to => to,
        };
        self.position = self.inner.seek(to)?;
        Ok(self.position)
    }
}

impl MediaSource for Source {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.len)
    }
}
