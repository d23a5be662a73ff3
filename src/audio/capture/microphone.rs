use std::time::{Duration, Instant};

use cpal::traits::DeviceTrait;

use super::devices::{find, input_format};
use super::stream::Stream;
use super::{CaptureError, InputFormat};
use crate::audio::mono::ToMono;
use crate::audio::{Block, FrameFormat, Meter};

/// A device that gives nothing for this long is gone, though the sound system may not say so.
const SILENT_FOR: Duration = Duration::from_secs(3);

/// Which sound to record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputChoice {
    /// The device's name, part of it, or its id; the system's default where it is not given.
    pub device: Option<String>,
    /// One of the device's channels, counted from 1; a mix of all where it is not given.
    pub channel: Option<u16>,
}

/// An open microphone that gives 16 kHz mono.
pub struct Microphone {
    name: String,
    format: InputFormat,
    stream: Stream,
    /// Channel to take, counted from 0.
    channel: Option<usize>,
    mono: ToMono,
    interleaved: Vec<f32>,
    block: Block,
    last_sound: Instant,
}

impl Microphone {
    /// Opens the device in the form that it prefers and starts to record.
    ///
    /// # Errors
    /// Every variant of [`CaptureError`].
    pub fn open(choice: &InputChoice) -> Result<Self, CaptureError> {
        super::silence_alsa();
        let device = find(choice.device.as_deref())?;
        let name = device.description().map_or_else(|_| device.to_string(), |d| d.name().to_owned());
        let config = device.default_input_config().map_err(|error| CaptureError::of(&name, error))?;
        let channels = config.channels().max(1);
        if let Some(channel) = choice.channel.filter(|channel| !(1..=channels).contains(channel)) {
            return Err(CaptureError::NoChannel { device: name, channel, channels });
        }
        let channel = choice.channel.map(|channel| usize::from(channel - 1));
        let mixed = if channel.is_some() { 1 } else { usize::from(channels) };
        Ok(Self {
            stream: Stream::open(&device, &name, &config)?,
            format: input_format(&config),
            mono: ToMono::new(config.sample_rate(), mixed),
            block: Block { rate: config.sample_rate(), channels: mixed, samples: Vec::new() },
            interleaved: Vec::new(),
            last_sound: Instant::now(),
            channel,
            name,
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn format(&self) -> &InputFormat {
        &self.format
    }

    /// What the last call of [`read`](Self::read) took from the device: interleaved frames in -1..1.
    pub fn original(&self) -> &[f32] {
        &self.interleaved
    }

    /// The form in which that is worth keeping.
    pub fn original_format(&self) -> FrameFormat {
        let bits = if matches!(self.format.sample.as_str(), "i8" | "u8" | "i16" | "u16") { 16 } else { 24 };
        FrameFormat { rate: self.format.rate, channels: self.format.channels, bits }
    }

    /// The level of all channels as they come from the device.
    pub fn meter(&self) -> &Meter {
        self.stream.meter()
    }

    /// Appends what has come since the last call, as 16 kHz mono in -1..1. Where sound had to be dropped there is
    /// silence of the same length. Returns the number of frames that were dropped.
    ///
    /// # Errors
    /// When the device is gone. Open it again then.
    pub fn read(&mut self, samples: &mut Vec<f32>) -> Result<u64, CaptureError> {
        self.interleaved.clear();
        let dropped = self.stream.read(&mut self.interleaved);
        let channels = usize::from(self.format.channels).max(1);
        self.block.samples.clear();
        match self.channel {
            Some(channel) => {
                self.block.samples.extend(self.interleaved.iter().skip(channel).step_by(channels))
            }
            None => self.block.samples.extend_from_slice(&self.interleaved),
        }
        self.mono.push(&self.block, samples);
        if let Some(fault) = self.stream.fault() {
            return Err(CaptureError::of(&self.name, fault));
        }
        if !self.interleaved.is_empty() {
            self.last_sound = Instant::now();
        } else if self.last_sound.elapsed() > SILENT_FOR {
            return Err(CaptureError::Lost { device: self.name.clone() });
        }
        Ok(dropped / channels as u64)
    }

    /// Appends the end of what was recorded and closes the device.
    pub fn finish(self, samples: &mut Vec<f32>) {
        self.mono.finish(samples);
    }
}
