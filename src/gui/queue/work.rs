//! The threads of the queue: one searches folders, one runs the batch.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::QueueError;
use super::backend::{BatchBackend, BatchSetup};
use super::items::{Item, ItemState, QueueItems};
use crate::asr::CancelToken;
use crate::batch::{
    self, BatchError, Claims, Decision, Destination, Failure, FileFilter, Job, JobId, JobSource, LEASE,
    Listed, Order, Output, Queue, Skip, Store, decide, jobs, measure, settings_digest,
};
use crate::format::Format;
use crate::hide::Hiding;
use crate::recognize::TranscribeOptions;

/// How to caption the recordings of the queue.
#[derive(Clone, Debug)]
pub struct QueueOptions {
    /// How words and captions are made.
    pub transcribe: TranscribeOptions,
    /// The formats to write.
    pub formats: Vec<&'static Format>,
    /// What must not appear in them. Projects keep every word.
    pub hiding: Hiding,
}

/// Finds the recordings in folders and files, and their lengths.
pub(super) fn find(paths: Vec<PathBuf>, state: &Path, formats: &[&'static Format]) -> Vec<Item> {
    let mut sources = Vec::new();
    for path in paths {
        if !path.is_dir() {
            sources.push(source(path));
        } else if let Ok(filter) = FileFilter::new(&[], &[], None) {
            // The queue ignores entries of a folder that cannot be read.
            sources.extend(filter.find(&path).0.into_iter().map(source));
        }
    }
    let store = Store::at(state);
    let to = Destination { folder: None, formats, with_project: true, base: store.base() };
    let (mut jobs, refused) = jobs(sources, to, &mut |_| Ok(None));
    let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    measure(&mut jobs.iter_mut().collect::<Vec<_>>(), threads);
    let item = |job, state| Item { job, overwrite: false, is_planned: false, state };
    let fine = jobs.into_iter().map(|job| item(job, ItemState::Waiting));
    let refused = refused.into_iter().map(|(path, failure)| {
        let id = JobId::new(&path, store.base());
        let job = Job { id, input: path, outputs: Vec::new(), title: None, own: None, stated: None };
        item(job, ItemState::Failed(failure))
    });
    fine.chain(refused).collect()
}

/// A running batch.
pub struct Batch {
    store: Store,
    setup: BatchSetup,
    formats: Vec<&'static Format>,
    pub queue: Queue,
    cancel: CancelToken,
    /// Held while planning, so that nothing is queued twice.
    planning: Mutex<()>,
}

impl Batch {
    fn open(
        batch_backend: &dyn BatchBackend,
        options: QueueOptions,
        state: &Path,
        cancel: CancelToken,
        jobs: usize,
    ) -> Result<Self, QueueError> {
        let store = Store::create(state).map_err(BatchError::from)?;
        let setup = batch_backend.open(&options, jobs)?;
        Ok(Self {
            store,
            setup,
            formats: options.formats,
            queue: Queue::open(),
            cancel,
            planning: Mutex::default(),
        })
    }

    /// Adds the waiting items to the batch. Marks those that need no work.
    pub fn plan(&self, items: &QueueItems) {
        let _alone = self.planning.lock().unwrap_or_else(PoisonError::into_inner);
        let listed: Vec<_> = items.items().clone();
        let outputs = self.outputs(&listed);
        for item in listed.into_iter().filter(|item| item.state == ItemState::Waiting && !item.is_planned) {
            match outputs.get(&item.job.id).cloned() {
                Some(Ok(outputs)) => self.plan_one(item, outputs, items),
                Some(Err(failure)) => items.set(&item.job.id, ItemState::Failed(failure)),
                None => {}
            }
        }
        self.arrange(items);
        if !items.is_open() {
            self.queue.close();
        }
    }

    /// Decides as batches do, but skips a recording with captions made elsewhere, even if some files that the queue
    /// would write are missing.
    fn decide(&self, order: &Order) -> Decision {
        let record = self.store.record(&order.job.id);
        let is_any_there = || order.job.outputs.iter().any(|output| output.path.exists());
        if record.is_none() && !order.overwrite && is_any_there() {
            return Decision::Skip(Skip::Foreign);
        }
        decide(&order.job, record.as_ref(), &order.settings, &self.store, order.overwrite)
    }

    fn plan_one(&self, item: Item, outputs: Vec<Output>, items: &QueueItems) {
        let order = self.order(Job { outputs, ..item.job }, item.overwrite);
        match self.decide(&order) {
            Decision::Caption => {
                items.change(&order.job.id, |item| item.is_planned = true);
                self.queue.add(order);
            }
            Decision::Skip(skip) => {
                let mut outputs = order.job.outputs;
                // The first one is what the user opens.
                outputs.sort_by_key(|output| !output.path.is_file());
                items.change(&order.job.id, |item| {
                    (item.job.outputs, item.state) = (outputs, ItemState::Left(skip));
                });
            }
        }
    }

    /// Puts the jobs in the order of the items.
    pub fn arrange(&self, items: &QueueItems) {
        self.queue.arrange(&items.sequence());
    }

    /// Returns the output files of these items, or why one cannot be captioned. They are chosen together, so that no two
    /// share a path.
    fn outputs(&self, items: &[Item]) -> HashMap<JobId, Result<Vec<Output>, Failure>> {
        let sources = items.iter().map(|item| source(item.job.input.clone())).collect();
        let base = self.store.base();
        let to = Destination { folder: None, formats: &self.formats, with_project: true, base };
        let (jobs, refused) = jobs(sources, to, &mut |_| Ok(None));
        let refused = refused.into_iter().map(|(path, failure)| (JobId::new(&path, base), Err(failure)));
        jobs.into_iter().map(|job| (job.id, Ok(job.outputs))).chain(refused).collect()
    }

    fn order(&self, job: Job, overwrite: bool) -> Order {
        Order {
            settings: settings_digest(&job, &self.setup.options, &self.setup.recognition),
            state: self.store.folder().to_owned(),
            recognition: self.setup.recognition.clone(),
            overwrite,
            job,
        }
    }

    fn run(&self, items: &QueueItems) -> Result<(), BatchError> {
        let claims = Claims::new(&self.store, LEASE)?;
        let BatchSetup { workers, make_worker, .. } = &self.setup;
        let on_event = |event| {
            if !items.take(event) {
                self.queue.close();
            }
        };
        batch::run(&self.queue, &self.store, &claims, *workers, make_worker, &self.cancel, on_event)
    }
}

/// Runs all waiting items. Calls `on_begin` as soon as recordings can be added to the batch.
pub(super) fn work(
    batch_backend: &dyn BatchBackend,
    options: QueueOptions,
    state: &Path,
    cancel: CancelToken,
    items: &QueueItems,
    on_begin: impl FnOnce(Arc<Batch>),
) -> Result<(), QueueError> {
    // The previous batch may have received items just as it ended.
    items.rest();
    let batch = Batch::open(batch_backend, options, state, cancel, items.totals().open)?;
    batch.plan(items);
    let batch = Arc::new(batch);
    on_begin(Arc::clone(&batch));
    let result = batch.run(items);
    items.rest();
    Ok(result?)
}

fn source(path: PathBuf) -> JobSource {
    JobSource { root: PathBuf::new(), listed: Listed::of(path) }
}
