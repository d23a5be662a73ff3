//! The filter bank of Kaldi that the voice network was trained on: 80 bands of the mel scale, without dither.

use std::f64::consts::TAU;
use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};
use whisper_cpu::float::ln;

/// Bands of a frame.
pub(crate) const BANDS: usize = 80;
/// Samples of a frame: 25 ms at 16 kHz.
const FRAME: usize = 400;
/// Samples from one frame to the next: 10 ms.
pub(crate) const HOP: usize = 160;
/// Samples of a transform; frames are padded with zeros.
const SIZE: usize = 512;
/// The distance between frequencies of the transform. Unit: Hz.
const STEP: f64 = 16_000.0 / SIZE as f64;
/// The frequencies that the bands cover, in hertz.
const COVERED: [f64; 2] = [20.0, 8000.0];
/// The share of the previous sample that is subtracted from each.
const EMPHASIS: f32 = 0.97;
/// The minimum power: the epsilon of 32-bit floats, as in Kaldi.
const LEAST_POWER: f32 = f32::EPSILON;

/// A triangle over some frequencies.
struct Band {
    first: usize,
    weights: Vec<f32>,
}

pub(crate) struct FilterBank {
    transform: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    bands: Vec<Band>,
}

impl FilterBank {
    pub fn new() -> Self {
        // Kaldi's window "povey": that of Hann, flattened.
        let hann = |i: usize| 0.5 - 0.5 * (TAU * i as f64 / (FRAME - 1) as f64).cos();
        Self {
            transform: RealFftPlanner::new().plan_fft_forward(SIZE),
            window: (0..FRAME).map(|i| hann(i).powf(0.85) as f32).collect(),
            bands: (0..BANDS).map(band).collect(),
        }
    }

    /// Frames of 80 bands, as many as fit into the samples (mono, 16 kHz, from -1 to 1).
    pub fn frames(&self, samples: &[f32]) -> Vec<f32> {
        let count = (samples.len() + HOP).saturating_sub(FRAME) / HOP;
        let mut frames = Vec::with_capacity(count * BANDS);
        let (mut input, mut spectrum) = (self.transform.make_input_vec(), self.transform.make_output_vec());
        let mut scratch = self.transform.make_scratch_vec();
        for frame in samples.windows(FRAME).step_by(HOP) {
            self.emphasize(frame, &mut input);
            let done = self.transform.process_with_scratch(&mut input, &mut spectrum, &mut scratch);
            debug_assert!(done.is_ok(), "the plan made these buffers");
            frames.extend(self.bands.iter().map(|band| band.level(&spectrum)));
        }
        frames
    }

    fn emphasize(&self, frame: &[f32], input: &mut [f32]) {
        let mean = frame.iter().sum::<f32>() / FRAME as f32;
        let mut before = frame[0] - mean;
        for ((to, sample), window) in input.iter_mut().zip(frame).zip(&self.window) {
            let sample = sample - mean;
            *to = (sample - EMPHASIS * before) * window;
            before = sample;
        }
        input[FRAME..].fill(0.0);
    }
}

impl Band {
    /// The natural logarithm of the power in the band.
    fn level(&self, spectrum: &[Complex<f32>]) -> f32 {
        let powers = spectrum[self.first..].iter().map(|value| value.re * value.re + value.im * value.im);
        let power: f32 = powers.zip(&self.weights).map(|(power, weight)| power * weight).sum();
        ln(power.max(LEAST_POWER))
    }
}

fn band(index: usize) -> Band {
    let mel = |hertz: f64| 1127.0 * (1.0 + hertz / 700.0).ln();
    let [low, high] = COVERED.map(mel);
    let width = (high - low) / (BANDS + 1) as f64;
    let start = low + index as f64 * width;
    let weight = |k: usize| {
        let rise = (mel(k as f64 * STEP) - start) / width;
        rise.min(2.0 - rise).max(0.0) as f32
    };
    let first = (0..SIZE / 2).find(|&k| weight(k) > 0.0).unwrap_or(0);
    Band { first, weights: (first..SIZE / 2).map(weight).take_while(|&weight| weight > 0.0).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_loudest_in_its_band() {
        let tone: Vec<f32> = (0..16_000).map(|i| (i as f32 * std::f32::consts::TAU / 16.0).sin()).collect();
        let frames = FilterBank::new().frames(&tone);
        assert_eq!(frames.len(), 98 * BANDS);
        let middle = &frames[50 * BANDS..][..BANDS];
        let loudest = (0..BANDS).max_by(|&a, &b| middle[a].total_cmp(&middle[b]));
        // 1 kHz is 1000 mel; bands are 34.65 mel apart, the first with its peak at 66.4.
        assert_eq!(loudest, Some(27));
    }

    #[test]
    fn silence_and_sound_that_is_too_short() {
        let silence = FilterBank::new().frames(&[0.0; 560]);
        assert_eq!(silence, vec![ln(LEAST_POWER); 2 * BANDS]);
        assert!(FilterBank::new().frames(&[0.0; 399]).is_empty());
    }
}
