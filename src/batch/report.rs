//! What became of the jobs of one batch, or of all batches that share a state folder.

use std::path::PathBuf;

use serde::Serialize;

use super::decide::{Skip, are_there};
use super::perform::Order;
use super::record::{Captioned, Failure, Record};
use super::run::{BatchEvent, News};
use super::store::{Store, StoreError};

/// What became of jobs, in the order in which it was learned.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    pub entries: Vec<Entry>,
}

/// What became of one recording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    pub input: PathBuf,
    #[serde(flatten)]
    pub state: EntryState,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum EntryState {
    /// `fresh` if this batch did it.
    Captioned {
        fresh: bool,
        captioned: Box<Captioned>,
    },
    /// There are captions which the batch did not touch; the text says why.
    Kept {
        reason: String,
    },
    Failed {
        failure: Failure,
    },
    /// It was begun and can be taken up again.
    Unfinished,
}

/// The sums of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Totals {
    pub recordings: usize,
    pub captioned: usize,
    /// Of these, done before this batch.
    pub already: usize,
    pub kept: usize,
    pub failed: usize,
    pub unfinished: usize,
    /// Sound in what this batch captioned, in seconds.
    pub fresh_audio: f64,
    /// Sound in all that is captioned, in seconds.
    pub audio: f64,
    /// Time that workers spent, in seconds.
    pub seconds: f64,
    pub words: usize,
    /// The share of all words that are expected to be wrong.
    pub estimated_wer: f64,
    pub doubtful: usize,
    pub faults: usize,
    pub warnings: usize,
    /// Calls of the recognizer by this batch, and calls that were spared.
    pub recognized: u64,
    pub remembered: u64,
}

impl Report {
    /// Everything that a state folder tells.
    ///
    /// # Errors
    /// When there is none.
    pub fn of(store: &Store) -> Result<Self, StoreError> {
        let entry = |record: Record| {
            let there = record.failure().is_some() || are_there(&record, store);
            if there {
                Entry::of(record, false)
            } else {
                Entry { input: record.input, state: EntryState::Unfinished }
            }
        };
        Ok(Self { entries: store.records()?.into_iter().map(entry).collect() })
    }

    pub fn add(&mut self, record: Record) {
        self.entries.push(Entry::of(record, true));
    }

    /// A job that was left as it is.
    pub fn skip(&mut self, order: &Order, skip: Skip, store: &Store) {
        let record = store.record(&order.job.id);
        let entry = match (skip, record) {
            (Skip::Captioned | Skip::Elsewhere, Some(record)) => Entry::of(record, false),
            _ => {
                let input = store.relative(&order.job.input);
                Entry { input, state: EntryState::Kept { reason: skip.to_string() } }
            }
        };
        self.entries.push(entry);
    }

    /// Takes up how a job has ended.
    pub fn take(&mut self, event: &BatchEvent, store: &Store) {
        let input = || store.relative(&event.job.job.input);
        match &event.news {
            News::Captioned(record) => self.add(Record::clone(record)),
            News::Skipped(skip) => self.skip(&event.job, *skip, store),
            News::Failed(failure) => {
                let state = EntryState::Failed { failure: failure.clone() };
                self.entries.push(Entry { input: input(), state });
            }
            News::Interrupted => self.entries.push(Entry { input: input(), state: EntryState::Unfinished }),
            News::Started
            | News::LanguageDetected(_)
            | News::Progress(_)
            | News::HeldBy(_)
            | News::Retrying(_) => {}
        }
    }

    /// In the order of paths.
    pub fn sort(&mut self) {
        self.entries.sort_by(|a, b| a.input.cmp(&b.input));
    }

    pub fn totals(&self) -> Totals {
        let mut totals = Totals { recordings: self.entries.len(), ..Totals::default() };
        let mut wrong = 0.0;
        for entry in &self.entries {
            match &entry.state {
                EntryState::Captioned { fresh, captioned } => {
                    totals.count(captioned, *fresh);
                    wrong += captioned.estimated_wer * captioned.words as f64;
                }
                EntryState::Kept { .. } => totals.kept += 1,
                EntryState::Failed { .. } => totals.failed += 1,
                EntryState::Unfinished => totals.unfinished += 1,
            }
        }
        totals.estimated_wer = wrong / totals.words.max(1) as f64;
        totals
    }
}

impl Totals {
    fn count(&mut self, captioned: &Captioned, fresh: bool) {
        self.captioned += 1;
        self.audio += captioned.duration.as_secs_f64();
        self.seconds += captioned.seconds;
        self.words += captioned.words;
        self.doubtful += captioned.doubtful;
        self.faults += captioned.faults;
        self.warnings += captioned.warnings.len();
        if fresh {
            self.fresh_audio += captioned.duration.as_secs_f64();
            self.recognized += captioned.recognized;
            self.remembered += captioned.remembered;
        } else {
            self.already += 1;
        }
    }
}

impl Entry {
    fn of(record: Record, fresh: bool) -> Self {
        use super::record::JobResult;
        let state = match record.result {
            JobResult::Captioned(captioned) => EntryState::Captioned { fresh, captioned },
            JobResult::Failed(failure) => EntryState::Failed { failure },
        };
        Self { input: record.input, state }
    }

    pub fn captioned(&self) -> Option<&Captioned> {
        match &self.state {
            EntryState::Captioned { captioned, .. } => Some(captioned),
            _ => None,
        }
    }
}
