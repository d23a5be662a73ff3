//! Measures how long work takes, including the processor time of all threads of this process.

use std::time::{Duration, Instant};

pub use whisper_cpu::TimeSpent;

/// Runs `work` and measures how long it takes.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, TimeSpent) {
    let (wall, cpu) = (Instant::now(), process_time());
    let done = work();
    let cpu = process_time().zip(cpu).map(|(now, before)| now.saturating_sub(before));
    (done, TimeSpent { wall: wall.elapsed(), cpu })
}

/// Returns the processor time of all threads of this process, if the system reports it.
fn process_time() -> Option<Duration> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    return rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).try_into().ok();
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    None
}

#[cfg(test)]
mod tests {
    use std::hint::black_box;
    use std::thread;

    use super::*;

    #[test]
    fn work_of_other_threads_counts() {
        let work = || black_box((0..3_000_000_u64).fold(0, |sum: u64, n| black_box(sum ^ n)));
        let (own, spent) = timed(|| {
            let other = thread::spawn(move || timed(work).1);
            other.join().unwrap()
        });
        assert!(spent.wall >= own.wall);
        assert_eq!(spent.cpu.is_some(), cfg!(any(target_os = "linux", target_os = "macos")));
        assert!(spent.cpu >= own.cpu && spent.cpu > Some(Duration::ZERO) || spent.cpu.is_none());
    }
}
