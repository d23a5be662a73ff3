//! Decides how many threads decode a window of live captions.
//!
//! The threads of one decoding synchronize after every matrix, hundreds of times per second, in loops that keep their
//! cores busy. On an idle computer two threads are nearly twice as fast as one. If another program takes a core, two
//! were measured to be ten times slower than one. Only trying shows which case applies, so several threads must finish
//! in the time that one thread takes; otherwise one thread decodes the window, and continues alone for a while.

use std::time::{Duration, Instant};

/// How much longer than one thread several may take: the time of one thread is only an estimate, and a shared computer
/// is sometimes half as fast for some seconds. With 1.5, four in a hundred decodings of a lecture were abandoned and
/// repeated, which took longer than waiting would have.
const PATIENCE: f64 = 2.5;
/// How long one thread continues alone after several were too slow; doubled each time in a row.
const FIRST_REST: Duration = Duration::from_secs(5);
const LONGEST_REST: Duration = Duration::from_secs(120);
/// Weight of earlier costs.
const MEMORY: f64 = 0.5;

/// The number of threads for a window, and their deadline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shift {
    pub threads: i32,
    /// If several threads have not finished by then, they will not finish soon.
    pub until: Option<Instant>,
}

impl Shift {
    pub const ALONE: Self = Self { threads: 1, until: None };
}

/// What is known about the computer's idle cores.
#[derive(Debug)]
pub(super) struct ThreadBudget {
    /// The maximum number of threads.
    most: i32,
    /// Seconds that one thread takes for a unit of work.
    cost: Option<f64>,
    rest: Duration,
    alone_until: Option<Instant>,
}

impl ThreadBudget {
    pub fn new(most: i32) -> Self {
        Self { most, cost: None, rest: FIRST_REST, alone_until: None }
    }

    /// Returns the number of threads for an amount of work. Its unit is the caller's, as long as it is always the same.
    pub fn shift(&self, work: f64, now: Instant) -> Shift {
        let rests = self.alone_until.is_some_and(|until| now < until);
        match self.cost {
            Some(cost) if self.most > 1 && !rests => {
                let until = now + Duration::from_secs_f64(PATIENCE * cost * work);
                Shift { threads: self.most, until: Some(until) }
            }
            _ => Shift::ALONE,
        }
    }

    /// Records how long the work took.
    pub fn done(&mut self, shift: Shift, work: f64, took: Duration) {
        if shift.threads > 1 {
            self.rest = FIRST_REST;
            return;
        }
        let cost = took.as_secs_f64() / work;
        self.cost = Some(self.cost.map_or(cost, |before| MEMORY * before + (1.0 - MEMORY) * cost));
    }

    /// Records that the time ran out before the work was done.
    pub fn was_late(&mut self, now: Instant) {
        self.alone_until = Some(now + self.rest);
        self.rest = (self.rest * 2).min(LONGEST_REST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// Makes a budget in which one thread takes a second for a unit of work.
    fn budget() -> ThreadBudget {
        let mut budget = ThreadBudget::new(2);
        budget.done(Shift::ALONE, 3.0, 3 * SECOND);
        budget
    }

    #[test]
    fn one_thread_shows_first_what_the_work_costs() {
        let now = Instant::now();
        assert_eq!(ThreadBudget::new(2).shift(1.0, now), Shift::ALONE);
        assert_eq!(budget().shift(2.0, now), Shift { threads: 2, until: Some(now + 5 * SECOND) });
    }

    #[test]
    fn one_thread_has_all_the_time_it_needs() {
        let mut budget = ThreadBudget::new(1);
        budget.done(Shift::ALONE, 1.0, SECOND);
        assert_eq!(budget.shift(1.0, Instant::now()), Shift::ALONE);
    }

    #[test]
    fn threads_that_were_late_rest_longer_each_time() {
        let (mut budget, now) = (budget(), Instant::now());
        budget.was_late(now);
        assert_eq!(budget.shift(1.0, now + 4 * SECOND), Shift::ALONE);
        let later = now + 6 * SECOND;
        assert_eq!(budget.shift(1.0, later).threads, 2);
        budget.was_late(later);
        assert_eq!(budget.shift(1.0, later + 9 * SECOND), Shift::ALONE);
        let later = later + 11 * SECOND;
        budget.done(budget.shift(1.0, later), 1.0, SECOND / 2);
        budget.was_late(later);
        assert_eq!(budget.shift(1.0, later + 6 * SECOND).threads, 2);
    }
}
