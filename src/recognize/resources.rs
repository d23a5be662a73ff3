//! How much of the computer recognition takes.

use std::num::NonZeroUsize;
use std::thread;

use serde::{Deserialize, Serialize};

/// More recognizers than this seldom help, and each takes memory.
const MOST_THREADS: usize = 8;
/// More windows than this are decoded hardly sooner. Each takes 17 MB with a `base` model.
const WINDOWS: NonZeroUsize = NonZeroUsize::new(4).unwrap();

/// How much of the computer recognition takes. Words do not depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resources {
    /// Recognizers that run side by side, each on a thread.
    pub threads: NonZeroUsize,
    /// Windows that each of them decodes side by side, at most.
    pub windows: NonZeroUsize,
}

impl Resources {
    /// The least memory: one window at a time.
    pub const LEAST: Self = Self { threads: NonZeroUsize::MIN, windows: NonZeroUsize::MIN };

    /// Recognizers on so many threads.
    pub fn on(threads: NonZeroUsize) -> Self {
        Self { threads, windows: WINDOWS }
    }
}

impl Default for Resources {
    /// As many recognizers as this computer has cores, up to a limit.
    fn default() -> Self {
        let cores = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self::on(cores.min(NonZeroUsize::new(MOST_THREADS).unwrap_or(NonZeroUsize::MIN)))
    }
}
