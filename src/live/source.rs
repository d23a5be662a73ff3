//! Where the sound of a live session comes from.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;

use super::clock::Clock;
#[cfg(feature = "mic")]
use crate::audio::capture::{CaptureError, InputChoice, Microphone};
use crate::audio::{AudioError, FrameFormat, Level, Meter, Recording, SAMPLE_RATE};

/// Why a source gives no sound.
#[derive(Debug, Error)]
pub enum SourceError {
    #[cfg(feature = "mic")]
    #[error(transparent)]
    Capture(#[from] CaptureError),
    #[error(transparent)]
    Recording(#[from] AudioError),
    #[error("{name} is gone; plug it in again")]
    Gone { name: String },
}

/// What a source gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Sound, if any has come; `dropped` samples of it were lost and are silent.
    Sound { dropped: u64 },
    /// There will be no more.
    End,
}

/// Gives sound as time passes. Used by one thread.
pub trait Source: Send {
    /// Appends what has come since the last call, as 16 kHz mono in -1..1. Does not wait.
    ///
    /// # Errors
    /// When the device is gone; what was appended before still counts.
    fn read(&mut self, samples: &mut Vec<f32>) -> Result<Heard, SourceError>;

    /// Appends what the last [`read`](Self::read) gave in the form of the device, interleaved in -1..1, and tells
    /// that form; `None` where there is no such sound.
    fn original(&mut self, _frames: &mut Vec<f32>) -> Option<FrameFormat> {
        None
    }

    /// Appends what is still inside; nothing is read after this.
    fn finish(&mut self, samples: &mut Vec<f32>);

    /// Tries to take up a device that was gone.
    fn reopen(&mut self) -> Result<(), SourceError>;

    /// The level of the sound since the last call.
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
    pub fn open(choice: InputChoice) -> Result<Self, CaptureError> {
        let open = Some(Microphone::open(&choice)?);
        Ok(Self { choice, open })
    }

    /// The device, while it is there.
    pub fn microphone(&self) -> Option<&Microphone> {
        self.open.as_ref()
    }
}

#[cfg(feature = "mic")]
impl Source for MicrophoneSource {
    fn read(&mut self, samples: &mut Vec<f32>) -> Result<Heard, SourceError> {
        let Some(microphone) = &mut self.open else { return Ok(Heard::Sound { dropped: 0 }) };
        let read = microphone.read(samples);
        if read.is_err() {
            self.finish(samples);
        }
        Ok(Heard::Sound { dropped: read? })
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

/// A recording that is played as a microphone would hear it.
pub struct FileSource {
    recording: Recording,
    clock: Arc<dyn Clock>,
    /// Seconds of sound a second.
    speed: f64,
    started: Option<Duration>,
    given: u64,
    waiting: Vec<f32>,
    ended: bool,
    meter: Meter,
}

impl FileSource {
    /// Plays `speed` seconds of sound a second, from the first call of [`Source::read`] on.
    pub fn open(path: &Path, clock: Arc<dyn Clock>, speed: f64) -> Result<Self, AudioError> {
        let recording = Recording::open(path)?;
        let (waiting, meter) = (Vec::new(), Meter::default());
        Ok(Self { recording, clock, speed, started: None, given: 0, waiting, ended: false, meter })
    }
}

impl Source for FileSource {
    fn read(&mut self, samples: &mut Vec<f32>) -> Result<Heard, SourceError> {
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
        Ok(if is_over { Heard::End } else { Heard::Sound { dropped: 0 } })
    }

    fn finish(&mut self, _samples: &mut Vec<f32>) {}

    fn reopen(&mut self) -> Result<(), SourceError> {
        Ok(())
    }

    fn level(&mut self) -> Level {
        self.meter.take()
    }
}
