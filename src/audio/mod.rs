//! Sound: recordings and microphones in, 16 kHz mono out.
//!
//! [`Recording`] reads any sound or video file as a stream: `decode` decodes packets, `frame_placement` puts their
//! frames where they belong, `downmix` and `resample` convert them to 16 kHz mono. No stage holds more than seconds of
//! sound, however long the file.

#[cfg(feature = "mic")]
pub mod capture;
mod damage;
mod decode;
pub mod decoded_copy;
mod downmix;
mod error;
mod frame_placement;
mod full_quality;
mod lane;
mod level;
mod mono;
mod mp4;
mod peaks;
#[cfg(feature = "mic")]
pub mod playback;
mod recording;
mod resample;
mod riff;
mod sniff;
mod sound_edges;
mod spectrogram;
mod spool;
#[cfg(feature = "mic")]
mod stretch;
mod toned;
mod wav;

pub use damage::Damage;
pub use decoded_copy::{CopyState, DecodedCopy};
pub use error::{AudioError, AudioWarning};
pub use full_quality::{FrameFormat, FullQuality};
pub use level::{Level, Meter};
pub use peaks::{Peak, Peaks};
pub use recording::{Recording, read_all};
pub use sound_edges::SoundEdges;
pub use spectrogram::{Spectrogram, SpectrogramTile, TileKey};
pub use spool::{Spool, SpoolReader, repair_spool, seconds_of_space};
pub use toned::write_toned;
pub use wav::{WavWriter, write_wav};

/// The sample rate of everything after the decoder, as Whisper and the voice activity detector need it. Unit: samples
/// per second.
pub const SAMPLE_RATE: u32 = 16_000;

/// Decoded interleaved samples in -1..1.
#[derive(Debug, Default)]
struct Block {
    /// Samples per second of one channel.
    rate: u32,
    channels: usize,
    samples: Vec<f32>,
}

impl Block {
    /// One channel, counted from 0; the last where there are fewer.
    fn channel(&self, channel: usize) -> Self {
        let channels = self.channels.max(1);
        let samples = self.samples.iter().skip(channel.min(channels - 1)).step_by(channels).copied();
        Self { rate: self.rate, channels: 1, samples: samples.collect() }
    }
}
