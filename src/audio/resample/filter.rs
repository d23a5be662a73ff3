//! Resamples whole blocks by Fourier transforms, with the same bits on every processor.
//!
//! A block and an equal length of silence are transformed; the spectrum is cut or extended to the wanted rate,
//! multiplied with the filter's, and transformed back. Output beyond the end of the block is added to the next one.
//!
//! Resampling libraries use whatever instructions the processor has, each of which rounds in its own way, and cannot be
//! told otherwise. So this uses `realfft` without its processor features, and no sine function of the system.

use std::sync::Arc;

use realfft::num_complex::Complex32;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};

pub(super) struct Filter {
    /// Number of samples of a block before and after.
    input_block: usize,
    output_block: usize,
    response: Vec<Complex32>,
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
    scratch: Vec<Complex32>,
    /// The block and an equal length of silence.
    input: Vec<f32>,
    input_spectrum: Vec<Complex32>,
    output_spectrum: Vec<Complex32>,
    output: Vec<f32>,
    /// Output of the previous block that is added to this one.
    overlap: Vec<f32>,
}

impl Filter {
    /// Converts blocks of `input_block` samples to blocks of `output_block`, neither of them zero.
    pub fn new(input_block: usize, output_block: usize) -> Self {
        let mut planner = RealFftPlanner::new();
        let forward = planner.plan_fft_forward(2 * input_block);
        let inverse = planner.plan_fft_inverse(2 * output_block);
        let scratch = forward.get_scratch_len().max(inverse.get_scratch_len());
        let mut filter = Self {
            input_block,
            output_block,
            response: Vec::new(),
            scratch: vec![Complex32::ZERO; scratch],
            input: forward.make_input_vec(),
            input_spectrum: forward.make_output_vec(),
            output_spectrum: inverse.make_input_vec(),
            output: inverse.make_output_vec(),
            overlap: vec![0.0; output_block],
            forward,
            inverse,
        };
        filter.transform(&impulse_response(input_block, output_block));
        filter.response = filter.input_spectrum.clone();
        filter
    }

    pub fn input_block(&self) -> usize {
        self.input_block
    }

    /// Returns the filter's delay. Unit: output samples.
    pub fn delay(&self) -> usize {
        self.output_block / 2
    }

    /// Converts a block; missing samples at its end are silence. Returns a whole block.
    pub fn convert(&mut self, block: &[f32]) -> &[f32] {
        self.transform(block);
        // If the rate falls, the highest bin is half a bin, and the filter is zero there.
        let bins = (self.input_block + 1).min(self.output_block);
        let (kept, rest) = self.output_spectrum.split_at_mut(bins);
        for ((kept, input), response) in kept.iter_mut().zip(&self.input_spectrum).zip(&self.response) {
            *kept = input * response;
        }
        rest.fill(Complex32::ZERO);
        // It reports samples that are not numbers, and transforms them anyway.
        let _ =
            self.inverse.process_with_scratch(&mut self.output_spectrum, &mut self.output, &mut self.scratch);
        let (now, next) = self.output.split_at_mut(self.output_block);
        now.iter_mut().zip(&self.overlap).for_each(|(sample, before)| *sample += before);
        self.overlap.copy_from_slice(next);
        now
    }

    /// Transforms samples, at most a block, to `input_spectrum`.
    fn transform(&mut self, samples: &[f32]) {
        let (taken, silent) = self.input.split_at_mut(samples.len());
        taken.copy_from_slice(samples);
        silent.fill(0.0);
        self.forward
            .process_with_scratch(&mut self.input, &mut self.input_spectrum, &mut self.scratch)
            .expect("the buffers have the sizes that the transform asked for");
    }
}

/// Returns a sinc under a squared Blackman-Harris window, as long as a block. It includes the scale of both transforms.
fn impulse_response(input_block: usize, output_block: usize) -> Vec<f32> {
    let length = input_block as f64;
    let cutoff = cutoff(input_block.min(output_block)) * (output_block as f64 / length).min(1.0);
    let value = |n: usize| {
        let window = blackman_harris(n as f64 / length);
        window * window * sinc((n as f64 - (input_block / 2) as f64) * cutoff)
    };
    let values: Vec<f64> = (0..input_block).map(value).collect();
    let scale = values.iter().sum::<f64>() * 2.0 * length;
    values.iter().map(|value| (value / scale) as f32).collect()
}

/// Returns the fraction of the spectrum that a filter of this length passes, such that it reaches zero at its end. A
/// fit for this window, by the authors of the `rubato` library.
fn cutoff(length: usize) -> f64 {
    let part = 1.0 / length as f64;
    1.0 / (1.0
        + part * (13.745_202_940_783_823 + part * (121.735_325_863_749_34 + part * 5_964.163_279_612_051)))
}

/// Returns a value that rises from 0 to 1 and falls back over one turn.
fn blackman_harris(turn: f64) -> f64 {
    let weights = [0.358_75, -0.488_29, 0.141_28, -0.011_68];
    (0_u8..).zip(weights).map(|(times, weight)| weight * sine(turn * f64::from(times) + 0.25)).sum()
}

/// Returns sin(pi x) / (pi x).
fn sinc(x: f64) -> f64 {
    if x == 0.0 { 1.0 } else { sine(x / 2.0) / (x * std::f64::consts::PI) }
}

/// Returns the sine of an angle in turns. The systems' own functions differ in the last bit.
fn sine(turns: f64) -> f64 {
    let turns = turns - (turns + 0.5).floor();
    // The outer quarters mirror the inner ones.
    let turns = if turns.abs() > 0.25 { turns.signum() * 0.5 - turns } else { turns };
    let x = turns * std::f64::consts::TAU;
    // Taylor series up to the 21st power, from its last term: the remainder is below the rounding error of a float.
    let factor = |power: f64| -x * x / (power * (power - 1.0));
    let powers = [21.0, 19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0];
    powers.iter().fold(1.0, |sum, &power| 1.0 + factor(power) * sum) * x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sine_is_one() {
        for n in -5000..5000 {
            let turns = f64::from(n) * 0.001_3;
            let error = sine(turns) - (turns * std::f64::consts::TAU).sin();
            assert!(error.abs() < 1e-14, "{turns} turns: off by {error:e}");
        }
    }

    #[test]
    fn no_level_is_gained_or_lost() {
        for (input, output) in [(1764, 640), (1920, 640), (320, 640), (640, 1764)] {
            let sum = f64::from(impulse_response(input, output).iter().sum::<f32>()) * 2.0 * input as f64;
            assert!((sum - 1.0).abs() < 1e-5, "{input} to {output}: {sum}");
        }
    }
}
