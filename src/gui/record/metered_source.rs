//! A microphone whose level is shown during the check.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam::channel::Receiver;

use super::live_state::LiveState;
use super::worker::RecordingOrder;
use crate::audio::Level;
use crate::gui::words::say;
use crate::live::{Source, SourceError, SourceRead};

/// Interval between updates of the level. Drawing takes time from the recognizer, which is being measured.
const SHOW_EVERY: Duration = Duration::from_millis(100);

/// Forwards a source until an order is waiting, then reports that the source is gone, so that its reader stops.
pub(super) struct MeteredSource {
    source: Box<dyn Source>,
    live_state: Arc<LiveState>,
    orders: Receiver<RecordingOrder>,
    /// The level of everything read, and of what was read since the last update.
    whole: Level,
    recent: Level,
    shown: Instant,
    is_called: bool,
}

impl MeteredSource {
    pub fn new(
        source: Box<dyn Source>,
        live_state: Arc<LiveState>,
        orders: Receiver<RecordingOrder>,
    ) -> Self {
        let (whole, recent) = (Level::default(), Level::default());
        Self { source, live_state, orders, whole, recent, shown: Instant::now(), is_called: false }
    }

    /// Returns whether it ended because of an order.
    pub fn is_called(&self) -> bool {
        self.is_called
    }

    pub fn into_source(self) -> Box<dyn Source> {
        self.source
    }
}

impl Source for MeteredSource {
    fn read(&mut self, samples: &mut Vec<f32>) -> Result<SourceRead, SourceError> {
        if !self.orders.is_empty() {
            self.is_called = true;
            return Err(SourceError::Gone { name: say("record-microphone").to_owned() });
        }
        let read = self.source.read(samples)?;
        let level = self.source.level();
        (self.whole, self.recent) = (joined(self.whole, level), joined(self.recent, level));
        if self.recent.samples > 0 && self.shown.elapsed() >= SHOW_EVERY {
            self.live_state.set_level(std::mem::take(&mut self.recent));
            self.shown = Instant::now();
        }
        Ok(read)
    }

    fn finish(&mut self, samples: &mut Vec<f32>) {
        self.source.finish(samples);
    }

    fn reopen(&mut self) -> Result<(), SourceError> {
        self.source.reopen()
    }

    fn level(&mut self) -> Level {
        std::mem::take(&mut self.whole)
    }
}

/// Returns the level of two stretches of sound together.
fn joined(a: Level, b: Level) -> Level {
    let samples = a.samples + b.samples;
    let energy = |level: Level| f64::from(level.rms).powi(2) * level.samples as f64;
    Level {
        peak: a.peak.max(b.peak),
        rms: ((energy(a) + energy(b)) / samples.max(1) as f64).sqrt() as f32,
        clipped: a.clipped + b.clipped,
        samples,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_join_as_if_they_were_measured_together() {
        let quiet = Level { peak: 0.5, rms: 0.1, clipped: 0, samples: 300 };
        let loud = Level { peak: 1.0, rms: 0.3, clipped: 2, samples: 100 };
        let both = joined(quiet, loud);
        assert_eq!((both.peak, both.clipped, both.samples), (1.0, 2, 400));
        assert!((both.rms - 0.03f32.sqrt()).abs() < 1e-6, "{}", both.rms);
        assert_eq!(joined(Level::default(), quiet).samples, 300);
    }
}
