//! Clocks: the system's, and one that tests control.

use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A monotonic clock, independent of the date.
pub trait SessionClock: Send + Sync {
    /// Returns the time since some moment before the session.
    fn now(&self) -> Duration;

    /// Waits for this duration.
    fn sleep(&self, duration: Duration);
}

/// The computer's monotonic clock: it ignores changes of the date and stops while the computer sleeps.
#[derive(Debug)]
pub struct SystemClock(Instant);

impl Default for SystemClock {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl SessionClock for SystemClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, duration: Duration) {
        thread::sleep(duration);
    }
}

/// A clock that moves only by [`advance`](Self::advance), for tests.
#[derive(Debug, Default)]
pub struct ManualClock {
    now: Mutex<Duration>,
    moved: Condvar,
}

impl ManualClock {
    /// Moves the clock and wakes the threads whose sleep is over.
    pub fn advance(&self, by: Duration) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) += by;
        self.moved.notify_all();
    }
}

impl SessionClock for ManualClock {
    fn now(&self) -> Duration {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sleep(&self, duration: Duration) {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let until = *now + duration;
        let _now = self.moved.wait_while(now, |now| *now < until).unwrap_or_else(PoisonError::into_inner);
    }
}
