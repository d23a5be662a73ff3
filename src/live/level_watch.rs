//! Detects when the user should correct the level of the input.

use super::event::LiveStatus;
use crate::time::MediaTime;

/// Clipped samples per second that are audible as a crackle.
const CLIPPED_A_SECOND: f64 = 20.0;
/// Below this there is no signal, not even a quiet room. Unit: decibels of full scale.
const SILENCE_DB: f32 = -75.0;
/// Longer than any pause of a speaker.
const SILENT_FOR: MediaTime = MediaTime::from_millis(10_000);
/// The same problem is reported again after this time.
const AGAIN_AFTER: MediaTime = MediaTime::from_millis(60_000);

/// What is wrong with the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelTrouble {
    /// The audio is clipped: the microphone is too loud.
    Clipping,
    /// There is no signal: the microphone is muted or the wrong one.
    Silent,
}

/// Watches the level of a session over time.
#[derive(Clone, Debug, Default)]
pub struct LevelWatch {
    /// Recorded time at the previous status.
    last: MediaTime,
    /// Clipped samples in about the last second.
    clipped: f64,
    silent_since: Option<MediaTime>,
    reported: [Option<MediaTime>; 2],
}

impl LevelWatch {
    /// Processes the next status. Returns a problem with the level, each kind at most once a minute.
    pub fn follow(&mut self, status: &LiveStatus) -> Option<LevelTrouble> {
        let now = status.recorded;
        let passed = (now - std::mem::replace(&mut self.last, now)).as_secs_f64().clamp(0.0, 1.0);
        self.clipped = self.clipped * (1.0 - passed) + status.level.clipped as f64;
        if status.level.samples > 0 {
            let is_silent = status.level.peak_db() < SILENCE_DB;
            self.silent_since = is_silent.then(|| self.silent_since.unwrap_or(now));
        }
        let is_silent = self.silent_since.is_some_and(|since| now - since >= SILENT_FOR);
        let trouble = match (self.clipped >= CLIPPED_A_SECOND, is_silent) {
            (true, _) => LevelTrouble::Clipping,
            (_, true) => LevelTrouble::Silent,
            _ => return None,
        };
        let reported = &mut self.reported[trouble as usize];
        if reported.is_some_and(|reported| now - reported < AGAIN_AFTER) {
            return None;
        }
        *reported = Some(now);
        Some(trouble)
    }

    /// Returns whether there is no signal now, for however short a time.
    pub fn is_silent(&self) -> bool {
        self.silent_since.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::Level;

    /// Returns what is reported at which tenth of a second, with this peak and number of clipped samples each time.
    fn reported(tenths: i64, level: impl Fn(i64) -> (f32, u64)) -> Vec<(i64, LevelTrouble)> {
        let mut watch = LevelWatch::default();
        let status = |n: i64| {
            let (peak, clipped) = level(n);
            let level = Level { peak, clipped, samples: 4800, ..Level::default() };
            LiveStatus { recorded: MediaTime::from_millis(n * 100), level, ..LiveStatus::default() }
        };
        (0..tenths).filter_map(|n| Some((n, watch.follow(&status(n))?))).collect()
    }

    #[test]
    fn good_audio_reports_nothing() {
        assert_eq!(reported(3000, |n| (0.5, u64::from(n % 100 == 0))), []);
    }

    #[test]
    fn clipping_is_reported_once_a_minute() {
        let found = reported(700, |_| (1.0, 30));
        assert_eq!(found, [(0, LevelTrouble::Clipping), (600, LevelTrouble::Clipping)]);
    }

    #[test]
    fn a_muted_microphone_is_reported_but_no_pause_of_the_speaker() {
        let found = reported(300, |n| (if n < 100 { 0.3 } else { 0.0 }, 0));
        assert_eq!(found, [(200, LevelTrouble::Silent)]);
        assert_eq!(reported(3000, |n| (if n % 50 == 0 { 0.001 } else { 0.0 }, 0)), []);
    }
}
