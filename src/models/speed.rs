//! Estimates how fast models are on this computer, from one short measurement.

use std::time::Instant;

use crate::asr::catalog::{CatalogEntry, DECODER_COST, ModelKind, Shape};
use crate::asr::cpu::decoder_cost;
use crate::asr::{CancelToken, RecognizeError, Recognizer};
use crate::audio::SAMPLE_RATE;

/// Length of the measured window. Unit: seconds.
const WINDOW: usize = 28;
/// Length that the encoder actually computes. Unit: seconds.
const COMPUTED: f64 = 30.0;
/// Number of measurements, of which the fastest counts: the others were slowed down by other programs.
const TRIES: usize = 3;

/// How fast this computer multiplies, on one thread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ComputerSpeed {
    /// In a model's encoder. Unit: 10^9 multiplications per second.
    encoder: f64,
    /// The time of a multiplication in the decoder divided by that in the encoder.
    decoder_cost: f64,
}

impl ComputerSpeed {
    /// Measures with a recognizer of a model of this shape. Takes about a second.
    ///
    /// # Errors
    /// Those of the recognizer.
    pub fn measure(recognizer: &mut dyn Recognizer, shape: Shape) -> Result<Self, RecognizeError> {
        // The sound does not matter: a language is detected after the encoder and one step of the decoder.
        let samples = vec![0.0; WINDOW * SAMPLE_RATE as usize];
        let mut best = f64::INFINITY;
        for _ in 0..TRIES {
            let start = Instant::now();
            recognizer.detect_language(&samples, &CancelToken::default())?;
            best = best.min(start.elapsed().as_secs_f64());
        }
        let encoder = shape.encoder_work() * COMPUTED / best.max(1e-6);
        Ok(Self { encoder, decoder_cost: decoder_cost() })
    }

    /// Wraps an encoder's speed measured elsewhere, on a processor like most. Unit: 10^9 multiplications per second.
    pub fn of(encoder: f64) -> Self {
        Self { encoder, decoder_cost: DECODER_COST }
    }

    /// Computes the speed from captioning with a model of this shape on this number of threads, given the real-time
    /// factor.
    pub fn from_rtf(shape: Shape, threads: usize, rtf: f64) -> Self {
        let decoder_cost = decoder_cost();
        let encoder = shape.work(decoder_cost) / (rtf * threads.max(1) as f64).max(1e-6);
        Self { encoder, decoder_cost }
    }

    /// Returns the real-time factor of captioning with a model, on this number of threads.
    pub fn rtf(self, shape: Shape, threads: usize) -> f64 {
        shape.work(self.decoder_cost) / self.encoder / threads.max(1) as f64
    }
}

/// Returns whether live captions keep up with speech at this real-time factor for recordings: drafts and final
/// decodings take about three times the work of a recording.
pub fn keeps_up_live(rtf: f64) -> bool {
    const MOST: f64 = 0.15;
    rtf <= MOST
}

/// Returns the speech models of the catalogue, from the fastest to the slowest.
pub fn speech_models(entries: &[CatalogEntry]) -> Vec<(&CatalogEntry, Shape)> {
    let speech = entries.iter().filter(|entry| entry.kind == ModelKind::Speech);
    let mut models: Vec<_> = speech.filter_map(|entry| Some((entry, entry.shape?))).collect();
    models.sort_by(|a, b| a.1.work(DECODER_COST).total_cmp(&b.1.work(DECODER_COST)));
    models
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asr::catalog::Catalog;

    #[test]
    fn a_larger_model_takes_longer_and_more_threads_less_long() {
        let speed = ComputerSpeed::of(100.0);
        let models = speech_models(Catalog::builtin().models());
        assert!(models.len() > 10);
        assert!(models.is_sorted_by(|a, b| speed.rtf(a.1, 1) <= speed.rtf(b.1, 1)));
        let rtf = |name: &str, threads| {
            let entry = Catalog::builtin().find(name).unwrap();
            speed.rtf(entry.shape.unwrap(), threads)
        };
        assert!((rtf("base", 2) * 2.0 - rtf("base", 1)).abs() < 1e-9);
        let again = ComputerSpeed::from_rtf(Shape::BASE, 2, rtf("base", 2));
        assert!((again.rtf(Shape::BASE, 2) - rtf("base", 2)).abs() < 1e-9);
        // As measured with the engine and AVX-512 VNNI: small takes 3.3 times as long as base, and large-v3-turbo ten times as long.
        for (name, times) in [("small", 3.3), ("large-v3-turbo", 10.3)] {
            let ratio = rtf(name, 1) / rtf("base", 1);
            assert!((ratio / times - 1.0).abs() < 0.1, "{name}: {ratio}");
        }
    }
}
