//! Measures how long the stages take.

use std::time::{Duration, Instant};

/// The time that something took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeSpent {
    /// Elapsed time.
    pub wall: Duration,
    /// Processor time; `None` on systems that do not report it.
    pub cpu: Option<Duration>,
}

impl TimeSpent {
    /// Adds the time of something else.
    pub fn add(&mut self, other: Self) {
        self.wall += other.wall;
        self.cpu = match (self.cpu, other.cpu) {
            (Some(sum), Some(cpu)) => Some(sum + cpu),
            (sum, cpu) => sum.or(cpu),
        };
    }
}

/// Measures the parts of one thread's work. Used by that thread only.
pub(crate) struct Stopwatch {
    wall: Instant,
    cpu: Option<Duration>,
}

impl Stopwatch {
    pub fn start() -> Self {
        Self { wall: Instant::now(), cpu: thread_time() }
    }

    /// Adds the time since the start or the last lap.
    pub fn lap(&mut self, sum: &mut TimeSpent) {
        let now = Self::start();
        let cpu = now.cpu.zip(self.cpu).map(|(now, before)| now.saturating_sub(before));
        sum.add(TimeSpent { wall: now.wall - self.wall, cpu });
        *self = now;
    }
}

/// How long this thread has computed.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn thread_time() -> Option<Duration> {
    rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime).try_into().ok()
}

/// How long this thread has computed.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn thread_time() -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_no_work() {
        const PAUSE: Duration = Duration::from_millis(30);
        let (mut watch, mut waiting, mut working) =
            (Stopwatch::start(), TimeSpent::default(), TimeSpent::default());
        std::thread::sleep(PAUSE);
        watch.lap(&mut waiting);
        std::hint::black_box((0..1_000_000_u64).fold(0, |sum: u64, n| std::hint::black_box(sum ^ n)));
        watch.lap(&mut working);
        assert!(waiting.wall >= PAUSE && working.wall > Duration::ZERO);
        if let Some((waiting, working)) = waiting.cpu.zip(working.cpu) {
            assert!(waiting < PAUSE && working > Duration::ZERO, "{waiting:?}, {working:?}");
        }
    }

    #[test]
    fn what_is_not_known_stays_so_until_it_is() {
        let spent = |cpu: Option<u64>| TimeSpent { wall: Duration::ZERO, cpu: cpu.map(Duration::from_secs) };
        let sum = |a, b| {
            let mut sum = spent(a);
            sum.add(spent(b));
            sum.cpu.map(|cpu| cpu.as_secs())
        };
        assert_eq!([sum(None, None), sum(Some(1), None), sum(Some(1), Some(2))], [None, Some(1), Some(3)]);
    }
}
