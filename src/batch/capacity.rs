//! Decides how many recordings to work on at a time, from the number of cores and the memory.

use std::num::NonZeroUsize;

use crate::asr::locate::ModelFile;
use crate::machine::Machine;

/// Memory that a worker needs for each recognizer after the first, in bytes.
const RECOGNIZER: u64 = 150_000_000;

/// The number of workers, and of recognizers in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// Recordings worked on at a time, each by its own process.
    pub workers: NonZeroUsize,
    /// Recognizers in each worker.
    pub threads: NonZeroUsize,
}

impl Machine {
    /// Divides the machine among workers. A core is most efficient on its own recording, so there are as many workers
    /// as the cores, the jobs and the memory allow; each worker uses the remaining cores for more recognizers. `model`
    /// is the memory of one worker, in bytes. `workers` and `threads` are the user's choices; the number of workers
    /// never exceeds what fits into memory.
    pub fn share(
        self,
        model: u64,
        jobs: usize,
        workers: Option<NonZeroUsize>,
        threads: Option<NonZeroUsize>,
    ) -> Capacity {
        let each = model + RECOGNIZER * (threads.map_or(1, NonZeroUsize::get) as u64 - 1);
        let fit = self.usable_memory().map_or(usize::MAX, |memory| (memory / each.max(1)) as usize);
        let wish = workers
            .map_or(self.cores.get().div_ceil(threads.map_or(1, NonZeroUsize::get)), NonZeroUsize::get);
        let count = wish.min(fit).min(jobs).max(1);
        let room = self.usable_memory().map_or(usize::MAX, |memory| {
            let left = (memory / count as u64).saturating_sub(model);
            1 + (left / RECOGNIZER) as usize
        });
        let each = threads.map_or((self.cores.get() / count).clamp(1, room), NonZeroUsize::get);
        let at_least_one = |count| NonZeroUsize::new(count).unwrap_or(NonZeroUsize::MIN);
        Capacity { workers: at_least_one(count), threads: at_least_one(each) }
    }
}

/// Estimates the memory that a worker needs with this model, in bytes.
pub fn memory_of(model: &ModelFile) -> u64 {
    const BESIDE_A_MODEL: u64 = 400_000_000;
    match model.entry {
        Some(entry) => u64::from(entry.memory_mb) * 1_000_000,
        None => model.path.metadata().map_or(0, |metadata| metadata.len()) + BESIDE_A_MODEL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GB: u64 = 1_000_000_000;

    #[track_caller]
    fn check(
        cores: usize,
        memory: u64,
        model: u64,
        jobs: usize,
        wishes: (usize, usize),
        expected: (usize, usize),
    ) {
        let machine = Machine { cores: NonZeroUsize::new(cores).unwrap(), memory };
        let capacity = machine.share(model, jobs, NonZeroUsize::new(wishes.0), NonZeroUsize::new(wishes.1));
        assert_eq!((capacity.workers.get(), capacity.threads.get()), expected);
    }

    #[test]
    fn a_core_has_a_recording_of_its_own() {
        check(8, 32 * GB, GB / 2, 100, (0, 0), (8, 1));
        check(8, 32 * GB, GB / 2, 3, (0, 0), (3, 2));
        check(8, 32 * GB, GB / 2, 1, (0, 0), (1, 8));
        check(2, 0, GB / 2, 100, (0, 0), (2, 1));
    }

    #[test]
    fn no_more_is_loaded_than_fits() {
        check(8, 10 * GB, 4 * GB, 100, (0, 0), (2, 1));
        check(8, 12 * GB, 4 * GB, 100, (0, 0), (2, 4));
        check(8, 10 * GB, 4 * GB, 100, (8, 0), (2, 1));
        check(8, GB, 4 * GB, 100, (0, 0), (1, 1));
    }

    #[test]
    fn wishes_are_followed() {
        check(8, 32 * GB, GB / 2, 100, (3, 0), (3, 2));
        check(8, 32 * GB, GB / 2, 100, (0, 4), (2, 4));
        check(8, 32 * GB, GB / 2, 100, (4, 4), (4, 4));
    }
}
