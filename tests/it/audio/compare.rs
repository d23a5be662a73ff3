//! How much two recordings of the same sound are alike.

use lectern::audio::SAMPLE_RATE;

/// The place where two recordings are most alike.
pub struct Agreement {
    /// Normalised correlation, 0..1; the sign of the samples does not count.
    pub correlation: f64,
    /// How much later the first one is. Unit: milliseconds.
    pub lag: f64,
}

/// Compares recordings, moving one against the other by up to `reach` samples either way. Both must be longer
/// than twice that.
pub fn agreement(samples: &[f32], reference: &[f32], reach: usize) -> Option<Agreement> {
    let len = samples.len().min(reference.len()).checked_sub(2 * reach).filter(|&len| len > 0)?;
    let fixed = &reference[reach..reach + len];
    let correlation = |lag: usize| {
        let moved = &samples[lag..lag + len];
        let product: f64 = fixed.iter().zip(moved).map(|(a, b)| f64::from(a * b)).sum();
        (product / len as f64 / (rms(fixed) * rms(moved)).max(1e-12)).abs()
    };
    let lags = (0..=2 * reach).map(|lag| (correlation(lag), lag));
    let (correlation, lag) = lags.fold((0.0, 0), |best, next| if next.0 > best.0 { next } else { best });
    let lag = (lag as f64 - reach as f64) * 1000.0 / f64::from(SAMPLE_RATE);
    Some(Agreement { correlation, lag })
}

/// The effective level, 0..1.
pub fn rms(samples: &[f32]) -> f64 {
    let energy: f64 = samples.iter().map(|&s| f64::from(s) * f64::from(s)).sum();
    (energy / samples.len().max(1) as f64).sqrt()
}
