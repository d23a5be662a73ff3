//! Plays sound faster or slower at the same pitch.
//!
//! WSOLA (Verhelst and Roelands, "An overlap-add technique based on waveform similarity", ICASSP 1993): the output
//! moves through the input in steps that are longer or shorter than its own, and each step begins where the input is
//! most similar to what would have come next. Short cross-fades join them.

use super::SAMPLE_RATE;

/// Output samples of one step, and the length of a cross-fade: 20 ms, two periods of a low voice.
const STEP: usize = SAMPLE_RATE as usize / 50;
/// How far a step may begin from its place, in either direction: 10 ms, so that a whole period of a low voice is
/// searched.
const SEARCH: usize = SAMPLE_RATE as usize / 100;

/// The rates that [`Stretcher`] supports.
pub const RATES: std::ops::RangeInclusive<f32> = 0.5..=2.0;

/// Plays 16 kHz mono sound at another rate. At rate 1 the output is the input.
#[derive(Clone, Debug)]
pub struct Stretcher {
    rate: f64,
    /// Input from sample number `start` on.
    input: Vec<f32>,
    start: usize,
    /// The position of the next step in the input.
    place: f64,
    /// The position in the input that follows the last output.
    natural: usize,
    taken: usize,
    given: usize,
}

impl Stretcher {
    /// `rate` 2 is twice as fast; rates outside [`RATES`] are clamped.
    pub fn new(rate: f32) -> Self {
        let rate = if rate.is_finite() { rate.clamp(*RATES.start(), *RATES.end()) } else { 1.0 };
        let rate = f64::from(rate);
        Self { rate, input: Vec::new(), start: 0, place: 0.0, natural: 0, taken: 0, given: 0 }
    }

    /// Returns the rate.
    pub fn rate(&self) -> f32 {
        self.rate as f32
    }

    /// Appends to `output` what can be computed from `input`: up to 40 ms of it wait for more.
    pub fn push(&mut self, input: &[f32], output: &mut Vec<f32>) {
        self.input.extend_from_slice(input);
        self.taken += input.len();
        while self.needed() <= self.start + self.input.len() {
            self.step(output);
        }
    }

    /// Appends the rest, so that the output is as long as the input divided by the rate.
    pub fn finish(mut self, output: &mut Vec<f32>) {
        let due = (self.taken as f64 / self.rate).round() as usize;
        let missing = due.saturating_sub(self.given);
        let before = output.len();
        while self.given < due {
            let silence = self.needed().saturating_sub(self.start + self.input.len());
            self.input.resize(self.input.len() + silence, 0.0);
            self.step(output);
        }
        output.truncate(before + missing);
    }

    /// Returns the end of the input that the next step may need.
    fn needed(&self) -> usize {
        let looked_at = (self.place as usize + SEARCH).max(self.natural) + STEP;
        looked_at.max((self.place + STEP as f64 * self.rate).ceil() as usize)
    }

    fn step(&mut self, output: &mut Vec<f32>) {
        let chosen = self.most_alike();
        let fading = &self.input[self.natural - self.start..][..STEP];
        let rising = &self.input[chosen - self.start..][..STEP];
        output.extend((0..STEP).map(|n| {
            let share = 0.5 - 0.5 * (std::f32::consts::PI * (n as f32 + 0.5) / STEP as f32).cos();
            fading[n] + (rising[n] - fading[n]) * share
        }));
        self.given += STEP;
        self.natural = chosen + STEP;
        self.place += STEP as f64 * self.rate;
        let oldest = (self.place as usize).saturating_sub(SEARCH).min(self.natural);
        if oldest - self.start > SAMPLE_RATE as usize {
            self.input.drain(..oldest - self.start);
            self.start = oldest;
        }
    }

    /// Returns the position, near its place, where the input is most similar to what would come next.
    fn most_alike(&self) -> usize {
        let place = self.place as usize;
        if place == self.natural {
            return place;
        }
        let natural = &self.input[self.natural - self.start..][..STEP];
        let likeness = |at: usize| {
            let candidate = &self.input[at - self.start..][..STEP];
            let (mut product, mut power) = (0.0_f32, 1e-9_f32);
            for (a, b) in natural.iter().zip(candidate) {
                product += a * b;
                power += b * b;
            }
            product / power.sqrt()
        };
        let first = place.saturating_sub(SEARCH).max(self.start);
        let mut best = (place, likeness(place));
        for at in first..=place + SEARCH {
            let likeness = likeness(at);
            if likeness > best.1 {
                best = (at, likeness);
            }
        }
        best.0
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use proptest::prelude::*;

    use super::*;

    fn tone(hertz: f64, samples: usize) -> Vec<f32> {
        (0..samples).map(|n| (0.5 * (TAU * hertz * n as f64 / f64::from(SAMPLE_RATE)).sin()) as f32).collect()
    }

    fn stretched(input: &[f32], rate: f32, block: usize) -> Vec<f32> {
        let (mut stretcher, mut output) = (Stretcher::new(rate), Vec::new());
        input.chunks(block).for_each(|block| stretcher.push(block, &mut output));
        stretcher.finish(&mut output);
        output
    }

    /// Returns the power at a frequency as a fraction of all power (Goertzel).
    fn share_at(samples: &[f32], hertz: f64) -> f64 {
        let (mut re, mut im, mut power) = (0.0, 0.0, 0.0);
        for (n, &sample) in samples.iter().enumerate() {
            let (sin, cos) = (TAU * hertz * n as f64 / f64::from(SAMPLE_RATE)).sin_cos();
            let sample = f64::from(sample);
            re += sample * cos;
            im += sample * sin;
            power += sample * sample;
        }
        2.0 * (re * re + im * im) / (power * samples.len() as f64)
    }

    #[test]
    fn tones_keep_their_pitch_and_level_at_any_rate() {
        for rate in [0.5, 0.75, 1.0, 1.25, 1.5, 2.0] {
            for hertz in [110.0, 440.0, 1000.0] {
                let output = stretched(&tone(hertz, 32_000), rate, 8000);
                let inside = &output[1600..output.len() - 1600];
                // 100 ms at a time: over longer spans small phase shifts add up.
                for part in inside.chunks_exact(1600) {
                    let share = share_at(part, hertz);
                    assert!(share > 0.97, "{hertz} Hz at {rate}: {share}");
                    let loudest = part.iter().fold(0.0_f32, |max, sample| max.max(sample.abs()));
                    assert!((0.45..0.55).contains(&loudest), "{hertz} Hz at {rate}: {loudest}");
                }
            }
        }
    }

    #[test]
    fn the_normal_rate_changes_nothing() {
        let input: Vec<f32> =
            tone(440.0, 20_000).iter().zip(tone(97.0, 20_000)).map(|(a, b)| a * b).collect();
        assert_eq!(stretched(&input, 1.0, 777), input);
    }

    #[test]
    fn odd_rates_are_taken_as_near_ones() {
        let lengths = [0.0, f32::NAN, 9.0].map(|rate| stretched(&tone(200.0, 16_000), rate, 4000).len());
        assert_eq!(lengths, [32_000, 16_000, 8000]);
    }

    #[test]
    fn fast_short_sound_gets_no_longer_than_its_share() {
        assert_eq!(stretched(&tone(330.0, 4496), 1.793_154_1, 1).len(), 2507);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn the_length_is_exact_and_blocks_make_no_difference(
            rate in 0.5_f32..=2.0,
            samples in 0_usize..40_000,
            block in 1_usize..5000,
        ) {
            let input = tone(330.0, samples);
            let output = stretched(&input, rate, block);
            prop_assert_eq!(output.len(), (samples as f64 / f64::from(rate)).round() as usize);
            prop_assert_eq!(output, stretched(&input, rate, samples.max(1)));
        }
    }
}
