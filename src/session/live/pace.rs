//! How often an utterance is decoded while it is spoken.

use std::time::Duration;

use crate::time::MediaTime;

/// Sound between two drafts where the machine is fast enough.
const LEAST_STEP: Duration = Duration::from_millis(600);
/// Drafts that would come less often than this help nobody.
const GREATEST_STEP: Duration = Duration::from_secs(4);
/// Part of the time that drafts may take. The rest is for final decodings and everything else.
const SHARE: f64 = 0.65;
/// A draft that took longer says no more: the computer may have slept.
const WORST: Duration = Duration::from_secs(10);
/// How much of the cost of earlier drafts is kept.
const MEMORY: f64 = 0.5;

/// Measures what drafts cost here, and spaces them so that the machine keeps up.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// Seconds that a draft takes.
    cost: Option<f64>,
}

impl Pace {
    /// A draft has taken so long.
    pub fn measured(&mut self, took: Duration) {
        let took = took.min(WORST).as_secs_f64();
        self.cost = Some(self.cost.map_or(took, |cost| MEMORY * cost + (1.0 - MEMORY) * took));
    }

    /// An utterance has ended. What made drafts slow may have passed, so that they are tried again some time.
    pub fn next_utterance(&mut self) {
        self.cost = self.cost.map(|cost| if step(cost) > GREATEST_STEP { cost / 2.0 } else { cost });
    }

    /// How much new sound the next draft waits for; `None` where there is no time for drafts.
    pub fn step(&self) -> Option<MediaTime> {
        let step = step(self.cost.unwrap_or(0.0));
        (step <= GREATEST_STEP).then(|| MediaTime::from_millis(step.as_millis() as i64))
    }
}

fn step(cost: f64) -> Duration {
    Duration::from_secs_f64(cost / SHARE).max(LEAST_STEP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_grow_with_what_drafts_cost() {
        let mut pace = Pace::default();
        assert_eq!(pace.step(), Some(MediaTime::from_millis(600)));
        pace.measured(Duration::from_millis(300));
        assert_eq!(pace.step(), Some(MediaTime::from_millis(600)));
        pace.measured(Duration::from_millis(1700));
        assert_eq!(pace.step(), Some(MediaTime::from_millis(1538)));
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
