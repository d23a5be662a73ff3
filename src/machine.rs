//! The resources of this computer.

use std::num::NonZeroUsize;
use std::thread;

use sysinfo::{MemoryRefreshKind, System};

/// Fraction of the free memory to use; the rest is for recordings, the system and reserves.
const MEMORY_SHARE: f64 = 0.8;

/// The resources of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    /// Number of cores that this process may use.
    pub cores: NonZeroUsize,
    /// Free memory that this process may use, in bytes; 0 if the system does not report it.
    pub memory: u64,
}

impl Machine {
    /// Returns this computer, with its current free memory.
    pub fn this() -> Self {
        let cores = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self { cores, memory: free_memory().unwrap_or(0) }
    }

    /// Returns the memory to use at most, in bytes; `None` if the system does not report how much is free.
    pub fn usable_memory(self) -> Option<u64> {
        (self.memory != 0).then_some((self.memory as f64 * MEMORY_SHARE) as u64)
    }

    /// Returns whether this number of bytes fits into memory; true if the system does not report it.
    pub fn has_room(self, bytes: u64) -> bool {
        self.usable_memory().is_none_or(|usable| bytes <= usable)
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

    #[test]
    fn room_is_what_is_free_less_some_for_others() {
        let machine = |memory| Machine { cores: NonZeroUsize::MIN, memory };
        assert!(machine(10 * GB).has_room(8 * GB) && !machine(10 * GB).has_room(9 * GB));
        assert!(machine(0).has_room(9 * GB));
    }
}
