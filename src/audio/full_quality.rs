//! Stores the sound of a live session in the device's quality, for later editing.
//!
//! It is stored beside the spool, which holds the sound for recognition. A new file is started before one is too long
//! for players, or when the device changes its format.

use std::fs::{File, OpenOptions};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use super::wav::wav_error;
use super::{AudioError, SAMPLE_RATE};

/// Many programs cannot read WAV files above 2 GiB. Unit: bytes of sound.
const MOST_BYTES: u64 = (2 << 30) - (1 << 20);

/// The format of interleaved sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameFormat {
    /// Samples per second of one channel.
    pub rate: u32,
    /// Number of channels in a frame.
    pub channels: u16,
    /// Stored bits per sample: 16 or 24.
    pub bits: u16,
}

impl FrameFormat {
    /// Returns the disk space of a second of sound. Unit: bytes.
    pub fn bytes_a_second(&self) -> u64 {
        u64::from(self.rate) * self.bytes_a_frame()
    }

    fn bytes_a_frame(&self) -> u64 {
        u64::from(self.channels) * u64::from(self.bits / 8)
    }
}

/// Writes the sound of a device, usually into one file.
pub struct FullQuality {
    path: PathBuf,
    most_bytes: u64,
    /// Number of files started.
    parts: u32,
    part: Option<Part>,
    /// The spool's sample up to which sound is written.
    until: u64,
}

struct Part {
    path: PathBuf,
    format: FrameFormat,
    /// The spool's sample at which it starts.
    start: u64,
    frames: u64,
    writer: hound::WavWriter<BufWriter<File>>,
    /// The same file, for syncing.
    file: File,
}

impl FullQuality {
    /// Writes to `path`; further files, if needed, have a number before the extension. Nothing is created before there
    /// is sound.
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), most_bytes: MOST_BYTES, parts: 0, part: None, until: 0 }
    }

    /// Appends interleaved frames in -1..1. `until` is the number of samples in the spool after this. If it is far
    /// ahead, the spool contains silence for a device that was gone, and so will this file.
    ///
    /// # Errors
    /// If the file cannot be created or written; everything written before is valid.
    pub fn append(&mut self, format: FrameFormat, frames: &[f32], until: u64) -> Result<(), AudioError> {
        let count = (frames.len() / usize::from(format.channels.max(1))) as u64;
        let is_same = self
            .part
            .as_ref()
            .is_some_and(|part| part.format == format && part.has_room(count, self.most_bytes));
        if !is_same {
            self.begin(format)?;
        }
        let Some(part) = &mut self.part else { return Ok(()) };
        let missing = part.missing(until).saturating_sub(count);
        // The resampler holds samples back, so the spool may be slightly behind or ahead.
        if missing > u64::from(format.rate) / 4 {
            part.write_silence(missing)?;
        }
        part.write(frames)?;
        self.until = until;
        Ok(())
    }

    /// Makes everything appended so far survive a crash and a power cut.
    pub fn sync(&mut self) -> Result<(), AudioError> {
        let Some(part) = &mut self.part else { return Ok(()) };
        part.writer.flush().map_err(|error| wav_error(&part.path, error))?;
        part.file.sync_data().map_err(|error| AudioError::io(&part.path, error))
    }

    /// Returns the device's format so far, to compute the disk space needed.
    pub fn format(&self) -> Option<FrameFormat> {
        self.part.as_ref().map(|part| part.format)
    }

    fn begin(&mut self, format: FrameFormat) -> Result<(), AudioError> {
        self.sync()?;
        self.parts += 1;
        let path = match self.parts {
            1 => self.path.clone(),
            number => self.path.with_extension(format!("{number}.wav")),
        };
        self.part = Some(Part::create(path, format, self.until)?);
        Ok(())
    }
}

impl Part {
    fn create(path: PathBuf, format: FrameFormat, start: u64) -> Result<Self, AudioError> {
        let spec = hound::WavSpec {
            channels: format.channels,
            sample_rate: format.rate,
            bits_per_sample: format.bits,
            sample_format: hound::SampleFormat::Int,
        };
        let io = |error| AudioError::io(&path, error);
        let file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(io)?;
        let same = file.try_clone().map_err(io)?;
        let writer =
            hound::WavWriter::new(BufWriter::new(file), spec).map_err(|error| wav_error(&path, error))?;
        Ok(Self { path, format, start, frames: 0, writer, file: same })
    }

    fn has_room(&self, frames: u64, most_bytes: u64) -> bool {
        (self.frames + frames) * self.format.bytes_a_frame() <= most_bytes
    }

    /// Returns the number of frames between the end of this part and sample `until` of the spool.
    fn missing(&self, until: u64) -> u64 {
        let due = until.saturating_sub(self.start) * u64::from(self.format.rate) / u64::from(SAMPLE_RATE);
        due.saturating_sub(self.frames)
    }

    fn write_silence(&mut self, frames: u64) -> Result<(), AudioError> {
        let second = vec![0.0; self.format.rate as usize * usize::from(self.format.channels)];
        for _ in 0..frames / u64::from(self.format.rate) {
            self.write(&second)?;
        }
        let rest = frames % u64::from(self.format.rate);
        self.write(&second[..rest as usize * usize::from(self.format.channels)])
    }

    fn write(&mut self, frames: &[f32]) -> Result<(), AudioError> {
        let full_scale = f64::from(1u32 << (self.format.bits - 1));
        for &sample in frames {
            let sample = (f64::from(sample) * full_scale).round().clamp(-full_scale, full_scale - 1.0) as i32;
            self.writer.write_sample(sample).map_err(|error| wav_error(&self.path, error))?;
        }
        self.frames += (frames.len() / usize::from(self.format.channels.max(1))) as u64;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEREO: FrameFormat = FrameFormat { rate: 48_000, channels: 2, bits: 24 };

    fn read(path: &Path) -> (hound::WavSpec, Vec<i32>) {
        let mut reader = hound::WavReader::open(path).unwrap();
        (reader.spec(), reader.samples().map(Result::unwrap).collect())
    }

    #[test]
    fn every_channel_is_kept_as_it_came() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.full.wav");
        let mut full = FullQuality::new(&path);
        for n in 1..=10 {
            full.append(STEREO, &[0.5, -0.5].repeat(480), n * 160).unwrap();
        }
        full.sync().unwrap();
        let (spec, samples) = read(&path);
        assert_eq!((spec.channels, spec.sample_rate, spec.bits_per_sample), (2, 48_000, 24));
        assert_eq!((samples.len(), samples[0], samples[1]), (9600, 1 << 22, -(1 << 22)));
    }

    #[test]
    fn a_gap_of_the_spool_is_a_gap_here() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.full.wav");
        let mut full = FullQuality::new(&path);
        full.append(STEREO, &[0.5; 960], 160).unwrap();
        // The spool was filled with three seconds of silence, then ten milliseconds of sound arrived.
        full.append(STEREO, &[0.25; 960], 160 + 3 * 16_000 + 160).unwrap();
        full.sync().unwrap();
        let (_, samples) = read(&path);
        assert_eq!(samples.len(), 2 * (480 + 3 * 48_000 + 480));
        assert_eq!((samples[960], samples[samples.len() - 1]), (0, 1 << 21));
    }

    #[test]
    fn a_file_that_is_full_and_a_device_that_changes_begin_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.full.wav");
        let mut full = FullQuality { most_bytes: 6000, ..FullQuality::new(&path) };
        full.append(STEREO, &[0.5; 1600], 267).unwrap();
        full.append(STEREO, &[0.5; 1600], 533).unwrap();
        full.append(FrameFormat { rate: 8000, channels: 1, bits: 16 }, &[0.5; 80], 693).unwrap();
        full.sync().unwrap();
        let shapes = ["a.full.wav", "a.full.2.wav", "a.full.3.wav"].map(|name| {
            let (spec, samples) = read(&folder.path().join(name));
            (spec.sample_rate, samples.len())
        });
        assert_eq!(shapes, [(48_000, 1600), (48_000, 1600), (8000, 80)]);
    }

    #[test]
    fn a_file_that_is_there_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.full.wav");
        std::fs::write(&path, "precious").unwrap();
        assert!(FullQuality::new(&path).append(STEREO, &[0.5; 960], 160).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"precious");
    }
}
