//! Mixes many channels into one.
//!
//! Channels are averaged unless they would cancel out: two channels in opposite phase, or one microphone among silent
//! channels. Then only the loudest channel is used.

/// Decisions are made for blocks of this length. Unit: seconds.
const BLOCK: f32 = 0.1;
/// Weights move to their new values over this length at the start of a block, to avoid clicks. Unit: seconds.
const RAMP: f32 = 0.02;
/// An average with less than this fraction of the loudest channel's energy counts as cancelled. Two channels, one of
/// them silent, leave 0.25; two independent channels of equal level leave 0.5.
const CANCELLED: f32 = 0.3;
/// Above this the average is used again. The distance from [`CANCELLED`] keeps the choice stable.
const SOUND: f32 = 0.42;
/// Fraction of the energies of earlier blocks that is kept: they fade to a third in a second.
const MEMORY: f32 = 0.9;
/// A block quieter than this fraction of the recent level is a pause and decides nothing.
const PAUSE: f32 = 0.1;
/// To replace the chosen channel, another one must have this many times its energy.
const LOUDER: f32 = 2.0;

/// Mixes interleaved channels into one. The result does not depend on how the input is divided.
pub(super) struct Downmix {
    channels: usize,
    /// Interleaved samples of the current block.
    block: Vec<f32>,
    block_len: usize,
    ramp_frames: usize,
    choice: Choice,
    weights: Vec<f32>,
    energies: Option<Energies>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Average,
    Channel(usize),
}

#[derive(Clone)]
struct Energies {
    channels: Vec<f32>,
    average: f32,
}

impl Energies {
    fn of<'a, F: AsRef<[f32]> + ?Sized + 'a>(frames: impl Iterator<Item = &'a F>, channels: usize) -> Self {
        let mut energies = Self { channels: vec![0.0; channels], average: 0.0 };
        for frame in frames.map(F::as_ref) {
            for (energy, sample) in energies.channels.iter_mut().zip(frame) {
                *energy += sample * sample;
            }
            let mean = frame.iter().sum::<f32>() / channels as f32;
            energies.average += mean * mean;
        }
        energies
    }

    /// Returns the first of the loudest channels, and its energy.
    fn loudest(&self) -> (usize, f32) {
        self.channels
            .iter()
            .copied()
            .enumerate()
            .fold((0, 0.0), |best, (channel, energy)| if energy > best.1 { (channel, energy) } else { best })
    }

    fn follow(&mut self, block: &Self) {
        let follow = |old: &mut f32, new: f32| *old = MEMORY * *old + (1.0 - MEMORY) * new;
        for (old, new) in self.channels.iter_mut().zip(&block.channels) {
            follow(old, *new);
        }
        follow(&mut self.average, block.average);
    }
}

impl Downmix {
    /// `rate` in samples per second and `channels` must not be zero.
    pub fn new(rate: u32, channels: usize) -> Self {
        let frames = |seconds: f32| ((rate as f32 * seconds) as usize).max(1);
        Self {
            channels,
            block: Vec::new(),
            block_len: frames(BLOCK) * channels,
            ramp_frames: frames(RAMP),
            choice: Choice::Average,
            weights: vec![1.0 / channels as f32; channels],
            energies: None,
        }
    }

    /// Appends the mix of all complete blocks to `mono`; `input` is interleaved and contains whole frames.
    pub fn push(&mut self, mut input: &[f32], mono: &mut Vec<f32>) {
        if self.channels == 1 {
            mono.extend_from_slice(input);
            return;
        }
        while !input.is_empty() {
            let (taken, rest) = input.split_at(input.len().min(self.block_len - self.block.len()));
            self.block.extend_from_slice(taken);
            input = rest;
            if self.block.len() == self.block_len {
                self.mix(mono);
            }
        }
    }

    /// Appends the mix of the last, incomplete block.
    pub fn finish(&mut self, mono: &mut Vec<f32>) {
        self.mix(mono);
    }

    fn mix(&mut self, mono: &mut Vec<f32>) {
        let mut block = std::mem::take(&mut self.block);
        match self.channels {
            // Most recordings; the compiler generates better code for frames of known length.
            2 => self.mix_frames(block.as_chunks::<2>().0.iter(), mono),
            channels => self.mix_frames(block.chunks_exact(channels), mono),
        }
        block.clear();
        self.block = block;
    }

    fn mix_frames<'a, F: AsRef<[f32]> + ?Sized + 'a>(
        &mut self,
        mut frames: impl Iterator<Item = &'a F> + Clone,
        mono: &mut Vec<f32>,
    ) {
        self.decide(Energies::of(frames.clone(), self.channels));
        let target = self.target();
        let last = self.weights.clone();
        for (n, frame) in frames.by_ref().take(self.ramp_frames + 1).enumerate() {
            let part = n as f32 / self.ramp_frames as f32;
            for ((weight, from), to) in self.weights.iter_mut().zip(&last).zip(&target) {
                *weight = from + (to - from) * part;
            }
            mono.push(weighted_sum(frame.as_ref(), &self.weights));
        }
        mono.extend(frames.map(|frame| weighted_sum(frame.as_ref(), &self.weights)));
    }

    fn target(&self) -> Vec<f32> {
        match self.choice {
            Choice::Average => vec![1.0 / self.channels as f32; self.channels],
            Choice::Channel(chosen) => {
                (0..self.channels).map(|channel| if channel == chosen { 1.0 } else { 0.0 }).collect()
            }
        }
    }

    fn decide(&mut self, now: Energies) {
        let (loudest, energy) = now.loudest();
        if energy == 0.0 {
            return;
        }
        let recent = match &mut self.energies {
            Some(recent) => {
                recent.follow(&now);
                recent
            }
            none => none.insert(now.clone()),
        };
        if energy < PAUSE * recent.loudest().1 {
            return;
        }
        self.choice = match self.choice {
            Choice::Average if now.average < CANCELLED * energy => Choice::Channel(loudest),
            Choice::Channel(_)
                if recent.average > SOUND * recent.loudest().1 && now.average > SOUND * energy =>
            {
                Choice::Average
            }
            Choice::Channel(chosen) if energy > LOUDER * now.channels[chosen] => Choice::Channel(loudest),
            steady => steady,
        };
    }
}

fn weighted_sum(frame: &[f32], weights: &[f32]) -> f32 {
    frame.iter().zip(weights).map(|(sample, weight)| sample * weight).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RATE: u32 = 8000;

    /// Returns noise like speech, alternately loud and soft. Deterministic.
    fn voice(seed: u32, frames: usize) -> Vec<f32> {
        let mut state = seed.wrapping_mul(2_654_435_761).max(1);
        (0..frames)
            .map(|n| {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                let noise = state as f32 / u32::MAX as f32 - 0.5;
                noise * (0.1 + 0.4 * (n as f32 / 900.0).sin().abs())
            })
            .collect()
    }

    fn interleave(channels: &[Vec<f32>]) -> Vec<f32> {
        (0..channels[0].len()).flat_map(|n| channels.iter().map(move |channel| channel[n])).collect()
    }

    fn mix(channels: &[Vec<f32>]) -> Vec<f32> {
        let (mut downmix, mut mono) = (Downmix::new(RATE, channels.len()), Vec::new());
        downmix.push(&interleave(channels), &mut mono);
        downmix.finish(&mut mono);
        mono
    }

    fn energy(samples: &[f32]) -> f32 {
        samples.iter().map(|s| s * s).sum()
    }

    #[test]
    fn a_change_of_choice_does_not_click() {
        let tone: Vec<f32> = (0..32_000).map(|n| 0.5 * (n as f32 * 0.05).sin()).collect();
        let right: Vec<f32> =
            tone.iter().enumerate().map(|(n, s)| if n < 8000 { 0.0 } else { s * 0.8 }).collect();
        let mono = mix(&[tone.clone(), right]);
        let step = |samples: &[f32]| samples.windows(2).map(|w| (w[1] - w[0]).abs()).fold(0.0, f32::max);
        assert!(step(&mono[800..]) < step(&tone) * 1.05);
        assert!(
            energy(&mono[800..8000]) > 0.99 * energy(&tone[800..8000]),
            "the left channel alone at first"
        );
        assert!(energy(&mono[31_000..]) < 0.82 * energy(&tone[31_000..]), "the average of both at last");
    }

    #[test]
    fn speakers_on_two_channels_are_both_heard() {
        let (a, b) = (voice(1, 16_000), voice(2, 16_000));
        let left: Vec<f32> =
            a.iter().enumerate().map(|(n, s)| if n < 8000 { *s } else { s * 0.001 }).collect();
        let right: Vec<f32> =
            b.iter().enumerate().map(|(n, s)| if n >= 8000 { *s } else { s * 0.001 }).collect();
        let mono = mix(&[left, right]);
        assert!(energy(&mono[..8000]) > 0.85 * energy(&a[..8000]));
        assert!(energy(&mono[8000..]) > 0.85 * energy(&b[8000..]));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn opposite_channels_do_not_cancel(seed in 1_u32.., level in 0.2_f32..1.0) {
            let left = voice(seed, 9000);
            let right: Vec<f32> = left.iter().map(|s| -s * level).collect();
            let mono = mix(&[left.clone(), right]);
            prop_assert!(energy(&mono) > 0.1 * energy(&left));
            if level > 0.9 {
                prop_assert!(energy(&mono[800..]) > 0.95 * energy(&left[800..]));
            }
        }

        #[test]
        fn one_channel_among_silent_ones_keeps_its_level(seed in 1_u32.., channels in 2_usize..9, at in 0_usize..9) {
            let at = at % channels;
            let sound = voice(seed, 9000);
            let all: Vec<Vec<f32>> =
                (0..channels).map(|c| if c == at { sound.clone() } else { vec![0.0; 9000] }).collect();
            prop_assert_eq!(&mix(&all)[800..], &sound[800..]);
        }

        #[test]
        fn equal_channels_are_averaged(seed in 1_u32.., channels in 1_usize..9) {
            let sound = voice(seed, 5000);
            let mono = mix(&vec![sound.clone(); channels]);
            for (a, b) in mono.iter().zip(&sound) {
                prop_assert!((a - b).abs() < 1e-6);
            }
        }

        #[test]
        fn independent_channels_are_averaged(seed in 1_u32..1_000_000) {
            let (left, right) = (voice(seed, 8000), voice(seed + 1, 8000));
            let mono = mix(&[left.clone(), right.clone()]);
            for (n, sample) in mono.iter().enumerate() {
                prop_assert!((sample - (left[n] + right[n]) / 2.0).abs() < 1e-6);
            }
        }

        #[test]
        fn block_sizes_make_no_difference(seed in 1_u32.., sizes in prop::collection::vec(0_usize..3000, 1..20)) {
            let input = interleave(&[voice(seed, 9000), voice(seed / 2 + 1, 9000).iter().map(|s| s * 0.1).collect()]);
            let (mut downmix, mut got, mut rest) = (Downmix::new(RATE, 2), Vec::new(), &input[..]);
            for size in sizes {
                let (block, after) = rest.split_at((size * 2).min(rest.len()));
                downmix.push(block, &mut got);
                rest = after;
            }
            downmix.push(rest, &mut got);
            downmix.finish(&mut got);
            let (mut whole, mut expected) = (Downmix::new(RATE, 2), Vec::new());
            whole.push(&input, &mut expected);
            whole.finish(&mut expected);
            prop_assert_eq!(got, expected);
        }
    }
}
