//! How many recordings are worked on at once: what the cores can do and the memory can hold.

use std::num::NonZeroUsize;
use std::thread;

use sysinfo::{MemoryRefreshKind, System};

use crate::asr::locate::ModelFile;

/// This share of the memory that is free is used; the rest is for recordings, the system and surprises.
const MEMORY_SHARE: f64 = 0.8;
/// What a worker needs for each recognizer beyond the first, in bytes.
const RECOGNIZER: u64 = 150_000_000;

/// What a machine has to work with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    /// Cores that this process may use.
    pub cores: NonZeroUsize,
    /// Free memory in bytes, as far as this process may use it; 0 where the system does not tell.
    pub memory: u64,
}

/// How many workers there are, and how many recognizers each of them has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    pub workers: NonZeroUsize,
    pub threads: NonZeroUsize,
}

impl Machine {
    pub fn this() -> Self {
        let cores = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self { cores, memory: free_memory().unwrap_or(0) }
    }

    /// Whether what takes so many bytes fits into the memory; so it is taken to be where the system does not tell.
    pub fn has_room(self, bytes: u64) -> bool {
        self.memory == 0 || bytes as f64 <= self.memory as f64 * MEMORY_SHARE
    }

    /// Shares the machine out. A core does most on a recording of its own, so there are as many workers as cores,
    /// jobs or the memory allow; what cores are left give each more recognizers. `model` is what one worker takes,
    /// in bytes. `workers` and `threads` are the user's wishes; no wish puts more into memory than fits.
    pub fn share(
        self,
        model: u64,
        jobs: usize,
        workers: Option<NonZeroUsize>,
        threads: Option<NonZeroUsize>,
    ) -> Capacity {
        let each = model + RECOGNIZER * (threads.map_or(1, NonZeroUsize::get) as u64 - 1);
        let fit = match self.memory {
            0 => usize::MAX,
            memory => ((memory as f64 * MEMORY_SHARE) as u64 / each.max(1)) as usize,
        };
        let wish = workers
            .map_or(self.cores.get().div_ceil(threads.map_or(1, NonZeroUsize::get)), NonZeroUsize::get);
        let count = wish.min(fit).min(jobs).max(1);
        let room = if self.memory == 0 {
            usize::MAX
        } else {
            let left = ((self.memory as f64 * MEMORY_SHARE) as u64 / count as u64).saturating_sub(model);
            1 + (left / RECOGNIZER) as usize
        };
        let each = threads.map_or((self.cores.get() / count).clamp(1, room), NonZeroUsize::get);
        let at_least_one = |count| NonZeroUsize::new(count).unwrap_or(NonZeroUsize::MIN);
        Capacity { workers: at_least_one(count), threads: at_least_one(each) }
    }
}

/// About how much memory a worker takes with this model, in bytes.
pub fn memory_of(model: &ModelFile) -> u64 {
    const BESIDE_A_MODEL: u64 = 400_000_000;
    match model.entry {
        Some(entry) => u64::from(entry.memory_mb) * 1_000_000,
        None => model.path.metadata().map_or(0, |metadata| metadata.len()) + BESIDE_A_MODEL,
    }
}

fn free_memory() -> Option<u64> {
    let mut system = System::new().ok()?;
    system.refresh_memory_specifics(MemoryRefreshKind::nothing().with_ram());
    let limit = system.cgroup_limits().map_or(u64::MAX, |limits| limits.free_memory);
    Some(system.available_memory().min(limit))
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
    fn room_is_what_is_free_less_some_for_others() {
        let machine = |memory| Machine { cores: NonZeroUsize::MIN, memory };
        assert!(machine(10 * GB).has_room(8 * GB) && !machine(10 * GB).has_room(9 * GB));
        assert!(machine(0).has_room(9 * GB));
    }

    #[test]
    fn wishes_are_followed() {
        check(8, 32 * GB, GB / 2, 100, (3, 0), (3, 2));
        check(8, 32 * GB, GB / 2, 100, (0, 4), (2, 4));
        check(8, 32 * GB, GB / 2, 100, (4, 4), (4, 4));
    }
}
