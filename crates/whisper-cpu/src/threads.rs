//! Spreads work over the processor's threads.

use std::num::NonZero;
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::kernels::FloatMode;

/// The number of threads that can run at the same time.
pub(crate) fn available() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does each piece of work, the first on this thread and each further one on another. All threads use the same
/// rounding mode.
pub(crate) fn each<T: Send>(pieces: impl IntoIterator<Item = T>, work: impl Fn(T) + Sync) {
    let pieces: Vec<T> = pieces.into_iter().collect();
    let helpers = pieces.len().saturating_sub(1);
    let pieces = Mutex::new(pieces);
    let next = || pieces.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let work = || {
        let _mode = FloatMode::ieee();
        while let Some(piece) = next() {
            work(piece);
        }
    };
    thread::scope(|scope| {
        for _ in 0..helpers {
            // If the system refuses a thread, the others do the work.
            if thread::Builder::new().spawn_scoped(scope, work).is_err() {
                break;
            }
        }
        work();
    });
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn every_piece_is_done_once() {
        for count in [0, 1, 5] {
            let done = Mutex::new(Vec::new());
            each(0..count, |piece| done.lock().unwrap().push(piece));
            let mut done = done.into_inner().unwrap();
            done.sort_unstable();
            assert!(done.into_iter().eq(0..count));
        }
    }
}
