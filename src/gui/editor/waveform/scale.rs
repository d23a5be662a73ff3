//! The visible part of the recording, and the screen positions of its times.

use egui::{Rangef, Rect};

use crate::time::{MediaTime, TimeSpan};

/// The smallest and largest scale, in seconds per point.
const CLOSEST: f64 = 0.001;
const FARTHEST: f64 = 30.0;
/// Minimum distance between times on the ruler. Unit: points.
const TICKS_APART: f64 = 80.0;

#[derive(Debug)]
pub struct Scale {
    /// The time at the left edge, in seconds.
    start: f64,
    /// Seconds per point.
    step: f64,
    x: Rangef,
    /// Length of the recording in seconds.
    length: f64,
}

impl Default for Scale {
    fn default() -> Self {
        Self { start: 0.0, step: 0.01, x: Rangef::new(0.0, 1.0), length: 0.0 }
    }
}

impl Scale {
    pub fn fit(&mut self, rect: Rect, length: MediaTime) {
        (self.x, self.length) = (rect.x_range(), length.as_secs_f64());
        self.stay_inside();
    }

    fn stay_inside(&mut self) {
        let most = (self.length - self.seconds() * 0.9).max(0.0);
        self.start = self.start.clamp(0.0, most);
    }

    fn seconds(&self) -> f64 {
        f64::from(self.x.span()) * self.step
    }

    pub fn x(&self, time: MediaTime) -> f32 {
        self.x.min + ((time.as_secs_f64() - self.start) / self.step) as f32
    }

    pub fn time(&self, x: f32) -> MediaTime {
        MediaTime::from_secs_f64((self.start + f64::from(x - self.x.min) * self.step).max(0.0))
    }

    /// Returns the time that a width in points covers.
    pub fn duration(&self, points: f32) -> MediaTime {
        MediaTime::from_secs_f64(f64::from(points) * self.step)
    }

    pub fn span(&self) -> TimeSpan {
        let time = MediaTime::from_secs_f64;
        TimeSpan::new(time(self.start), time(self.start + self.seconds()))
    }

    pub fn scroll(&mut self, points: f32) {
        self.start += f64::from(points) * self.step;
        self.stay_inside();
    }

    /// Zooms in if the factor is above 1. The time at `x`, or in the middle, keeps its position.
    pub fn zoom(&mut self, factor: f32, x: Option<f32>) {
        let x = x.unwrap_or(self.x.center());
        let fixed = self.start + f64::from(x - self.x.min) * self.step;
        self.step = (self.step / f64::from(factor.max(0.01))).clamp(CLOSEST, FARTHEST);
        self.start = fixed - f64::from(x - self.x.min) * self.step;
        self.stay_inside();
    }

    /// Turns to the next page when a moving time leaves the view.
    pub fn turn_page(&mut self, time: MediaTime) {
        let time = time.as_secs_f64();
        if time < self.start || time > self.start + self.seconds() * 0.95 {
            self.start = time - self.seconds() * 0.05;
            self.stay_inside();
        }
    }

    /// Centres a span, unless it is already visible.
    pub fn show(&mut self, span: TimeSpan) {
        let (start, end) = (span.start.as_secs_f64(), span.end.as_secs_f64());
        if start < self.start || end > self.start + self.seconds() {
            self.start = (start + end - self.seconds()) / 2.0;
            self.stay_inside();
        }
    }

    /// Returns the visible times to label.
    pub fn ticks(&self) -> impl Iterator<Item = MediaTime> + use<> {
        const STEPS: [f64; 12] = [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0];
        let least = TICKS_APART * self.step;
        let step = STEPS.into_iter().find(|step| *step >= least).unwrap_or(7200.0);
        let first = (self.start / step).ceil();
        let count = (self.seconds() / step).max(0.0) as usize + 1;
        (0..count).map(move |n| MediaTime::from_secs_f64((first + n as f64) * step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale() -> Scale {
        let mut scale = Scale::default();
        let rect = Rect::from_x_y_ranges(Rangef::new(100.0, 1100.0), Rangef::new(0.0, 100.0));
        scale.fit(rect, MediaTime::from_millis(600_000));
        scale
    }

    #[test]
    fn a_place_is_a_time_and_back() {
        let mut scale = scale();
        scale.scroll(5000.0);
        for x in [100.0, 350.0, 1099.0] {
            assert!((scale.x(scale.time(x)) - x).abs() < 0.2, "{x}");
        }
    }

    #[test]
    fn zoom_keeps_what_is_under_the_pointer() {
        let mut scale = scale();
        scale.scroll(5000.0);
        let before = scale.time(700.0);
        scale.zoom(4.0, Some(700.0));
        assert!(scale.time(700.0).abs_diff(before).as_millis() <= 2);
        assert_eq!(scale.span().duration().as_millis(), 2500);
    }

    #[test]
    fn the_view_stays_in_the_recording() {
        let mut scale = scale();
        scale.scroll(-1e6);
        assert_eq!(scale.span().start, MediaTime::ZERO);
        scale.scroll(1e9);
        assert!(scale.span().start < MediaTime::from_millis(600_000));
        scale.show(TimeSpan::from_millis(300_000, 302_000));
        assert!(scale.span().contains(MediaTime::from_millis(301_000)));
    }

    #[test]
    fn ticks_are_round_and_apart() {
        let ticks: Vec<_> = scale().ticks().map(MediaTime::as_millis).collect();
        assert_eq!(ticks[..4], [0, 1000, 2000, 3000]);
    }
}
