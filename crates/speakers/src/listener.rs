//! Cuts sound into windows that overlap by half.

use crate::segmentation::WINDOW_SAMPLES;

/// Samples from the start of a window to that of the next: 5 s.
pub(crate) const HOP_SAMPLES: usize = WINDOW_SAMPLES / 2;
/// Windows of a stretch. They are computed together, so that the weights are read once.
const WINDOWS: usize = 6;

/// The sound of up to six successive windows.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// The number of its first window, counted from 0.
    pub first: usize,
    pub(crate) samples: Vec<f32>,
}

impl Stretch {
    /// The windows, of which the last may be shorter than the others.
    pub(crate) fn windows(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        let count = (self.samples.len().saturating_sub(HOP_SAMPLES)).div_ceil(HOP_SAMPLES).max(1);
        (0..count).map(|i| {
            let from = i * HOP_SAMPLES;
            &self.samples[from..(from + WINDOW_SAMPLES).min(self.samples.len())]
        })
    }
}

/// Takes sound in pieces of any length and cuts it, at places that do not depend on the pieces.
#[derive(Debug)]
pub struct Listener {
    waiting: Vec<f32>,
    /// Windows of a stretch.
    at_once: usize,
    /// Windows in the stretches so far.
    windows: usize,
}

impl Default for Listener {
    /// For recordings: stretches of six windows.
    fn default() -> Self {
        Self { waiting: Vec::new(), at_once: WINDOWS, windows: 0 }
    }
}

impl Listener {
    /// For sound that grows: stretches of one window, which are complete sooner. Windows are the same.
    pub fn prompt() -> Self {
        Self { at_once: 1, ..Self::default() }
    }

    /// Takes samples: 16 kHz, mono, from -1 to 1. Returns the stretches that are complete.
    pub fn push(&mut self, samples: &[f32]) -> Vec<Stretch> {
        self.waiting.extend_from_slice(samples);
        let mut stretches = Vec::new();
        // One more sample shows that this is not the end, which may be cut differently.
        let count = (self.at_once + 1) * HOP_SAMPLES;
        while self.waiting.len() > count {
            let samples = self.waiting[..count].to_vec();
            self.waiting.drain(..self.at_once * HOP_SAMPLES);
            stretches.push(Stretch { first: self.windows, samples });
            self.windows += self.at_once;
        }
        stretches
    }

    /// Returns the rest at the end of the sound. The listener can be used again.
    pub fn finish(&mut self) -> Option<Stretch> {
        let (first, samples) = (std::mem::take(&mut self.windows), std::mem::take(&mut self.waiting));
        (!samples.is_empty()).then_some(Stretch { first, samples })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first sample and the length of every window.
    fn windows(total: usize, piece: usize, mut listener: Listener) -> Vec<(usize, f32, usize)> {
        let sound: Vec<f32> = (0..total).map(|i| (i / 100) as f32).collect();
        let mut stretches: Vec<Stretch> =
            sound.chunks(piece).flat_map(|piece| listener.push(piece)).collect();
        stretches.extend(listener.finish());
        let of = |stretch: &Stretch| {
            let first = stretch.first;
            let windows = stretch.windows().enumerate();
            windows.map(|(i, samples)| (first + i, samples[0] * 100.0, samples.len())).collect::<Vec<_>>()
        };
        stretches.iter().flat_map(of).collect()
    }

    #[test]
    fn every_sample_is_in_a_window_and_the_last_ends_with_the_sound() {
        for total in [1, 80_000, 160_000, 160_100, 560_000, 560_100, 640_000, 1_300_000] {
            let found = windows(total, 100_000, Listener::default());
            assert_eq!(found, windows(total, 1600, Listener::default()), "pieces of any length");
            assert_eq!(found, windows(total, 1600, Listener::prompt()), "one by one");
            for (i, (number, start, _)) in found.iter().enumerate() {
                assert_eq!((*number, *start), (i, (i * HOP_SAMPLES) as f32), "{total}");
            }
            let (_, start, length) = *found.last().unwrap();
            assert_eq!(start as usize + length, total);
            let full = found[..found.len() - 1].iter().all(|window| window.2 == WINDOW_SAMPLES);
            assert!(full && (found.len() == 1 || length > HOP_SAMPLES), "{total}");
        }
        assert!(windows(0, 1, Listener::default()).is_empty());
    }
}
