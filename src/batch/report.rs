//! Reports the results of the jobs of one batch, or of all batches that share a state folder.

use std::path::PathBuf;

use serde::{Serialize, Serializer};

use super::decide::{Skip, are_there};
use super::perform::Order;
use super::record::{Captioned, Failure, Record};
use super::run::{BatchEvent, JobNews};
use super::store::{Store, StoreError};

/// The results of jobs, in the order in which they became known.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// One entry for each recording.
    pub entries: Vec<Entry>,
}

/// The result of one recording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// The recording, relative to the base of the state folder if it is below it.
    pub input: PathBuf,
    /// The result.
    #[serde(flatten)]
    pub state: EntryState,
}

/// The result of a recording in a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum EntryState {
    /// It has captions.
    Captioned {
        /// Whether this batch made them.
        fresh: bool,
        /// The captions.
        captioned: Box<Captioned>,
    },
    /// It has captions that the batch has left as they are.
    Kept {
        /// Why; a sentence in JSON.
        #[serde(rename = "reason", serialize_with = "as_text")]
        skip: Skip,
    },
    /// It has failed.
    Failed {
        /// Why.
        failure: Failure,
    },
    /// It was started and can be continued.
    Unfinished,
}

fn as_text<S: Serializer>(skip: &Skip, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(skip)
}

/// The sums of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Totals {
    /// The number of recordings.
    pub recordings: usize,
    /// Recordings with captions of a batch.
    pub captioned: usize,
    /// Of these, those captioned before this batch.
    pub already: usize,
    /// Recordings left as they were.
    pub kept: usize,
    /// Recordings that have failed.
    pub failed: usize,
    /// Recordings that are not finished.
    pub unfinished: usize,
    /// Length of the recordings that this batch captioned, in seconds.
    pub fresh_audio: f64,
    /// Length of all captioned recordings, in seconds.
    pub audio: f64,
    /// Working time of the workers, in seconds.
    pub seconds: f64,
    /// The number of words.
    pub words: usize,
    /// The expected share of wrong words.
    pub estimated_wer: f64,
    /// Stretches of speech that the recognizer did not understand.
    pub doubtful: usize,
    /// Broken rules that someone should fix.
    pub faults: usize,
    /// Warnings about the audio and the files.
    pub warnings: usize,
    /// Calls of the recognizer by this batch.
    pub recognized: u64,
    /// Calls that the cache of windows saved this batch.
    pub remembered: u64,
}

impl Report {
    /// Makes a report of everything in a state folder.
    ///
    /// # Errors
    /// [`StoreError`] if the folder does not exist.
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

    /// Adds the record of a job that this batch did.
    pub fn add(&mut self, record: Record) {
        self.entries.push(Entry::of(record, true));
    }

    /// Adds a job that was left as it is.
    pub fn skip(&mut self, order: &Order, skip: Skip, store: &Store) {
        let record = store.record(&order.job.id);
        let entry = match (skip, record) {
            (Skip::Captioned | Skip::Elsewhere, Some(record)) => Entry::of(record, false),
            _ => {
                let input = store.relative(&order.job.input);
                Entry { input, state: EntryState::Kept { skip } }
            }
        };
        self.entries.push(entry);
    }

    /// Adds the result of a job if the event ends it.
    pub fn take(&mut self, event: &BatchEvent, store: &Store) {
        let input = || store.relative(&event.job.job.input);
        match &event.news {
            JobNews::Captioned(record) => self.add(Record::clone(record)),
            JobNews::Skipped(skip) => self.skip(&event.job, *skip, store),
            JobNews::Failed(failure) => {
                let state = EntryState::Failed { failure: failure.clone() };
                self.entries.push(Entry { input: input(), state });
            }
            JobNews::Interrupted => {
                self.entries.push(Entry { input: input(), state: EntryState::Unfinished })
            }
            JobNews::Started
            | JobNews::LanguageDetected(_)
            | JobNews::Progress(_)
            | JobNews::HeldBy(_)
            | JobNews::Retrying(_) => {}
        }
    }

    /// Sorts the entries by path.
    pub fn sort(&mut self) {
        self.entries.sort_by(|a, b| a.input.cmp(&b.input));
    }

    /// Returns the totals of all entries.
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

    /// Returns the captions; `None` if the recording has none from a batch.
    pub fn captioned(&self) -> Option<&Captioned> {
        match &self.state {
            EntryState::Captioned { captioned, .. } => Some(captioned),
            _ => None,
        }
    }
}
