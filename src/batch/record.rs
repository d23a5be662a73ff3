//! What became of a job, as it is remembered and reported.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::job::{JobId, hex};
use super::store::Store;
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::Language;

/// What became of a job. Paths are counted from the base of the state folder where they are below it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub input: PathBuf,
    /// Everything that captions depend on beside the sound, as a digest.
    pub settings: String,
    /// When it was written, in seconds since 1970.
    pub finished: u64,
    /// The machine that did the job.
    pub machine: String,
    /// Captions that may be there in place of those that were to be written, and that the batch may replace: it
    /// wrote them earlier, or was told to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Written>,
    #[serde(flatten)]
    pub result: JobResult,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum JobResult {
    Captioned(Box<Captioned>),
    Failed(Failure),
}

/// Captions, and what there is to know of them. Written before the files themselves: a job is done when its files
/// are there and have these digests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Captioned {
    pub audio: Audio,
    pub outputs: Vec<Written>,
    pub language: Language,
    #[serde(rename = "duration_ms")]
    pub duration: MediaTime,
    /// How long the work took, in seconds.
    pub seconds: f64,
    pub cues: usize,
    pub words: usize,
    /// The share of words that are expected to be wrong, from the recognizer's own probabilities.
    pub estimated_wer: f64,
    /// How many stretches of speech the recognizer could not make sense of, and the first of them.
    pub doubtful: usize,
    pub doubts: Vec<DoubtfulSpan>,
    /// Broken rules that a person ought to mend, and the first of them.
    pub faults: usize,
    pub violations: Vec<String>,
    /// Broken rules for which the speech is too fast or too dense.
    pub speech_bound: usize,
    pub warnings: Vec<String>,
    /// Calls of the recognizer.
    pub recognized: u64,
    /// Calls of the recognizer that were spared, for what they gave was remembered.
    pub remembered: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoubtfulSpan {
    pub span: TimeSpan,
    pub text: String,
}

/// A file as it was when it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audio {
    pub size: u64,
    /// Milliseconds since 1970.
    pub modified: u64,
    pub sha256: String,
}

/// A file of captions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    pub path: PathBuf,
    pub sha256: String,
}

/// Why there are no captions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub cause: Cause,
    /// Names the file, what is wrong and what to do.
    pub message: String,
}

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The recording cannot be read.
    Input,
    Recognizer,
    /// The process that did the work ended without a word, twice.
    Crash,
    /// The captions, or the state of the batch, cannot be written.
    Output,
    /// What a list says of the recording cannot be followed.
    Settings,
}

impl Cause {
    pub fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Recognizer => "recognizer",
            Self::Crash => "crash",
            Self::Output => "output",
            Self::Settings => "settings",
        }
    }
}

impl Record {
    pub fn new(
        input: &Path,
        settings: &str,
        store: &Store,
        earlier: Vec<Written>,
        result: JobResult,
    ) -> Self {
        Self {
            input: store.relative(input),
            settings: settings.to_owned(),
            finished: SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs(),
            machine: sysinfo::System::host_name().unwrap_or_default(),
            earlier,
            result,
        }
    }

    /// The record of a recording without captions, after what was known of it before.
    pub fn of_failure(input: &Path, settings: &str, store: &Store, failure: Failure) -> Self {
        let before = store.record(&JobId::new(input, store.base()));
        let earlier = before.map(|before| before.written().cloned().collect()).unwrap_or_default();
        Self::new(input, settings, store, earlier, JobResult::Failed(failure))
    }

    /// Every file of captions that may be there and is the batch's own.
    pub(super) fn written(&self) -> impl Iterator<Item = &Written> {
        let outputs = self.captioned().map(|captioned| captioned.outputs.as_slice()).unwrap_or_default();
        outputs.iter().chain(&self.earlier)
    }

    pub fn captioned(&self) -> Option<&Captioned> {
        match &self.result {
            JobResult::Captioned(captioned) => Some(captioned),
            JobResult::Failed(_) => None,
        }
    }

    pub fn failure(&self) -> Option<&Failure> {
        match &self.result {
            JobResult::Failed(failure) => Some(failure),
            JobResult::Captioned(_) => None,
        }
    }
}

impl Audio {
    /// Reads a file to its end.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn of(path: &Path) -> io::Result<Self> {
        let (size, modified) = size_and_time(path)?;
        Ok(Self { size, modified, sha256: sha256_of_file(path)? })
    }

    /// Whether the file is still the same. It is read only where its time has changed and its size has not.
    pub fn is_still(&self, path: &Path) -> bool {
        match size_and_time(path) {
            Ok((size, modified)) if size == self.size => {
                modified == self.modified || sha256_of_file(path).is_ok_and(|found| found == self.sha256)
            }
            _ => false,
        }
    }
}

/// Size in bytes, and the time of the last change in milliseconds since 1970.
pub(super) fn size_and_time(path: &Path) -> io::Result<(u64, u64)> {
    let metadata = fs::metadata(path)?;
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok((metadata.len(), modified.as_millis() as u64))
}

pub(super) fn sha256_of_file(path: &Path) -> io::Result<String> {
    let (mut file, mut digest) = (File::open(path)?, Sha256::new());
    let mut block = vec![0; 1 << 16];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(hex(&digest.finalize())),
            length => digest.update(&block[..length]),
        }
    }
}
