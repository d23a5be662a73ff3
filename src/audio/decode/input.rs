//! Sources of bytes.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::ChildStdout;
use std::sync::Arc;

use symphonia::core::io::{MediaSource, MediaSourceStream, MediaSourceStreamOptions, ReadOnlySource};

use super::appended::ReadPosition;
use crate::audio::riff::{self, Wav};

/// A recording's bytes, which can be opened several times.
#[derive(Clone)]
pub enum Input {
    File(PathBuf),
    Bytes(Arc<[u8]>),
}

/// Bytes with random access.
pub trait ReadSeek: Read + Seek + Send + Sync {}
impl<T: Read + Seek + Send + Sync> ReadSeek for T {}

impl Input {
    /// Returns the name of this input in errors.
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

    pub fn len(&self) -> io::Result<u64> {
        self.reader()?.seek(SeekFrom::End(0))
    }

    /// Returns the header to read a WAV file with; `None` for other files, and for headers beyond repair.
    pub fn wav(&self) -> Option<Wav> {
        let len = self.len().ok()?;
        riff::read(&mut self.reader().ok()?, len).ok()?
    }

    /// Opens a stream for a demuxer, which keeps its position up to date. Without `may_seek` it reads on to the point
    /// where a damaged file ends, and needs no index.
    pub fn stream(
        &self,
        wav: Option<&Wav>,
        may_seek: bool,
        read: ReadPosition,
    ) -> io::Result<MediaSourceStream<'static>> {
        let mut source = ByteSource {
            head: Vec::new(),
            inner: self.reader()?,
            start: 0,
            len: self.len()?,
            position: 0,
            inner_position: 0,
            read,
            may_seek,
        };
        if let Some(wav) = wav {
            source.head.clone_from(&wav.header);
            source.start = wav.data.start;
            source.len = wav.header.len() as u64 + wav.data.end - wav.data.start;
        }
        Ok(stream(source))
    }
}

/// Opens a stream of a program's output.
pub fn pipe(stdout: ChildStdout) -> MediaSourceStream<'static> {
    stream(ReadOnlySource::new(stdout))
}

fn stream(source: impl MediaSource + 'static) -> MediaSourceStream<'static> {
    MediaSourceStream::new(Box::new(source), MediaSourceStreamOptions::default())
}

/// `head`, followed by the bytes of `inner` from `start` on.
struct ByteSource {
    head: Vec<u8>,
    inner: Box<dyn ReadSeek>,
    start: u64,
    /// Length of both together.
    len: u64,
    position: u64,
    inner_position: u64,
    read: ReadPosition,
    may_seek: bool,
}

impl Read for ByteSource {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let head_len = self.head.len() as u64;
        let read = if self.position < head_len {
            (&self.head[self.position as usize..]).read(buffer)?
        } else {
            let at = self.start + self.position - head_len;
            if at != self.inner_position {
                self.inner_position = self.inner.seek(SeekFrom::Start(at))?;
            }
            let left = usize::try_from(self.len.saturating_sub(self.position)).unwrap_or(usize::MAX);
            let wanted = buffer.len().min(left);
            let read = self.inner.read(&mut buffer[..wanted])?;
            self.inner_position += read as u64;
            read
        };
        self.position += read as u64;
        self.read.set(self.position);
        Ok(read)
    }
}

impl Seek for ByteSource {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(to) => Some(to),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
        };
        self.position = to.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.position)
    }
}

impl MediaSource for ByteSource {
    fn is_seekable(&self) -> bool {
        self.may_seek
    }

    fn byte_len(&self) -> Option<u64> {
        // A demuxer that knows the length rejects truncated files.
        self.may_seek.then_some(self.len)
    }
}
