//! Sound levels, measured where sound arrives and read elsewhere.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// A sample this close to full scale was most likely clipped.
const CLIPPED: f32 = 0.998;
/// Energies are summed as integers in this unit, so that they fit an atomic.
const ENERGY_UNIT: f64 = (1u64 << 24) as f64;

/// The level of a span of sound.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Level {
    /// The largest magnitude, from 0 to 1.
    pub peak: f32,
    /// Root mean square, from 0 to 1.
    pub rms: f32,
    /// Samples at full scale.
    pub clipped: u64,
    /// Number of samples, all channels together.
    pub samples: u64,
}

impl Level {
    /// Returns the peak in decibels below full scale; silence is -100.
    pub fn peak_db(&self) -> f32 {
        decibels(self.peak)
    }

    /// Returns the root mean square in decibels below full scale; silence is -100.
    pub fn rms_db(&self) -> f32 {
        decibels(self.rms)
    }
}

fn decibels(magnitude: f32) -> f32 {
    const SILENCE: f32 = -100.0;
    (20.0 * magnitude.log10()).max(SILENCE)
}

/// Measures sound without locking, so that an audio callback may use it.
#[derive(Debug, Default)]
pub struct Meter {
    /// Bits of a float that is not negative; they sort like the float.
    peak: AtomicU32,
    energy: AtomicU64,
    samples: AtomicU64,
    clipped: AtomicU64,
}

impl Meter {
    /// Measures samples in -1..1 of any number of channels.
    pub fn measure(&self, samples: impl IntoIterator<Item = f32>) {
        let (mut peak, mut energy, mut clipped, mut count) = (0.0f32, 0.0f64, 0, 0);
        for sample in samples {
            let magnitude = sample.abs();
            peak = peak.max(magnitude);
            energy += f64::from(sample) * f64::from(sample);
            clipped += u64::from(magnitude >= CLIPPED);
            count += 1;
        }
        self.peak.fetch_max(peak.to_bits(), Ordering::Relaxed);
        self.energy.fetch_add((energy * ENERGY_UNIT) as u64, Ordering::Relaxed);
        self.clipped.fetch_add(clipped, Ordering::Relaxed);
        self.samples.fetch_add(count, Ordering::Relaxed);
    }

    /// Returns the level since the last call.
    pub fn take(&self) -> Level {
        let samples = self.samples.swap(0, Ordering::Relaxed);
        let energy = self.energy.swap(0, Ordering::Relaxed) as f64 / ENERGY_UNIT;
        Level {
            peak: f32::from_bits(self.peak.swap(0, Ordering::Relaxed)),
            rms: (energy / samples.max(1) as f64).sqrt() as f32,
            clipped: self.clipped.swap(0, Ordering::Relaxed),
            samples,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_those_of_the_sound_since_the_last_call() {
        let meter = Meter::default();
        meter.measure([0.5, -0.5, 0.5, -0.5]);
        meter.measure([0.0, -1.0]);
        let level = meter.take();
        assert_eq!((level.peak, level.clipped, level.samples), (1.0, 1, 6));
        assert!((level.rms - (2.0f32 / 6.0).sqrt()).abs() < 1e-4, "{}", level.rms);
        assert_eq!(meter.take(), Level::default());
    }

    #[test]
    fn decibels_are_below_full_scale() {
        let level = Level { peak: 1.0, rms: 0.1, ..Level::default() };
        assert!(level.peak_db().abs() < 1e-4 && (level.rms_db() + 20.0).abs() < 1e-3);
        assert_eq!(Level::default().rms_db(), -100.0);
    }
}
