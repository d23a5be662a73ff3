//! The output device.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{ErrorKind, FromSample, OutputCallbackInfo, SampleFormat, SizedSample, Stream, StreamConfig};
use crossbeam::channel::{Receiver, bounded};
use rtrb::{Consumer, Producer, RingBuffer};

use super::PlaybackError;
use crate::audio::capture::silence_alsa;

/// Length of the ring: how long a busy machine may pause without a gap. Unit: parts of a second.
const RING: u32 = 5;

/// An open output and the ring that feeds it. Frames are mono; all channels of the device get the same.
pub(super) struct Device {
    ring: Producer<f32>,
    counts: Arc<Counts>,
    errors: Receiver<cpal::Error>,
    /// Number of frames put into the ring.
    given: u64,
    rate: u32,
    _stream: Stream,
}

/// Counts shared by the callback and the thread.
#[derive(Default)]
struct Counts {
    /// Number of frames taken from the ring.
    taken: AtomicU64,
    /// Frames up to this number are dropped.
    discarded: AtomicU64,
    /// Time from the callback to the loudspeaker. Unit: microseconds.
    latency: AtomicU64,
}

impl Device {
    /// Opens the system's default output in its own format.
    pub fn open() -> Result<Self, PlaybackError> {
        silence_alsa();
        let device = cpal::default_host().default_output_device().ok_or(PlaybackError::NoDevice)?;
        let config = device.default_output_config().map_err(PlaybackError::Device)?;
        let open: fn(&cpal::Device, StreamConfig) -> Result<Self, PlaybackError> =
            match config.sample_format() {
                SampleFormat::F32 => Self::with::<f32>,
                SampleFormat::I16 => Self::with::<i16>,
                SampleFormat::U16 => Self::with::<u16>,
                SampleFormat::I32 => Self::with::<i32>,
                SampleFormat::U8 => Self::with::<u8>,
                SampleFormat::F64 => Self::with::<f64>,
                other => return Err(PlaybackError::Format(other)),
            };
        open(&device, config.into())
    }

    fn with<T: SizedSample + FromSample<f32>>(
        device: &cpal::Device,
        config: StreamConfig,
    ) -> Result<Self, PlaybackError> {
        let rate = config.sample_rate;
        let channels = usize::from(config.channels.max(1));
        let (ring, consumer) = RingBuffer::new((rate / RING) as usize);
        let counts = Arc::new(Counts::default());
        let mut output = Output { consumer, counts: Arc::clone(&counts), taken: 0 };
        let (errors_in, errors) = bounded(1);
        let stream = device.build_output_stream(
            config,
            move |frames: &mut [T], info: &OutputCallbackInfo| output.write(frames, channels, info),
            move |error| {
                if !matches!(
                    error.kind(),
                    ErrorKind::DeviceChanged | ErrorKind::Xrun | ErrorKind::RealtimeDenied
                ) {
                    let _ = errors_in.try_send(error);
                }
            },
            None,
        );
        let stream = stream.map_err(PlaybackError::Device)?;
        stream.play().map_err(PlaybackError::Device)?;
        Ok(Self { ring, counts, errors, given: 0, rate, _stream: stream })
    }

    /// Returns the number of frames per second.
    pub fn rate(&self) -> u32 {
        self.rate
    }

    /// Takes as many frames as fit into the ring.
    pub fn give(&mut self, frames: &mut Vec<f32>) {
        let count = self.ring.push_partial_slice(frames).0.len();
        frames.drain(..count);
        self.given += count as u64;
    }

    /// Returns the number of frames given to the device so far.
    pub fn given(&self) -> u64 {
        self.given
    }

    /// Drops the contents of the ring.
    pub fn discard(&mut self) {
        self.counts.discarded.store(self.given, Ordering::Release);
    }

    pub fn is_empty(&self) -> bool {
        self.taken() == self.given
    }

    /// Returns the number of frames that were taken from the ring.
    pub fn taken(&self) -> u64 {
        self.counts.taken.load(Ordering::Acquire)
    }

    /// Returns the number of frames that have left the loudspeaker.
    pub fn played(&self) -> u64 {
        let on_the_way = self.latency().as_micros() as u64 * u64::from(self.rate) / 1_000_000;
        self.taken().saturating_sub(on_the_way)
    }

    pub fn latency(&self) -> Duration {
        Duration::from_micros(self.counts.latency.load(Ordering::Relaxed))
    }

    /// Returns an error of the device since it was opened.
    pub fn error(&self) -> Option<cpal::Error> {
        self.errors.try_recv().ok()
    }
}

/// The data of the callback. It does not allocate, lock or log.
struct Output {
    consumer: Consumer<f32>,
    counts: Arc<Counts>,
    taken: u64,
}

impl Output {
    fn write<T: SizedSample + FromSample<f32>>(
        &mut self,
        frames: &mut [T],
        channels: usize,
        info: &OutputCallbackInfo,
    ) {
        let discarded = self.counts.discarded.load(Ordering::Acquire);
        while self.taken < discarded && self.consumer.pop().is_ok() {
            self.taken += 1;
        }
        for frame in frames.chunks_mut(channels) {
            let sample = self.consumer.pop().inspect(|_| self.taken += 1).unwrap_or(0.0);
            frame.fill(T::from_sample(sample));
        }
        let timestamp = info.timestamp();
        let latency = timestamp.playback.duration_since(timestamp.callback).as_micros() as u64;
        self.counts.latency.store(latency, Ordering::Relaxed);
        self.counts.taken.store(self.taken, Ordering::Release);
    }
}
