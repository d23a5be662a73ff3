//! Sources of audio for a live session: a microphone, or a file.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;

use super::clock::SessionClock;
#[cfg(feature = "mic")]
use crate::audio::capture::{CaptureError, InputChoice, Microphone};
use crate::audio::{AudioError, FrameFormat, Level, Meter, Recording, SAMPLE_RATE};

/// Why a source delivers no audio.
#[derive(Debug, Error)]
pub enum SourceError {
    /// The microphone cannot be opened, or was lost.
    #[cfg(feature = "mic")]
    #[error(transparent)]
    Capture(#[from] CaptureError),
    /// The file cannot be read or decoded.
    #[error(transparent)]
    Recording(#[from] AudioError),
    /// The device was disconnected.
    #[error("{name} was disconnected; plug it in again")]
    Gone {
        /// The name of the device.
        name: String,
    },
}

/// What a source has delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceRead {
    /// New audio, possibly none.
    Sound {
        /// The number of samples that were lost and replaced with silence.
        dropped: u64,
    },
    /// The source has ended.
    End,
}

/// Delivers audio in real time. Used by one thread.
pub trait Source: Send {
    /// Appends the audio since the previous call, as 16 kHz mono in -1..1. Does not wait.
    ///
    /// # Errors
    /// [`SourceError`] if the device is lost or the file cannot be read; samples appended by this call are valid.
    fn read(&mut self, samples: &mut Vec<f32>) -> Result<SourceRead, SourceError>;

    /// Appends the audio of the last [`read`](Self::read) as the device delivered it, interleaved in -1..1, and returns
    /// its format; `None` if the source has only 16 kHz mono.
    fn original(&mut self, _frames: &mut Vec<f32>) -> Option<FrameFormat> {
        None
    }

    /// Appends the rest of the audio, as 16 kHz mono in -1..1; nothing is read after this.
    fn finish(&mut self, samples: &mut Vec<f32>);

    /// Tries to open a lost device again.
    ///
    /// # Errors
    /// [`SourceError`] if the device is still missing or cannot be opened.
    fn reopen(&mut self) -> Result<(), SourceError>;

    /// Returns the level of the audio since the previous call.
    fn level(&mut self) -> Level;
}

/// A microphone by name.
#[cfg(feature = "mic")]
pub struct MicrophoneSource {
    choice: InputChoice,
    open: Option<Microphone>,
}

#[cfg(feature = "mic")]
impl MicrophoneSource {
    /// Opens the microphone and starts to record.
    ///
    /// # Errors
    /// [`CaptureError`] if there is no such microphone, or it cannot be opened.
    pub fn open(choice: InputChoice) -> Result<Self, CaptureError> {
        let open = Some(Microphone::open(&choice)?);
        Ok(Self { choice, open })
    }

    /// Returns the device; `None` while it is lost.
    pub fn microphone(&self) -> Option<&Microphone> {
        self.open.as_ref()
    }
}

#[cfg(feature = "mic")]
impl Source for MicrophoneSource {
    fn read(&mut self, samples: &mut Vec<f32>) -> Result<SourceRead, SourceError> {
        let Some(microphone) = &mut self.open else { return Ok(SourceRead::Sound { dropped: 0 }) };
        let read = microphone.read(samples);
        if read.is_err() {
            self.finish(samples);
        }
        Ok(SourceRead::Sound { dropped: read? })
    }

    fn original(&mut self, frames: &mut Vec<f32>) -> Option<FrameFormat> {
        let microphone = self.open.as_ref()?;
        frames.extend_from_slice(microphone.original());
        Some(microphone.original_format())
    }

    fn finish(&mut self, samples: &mut Vec<f32>) {
        if let Some(microphone) = self.open.take() {
            microphone.finish(samples);
        }
    }

    fn reopen(&mut self) -> Result<(), SourceError> {
        self.open = Some(Microphone::open(&self.choice)?);
        Ok(())
    }

    fn level(&mut self) -> Level {
        self.open.as_ref().map(|microphone| microphone.meter().take()).unwrap_or_default()
    }
}

/// Plays a recording as if it came from a microphone.
pub struct FileSource {
    recording: Recording,
    clock: Arc<dyn SessionClock>,
    /// Seconds of audio per second.
    speed: f64,
    started: Option<Duration>,
    given: u64,
    waiting: Vec<f32>,
    ended: bool,
    meter: Meter,
}

impl FileSource {
    /// Plays `speed` seconds of audio per second, from the first call of [`Source::read`] on.
    ///
    /// # Errors
    /// [`AudioError`] if the recording cannot be opened.
    pub fn open(path: &Path, clock: Arc<dyn SessionClock>, speed: f64) -> Result<Self, AudioError> {
        let recording = Recording::open(path)?;
        let (waiting, meter) = (Vec::new(), Meter::default());
        Ok(Self { recording, clock, speed, started: None, given: 0, waiting, ended: false, meter })
    }
}

impl Source for FileSource {
    fn read(&mut self, samples: &mut Vec<f32>) -> Result<SourceRead, SourceError> {
        let now = self.clock.now();
        let played = now - *self.started.get_or_insert(now);
        let due = (played.as_secs_f64() * self.speed * f64::from(SAMPLE_RATE)) as u64;
        let wanted = due.saturating_sub(self.given) as usize;
        while self.waiting.len() < wanted && !self.ended {
            self.ended = !self.recording.read(&mut self.waiting)?;
        }
        let taken = wanted.min(self.waiting.len());
        self.given += taken as u64;
        self.meter.measure(self.waiting[..taken].iter().copied());
        samples.extend(self.waiting.drain(..taken));
        let is_over = self.ended && self.waiting.is_empty();
        Ok(if is_over { SourceRead::End } else { SourceRead::Sound { dropped: 0 } })
    }

    fn finish(&mut self, _samples: &mut Vec<f32>) {}

    fn reopen(&mut self) -> Result<(), SourceError> {
        Ok(())
    }

    fn level(&mut self) -> Level {
        self.meter.take()
    }
}
