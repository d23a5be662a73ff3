//! Converts the frames of a device to 16 kHz mono: one channel, or a mix of all.

use crate::audio::Block;
use crate::audio::mono::ToMono;

/// Takes interleaved sound of any rate and number of channels.
pub(super) struct Intake {
    channels: usize,
    /// The channel to use, from 0; `None` mixes all.
    channel: Option<usize>,
    mono: ToMono,
    block: Block,
}

impl Intake {
    /// `rate` is frames per second; `channel` must be one of the channels.
    pub fn new(rate: u32, channels: u16, channel: Option<usize>) -> Self {
        let channels = usize::from(channels).max(1);
        let mixed = if channel.is_some() { 1 } else { channels };
        let block = Block { rate, channels: mixed, samples: Vec::new() };
        Self { channels, channel, mono: ToMono::new(rate, mixed), block }
    }

    /// Appends 16 kHz mono in -1..1 to `samples`.
    pub fn push(&mut self, interleaved: &[f32], samples: &mut Vec<f32>) {
        self.block.samples.clear();
        match self.channel {
            Some(channel) => {
                self.block.samples.extend(interleaved.iter().skip(channel).step_by(self.channels));
            }
            None => self.block.samples.extend_from_slice(interleaved),
        }
        self.mono.push(&self.block, samples);
    }

    /// Appends the remaining sound.
    pub fn finish(self, samples: &mut Vec<f32>) {
        self.mono.finish(samples);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECONDS: usize = 2;

    /// Feeds two seconds of a device with a 440 Hz tone in one channel, in steps of a tenth of a second; returns the
    /// result.
    fn taken(rate: u32, channels: u16, tone_in: usize, channel: Option<usize>) -> Vec<f32> {
        let mut intake = Intake::new(rate, channels, channel);
        let tone = |n: usize| 0.5 * (n as f32 * 440.0 * std::f32::consts::TAU / rate as f32).sin();
        let frame =
            |n: usize| (0..usize::from(channels)).map(move |c| if c == tone_in { tone(n) } else { 0.0 });
        let interleaved: Vec<f32> = (0..rate as usize * SECONDS).flat_map(frame).collect();
        let mut samples = Vec::new();
        for step in interleaved.chunks(rate as usize / 10 * usize::from(channels)) {
            intake.push(step, &mut samples);
        }
        intake.finish(&mut samples);
        samples
    }

    fn peak(samples: &[f32]) -> f32 {
        samples[1600..samples.len() - 1600].iter().fold(0.0, |peak, sample| peak.max(sample.abs()))
    }

    #[test]
    fn devices_of_all_kinds_give_the_same_sound_and_lose_none() {
        for rate in [8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000] {
            for channels in [1, 2, 6, 8] {
                let samples = taken(rate, channels, 0, Some(0));
                assert!((samples.len() as i64 - 32_000).abs() <= 2, "{rate} Hz: {}", samples.len());
                assert!((peak(&samples) - 0.5).abs() < 0.02, "{rate} Hz: {}", peak(&samples));
            }
        }
    }

    #[test]
    fn a_channel_that_is_chosen_is_heard_alone() {
        for (rate, channels) in [(48_000, 2), (192_000, 8), (8000, 8)] {
            let last = usize::from(channels) - 1;
            assert!((peak(&taken(rate, channels, last, Some(last))) - 0.5).abs() < 0.02);
            assert!(peak(&taken(rate, channels, last, Some(0))) < 1e-3);
        }
    }
}
