//! How many readers there may be, and how long each is waited for.

use std::time::Duration;

/// What else the program may open: its recording and captions, a model, and what libraries hold. Unit: files.
const OTHER_FILES: u64 = 128;

/// Every connection is an open file, of which a process may have a certain number.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Readers of the captions at a time: the largest lecture hall, with a second device for some.
    pub readers: usize,
    /// Connections of others at a time: they have not shown the code yet, or are being told something else. The oldest
    /// gives way to the next, so that nobody can keep readers out with connections that say nothing.
    pub strangers: usize,
    /// A request is given so long from the first byte to the last.
    pub asking: Duration,
    /// A reader who takes nothing for so long, though there is something to take, is gone.
    pub taking: Duration,
    /// A reader for whom so much waits does not keep up and is sent away. Unit: bytes.
    pub waiting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            readers: 1000,
            strangers: 512,
            asking: Duration::from_secs(5),
            taking: Duration::from_secs(20),
            waiting: 256 << 10,
        }
    }
}

impl Limits {
    /// These limits, or what the system has room for. Raises the number of files that this process may open.
    pub(super) fn fitting(self) -> Self {
        let wanted = (self.readers + self.strangers) as u64 + OTHER_FILES;
        match open_files(wanted) {
            Some(files) => self.within(files),
            None => self,
        }
    }

    /// These limits where so many files may be open: connections never take those that captions are saved to.
    fn within(self, files: u64) -> Self {
        let room = files.saturating_sub(OTHER_FILES).max(files / 2);
        let room = usize::try_from(room).unwrap_or(usize::MAX).max(2);
        if room >= self.readers + self.strangers {
            return self;
        }
        let strangers = self.strangers.min((room / 4).max(1));
        Self { strangers, readers: self.readers.min(room - strangers), ..self }
    }
}

/// How many files this process may open, raised to `wanted` where the system allows that; `None` where there is no limit.
#[cfg(unix)]
fn open_files(wanted: u64) -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let limit = getrlimit(Resource::Nofile);
    let now = limit.current?;
    let wanted = limit.maximum.map_or(wanted, |most| wanted.min(most));
    let is_raised =
        wanted > now && setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), ..limit }).is_ok();
    Some(if is_raised { wanted } else { now })
}

/// Elsewhere sockets are no files.
#[cfg(not(unix))]
fn open_files(_wanted: u64) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(files: u64) -> (usize, usize) {
        let limits = Limits::default().within(files);
        (limits.readers, limits.strangers)
    }

    #[test]
    fn connections_leave_files_for_the_rest_of_the_program() {
        assert_eq!(within(1 << 20), (1000, 512));
        assert_eq!(within(1640), (1000, 512));
        assert_eq!(within(1024), (672, 224));
        assert_eq!(within(256), (96, 32));
        assert_eq!(within(60), (23, 7));
        assert_eq!(within(0), (1, 1));
    }
}
