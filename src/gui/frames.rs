//! Frame times, to measure the speed of the window.

use std::fmt;
use std::time::Duration;

/// Times of the frames drawn so far, in seconds.
#[derive(Debug, Default)]
pub struct FrameTimes {
    /// Processor time of the window's thread from frame to frame: the frame, the events before it, and waiting for the
    /// screen, which some drivers do in a busy loop.
    processor: Vec<f32>,
    /// Elapsed time of each frame, without waiting for the screen. Includes time that other programs took from a busy
    /// computer.
    elapsed: Vec<f32>,
    /// The part of it before anything is painted: news, input and the layout of everything.
    layout: Vec<f32>,
    clock: Option<Duration>,
}

impl FrameTimes {
    /// Starts another frame; `elapsed` is the duration of the previous one in seconds.
    pub fn begin(&mut self, elapsed: Option<f32>) {
        let clock = thread_time();
        if let (Some(before), Some(now)) = (self.clock, clock) {
            self.processor.push(now.saturating_sub(before).as_secs_f32());
        }
        self.clock = clock;
        self.elapsed.extend(elapsed);
    }

    /// Ends the layout of a frame, which took this long.
    pub fn laid_out(&mut self, elapsed: Duration) {
        self.layout.push(elapsed.as_secs_f32());
    }
}

impl fmt::Display for FrameTimes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [processor, elapsed, layout] =
            [&self.processor, &self.elapsed, &self.layout].map(|times| Percentiles::of(times));
        write!(f, "{} frames; processor {processor}; elapsed {elapsed}; layout {layout}", self.elapsed.len())
    }
}

/// Percentiles in milliseconds; zero if nothing was measured.
struct Percentiles {
    median: f64,
    p95: f64,
    most: f64,
}

impl Percentiles {
    fn of(seconds: &[f32]) -> Self {
        let mut times = seconds.to_vec();
        times.sort_unstable_by(f32::total_cmp);
        let at = |share: f64| {
            let place = ((times.len() as f64 * share).ceil() as usize).clamp(1, times.len().max(1)) - 1;
            1000.0 * f64::from(times.get(place).copied().unwrap_or(0.0))
        };
        Self { median: at(0.5), p95: at(0.95), most: at(1.0) }
    }
}

impl fmt::Display for Percentiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { median, p95, most } = self;
        write!(f, "median {median:.2} ms, 95 % within {p95:.2} ms, at most {most:.2} ms")
    }
}

/// Returns the processor time of this thread.
#[cfg(unix)]
fn thread_time() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};
    clock_gettime(ClockId::ThreadCPUTime).try_into().ok()
}

#[cfg(not(unix))]
fn thread_time() -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_frames_that_there_were() {
        let times: Vec<_> = (1..=100).rev().map(|n| n as f32 / 1000.0).collect();
        let text = Percentiles::of(&times).to_string();
        assert_eq!(text, "median 50.00 ms, 95 % within 95.00 ms, at most 100.00 ms");
        assert_eq!(Percentiles::of(&[]).to_string(), "median 0.00 ms, 95 % within 0.00 ms, at most 0.00 ms");
    }

    #[cfg(unix)]
    #[test]
    fn the_processor_is_asked_about_work_and_not_about_waiting() {
        let mut frames = FrameTimes::default();
        frames.begin(None);
        std::thread::sleep(Duration::from_millis(200));
        frames.begin(Some(0.2));
        let busy = std::time::Instant::now();
        while thread_time().unwrap() < frames.clock.unwrap() + Duration::from_millis(30) {
            assert!(busy.elapsed() < Duration::from_secs(60));
        }
        frames.begin(Some(0.3));
        assert!(frames.processor[0] < 0.03 && frames.processor[1] >= 0.03, "{:?}", frames.processor);
        assert!(frames.to_string().starts_with("2 frames; processor median"));
    }
}
