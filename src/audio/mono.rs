//! Converts decoded blocks of any format to 16 kHz mono.

use super::Block;
use super::downmix::Downmix;
use super::resample::Resampler;

/// Mixes and resamples blocks of one sample rate and number of channels.
pub(super) struct ToMono {
    rate: u32,
    channels: usize,
    downmix: Downmix,
    resampler: Resampler,
    mixed: Vec<f32>,
}

impl ToMono {
    pub fn new(rate: u32, channels: usize) -> Self {
        Self {
            rate,
            channels,
            downmix: Downmix::new(rate, channels),
            resampler: Resampler::new(rate),
            mixed: Vec::new(),
        }
    }

    pub fn accepts(&self, block: &Block) -> bool {
        self.rate == block.rate && self.channels == block.channels
    }

    /// Appends 16 kHz samples in -1..1 to `samples`.
    pub fn push(&mut self, block: &Block, samples: &mut Vec<f32>) {
        let start = samples.len();
        self.mixed.clear();
        self.downmix.push(&block.samples, &mut self.mixed);
        self.resampler.push(&self.mixed, samples);
        clamp(&mut samples[start..]);
    }

    /// Appends the remaining sound.
    pub fn finish(mut self, samples: &mut Vec<f32>) {
        let start = samples.len();
        self.mixed.clear();
        self.downmix.finish(&mut self.mixed);
        self.resampler.push(&self.mixed, samples);
        self.resampler.finish(samples);
        clamp(&mut samples[start..]);
    }
}

/// Filters overshoot slightly at full level.
fn clamp(samples: &mut [f32]) {
    for sample in samples {
        *sample = sample.clamp(-1.0, 1.0);
    }
}
