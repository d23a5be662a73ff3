//! How many threads and how much memory recognition may use.

use std::num::NonZeroUsize;
use std::thread;

use serde::{Deserialize, Serialize};

/// Maximum number of recognizers by default: more seldom help, and each takes memory.
const MOST_THREADS: usize = 8;
/// Windows decoded at a time; more are hardly faster. Each takes 17 MB with a `base` model.
const WINDOWS: NonZeroUsize = NonZeroUsize::new(4).unwrap();

/// How many threads and how much memory recognition may use. Words do not depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resources {
    /// The number of recognizers, each on its own thread.
    pub threads: NonZeroUsize,
    /// Maximum number of windows that each recognizer decodes together.
    pub windows: NonZeroUsize,
}

impl Resources {
    /// Uses the least memory: one recognizer, one window at a time.
    pub const LEAST: Self = Self { threads: NonZeroUsize::MIN, windows: NonZeroUsize::MIN };

    /// Uses this number of recognizers.
    pub fn on(threads: NonZeroUsize) -> Self {
        Self { threads, windows: WINDOWS }
    }
}

impl Default for Resources {
    /// Uses as many recognizers as this computer has cores, at most 8.
    fn default() -> Self {
        let cores = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self::on(cores.min(NonZeroUsize::new(MOST_THREADS).unwrap_or(NonZeroUsize::MIN)))
    }
}
