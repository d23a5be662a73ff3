//! `lectern batch --watch`: searches for new recordings while workers caption others.

use std::collections::HashSet;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::Batch;
use crate::asr::CancelToken;
use crate::batch::{Queue, Watch};

/// Minimum time between searches of the folders.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Large trees on slow disks are searched less often: the pause is at least this many times as long as the search.
const REST: u32 = 9;
/// How often to check whether to stop.
const PATIENCE: Duration = Duration::from_millis(100);

impl Batch<'_> {
    /// Captions existing and new recordings until the program is stopped.
    pub fn watch(&self, cancel: &CancelToken) -> anyhow::Result<()> {
        let queue = Queue::open();
        thread::scope(|scope| {
            let look = || self.look(&queue, cancel);
            let thread = thread::Builder::new().name("watch".to_owned());
            thread
                .spawn_scoped(scope, look)
                .context("the folders cannot be watched; close other programs")?;
            let worked = self.work(&queue, usize::MAX, cancel);
            cancel.cancel();
            worked
        })
    }

    fn look(&self, queue: &Queue, cancel: &CancelToken) {
        let mut watch = Watch::new(Duration::from_secs(self.arguments.settle));
        let mut reported = HashSet::new();
        while !cancel.is_cancelled() {
            let now = Instant::now();
            let looked = self.planner.plan(&mut |path| watch.takes(path, now)).and_then(|mut plan| {
                plan.failed.retain(|(path, _)| reported.insert(path.display().to_string()));
                if !plan.is_empty() {
                    self.reporters().begin(&plan, &self.planner.store)?;
                }
                plan.orders.into_iter().for_each(|order| queue.add(order));
                Ok(())
            });
            if let Err(error) = looked
                && reported.insert(error.to_string())
            {
                self.reporters().progress.warn(&format!("{error:#}"));
            }
            let next = now.elapsed() + (REST * now.elapsed()).max(LOOK_EVERY);
            while now.elapsed() < next && !cancel.is_cancelled() {
                thread::sleep(PATIENCE);
            }
        }
        queue.close();
    }
}
