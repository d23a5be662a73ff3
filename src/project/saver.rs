//! Saves on a separate thread, so that a window never waits for a disk.

use std::path::PathBuf;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam::channel::{Receiver, Sender, TrySendError, bounded, select};

use super::recovery::RecoverySlot;
use super::store::save;
use super::{Project, ProjectError};

/// Minimum time between two states stored for recovery. Including the time to write one, a crash costs less than 5 s of
/// work.
const INTERVAL: Duration = Duration::from_secs(2);
const WAITING_SAVES: usize = 8;
const WAITING_NEWS: usize = 64;

/// What the saving thread did. Revisions are those that it was given.
#[derive(Debug)]
pub enum SaverNews {
    /// The file holds this revision.
    Saved {
        /// The project.
        path: PathBuf,
        /// The revision of the snapshot.
        revision: u64,
    },
    /// The file could not be written.
    NotSaved {
        /// The project.
        path: PathBuf,
        /// The revision of the snapshot.
        revision: u64,
        /// What went wrong.
        error: ProjectError,
    },
    /// An unsaved state is protected against a crash.
    Kept {
        /// The revision of the snapshot.
        revision: u64,
    },
    /// The recovery file could not be written.
    NotKept {
        /// What went wrong.
        error: ProjectError,
    },
}

/// A state of the project, numbered in the order in which states were handed over.
struct Snapshot {
    project: Project,
    revision: u64,
    number: u64,
}

enum SaveJob {
    Save(Box<Snapshot>, PathBuf),
    Forget,
}

/// Owns the thread that writes one open project. Handing over a state never waits; if states for recovery arrive faster
/// than the disk can write, the latest wins. Dropping it waits until everything handed over is written.
pub struct Saver {
    jobs: Option<Sender<SaveJob>>,
    states: Option<Sender<Snapshot>>,
    /// The other end, for taking out a state that a later one replaces.
    waiting_states: Receiver<Snapshot>,
    news: Receiver<SaverNews>,
    thread: Option<JoinHandle<()>>,
    /// The last state handed over.
    number: u64,
    revision: u64,
    next: Option<Instant>,
}

impl Saver {
    /// Starts the thread. `revision` is that of the project as it was opened; `wake` is called after each news.
    ///
    /// # Errors
    /// [`ProjectError::Thread`].
    pub fn start(
        slot: RecoverySlot,
        revision: u64,
        wake: impl Fn() + Send + 'static,
    ) -> Result<Self, ProjectError> {
        let (jobs_in, jobs) = bounded(WAITING_SAVES);
        let (states_in, states) = bounded(1);
        let (news_in, news) = bounded(WAITING_NEWS);
        let writer = Writer { slot, news_in, news: news.clone(), wake, saved: 0, kept: 0 };
        let waiting_states = states.clone();
        let work = move || writer.run(&jobs, &states);
        let thread =
            thread::Builder::new().name("save".to_owned()).spawn(work).map_err(ProjectError::Thread)?;
        Ok(Self {
            jobs: Some(jobs_in),
            states: Some(states_in),
            waiting_states,
            news,
            thread: Some(thread),
            number: 0,
            revision,
            next: None,
        })
    }

    /// Saves a project to its file.
    ///
    /// # Errors
    /// [`ProjectError::Busy`]; later errors are in the news.
    pub fn save(&mut self, project: Project, path: PathBuf, revision: u64) -> Result<(), ProjectError> {
        self.number += 1;
        let snapshot = Box::new(Snapshot { project, revision, number: self.number });
        let Some(jobs) = &self.jobs else { return Err(ProjectError::Busy { path }) };
        jobs.try_send(SaveJob::Save(snapshot, path)).map_err(|error| match error {
            TrySendError::Full(SaveJob::Save(_, path))
            | TrySendError::Disconnected(SaveJob::Save(_, path)) => ProjectError::Busy { path },
            _ => ProjectError::Busy { path: PathBuf::new() },
        })?;
        self.revision = revision;
        Ok(())
    }

    /// Protects the project against a crash, if it changed and enough time has passed. Call it after every change.
    /// Returns how long to wait before the next call; `None` if nothing is left to do. `snapshot` is called only if the
    /// state is stored.
    pub fn keep(
        &mut self,
        revision: u64,
        now: Instant,
        snapshot: impl FnOnce() -> Project,
    ) -> Option<Duration> {
        if revision == self.revision {
            return None;
        }
        let wait = self.next.map_or(Duration::ZERO, |next| next.saturating_duration_since(now));
        if !wait.is_zero() {
            return Some(wait);
        }
        self.next = Some(now + INTERVAL);
        self.revision = revision;
        self.number += 1;
        let snapshot = Snapshot { project: snapshot(), revision, number: self.number };
        if let Some(states) = &self.states {
            send_latest(states, &self.waiting_states, snapshot);
        }
        None
    }

    /// Deletes the stored state, because the user closes without saving.
    pub fn forget(&mut self) {
        while self.waiting_states.try_recv().is_ok() {}
        if let Some(jobs) = &self.jobs {
            let _ = jobs.try_send(SaveJob::Forget);
        }
    }

    /// Returns what happened since the last call.
    pub fn news(&self) -> impl Iterator<Item = SaverNews> {
        self.news.try_iter()
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        (self.jobs, self.states) = (None, None);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Sends without waiting: if the channel is full, the oldest message is dropped.
fn send_latest<T>(sender: &Sender<T>, receiver: &Receiver<T>, message: T) {
    let mut message = message;
    while let Err(TrySendError::Full(back)) = sender.try_send(message) {
        let _ = receiver.try_recv();
        message = back;
    }
}

/// The data of the thread.
struct Writer<W> {
    slot: RecoverySlot,
    news_in: Sender<SaverNews>,
    news: Receiver<SaverNews>,
    wake: W,
    /// Numbers of the latest saved and stored states.
    saved: u64,
    kept: u64,
}

impl<W: Fn()> Writer<W> {
    fn run(mut self, jobs: &Receiver<SaveJob>, states: &Receiver<Snapshot>) {
        loop {
            select! {
                recv(jobs) -> job => match job {
                    Ok(job) => self.work(job),
                    Err(_) => break,
                },
                recv(states) -> state => match state {
                    Ok(state) => self.keep(state),
                    Err(_) => break,
                },
            }
        }
        // Either channel may have closed first while the other still has messages.
        jobs.try_iter().for_each(|job| self.work(job));
        states.try_iter().for_each(|state| self.keep(state));
    }

    fn work(&mut self, job: SaveJob) {
        match job {
            SaveJob::Save(snapshot, path) => self.save(*snapshot, path),
            SaveJob::Forget => {
                let result = self.slot.clear();
                self.tell_failure(result);
            }
        }
    }

    fn save(&mut self, snapshot: Snapshot, path: PathBuf) {
        let Snapshot { project, revision, number } = snapshot;
        match save(&project, &path) {
            Ok(()) => {
                self.saved = self.saved.max(number);
                let result = self.slot.set_origin(Some(&path)).and_then(|()| self.clear_old());
                self.tell_failure(result);
                self.tell(SaverNews::Saved { path, revision });
            }
            Err(error) => self.tell(SaverNews::NotSaved { path, revision, error }),
        }
    }

    /// A state older than the saved one need not be stored.
    fn clear_old(&self) -> Result<(), ProjectError> {
        if self.kept < self.saved { self.slot.clear() } else { Ok(()) }
    }

    fn keep(&mut self, snapshot: Snapshot) {
        let Snapshot { project, revision, number } = snapshot;
        if number < self.saved {
            return;
        }
        match self.slot.keep(&project) {
            Ok(()) => {
                self.kept = number;
                self.tell(SaverNews::Kept { revision });
            }
            Err(error) => self.tell(SaverNews::NotKept { error }),
        }
    }

    fn tell_failure(&self, result: Result<(), ProjectError>) {
        if let Err(error) = result {
            self.tell(SaverNews::NotKept { error });
        }
    }

    fn tell(&self, news: SaverNews) {
        send_latest(&self.news_in, &self.news, news);
        (self.wake)();
    }
}
