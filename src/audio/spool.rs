//! The sound of a live session on disk: a growing WAV file that is valid at any moment and can be read while it grows.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::{AudioError, SAMPLE_RATE, WavWriter};

/// Position of the sound in a WAV file of 16 kHz, mono, 16 bits as [`WavWriter`] writes it. Unit: bytes.
const HEADER: u64 = 44;
const BYTES_A_SAMPLE: u64 = 2;
/// Positions in the header of the size of everything that follows, and of the size of the sound. Unit: bytes.
const RIFF_SIZE_AT: u64 = 4;
const DATA_SIZE_AT: u64 = 40;

/// The only writer of a session's sound.
pub struct Spool {
    path: PathBuf,
    writer: WavWriter,
    /// The same file, for syncing.
    file: File,
    written: u64,
}

impl Spool {
    /// Creates the file; an existing one is an error, so that no recording is ever overwritten.
    pub fn create(path: &Path) -> Result<Self, AudioError> {
        let io = |error| AudioError::io(path, error);
        let file = OpenOptions::new().write(true).create_new(true).open(path).map_err(io)?;
        let writer = WavWriter::create(path)?;
        let mut spool = Self { path: path.to_owned(), writer, file, written: 0 };
        spool.sync()?;
        Ok(spool)
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the number of samples so far: all of them can be read, even after the process has crashed.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// Appends 16 kHz mono in -1..1 and rewrites the header, so that the file is valid.
    pub fn append(&mut self, samples: &[f32]) -> Result<(), AudioError> {
        self.writer.write(samples)?;
        self.writer.flush()?;
        self.written += samples.len() as u64;
        Ok(())
    }

    /// Makes everything appended so far survive a power cut.
    pub fn sync(&mut self) -> Result<(), AudioError> {
        self.writer.flush()?;
        self.file.sync_data().map_err(|error| AudioError::io(&self.path, error))
    }
}

/// Reads a spool from any sample on, even while it is being written.
pub struct SpoolReader {
    path: PathBuf,
    file: File,
}

impl SpoolReader {
    /// Opens a spool for reading, while it may still grow.
    ///
    /// # Errors
    /// If the file does not exist, or is not a spool.
    pub fn open(path: &Path) -> Result<Self, AudioError> {
        let file = File::open(path).map_err(|error| AudioError::io(path, error))?;
        Ok(Self { path: path.to_owned(), file })
    }

    /// Returns the number of samples in the file, whatever its header says.
    pub fn samples(&self) -> Result<u64, AudioError> {
        let len = self.file.metadata().map_err(|error| AudioError::io(&self.path, error))?.len();
        Ok(len.saturating_sub(HEADER) / BYTES_A_SAMPLE)
    }

    /// Replaces `samples` with those from number `first` on, `count` or as many as there are.
    pub fn read(&mut self, first: u64, count: usize, samples: &mut Vec<f32>) -> Result<(), AudioError> {
        samples.clear();
        let count = (count as u64).min(self.samples()?.saturating_sub(first));
        let mut bytes = vec![0; (count * BYTES_A_SAMPLE) as usize];
        let read = self
            .file
            .seek(SeekFrom::Start(HEADER + first * BYTES_A_SAMPLE))
            .and_then(|_| self.file.read_exact(&mut bytes));
        read.map_err(|error| AudioError::io(&self.path, error))?;
        let (pairs, _) = bytes.as_chunks::<2>();
        samples.extend(pairs.iter().map(|&pair| f32::from(i16::from_le_bytes(pair)) / 32_768.0));
        Ok(())
    }
}

/// Repairs the header of a spool whose writer was killed: everything in the file counts. Returns the number of samples.
pub fn repair_spool(path: &Path) -> Result<u64, AudioError> {
    let samples = SpoolReader::open(path)?.samples()?;
    let data = samples * BYTES_A_SAMPLE;
    let size = |bytes: u64| u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes();
    let io = |error| AudioError::io(path, error);
    let mut file = OpenOptions::new().write(true).open(path).map_err(io)?;
    for (at, bytes) in [(RIFF_SIZE_AT, size(HEADER - 8 + data)), (DATA_SIZE_AT, size(data))] {
        file.seek(SeekFrom::Start(at)).and_then(|_| file.write_all(&bytes)).map_err(io)?;
    }
    file.set_len(HEADER + data).and_then(|()| file.sync_all()).map_err(io)?;
    Ok(samples)
}

/// Returns how long sound can still be spooled into `bytes` of free space, beside other files that take `others` bytes
/// per second. Unit: seconds.
pub fn seconds_of_space(bytes: u64, others: u64) -> u64 {
    bytes / (BYTES_A_SAMPLE * u64::from(SAMPLE_RATE) + others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::read_all;

    fn ramp(from: usize, count: usize) -> Vec<f32> {
        (from..from + count).map(|n| (n % 2000) as f32 / 32_768.0).collect()
    }

    #[test]
    fn what_was_appended_can_be_read_at_once_and_from_anywhere() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spool.wav");
        let mut spool = Spool::create(&path).unwrap();
        let mut reader = SpoolReader::open(&path).unwrap();
        let mut samples = Vec::new();
        for block in 0..5 {
            spool.append(&ramp(block * 1000, 1000)).unwrap();
            assert_eq!(reader.samples().unwrap(), spool.written());
            reader.read(block as u64 * 700, 900, &mut samples).unwrap();
            assert_eq!(samples, ramp(block * 700, 900));
            assert_eq!(read_all(&path).unwrap().0.len() as u64, spool.written(), "the header is true");
        }
        reader.read(4900, 500, &mut samples).unwrap();
        assert_eq!(samples, ramp(4900, 100));
    }

    #[test]
    fn a_recording_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spool.wav");
        Spool::create(&path).unwrap().append(&ramp(0, 10)).unwrap();
        assert!(Spool::create(&path).is_err());
        assert_eq!(SpoolReader::open(&path).unwrap().samples().unwrap(), 10);
    }

    #[test]
    fn a_torn_file_is_repaired_and_keeps_every_whole_sample() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spool.wav");
        Spool::create(&path).unwrap().append(&ramp(0, 100)).unwrap();
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(&[1, 2, 3]).unwrap();
        assert_eq!(repair_spool(&path).unwrap(), 101);
        let (samples, warnings) = read_all(&path).unwrap();
        assert_eq!((samples.len(), warnings), (101, Vec::new()));
        assert_eq!(samples[..100], ramp(0, 100));
    }
}
