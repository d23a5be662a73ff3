//! Watches the free space for a recording.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::audio::seconds_of_space;

/// Returns the free space on the disk of this file or folder, in bytes.
pub type FreeSpace = fn(&Path) -> io::Result<u64>;

const CHECK_EVERY: Duration = Duration::from_secs(5);
/// Space reserved for the captions and the journal. Unit: bytes.
const RESERVE: u64 = 8 << 20;
/// Minutes left at which to warn, once each.
const WARN_AT: [u64; 3] = [10, 5, 1];
/// The recording stops when this much space is left, so that everything can be completed. Unit: seconds.
const STOP_AT: u64 = 10;

pub(super) struct DiskWatch {
    path: PathBuf,
    free: FreeSpace,
    next: Duration,
    /// The warnings that have not been given yet.
    warnings: &'static [u64],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DiskState {
    Enough,
    Low { minutes: u64 },
    Full,
}

impl DiskWatch {
    pub fn new(path: &Path, free: FreeSpace) -> Self {
        Self { path: path.to_owned(), free, next: Duration::ZERO, warnings: &WARN_AT }
    }

    /// Checks the free space, at most every five seconds. `others` is the data written apart from the recording, in
    /// bytes per second.
    pub fn check(&mut self, now: Duration, others: u64) -> DiskState {
        if now < self.next {
            return DiskState::Enough;
        }
        self.next = now + CHECK_EVERY;
        // If the system does not report it, writing will fail when the disk is full.
        let Ok(bytes) = (self.free)(&self.path) else { return DiskState::Enough };
        let seconds = seconds_of_space(bytes.saturating_sub(RESERVE), others);
        if seconds <= STOP_AT {
            return DiskState::Full;
        }
        let minutes = seconds / 60;
        let due = self.warnings.iter().take_while(|warning| minutes < **warning).count();
        self.warnings = &self.warnings[due..];
        if due > 0 { DiskState::Low { minutes } } else { DiskState::Enough }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        static FREE: Cell<u64> = const { Cell::new(0) };
    }

    #[test]
    fn warnings_come_once_each_and_before_the_end() {
        let mut watch = DiskWatch::new(Path::new("x"), |_| Ok(FREE.get()));
        let mut state = |seconds: u64, now: u64| {
            FREE.set(RESERVE + seconds * 32_000);
            watch.check(Duration::from_secs(now), 0)
        };
        assert_eq!(state(3600, 0), DiskState::Enough);
        assert_eq!(state(590, 3), DiskState::Enough, "not looked at yet");
        assert_eq!(state(590, 5), DiskState::Low { minutes: 9 });
        assert_eq!(state(580, 10), DiskState::Enough);
        assert_eq!(state(45, 15), DiskState::Low { minutes: 0 });
        assert_eq!(state(40, 20), DiskState::Enough);
        assert_eq!(state(9, 25), DiskState::Full);
    }

    #[test]
    fn a_system_that_does_not_report_free_space_is_trusted() {
        let mut watch = DiskWatch::new(Path::new("x"), |_| Err(io::ErrorKind::Unsupported.into()));
        assert_eq!(watch.check(Duration::ZERO, 0), DiskState::Enough);
    }
}
