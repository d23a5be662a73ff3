//! Limits for the number of readers, and for how long to wait for each.

use std::time::Duration;

/// Files that the rest of the program may open: the recording, captions, a model, and those of libraries.
const OTHER_FILES: u64 = 128;

/// Limits for the connections of a page. Each connection is an open file, and a process may open a limited number.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Maximum number of readers of the captions: the largest lecture hall, with a second device for some.
    pub readers: usize,
    /// Maximum number of other connections: those that have not sent the code yet, or get another answer. The oldest is
    /// closed for a new one, so that silent connections cannot keep readers out.
    pub strangers: usize,
    /// The longest time for a request, from the first byte to the last.
    pub asking: Duration,
    /// A reader that accepts no data for this long, although some waits, is disconnected.
    pub taking: Duration,
    /// A reader with more waiting data than this is too slow and is disconnected. Unit: bytes.
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
    /// Returns these limits, reduced to what the system allows. Raises the number of files that this process may open.
    pub(super) fn fitting(self) -> Self {
        let wanted = (self.readers + self.strangers) as u64 + OTHER_FILES;
        match open_files(wanted) {
            Some(files) => self.within(files),
            None => self,
        }
    }

    /// Returns these limits, reduced to this number of open files: connections leave enough for saving captions.
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

/// Returns the number of files that this process may open, raised to `wanted` if the system allows it; `None` without a
/// limit.
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

/// Returns no limit: on other systems sockets are not files.
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
