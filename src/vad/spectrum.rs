//! Magnitudes of short-time spectra, computed with the Fourier matrix of the model.
//!
//! A cosine is symmetric, a sine is antisymmetric, and the bins of the upper half mirror those of the lower except for
//! the sign of each second sample. So the samples are folded, even and odd ones are multiplied separately, and a
//! quarter of the products is left. A real Fourier transform would need even fewer, but the model's numbers are rounded
//! to 16 bits, and those of a transform are not.

use std::ops::Range;

use super::product::{Matrix, Rows, Sums};
use super::tensors::VadModelError;

/// Samples per spectrum.
pub(super) const SIZE: usize = 256;
pub(super) const BINS: usize = SIZE / 2 + 1;

/// Number of folded samples with an even number, and as many with an odd one.
const FOLDED: usize = SIZE / 4;
/// The bin that is its own mirror image.
const MIDDLE: usize = BINS / 2;

pub(super) struct Spectrum {
    /// From even and from odd samples to the bins below the middle, real and imaginary parts.
    even: [Matrix; 2],
    odd: [Matrix; 2],
    /// The middle bin: real from the even samples, imaginary from the odd ones.
    middle: [Vec<f32>; 2],
}

/// Buffers for the parts of consecutive spectra.
#[derive(Clone, Default)]
pub(super) struct SpectrumWork {
    /// Indexed `[cosine, sine][spectrum][sample]`.
    even: [Vec<f32>; 2],
    odd: [Vec<f32>; 2],
    /// Indexed `[cosine, sine][spectrum][bin]`.
    from_even: [Vec<f32>; 2],
    from_odd: [Vec<f32>; 2],
}

impl Spectrum {
    /// `basis` is indexed `[real, imaginary][bin][sample]`.
    pub fn new(basis: &[f32]) -> Result<Self, VadModelError> {
        let (real, imaginary) = basis.split_at(BINS * SIZE);
        if !is_symmetric(real, 1.0) || !is_symmetric(imaginary, -1.0) {
            return Err(VadModelError::Unsupported("its Fourier matrix is not symmetric".to_owned()));
        }
        let matrix = |part: &[f32], odd: usize| {
            Matrix::new(FOLDED, FOLDED, |input, bin| part[bin * SIZE + sample(input, odd)])
        };
        let middle =
            |part: &[f32], odd| (0..FOLDED).map(|input| part[MIDDLE * SIZE + sample(input, odd)]).collect();
        Ok(Self {
            even: [matrix(real, 0), matrix(imaginary, 0)],
            odd: [matrix(real, 1), matrix(imaginary, 1)],
            middle: [middle(real, 0), middle(imaginary, 1)],
        })
    }

    /// Appends the magnitudes of `BINS` bins for each `SIZE` samples.
    pub fn magnitudes<'a>(
        &self,
        windows: impl Iterator<Item = &'a [f32]>,
        work: &mut SpectrumWork,
        magnitudes: &mut Vec<f32>,
    ) {
        work.fold(windows);
        for part in 0..2 {
            multiply(&self.even[part], &work.even[part], &mut work.from_even[part]);
            multiply(&self.odd[part], &work.odd[part], &mut work.from_odd[part]);
        }
        let count = work.even[0].len() / FOLDED;
        for window in 0..count {
            let range = window * FOLDED..(window + 1) * FOLDED;
            let middle = [
                dot(&work.even[0][range.clone()], &self.middle[0]),
                dot(&work.odd[1][range.clone()], &self.middle[1]),
            ];
            append(parts(&work.from_even, &range), parts(&work.from_odd, &range), middle, magnitudes);
        }
    }
}

impl SpectrumWork {
    fn fold<'a>(&mut self, windows: impl Iterator<Item = &'a [f32]>) {
        self.even.iter_mut().chain(&mut self.odd).for_each(Vec::clear);
        for window in windows {
            let pair = |n: usize| (window[n], window[SIZE - n]);
            for (folded, odd) in [(&mut self.even, 0), (&mut self.odd, 1)] {
                let pairs = (0..FOLDED).map(|n| pair(sample(n, odd)));
                folded[0].extend(pairs.clone().map(|(a, b)| a + b));
                folded[1].extend(pairs.map(|(a, b)| a - b));
            }
            // The last even sample is its own mirror image.
            let last = self.even[0].len() - 1;
            self.even[0][last] = window[SIZE / 2];
        }
    }
}

/// Returns the number of the `n`th even or odd sample. The very first sample has no weight.
fn sample(n: usize, odd: usize) -> usize {
    2 * n + 2 - odd
}

/// Returns whether the first sample has no weight, and the other samples and the bins are mirrored. `sign` is that of
/// the mirrored samples.
fn is_symmetric(part: &[f32], sign: f32) -> bool {
    let value = |bin: usize, n: usize| part[bin * SIZE + n];
    (0..BINS).all(|bin| {
        value(bin, 0) == 0.0
            && (1..SIZE).all(|n| {
                let alternating = if n % 2 == 0 { sign } else { -sign };
                value(bin, n) == sign * value(bin, SIZE - n)
                    && value(bin, n) == alternating * value(BINS - 1 - bin, n)
            })
    })
}

fn multiply(matrix: &Matrix, rows: &[f32], sums: &mut Vec<f32>) {
    sums.clear();
    sums.resize(rows.len(), 0.0);
    let rows = Rows { values: rows, stride: FOLDED };
    let count = sums.len() / FOLDED;
    matrix.add_product(Sums { values: sums, stride: FOLDED }, rows, count, 0, FOLDED);
}

fn parts<'a>(of: &'a [Vec<f32>; 2], range: &Range<usize>) -> [&'a [f32]; 2] {
    of.each_ref().map(|part| &part[range.clone()])
}

fn dot(values: &[f32], weights: &[f32]) -> f32 {
    values.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

/// Appends the magnitudes of one spectrum. `even` and `odd` are the contributions of even and odd samples to the real
/// and imaginary parts of the bins below the middle; above it, each second sample has the opposite sign.
fn append(even: [&[f32]; 2], odd: [&[f32]; 2], middle: [f32; 2], magnitudes: &mut Vec<f32>) {
    let (mut lower, mut upper) = ([0.0; FOLDED], [0.0; FOLDED]);
    for bin in 0..FOLDED {
        let [real, imaginary] = [0, 1].map(|part| (even[part][bin], odd[part][bin]));
        lower[bin] = magnitude(real.0 + real.1, imaginary.0 + imaginary.1);
        upper[bin] = magnitude(real.0 - real.1, imaginary.0 - imaginary.1);
    }
    magnitudes.extend_from_slice(&lower);
    magnitudes.push(magnitude(middle[0], middle[1]));
    magnitudes.extend(upper.iter().rev());
}

fn magnitude(real: f32, imaginary: f32) -> f32 {
    (real * real + imaginary * imaginary).sqrt()
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;

    /// Returns the matrix of a Fourier transform under a Hann window, as the model's authors publish it.
    fn basis() -> Vec<f32> {
        let value = |bin: usize, n: usize, quarter: usize| {
            let angle = |times: usize| (times % SIZE) as f64 / SIZE as f64 * TAU;
            let wave = (angle(bin * n + quarter)).cos();
            // Some values differ from zero, or from their mirror image, only by rounding.
            let rounded = (wave * 1e6).round() / 1e6;
            ((0.5 - 0.5 * angle(n).cos()) * 1e6).round() as f32 * rounded as f32 / 1e6
        };
        let part = |quarter| (0..BINS).flat_map(move |bin| (0..SIZE).map(move |n| value(bin, n, quarter)));
        part(0).chain(part(SIZE / 4)).collect()
    }

    #[test]
    fn folding_changes_no_magnitude() {
        let basis = basis();
        let sound: Vec<f32> = (0..1000_u32).map(|n| (n * n % 317) as f32 / 317.0 - 0.5).collect();
        let windows = || sound.windows(SIZE).step_by(124);
        let mut found = Vec::new();
        let spectrum = Spectrum::new(&basis).unwrap();
        spectrum.magnitudes(windows(), &mut SpectrumWork::default(), &mut found);
        assert_eq!(found.len(), windows().count() * BINS);
        for (window, found) in windows().zip(found.chunks(BINS)) {
            for (bin, found) in found.iter().enumerate() {
                let part = |first: usize| {
                    let row = &basis[first * SIZE..][..SIZE];
                    row.iter().zip(window).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>()
                };
                let wanted = part(bin).hypot(part(BINS + bin));
                assert!((f64::from(*found) - wanted).abs() < 1e-4, "bin {bin}: {found}, not {wanted}");
            }
        }
    }

    #[test]
    fn a_matrix_that_cannot_be_folded_is_refused() {
        for place in [SIZE, 3 * SIZE + 7, 100 * SIZE + 200, (BINS + 5) * SIZE + 9] {
            let mut basis = basis();
            basis[place] += 0.5;
            assert!(Spectrum::new(&basis).is_err(), "at {place}");
        }
    }
}
