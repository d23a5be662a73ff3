//! A running stream: the callback fills a ring buffer, the reader empties it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use cpal::traits::{DeviceTrait, StreamTrait};
use cpal::{
    BufferSize, Data, ErrorKind, FromSample, I24, SampleFormat, SizedSample, StreamConfig,
    SupportedBufferSize, SupportedStreamConfig, U24,
};
use crossbeam::channel::{Receiver, Sender, bounded};
use rtrb::{Consumer, Producer, RingBuffer};

use super::CaptureError;
use crate::audio::Meter;

/// How long the reader may pause before sound is dropped. Unit: seconds.
const RING_SECONDS: usize = 20;
/// How often the device delivers samples.
const STEPS_A_SECOND: u32 = 10;
/// Maximum size of the ring. Unit: samples.
const RING_LIMIT: usize = 16 << 20;

/// Interleaved samples of a device.
pub(super) struct Stream {
    /// Recording ends when it is dropped.
    _stream: cpal::Stream,
    ring: Consumer<f32>,
    shared: Arc<Shared>,
    faults: Receiver<cpal::Error>,
    channels: usize,
}

#[derive(Default)]
struct Shared {
    meter: Meter,
    /// Samples that did not fit. While it is not zero nothing enters the ring, so that the reader knows where they are
    /// missing: after everything in the ring.
    dropped: AtomicU64,
}

impl Stream {
    /// Opens the device so that it delivers sound ten times per second, or in whatever steps it can.
    pub fn open(
        device: &cpal::Device,
        name: &str,
        config: &SupportedStreamConfig,
    ) -> Result<Self, CaptureError> {
        let small_steps = Self::with(device, config, step(config));
        let opened = small_steps.or_else(|_| Self::with(device, config, BufferSize::Default));
        opened.map_err(|error| CaptureError::of(name, error))
    }

    fn with(
        device: &cpal::Device,
        config: &SupportedStreamConfig,
        buffer_size: BufferSize,
    ) -> Result<Self, cpal::Error> {
        let channels = usize::from(config.channels()).max(1);
        let samples = (config.sample_rate() as usize * channels * RING_SECONDS).min(RING_LIMIT);
        // Whole frames, so that a frame never enters partially.
        let (producer, ring) = RingBuffer::new(samples / channels * channels);
        let shared = Arc::new(Shared::default());
        let (faults_in, faults) = bounded(8);
        let writer = Writer { ring: producer, shared: Arc::clone(&shared) };
        let form = StreamConfig { buffer_size, ..StreamConfig::from(*config) };
        let stream = build(device, form, config.sample_format(), writer, faults_in)?;
        stream.play()?;
        Ok(Self { _stream: stream, ring, shared, faults, channels })
    }

    /// Appends all samples that have arrived, then as much silence as was dropped after them. Returns the number of
    /// dropped samples.
    pub fn read(&mut self, samples: &mut Vec<f32>) -> u64 {
        let dropped = self.shared.dropped.load(Ordering::Acquire);
        let frames = self.ring.slots() / self.channels;
        if let Ok(chunk) = self.ring.read_chunk(frames * self.channels) {
            let (first, second) = chunk.as_slices();
            samples.extend_from_slice(first);
            samples.extend_from_slice(second);
            chunk.commit_all();
        }
        if dropped > 0 {
            let dropped = self.shared.dropped.swap(0, Ordering::AcqRel);
            samples.resize(samples.len() + dropped as usize, 0.0);
            return dropped;
        }
        0
    }

    /// Returns the sound system's error since the last call, if it ends the stream.
    pub fn fault(&self) -> Option<cpal::Error> {
        self.faults.try_iter().find(|error| {
            !matches!(error.kind(), ErrorKind::Xrun | ErrorKind::DeviceChanged | ErrorKind::RealtimeDenied)
        })
    }

    pub fn meter(&self) -> &Meter {
        &self.shared.meter
    }
}

/// The callback's end. It neither allocates nor locks.
struct Writer {
    ring: Producer<f32>,
    shared: Arc<Shared>,
}

impl Writer {
    fn write<T: SizedSample>(&mut self, data: &Data)
    where
        f32: FromSample<T>,
    {
        let Some(samples) = data.as_slice::<T>() else { return };
        let floats = || samples.iter().map(|&sample| f32::from_sample_(sample));
        self.shared.meter.measure(floats());
        let is_behind = self.shared.dropped.load(Ordering::Acquire) > 0;
        match self.ring.write_chunk_uninit(samples.len()) {
            Ok(chunk) if !is_behind => {
                chunk.fill_from_iter(floats());
            }
            _ => {
                self.shared.dropped.fetch_add(samples.len() as u64, Ordering::AcqRel);
            }
        }
    }
}

/// Returns the buffer size to request: sound servers otherwise deliver sound in steps of seconds, too slow for live
/// captions. Much shorter steps would lose sound on a busy computer.
fn step(config: &SupportedStreamConfig) -> BufferSize {
    let frames = config.sample_rate() / STEPS_A_SECOND;
    match *config.buffer_size() {
        SupportedBufferSize::Range { min, max } => BufferSize::Fixed(frames.clamp(min, max.max(min))),
        SupportedBufferSize::Unknown => BufferSize::Fixed(frames),
    }
}

fn build(
    device: &cpal::Device,
    config: StreamConfig,
    format: SampleFormat,
    mut writer: Writer,
    faults: Sender<cpal::Error>,
) -> Result<cpal::Stream, cpal::Error> {
    let write: fn(&mut Writer, &Data) = match format {
        SampleFormat::I8 => Writer::write::<i8>,
        SampleFormat::I16 => Writer::write::<i16>,
        SampleFormat::I24 => Writer::write::<I24>,
        SampleFormat::I32 => Writer::write::<i32>,
        SampleFormat::I64 => Writer::write::<i64>,
        SampleFormat::U8 => Writer::write::<u8>,
        SampleFormat::U16 => Writer::write::<u16>,
        SampleFormat::U24 => Writer::write::<U24>,
        SampleFormat::U32 => Writer::write::<u32>,
        SampleFormat::U64 => Writer::write::<u64>,
        SampleFormat::F32 => Writer::write::<f32>,
        SampleFormat::F64 => Writer::write::<f64>,
        _ => return Err(ErrorKind::UnsupportedConfig.into()),
    };
    device.build_input_stream_raw(
        config,
        format,
        move |data, _| write(&mut writer, data),
        // If the reader has not taken eight faults yet, it has enough to act on.
        move |error| drop(faults.try_send(error)),
        None,
    )
}
