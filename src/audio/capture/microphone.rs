use std::time::{Duration, Instant};

use cpal::traits::DeviceTrait;

use super::devices::{find, input_format};
use super::intake::Intake;
use super::stream::Stream;
use super::{CaptureError, InputFormat};
use crate::audio::{FrameFormat, Meter, SAMPLE_RATE};

/// A device that delivers no samples for this long is gone, even if the sound system does not report it.
const SILENT_FOR: Duration = Duration::from_secs(3);

/// Which sound to record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputChoice {
    /// The device's name, part of it, or its id; `None` is the system's default.
    pub device: Option<String>,
    /// One of the device's channels, counted from 1; `None` mixes all.
    pub channel: Option<u16>,
}

/// An open microphone that delivers 16 kHz mono.
pub struct Microphone {
    name: String,
    format: InputFormat,
    stream: Stream,
    intake: Intake,
    interleaved: Vec<f32>,
    last_sound: Instant,
}

impl Microphone {
    /// Opens the device in its preferred format and starts to record.
    ///
    /// # Errors
    /// Every variant of [`CaptureError`].
    pub fn open(choice: &InputChoice) -> Result<Self, CaptureError> {
        super::silence_alsa();
        let device = find(choice.device.as_deref())?;
        let name = device.description().map_or_else(|_| device.to_string(), |d| d.name().to_owned());
        let error = |error| CaptureError::at_opening(choice.device.is_some(), &name, error);
        let config = device.default_input_config().map_err(error)?;
        let channels = config.channels().max(1);
        if let Some(channel) = choice.channel.filter(|channel| !(1..=channels).contains(channel)) {
            return Err(CaptureError::NoChannel { device: name, channel, channels });
        }
        let channel = choice.channel.map(|channel| usize::from(channel - 1));
        Ok(Self {
            stream: Stream::open(&device, &name, &config)?,
            format: input_format(&config),
            intake: Intake::new(config.sample_rate(), channels, channel),
            interleaved: Vec::new(),
            last_sound: Instant::now(),
            name,
        })
    }

    /// Returns the name of the device.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the format of the device's sound.
    pub fn format(&self) -> &InputFormat {
        &self.format
    }

    /// Returns what the last call of [`read`](Self::read) took from the device: interleaved frames in -1..1.
    pub fn original(&self) -> &[f32] {
        &self.interleaved
    }

    /// Returns the format in which to store the original sound.
    pub fn original_format(&self) -> FrameFormat {
        let bits = if matches!(self.format.sample.as_str(), "i8" | "u8" | "i16" | "u16") { 16 } else { 24 };
        FrameFormat { rate: self.format.rate, channels: self.format.channels, bits }
    }

    /// Returns the level meter of all channels as the device delivers them.
    pub fn meter(&self) -> &Meter {
        self.stream.meter()
    }

    /// Appends what has arrived since the last call, as 16 kHz mono in -1..1. Dropped sound is replaced by silence of
    /// the same length. Returns the number of 16 kHz samples that were dropped.
    ///
    /// # Errors
    /// If the device is gone. Open it again.
    pub fn read(&mut self, samples: &mut Vec<f32>) -> Result<u64, CaptureError> {
        self.interleaved.clear();
        let dropped = self.stream.read(&mut self.interleaved);
        let channels = usize::from(self.format.channels).max(1);
        self.intake.push(&self.interleaved, samples);
        if let Some(fault) = self.stream.fault() {
            return Err(CaptureError::while_open(&self.name, fault));
        }
        if !self.interleaved.is_empty() {
            self.last_sound = Instant::now();
        } else if self.last_sound.elapsed() > SILENT_FOR {
            return Err(CaptureError::Lost { device: self.name.clone() });
        }
        let frames = dropped / channels as u64;
        Ok(frames * u64::from(SAMPLE_RATE) / u64::from(self.format.rate.max(1)))
    }

    /// Appends the end of the recording and closes the device.
    pub fn finish(self, samples: &mut Vec<f32>) {
        self.intake.finish(samples);
    }
}
