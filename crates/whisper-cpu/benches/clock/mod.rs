//! Wall-clock time, and processor time, to which other programs do not add.

use std::sync::LazyLock;
use std::time::Instant;

/// The start of the process, or near to it.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// A start time or a duration. Unit: seconds.
#[derive(Clone, Copy)]
pub struct Clock {
    pub wall: f64,
    /// Of all threads of this process.
    pub process: f64,
    /// Of this thread.
    pub thread: f64,
}

impl Clock {
    pub fn now() -> Self {
        let (process, thread) = of_processors();
        Self { wall: START.elapsed().as_secs_f64(), process, thread }
    }

    /// The time since then.
    pub fn elapsed(self) -> Self {
        let now = Self::now();
        Self {
            wall: now.wall - self.wall,
            process: now.process - self.process,
            thread: now.thread - self.thread,
        }
    }
}

#[cfg(unix)]
fn of_processors() -> (f64, f64) {
    use rustix::time::{ClockId, clock_gettime};
    let seconds = |clock| {
        let time = clock_gettime(clock);
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    };
    (seconds(ClockId::ProcessCPUTime), seconds(ClockId::ThreadCPUTime))
}

/// On other systems, wall-clock time stands for both.
#[cfg(not(unix))]
fn of_processors() -> (f64, f64) {
    let wall = START.elapsed().as_secs_f64();
    (wall, wall)
}
