//! Watches folders: a recording is taken when it has stopped growing.
//!
//! Folders are searched repeatedly, which works on every file system, including network folders.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::record::size_and_time;

/// The files seen so far.
#[derive(Debug)]
pub struct Watch {
    /// A file is taken when it has not changed for this long.
    settle: Duration,
    seen: HashMap<PathBuf, Seen>,
}

#[derive(Debug)]
struct Seen {
    size_and_time: (u64, u64),
    since: Instant,
    taken: bool,
}

impl Watch {
    /// Makes a watch that takes a file once it has not changed for the time `settle`.
    pub fn new(settle: Duration) -> Self {
        Self { settle, seen: HashMap::new() }
    }

    /// Returns whether to take a file that exists at the time `now`: it has not changed for long enough, is not empty,
    /// and was not taken before in this state.
    pub fn takes(&mut self, path: &Path, now: Instant) -> bool {
        let Ok(looks) = size_and_time(path) else {
            self.seen.remove(path);
            return false;
        };
        let fresh = || Seen { size_and_time: looks, since: now, taken: false };
        let seen = self.seen.entry(path.to_owned()).or_insert_with(fresh);
        if seen.size_and_time != looks {
            *seen = fresh();
        }
        let settled = looks.0 > 0 && now.duration_since(seen.since) >= self.settle;
        settled && !std::mem::replace(&mut seen.taken, true)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_is_taken_once_when_it_has_stopped_growing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.wav");
        let mut watch = Watch::new(Duration::from_secs(10));
        let start = Instant::now();
        let mut takes = |seconds| watch.takes(&path, start + Duration::from_secs(seconds));
        assert!(!takes(0), "it does not exist yet");
        fs::write(&path, "").unwrap();
        assert!(!takes(1) && !takes(20), "an empty file is still to be written");
        fs::write(&path, "a").unwrap();
        assert!(!takes(21) && !takes(30));
        fs::write(&path, "ab").unwrap();
        assert!(!takes(31) && !takes(40), "it has grown");
        assert!(takes(41));
        assert!(!takes(42) && !takes(100), "it is taken once");
        fs::write(&path, "another").unwrap();
        assert!(!takes(101) && takes(111), "what has changed is taken again");
    }
}
