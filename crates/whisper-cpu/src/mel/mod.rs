//! The spectrogram that Whisper was trained on: logarithms of the power in bands of the mel scale.

mod fourier;

use self::fourier::{Buffer, Fourier, Lane};
use crate::kernels::math::ln;
use crate::level::Level;
use crate::simd::{Kernel, LANES, Simd, dispatch};

/// Samples of a frame: 25 ms at 16 kHz.
const FRAME: usize = 400;
/// Samples from one frame to the next: 10 ms.
const HOP: usize = 160;
/// Frequencies from 0 to 8 kHz.
pub(crate) const FREQUENCIES: usize = FRAME / 2 + 1;
/// log10 of the least power that is distinguished from silence.
const SILENCE: f32 = -10.0;
const LEAST_POWER: f32 = 1e-10;
/// Values further below the loudest band are raised to this: 80 dB, as log10 of the power.
const RANGE: f32 = 8.0;

/// Computes spectrograms for one model.
pub(crate) struct Mel {
    fourier: Fourier,
    /// Hann's window.
    window: [f32; FRAME],
    bands: Vec<Band>,
}

/// A triangle over some frequencies.
struct Band {
    first: usize,
    weights: Vec<f32>,
}

impl Mel {
    /// `filters` has a row of [`FREQUENCIES`] weights for each band.
    pub fn new(filters: &[f32]) -> Self {
        let band = |row: &[f32]| {
            let first = row.iter().position(|&weight| weight != 0.0).unwrap_or(0);
            let end = row.iter().rposition(|&weight| weight != 0.0).map_or(first, |last| last + 1);
            Band { first, weights: row[first..end].to_vec() }
        };
        let mut window = [0.0; FRAME];
        for (value, (cosine, _)) in window.iter_mut().zip(fourier::turns()) {
            *value = (0.5 - 0.5 * cosine) as f32;
        }
        Self { fourier: Fourier::new(), window, bands: filters.chunks_exact(FREQUENCIES).map(band).collect() }
    }

    /// Computes `frames` frames of the audio, with silence after it, as rows of bands, with a row of zeros before and
    /// after.
    /// `samples` are 16 kHz mono.
    pub fn spectrogram(&self, level: Level, samples: &[f32], frames: usize) -> Vec<f32> {
        let bands = self.bands.len();
        let mut rows = vec![0.0; (frames + 2) * bands];
        let inner = &mut rows[bands..(frames + 1) * bands];
        // Frames after the end of the audio see only zeros.
        let sounding = frames.min((samples.len() + FRAME / 2) / HOP + 1);
        let (sound, silence) = inner.split_at_mut(sounding * bands);
        dispatch(level, LogPowers { mel: self, samples, rows: sound });
        silence.fill(SILENCE);
        let loudest = sound.iter().copied().fold(SILENCE, f32::max);
        for cell in inner {
            *cell = (cell.max(loudest - RANGE) + 4.0) / 4.0;
        }
        rows
    }

    /// One lane of the frames: the audio around a point in time, windowed, and mirrored before its start.
    fn cut(&self, samples: &[f32], index: usize, lane: usize, frames: &mut [Lane; FRAME]) {
        let start = (index * HOP) as isize - (FRAME / 2) as isize;
        let at = |place: isize| samples.get(place.unsigned_abs()).copied().unwrap_or(0.0);
        for (i, (frame, by)) in frames.iter_mut().zip(&self.window).enumerate() {
            frame[lane] = at(start + i as isize) * by;
        }
    }
}

struct LogPowers<'a> {
    mel: &'a Mel,
    samples: &'a [f32],
    /// Rows of bands, one a frame.
    rows: &'a mut [f32],
}

impl Kernel for LogPowers<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let Self { mel, samples, rows } = self;
        let bands = mel.bands.len();
        let (mut frames, mut buffer) = ([[0.0; LANES]; FRAME], Buffer::new());
        let mut powers = [[0.0; LANES]; FREQUENCIES];
        for (block, rows) in rows.chunks_mut(LANES * bands).enumerate() {
            for lane in 0..rows.len() / bands {
                mel.cut(samples, block * LANES + lane, lane, &mut frames);
            }
            mel.fourier.powers(s, &frames, &mut buffer, &mut powers);
            for (i, band) in mel.bands.iter().enumerate() {
                let mut sum = s.splat(0.0);
                for (power, &weight) in powers[band.first..].iter().zip(&band.weights) {
                    // SAFETY: sixteen floats.
                    let power = unsafe { s.load(power.as_ptr()) };
                    sum = s.add(sum, s.mul(power, s.splat(weight)));
                }
                let mut lanes = [0.0; LANES];
                // SAFETY: sixteen floats.
                unsafe { s.store(lanes.as_mut_ptr(), sum) };
                for (row, power) in rows.chunks_exact_mut(bands).zip(lanes) {
                    row[i] = ln(power.max(LEAST_POWER)) * std::f32::consts::LOG10_E;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Filters that each pass one frequency.
    fn single(frequencies: &[usize]) -> Vec<f32> {
        let row = |&frequency: &usize| (0..FREQUENCIES).map(move |f| if f == frequency { 1.0 } else { 0.0 });
        frequencies.iter().flat_map(row).collect()
    }

    #[test]
    fn the_window_is_hanns() {
        for (i, value) in Mel::new(&[]).window.into_iter().enumerate() {
            let exact = 0.5 - 0.5 * (std::f64::consts::TAU * i as f64 / FRAME as f64).cos();
            assert!((f64::from(value) - exact).abs() < 1e-7, "{i}");
        }
    }

    #[test]
    fn a_tone_is_in_its_band_at_every_level() {
        let tone: Vec<f32> = (0..16_000).map(|i| (i as f32 * std::f32::consts::TAU / 16.0).sin()).collect();
        let mel = Mel::new(&single(&[10, 25, 60]));
        let rows = mel.spectrogram(Level::Scalar, &tone, 120);
        assert_eq!(rows.len(), 122 * 3);
        assert!(rows[..3].iter().chain(&rows[121 * 3..]).all(|&cell| cell == 0.0), "rows of zeros around it");
        let middle = &rows[51 * 3..][..3];
        // A full tone of 1 kHz at 10, 25 and 60 times 40 Hz: power (400 / 4)^2, so log10 is 4.
        assert!((middle[1] - 2.0).abs() < 1e-3, "{middle:?}");
        assert!(middle[0].abs() < 1e-5 && middle[2].abs() < 1e-5, "80 dB less: {middle:?}");
        assert!(
            rows[115 * 3..][..3].iter().all(|cell| cell.abs() < 1e-5),
            "silence is 80 dB below the loudest"
        );
        for level in Level::available() {
            assert_eq!(mel.spectrogram(level, &tone, 120), rows, "{level}");
        }
    }

    proptest! {
        #[test]
        fn every_level_gives_the_same_bits(samples in proptest::collection::vec(-1f32..1.0, 0..5000), frames in 1usize..40) {
            let mel = Mel::new(&single(&[0, 10, 200]));
            let plain = mel.spectrogram(Level::Scalar, &samples, frames);
            for level in Level::available() {
                prop_assert_eq!(&mel.spectrogram(level, &samples, frames), &plain, "{}", level);
            }
        }
    }

    #[test]
    fn no_sound_is_even() {
        let rows = Mel::new(&single(&[3])).spectrogram(Level::best(), &[], 10);
        assert!(rows[1..11].iter().all(|&cell| cell == -1.5));
    }
}
