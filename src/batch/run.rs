//! Runs a batch: workers take orders from the queue, and claim each job before they do it.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::SystemTime;

use crossbeam::channel::{Sender, bounded};
use thiserror::Error;

use super::claim::{Claims, Taken};
use super::decide::{Decision, Skip, decide};
use super::job::Job;
use super::perform::Order;
use super::queue::{Next, Queue, Ticket};
use super::reason::{FailureReason, ProcessEnd, Unusable};
use super::record::{Cause, Failure, Record};
use super::store::{Store, StoreError};
use super::worker::{Message, WorkError, Worker};
use crate::asr::CancelToken;
use crate::files::{self, free_space};
use crate::recognize::Progress;
use crate::transcript::Language;

/// Minimum free space on the disk of the captions to start a job, in bytes.
pub const LEAST_SPACE: u64 = 64 << 20;

/// An event of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchEvent {
    /// The job it happened to.
    pub job: Arc<Order>,
    /// The event.
    pub news: JobNews,
}

/// An event of a job. The last four end it.
#[derive(Clone, Debug, PartialEq)]
pub enum JobNews {
    /// A worker has started it.
    Started,
    /// The language of its recording was detected.
    LanguageDetected(Language),
    /// More of its recording was recognized.
    Progress(Progress),
    /// A process on this machine is working on it.
    HeldBy(String),
    /// It has crashed its worker, and is tried again when nothing else runs.
    Retrying(ProcessEnd),
    /// The batch ends before it is done; the windows recognized so far are stored.
    Interrupted,
    /// It was left as it is.
    Skipped(Skip),
    /// It has captions.
    Captioned(Box<Record>),
    /// It has failed.
    Failed(Failure),
}

/// Why a batch cannot continue.
#[derive(Debug, Error)]
pub enum BatchError {
    /// The state folder cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No worker can do any job.
    #[error(transparent)]
    Unusable(Unusable),
    /// The system has refused to start a thread.
    #[error("a worker thread could not be started: {0}; close other programs and try again")]
    Thread(std::io::Error),
}

/// Does the orders of a queue until it is empty and closed. `make_worker` is called on each of the `workers` threads;
/// `on_event` is called on the caller's thread.
///
/// # Errors
/// [`BatchError`] if no job can be done at all. The failure of a single job is reported as an event.
pub fn run<W: Worker>(
    queue: &Queue,
    store: &Store,
    claims: &Claims,
    workers: NonZeroUsize,
    make_worker: impl Fn() -> W + Sync,
    cancel: &CancelToken,
    on_event: impl FnMut(BatchEvent),
) -> Result<(), BatchError> {
    let started = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let shared = Shared { queue, store, claims, cancel, error: Mutex::new(None), started };
    thread::scope(|scope| {
        let (news, events) = bounded(256);
        for number in 1..=workers.get() {
            let (shared, make_worker, news) = (&shared, &make_worker, news.clone());
            let builder = thread::Builder::new().name(format!("batch {number}"));
            let spawned = builder.spawn_scoped(scope, move || shared.work(make_worker(), &news));
            if let Err(error) = spawned {
                shared.end(BatchError::Thread(error));
            }
        }
        drop(news);
        events.iter().for_each(on_event);
    });
    shared.error.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
}

/// What the threads of a batch share.
struct Shared<'a> {
    queue: &'a Queue,
    store: &'a Store,
    claims: &'a Claims,
    cancel: &'a CancelToken,
    /// Why the batch cannot continue.
    error: Mutex<Option<BatchError>>,
    /// When the batch started, in seconds since 1970.
    started: u64,
}

impl Shared<'_> {
    fn work(&self, mut worker: impl Worker, news: &Sender<BatchEvent>) {
        while let Some(ticket) = self.queue.take(&|| self.is_wanted()) {
            let report = |what| {
                // The caller receives until the last thread has ended.
                let _ = news.send(BatchEvent { job: Arc::clone(&ticket.order), news: what });
            };
            let next = self.one(&ticket, &mut worker, &report).unwrap_or_else(|error| {
                self.end(error.into());
                Next::Finished
            });
            self.queue.give_back(ticket, next);
        }
    }

    fn is_wanted(&self) -> bool {
        !self.cancel.is_cancelled() && self.error().is_none()
    }

    /// Ends the batch. The first reason is reported.
    fn end(&self, error: BatchError) {
        self.error().get_or_insert(error);
    }

    fn error(&self) -> MutexGuard<'_, Option<BatchError>> {
        self.error.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn one(
        &self,
        ticket: &Ticket,
        worker: &mut impl Worker,
        report: &dyn Fn(JobNews),
    ) -> Result<Next, StoreError> {
        let order = &*ticket.order;
        let claim = match self.claims.take(&order.job.id)? {
            Taken::Ours(claim) => claim,
            Taken::HeldBy(machine) => {
                if !ticket.was_held {
                    report(JobNews::HeldBy(machine));
                }
                return Ok(Next::LookAgain);
            }
        };
        if let Some(settled) = self.settled(ticket) {
            report(settled);
            return Ok(Next::Finished);
        }
        if let Some(failure) = no_space(&order.job).or_else(|| not_writable(&order.job)) {
            return self.fail(order, failure, report);
        }
        report(JobNews::Started);
        let wanted = || self.is_wanted() && !claim.is_lost();
        let mut on_message = |message| match message {
            Message::Language(language) => report(JobNews::LanguageDetected(language)),
            Message::Progress(progress) => report(JobNews::Progress(progress)),
            _ => {}
        };
        match worker.perform(order, &wanted, &mut on_message) {
            Ok(record) => report(JobNews::Captioned(Box::new(record))),
            Err(WorkError::Cancelled) if claim.is_lost() => return Ok(Next::LookAgain),
            Err(WorkError::Cancelled) => report(JobNews::Interrupted),
            Err(WorkError::Failed(failure)) => return self.fail(order, failure, report),
            Err(WorkError::Crashed(end)) if ticket.alone => {
                return self.fail(order, crashed(&order.job, end), report);
            }
            Err(WorkError::Crashed(end)) => {
                tracing::warn!(recording = %order.job.input.display(), how = %end, "worker crashed");
                report(JobNews::Retrying(end));
                return Ok(Next::TryAlone);
            }
            Err(WorkError::Unusable(why)) => {
                self.end(BatchError::Unusable(why));
                report(JobNews::Interrupted);
            }
        }
        Ok(Next::Finished)
    }

    /// Returns the final event of a job that needs no work: it is done, or has failed in another process since this
    /// batch started.
    fn settled(&self, ticket: &Ticket) -> Option<JobNews> {
        let order = &*ticket.order;
        let record = self.store.record(&order.job.id);
        if let Some(record) = record.as_ref().filter(|record| record.settings == order.settings)
            && let Some(failure) = record.failure()
            && ticket.was_held
            && record.finished >= self.started
        {
            return Some(JobNews::Failed(failure.clone()));
        }
        match decide(&order.job, record.as_ref(), &order.settings, self.store, order.overwrite) {
            Decision::Caption => None,
            Decision::Skip(Skip::Captioned) if ticket.was_held => Some(JobNews::Skipped(Skip::Elsewhere)),
            Decision::Skip(skip) => Some(JobNews::Skipped(skip)),
        }
    }

    fn fail(&self, order: &Order, failure: Failure, report: &dyn Fn(JobNews)) -> Result<Next, StoreError> {
        let record = Record::of_failure(&order.job.input, &order.settings, self.store, failure.clone());
        self.store.write_record(&order.job.id, &record)?;
        report(JobNews::Failed(failure));
        Ok(Next::Finished)
    }
}

fn no_space(job: &Job) -> Option<Failure> {
    let path = &job.outputs.first()?.path;
    let free = free_space(path).filter(|free| *free < LEAST_SPACE)?;
    let message = format!(
        "{}: the disk is full ({} MB are free, {} MB are needed to start); free some space and run the batch again",
        path.display(),
        free / 1_000_000,
        LEAST_SPACE / 1_000_000
    );
    let reason = Some(FailureReason::DiskFull { free, needed: LEAST_SPACE });
    Some(Failure { cause: Cause::Output, message, reason })
}

/// Checks that the captions can be written, before hours of work.
fn not_writable(job: &Job) -> Option<Failure> {
    let path = &job.outputs.first()?.path;
    let error = files::try_folder(files::folder_of(path)).err()?;
    let message = format!("{}: {error}; check the folder and its permissions", path.display());
    let reason = Some(FailureReason::Unwritable { path: path.clone(), error: (&error).into() });
    Some(Failure { cause: Cause::Output, message, reason })
}

fn crashed(job: &Job, end: ProcessEnd) -> Failure {
    let message = format!(
        "{}: the recognizer has crashed twice on this recording ({end}); convert it to WAV, or try another model",
        job.input.display()
    );
    Failure { cause: Cause::Crash, message, reason: Some(FailureReason::Crashed(end)) }
}
