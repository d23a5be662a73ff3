//! The spectrum of a moment as a column of levels.

use std::f32::consts::TAU;
use std::sync::Arc;

use realfft::num_complex::Complex32;
use realfft::{RealFftPlanner, RealToComplex};

/// Levels in a column, from 0 to 8 kHz.
pub(super) const ROWS: usize = 128;
/// Length of a moment: 32 ms, in which a voice shows its overtones. Unit: samples.
pub(super) const MOMENT: usize = 4 * ROWS;
/// The quietest and the loudest level that differ. Unit: decibels below full scale.
const QUIET: f32 = -96.0;
const LOUD: f32 = -20.0;

/// Computes columns.
pub(super) struct Columns {
    transform: Arc<dyn RealToComplex<f32>>,
    /// A Hann window, which adds up to 1.
    window: Vec<f32>,
    input: Vec<f32>,
    output: Vec<Complex32>,
    scratch: Vec<Complex32>,
}

impl Columns {
    pub(super) fn new() -> Self {
        let transform = RealFftPlanner::new().plan_fft_forward(MOMENT);
        let hann = |n: usize| (1.0 - (TAU * n as f32 / MOMENT as f32).cos()) / MOMENT as f32;
        Self {
            window: (0..MOMENT).map(hann).collect(),
            input: transform.make_input_vec(),
            output: transform.make_output_vec(),
            scratch: transform.make_scratch_vec(),
            transform,
        }
    }

    /// Returns the levels of [`MOMENT`] samples, the lowest frequencies first: 0 for silence, 255 for loud sound.
    pub(super) fn levels(&mut self, samples: &[f32]) -> [u8; ROWS] {
        for ((input, sample), weight) in self.input.iter_mut().zip(samples).zip(&self.window) {
            *input = sample * weight;
        }
        // The lengths are those of the plan.
        let _ = self.transform.process_with_scratch(&mut self.input, &mut self.output, &mut self.scratch);
        std::array::from_fn(|row| {
            let power = self.output[2 * row].norm_sqr().max(self.output[2 * row + 1].norm_sqr());
            let decibels = 10.0 * power.max(1e-12).log10() + 6.0;
            ((decibels - QUIET) / (LOUD - QUIET) * 255.0).clamp(0.0, 255.0) as u8
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_in_its_row_and_silence_in_none() {
        let mut columns = Columns::new();
        for row in [1, 20, 100] {
            let frequency = (row as f32 + 0.25) / ROWS as f32 / 2.0;
            let tone: Vec<f32> = (0..MOMENT).map(|n| 0.5 * (TAU * frequency * n as f32).sin()).collect();
            let levels = columns.levels(&tone);
            let loudest = (0..ROWS).max_by_key(|row| levels[*row]).unwrap();
            assert_eq!((loudest, levels[loudest]), (row, 255));
            assert!(levels[(row + 60) % ROWS] < 60, "{levels:?}");
        }
        assert_eq!(columns.levels(&[0.0; MOMENT]), [0; ROWS]);
    }
}
