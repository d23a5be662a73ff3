//! Resamples one channel, exact in time.

mod filter;

use super::SAMPLE_RATE;
use filter::Filter;

/// Minimum FFT block on the output side: 40 ms. Longer blocks make the edge of the filter steeper.
const BLOCK: usize = 640;

/// Converts blocks of any size from one sample rate to another.
///
/// `n` input samples give `n * wanted / rate` output samples, rounded to the nearest, however long the recording: the
/// ratio is a fraction of integers. The delay of the filter is cut off, so that sound stays where it was, and the
/// result does not depend on how the input was divided into blocks.
pub(super) struct Resampler {
    rate: u32,
    wanted: u32,
    /// `None` if both rates are the same.
    filter: Option<Filter>,
    waiting: Vec<f32>,
    /// Output samples of the filter's delay that must still be dropped.
    delay: usize,
    taken: u64,
    given: u64,
}

impl Resampler {
    /// Resamples to 16 kHz. `rate` in samples per second must not be zero.
    pub fn new(rate: u32) -> Self {
        Self::between(rate, SAMPLE_RATE)
    }

    /// Resamples from `rate` to `wanted` samples per second, neither of them zero.
    pub fn between(rate: u32, wanted: u32) -> Self {
        let filter = (rate != wanted).then(|| {
            let gcd = gcd(rate, wanted);
            let (rate, wanted) = ((rate / gcd) as usize, (wanted / gcd) as usize);
            // An even number; otherwise the filter's delay would be half a sample off.
            let blocks = BLOCK.div_ceil(wanted).next_multiple_of(2);
            Filter::new(blocks * rate, blocks * wanted)
        });
        let delay = filter.as_ref().map_or(0, Filter::delay);
        Self { rate, wanted, filter, waiting: Vec::new(), delay, taken: 0, given: 0 }
    }

    /// Appends to `samples` what can be computed from `input`.
    pub fn push(&mut self, input: &[f32], samples: &mut Vec<f32>) {
        self.taken += input.len() as u64;
        let Some(block) = self.filter.as_ref().map(Filter::input_block) else {
            samples.extend_from_slice(input);
            self.given += input.len() as u64;
            return;
        };
        self.waiting.extend_from_slice(input);
        let mut start = 0;
        while self.waiting.len() - start >= block {
            self.convert(start, block, samples);
            start += block;
        }
        self.waiting.drain(..start);
    }

    /// Appends the remaining samples. Nothing may be pushed after this.
    pub fn finish(&mut self, samples: &mut Vec<f32>) {
        let rest = self.waiting.len();
        self.convert(0, rest, samples);
        while self.given < self.due() {
            self.convert(rest, 0, samples);
        }
    }

    /// Converts one block from `waiting`, of which `len` samples exist; the others are silence.
    fn convert(&mut self, start: usize, len: usize, samples: &mut Vec<f32>) {
        let due = self.due();
        let Some(filter) = &mut self.filter else { return };
        let output = filter.convert(&self.waiting[start..start + len]);
        let dropped = self.delay.min(output.len());
        self.delay -= dropped;
        let wanted = (due - self.given).min((output.len() - dropped) as u64) as usize;
        samples.extend_from_slice(&output[dropped..dropped + wanted]);
        self.given += wanted as u64;
    }

    /// Returns the number of output samples that belong to the input so far.
    fn due(&self) -> u64 {
        let (rate, wanted) = (u128::from(self.rate), u128::from(self.wanted));
        ((u128::from(self.taken) * wanted + rate / 2) / rate) as u64
    }
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use std::f32::consts::TAU;

    use proptest::prelude::*;

    use super::*;

    fn tone(hertz: f32, rate: u32, seconds: f32) -> Vec<f32> {
        (0..(rate as f32 * seconds) as u32)
            .map(|n| 0.5 * (TAU * (f64::from(n) * f64::from(hertz) / f64::from(rate)).fract() as f32).sin())
            .collect()
    }

    fn resample(input: &[f32], rate: u32) -> Vec<f32> {
        let (mut resampler, mut samples) = (Resampler::new(rate), Vec::new());
        resampler.push(input, &mut samples);
        resampler.finish(&mut samples);
        samples
    }

    fn rms(samples: &[f32]) -> f32 {
        (samples.iter().map(|s| s * s).sum::<f32>() / samples.len() as f32).sqrt()
    }

    #[test]
    fn tones_of_speech_keep_level_and_place() {
        for rate in [8_000, 11_025, 22_050, 44_100, 48_000, 96_000] {
            for hertz in [100.0, 1000.0, 3500.0] {
                let got = resample(&tone(hertz, rate, 1.0), rate);
                let error: Vec<f32> =
                    got.iter().zip(tone(hertz, SAMPLE_RATE, 1.0)).map(|(a, b)| a - b).collect();
                let inside = &error[1600..14_400];
                assert!(rms(inside) < 0.002, "{hertz} Hz at {rate}: error {}", rms(inside));
            }
        }
    }

    #[test]
    fn tones_above_8_khz_do_not_fold_back() {
        for rate in [22_050, 44_100, 48_000, 96_000] {
            let got = resample(&tone(9000.0, rate, 1.0), rate);
            let level = rms(&got[1600..14_400]);
            assert!(level < 0.5e-4, "9 kHz at {rate} came through at {level}");
        }
    }

    #[test]
    fn an_impulse_stays_where_it_was() {
        for rate in [8_000, 44_100, 48_000] {
            let mut input = vec![0.0; rate as usize];
            input[rate as usize / 2] = 1.0;
            let got = resample(&input, rate);
            let peak = (0..got.len()).max_by(|&a, &b| got[a].total_cmp(&got[b])).unwrap();
            assert!(peak.abs_diff(8000) <= 1, "at {rate} the impulse came out at {peak}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn the_length_is_exact(rate in 1000_u32..200_000, len in 0_usize..60_000) {
            let got = resample(&vec![0.25; len], rate).len() as f64;
            prop_assert!((got - len as f64 * f64::from(SAMPLE_RATE) / f64::from(rate)).abs() <= 0.5);
        }

        #[test]
        fn block_sizes_make_no_difference(
            rate in prop::sample::select(vec![8_000_u32, 16_000, 44_100, 48_000]),
            sizes in prop::collection::vec(0_usize..5000, 1..20),
        ) {
            let input = tone(440.0, rate, 1.0);
            let (mut resampler, mut got, mut rest) = (Resampler::new(rate), Vec::new(), &input[..]);
            for size in sizes {
                let (block, after) = rest.split_at(size.min(rest.len()));
                resampler.push(block, &mut got);
                rest = after;
            }
            resampler.push(rest, &mut got);
            resampler.finish(&mut got);
            prop_assert_eq!(got, resample(&input, rate));
        }
    }
}
