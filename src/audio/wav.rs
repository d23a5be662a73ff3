//! Lectern's own WAV files: 16 kHz, mono, 16 bits.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use super::{AudioError, SAMPLE_RATE};

const SPEC: hound::WavSpec = hound::WavSpec {
    channels: 1,
    sample_rate: SAMPLE_RATE,
    bits_per_sample: 16,
    sample_format: hound::SampleFormat::Int,
};

/// Writes 16 kHz mono samples to a WAV file as they arrive.
pub struct WavWriter {
    path: PathBuf,
    inner: hound::WavWriter<BufWriter<File>>,
}

impl WavWriter {
    /// Creates the file, or empties an existing one.
    pub fn create(path: &Path) -> Result<Self, AudioError> {
        let inner = hound::WavWriter::create(path, SPEC).map_err(|error| wav_error(path, error))?;
        Ok(Self { path: path.to_owned(), inner })
    }

    /// Appends samples in -1..1; others are clamped.
    pub fn write(&mut self, samples: &[f32]) -> Result<(), AudioError> {
        for &sample in samples {
            // 32768 is the scale of readers, so samples that were read from 16 bits are written back unchanged.
            let sample = (sample * 32_768.0).round().clamp(-32_768.0, 32_767.0) as i16;
            self.inner.write_sample(sample).map_err(|error| wav_error(&self.path, error))?;
        }
        Ok(())
    }

    /// Rewrites the header and empties the buffers: up to here the file is valid even after a crash.
    pub fn flush(&mut self) -> Result<(), AudioError> {
        self.inner.flush().map_err(|error| wav_error(&self.path, error))
    }

    /// Completes the file.
    pub fn finish(self) -> Result<(), AudioError> {
        self.inner.finalize().map_err(|error| wav_error(&self.path, error))
    }
}

/// Writes a whole WAV file of 16 kHz mono samples in -1..1.
pub fn write_wav(path: &Path, samples: &[f32]) -> Result<(), AudioError> {
    let mut writer = WavWriter::create(path)?;
    writer.write(samples)?;
    writer.finish()
}

pub(super) fn wav_error(path: &Path, error: hound::Error) -> AudioError {
    AudioError::io(
        path,
        match error {
            hound::Error::IoError(error) => error,
            error => io::Error::other(error),
        },
    )
}
