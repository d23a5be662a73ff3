//! Decides how often an utterance is decoded while it is spoken.

use std::collections::VecDeque;
use std::time::Duration;

use crate::time::MediaTime;

/// Minimum audio between two drafts; if they are closer, they make the same errors.
const LEAST_STEP: Duration = Duration::from_millis(250);
/// Up to this step, drafts leave half of the time to other programs; slower drafts follow each other immediately.
const EASY_STEP: Duration = Duration::from_millis(600);
/// Less frequent drafts are not useful.
const GREATEST_STEP: Duration = Duration::from_millis(3200);
/// A draft that took longer counts as this long: the computer may have slept.
const WORST: Duration = Duration::from_secs(10);
/// Number of recent drafts the median is taken over, so that a single slow one, while another program was busy, does
/// not count.
const DRAFTS: usize = 3;

/// Measures how long drafts take, and spaces them so that the machine keeps up.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// Seconds that each of the recent drafts took.
    costs: VecDeque<f64>,
}

impl Pace {
    /// Adds how long a draft took.
    pub fn measured(&mut self, took: Duration) {
        if self.costs.len() == DRAFTS {
            self.costs.pop_front();
        }
        self.costs.push_back(took.min(WORST).as_secs_f64());
    }

    /// Called at the end of an utterance: if drafts were too slow they are tried again, because the cause may be gone.
    pub fn next_utterance(&mut self) {
        if self.step().is_none() {
            self.costs.iter_mut().for_each(|cost| *cost /= 2.0);
        }
    }

    /// Returns how much new audio the next draft waits for: at least the duration of one draft. `None` if there is no
    /// time for drafts.
    pub fn step(&self) -> Option<MediaTime> {
        let cost = Duration::from_secs_f64(self.typical_cost());
        let step = (2 * cost).clamp(LEAST_STEP, EASY_STEP).max(cost);
        (step <= GREATEST_STEP).then(|| MediaTime::from_millis(step.as_millis() as i64))
    }

    /// Returns the median; of an even number, the lower of the two in the middle.
    fn typical_cost(&self) -> f64 {
        let mut costs: Vec<_> = self.costs.iter().copied().collect();
        costs.sort_by(f64::total_cmp);
        costs.get(costs.len().saturating_sub(1) / 2).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_grow_with_what_drafts_cost() {
        let step = |cost| {
            let mut pace = Pace::default();
            pace.measured(Duration::from_millis(cost));
            pace.step().map(MediaTime::as_millis)
        };
        assert_eq!(Pace::default().step(), Some(MediaTime::from_millis(250)));
        assert_eq!([40, 125, 200].map(step), [Some(250), Some(250), Some(400)]);
        assert_eq!([300, 500, 1600].map(step), [Some(600), Some(600), Some(1600)]);
        assert_eq!(step(3300), None);
    }

    #[test]
    fn one_slow_draft_changes_nothing() {
        let mut pace = Pace::default();
        for cost in [800, 9000, 720, 800, 9000, 800] {
            pace.measured(Duration::from_millis(cost));
            assert_eq!(pace.step(), Some(MediaTime::from_millis(800)));
        }
    }

    #[test]
    fn drafts_that_cost_too_much_are_left_out_and_tried_again_later() {
        let mut pace = Pace::default();
        pace.measured(Duration::from_secs(10));
        let left_out = std::iter::repeat_with(|| {
            pace.next_utterance();
            pace.step().is_none()
        });
        assert_eq!(left_out.take_while(|left_out| *left_out).count(), 1);
    }
}
