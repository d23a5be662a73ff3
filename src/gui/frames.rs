//! How long frames take, for those who look after the speed of the window.

use std::fmt;

/// Processor seconds of frames, without those of waiting for the screen.
#[derive(Debug, Default)]
pub struct FrameTimes(Vec<f32>);

impl FrameTimes {
    pub fn push(&mut self, seconds: f32) {
        self.0.push(seconds);
    }
}

impl fmt::Display for FrameTimes {
    /// Number of frames, then median, 95th percentile and maximum in milliseconds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut times = self.0.clone();
        times.sort_unstable_by(f32::total_cmp);
        let at = |share: f64| {
            let place = ((times.len() as f64 * share).ceil() as usize).clamp(1, times.len().max(1)) - 1;
            1000.0 * times.get(place).copied().unwrap_or(0.0)
        };
        let (median, p95, most) = (at(0.5), at(0.95), at(1.0));
        write!(
            f,
            "{} frames, median {median:.2} ms, 95 % within {p95:.2} ms, at most {most:.2} ms",
            times.len()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_frames_that_there_were() {
        let mut times = FrameTimes::default();
        assert!(times.to_string().starts_with("0 frames"));
        (1..=100).rev().for_each(|n| times.push(n as f32 / 1000.0));
        let text = times.to_string();
        assert_eq!(text, "100 frames, median 50.00 ms, 95 % within 95.00 ms, at most 100.00 ms");
    }
}
