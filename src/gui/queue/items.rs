//! The state of each recording in the queue. The batch writes it while the window reads it, and neither waits.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::batch::{BatchEvent, Failure, Job, JobId, JobNews, Order, Record, Skip};
use crate::gui::wake::Wake;
use crate::recognize::Progress;
use crate::time::MediaTime;

/// A recording in the queue.
#[derive(Clone, Debug)]
pub struct Item {
    pub job: Job,
    /// Existing captions are replaced.
    pub overwrite: bool,
    /// It has been added to a running batch.
    pub is_planned: bool,
    pub state: ItemState,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ItemState {
    Waiting,
    /// Another program on this machine is working on it.
    Elsewhere(String),
    /// It crashed its process and will be tried once more, alone.
    Again,
    Running {
        since: Instant,
        progress: Progress,
    },
    Done(Box<Record>),
    /// Captions exist and are left unchanged.
    Left(Skip),
    Failed(Failure),
}

impl ItemState {
    /// Returns whether work remains.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Waiting | Self::Elsewhere(_) | Self::Again | Self::Running { .. })
    }
}

impl Item {
    /// Progress from 0 to 1, while it is running and its length is known.
    pub fn fraction(&self) -> Option<f32> {
        let ItemState::Running { progress, .. } = &self.state else { return None };
        let total = progress.total.or(self.job.stated)?.as_secs_f64();
        (total > 0.0).then(|| (progress.done.as_secs_f64() / total).clamp(0.0, 1.0) as f32)
    }

    /// Estimated time left, at the speed so far.
    pub fn left(&self, now: Instant) -> Option<Duration> {
        let ItemState::Running { since, .. } = &self.state else { return None };
        let fraction = f64::from(self.fraction()?);
        let elapsed = now.saturating_duration_since(*since).as_secs_f64();
        (fraction > 0.02).then(|| Duration::from_secs_f64(elapsed / fraction * (1.0 - fraction)))
    }
}

/// Totals of the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueTotals {
    pub all: usize,
    pub done: usize,
    pub failed: usize,
    pub open: usize,
    /// Length of the remaining recordings, as far as it is known.
    pub left: MediaTime,
}

/// The recordings in the order in which they are captioned.
pub struct QueueItems {
    items: Mutex<Vec<Item>>,
    /// Increases when a recording is added, removed, moved, or changes its state.
    version: AtomicU64,
    wake: Wake,
}

impl QueueItems {
    pub fn new(wake: Wake) -> Self {
        Self { items: Mutex::default(), version: AtomicU64::new(0), wake }
    }

    /// Returns the remaining recordings, if anything has changed since version `seen`.
    pub fn open_since(&self, seen: u64) -> Option<(u64, Vec<PathBuf>)> {
        let version = self.version.load(Ordering::Acquire);
        let is_open = |item: &&Item| item.state.is_open();
        (version != seen).then(|| {
            (version, self.items().iter().filter(is_open).map(|item| item.job.input.clone()).collect())
        })
    }

    fn changed(&self) {
        self.version.fetch_add(1, Ordering::Release);
        (self.wake)();
    }

    pub fn items(&self) -> MutexGuard<'_, Vec<Item>> {
        self.items.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds recordings that are not in the queue yet. A finished one that is added again waits again.
    pub fn add(&self, new: Vec<Item>) {
        let mut items = self.items();
        for item in new {
            match items.iter_mut().find(|other| other.job.id == item.job.id) {
                Some(other) if !other.state.is_open() => *other = item,
                Some(_) => {}
                None => items.push(item),
            }
        }
        drop(items);
        self.changed();
    }

    pub fn change(&self, job: &JobId, change: impl FnOnce(&mut Item)) {
        if let Some(item) = self.items().iter_mut().find(|item| item.job.id == *job) {
            change(item);
        }
        self.changed();
    }

    pub fn set(&self, job: &JobId, state: ItemState) {
        self.change(job, |item| item.state = state);
    }

    /// Returns whether work remains.
    pub fn is_open(&self) -> bool {
        self.items().iter().any(|item| item.state.is_open())
    }

    /// Handles news from a batch. Returns whether work remains.
    pub fn take(&self, BatchEvent { job, news }: BatchEvent) -> bool {
        let is_progress = matches!(news, JobNews::Progress(_));
        let mut items = self.items();
        if let Some(item) = items.iter_mut().find(|item| item.job.id == job.job.id) {
            item.handle_news(&job, news);
        }
        let is_open = items.iter().any(|item| item.state.is_open());
        drop(items);
        if is_progress {
            (self.wake)();
        } else {
            self.changed();
        }
        is_open
    }

    /// Marks everything unfinished as waiting, once no worker is running.
    pub fn rest(&self) {
        for item in self.items().iter_mut().filter(|item| item.state.is_open()) {
            (item.state, item.is_planned) = (ItemState::Waiting, false);
        }
        self.changed();
    }

    /// Moves a recording by a number of places.
    pub fn shift(&self, job: &JobId, by: isize) {
        let mut items = self.items();
        if let Some(from) = items.iter().position(|item| item.job.id == *job) {
            let to = from.saturating_add_signed(by).min(items.len() - 1);
            let item = items.remove(from);
            items.insert(to, item);
        }
        drop(items);
        self.changed();
    }

    pub fn remove(&self, wanted: impl Fn(&Item) -> bool) {
        self.items().retain(|item| matches!(item.state, ItemState::Running { .. }) || !wanted(item));
        self.changed();
    }

    /// Returns the jobs in order.
    pub fn sequence(&self) -> Vec<JobId> {
        self.items().iter().map(|item| item.job.id.clone()).collect()
    }

    pub fn totals(&self) -> QueueTotals {
        let mut totals = QueueTotals::default();
        for item in self.items().iter() {
            totals.all += 1;
            match &item.state {
                ItemState::Done(_) | ItemState::Left(_) => totals.done += 1,
                ItemState::Failed(_) => totals.failed += 1,
                state => {
                    totals.open += 1;
                    let done = match state {
                        ItemState::Running { progress, .. } => progress.done,
                        _ => MediaTime::ZERO,
                    };
                    let length = item.job.stated.unwrap_or(done);
                    totals.left += (length - done).max(MediaTime::ZERO);
                }
            }
        }
        totals
    }
}

impl Item {
    fn handle_news(&mut self, order: &Order, news: JobNews) {
        self.state = match news {
            JobNews::Started => ItemState::Running { since: Instant::now(), progress: Progress::default() },
            JobNews::LanguageDetected(_) => return,
            JobNews::Progress(progress) => {
                if let ItemState::Running { progress: old, .. } = &mut self.state {
                    *old = progress;
                }
                return;
            }
            JobNews::HeldBy(machine) => ItemState::Elsewhere(machine),
            JobNews::Retrying(_) => ItemState::Again,
            JobNews::Interrupted => ItemState::Waiting,
            JobNews::Skipped(skip) => ItemState::Left(skip),
            JobNews::Captioned(record) => ItemState::Done(record),
            JobNews::Failed(failure) => ItemState::Failed(failure),
        };
        self.job.outputs.clone_from(&order.job.outputs);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;

    fn item(name: &str) -> Item {
        let input = Path::new("/t").join(name);
        let id = JobId::new(&input, Path::new("/t"));
        let stated = Some(MediaTime::from_millis(60_000));
        let job = Job { id, input, outputs: Vec::new(), title: None, own: None, stated };
        Item { job, overwrite: false, is_planned: false, state: ItemState::Waiting }
    }

    fn items(names: &[&str]) -> QueueItems {
        let items = QueueItems::new(Arc::new(|| ()));
        items.add(names.iter().map(|name| item(name)).collect());
        items
    }

    fn names(items: &QueueItems) -> Vec<String> {
        items.items().iter().map(|item| item.job.input.display().to_string()).collect()
    }

    fn tell(items: &QueueItems, name: &str, news: JobNews) -> bool {
        let job = item(name).job;
        let order =
            Order { job, state: "".into(), settings: "".into(), recognition: "".into(), overwrite: false };
        items.take(BatchEvent { job: Arc::new(order), news })
    }

    #[test]
    fn the_sequence_is_that_of_the_person() {
        let items = items(&["a", "b", "c"]);
        items.shift(&item("c").job.id, -1);
        assert_eq!(names(&items), ["/t/a", "/t/c", "/t/b"]);
        items.shift(&item("a").job.id, 9);
        assert_eq!(names(&items), ["/t/c", "/t/b", "/t/a"]);
        items.shift(&item("c").job.id, -9);
        assert_eq!(names(&items), ["/t/c", "/t/b", "/t/a"]);
    }

    #[test]
    fn a_recording_is_there_once_and_runs_until_it_has_ended() {
        let items = items(&["a", "b"]);
        assert!(tell(&items, "a", JobNews::Started));
        items.add(vec![item("a"), item("b")]);
        items.remove(|_| true);
        assert_eq!(names(&items), ["/t/a"], "what runs stays");
        let progress = Progress { done: MediaTime::from_millis(15_000), total: None };
        tell(&items, "a", JobNews::Progress(progress));
        assert_eq!(items.items()[0].fraction(), Some(0.25));
        assert_eq!(
            items.totals(),
            QueueTotals { all: 1, open: 1, left: MediaTime::from_millis(45_000), ..QueueTotals::default() }
        );
        assert!(!tell(&items, "a", JobNews::Skipped(Skip::Foreign)), "nothing is left to do");
        items.add(vec![item("a")]);
        assert_eq!(items.items()[0].state, ItemState::Waiting, "what has ended waits again");
    }
}
