//! The result of a job, as it is stored and reported.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::job::{JobId, hex};
use super::reason::FailureReason;
use super::store::Store;
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::Language;

/// The result of a job. Paths below the base of the state folder are relative to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The recording.
    pub input: PathBuf,
    /// A digest of everything that captions depend on apart from the audio.
    pub settings: String,
    /// When it was written, in seconds since 1970.
    pub finished: u64,
    /// The machine that did the job.
    pub machine: String,
    /// Files that may still exist in place of the outputs, and that the batch may replace: it wrote them earlier, or
    /// was asked to overwrite them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Written>,
    /// The captions, or why there are none.
    #[serde(flatten)]
    pub result: JobResult,
}

/// How a job ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum JobResult {
    /// It has captions.
    Captioned(Box<Captioned>),
    /// It has failed.
    Failed(Failure),
}

/// The captions of a recording, and figures about them. Written before the files themselves: a job is done if its files
/// exist and have these digests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Captioned {
    /// Identifies the contents of the recording.
    pub audio: Audio,
    /// The files of the captions.
    pub outputs: Vec<Written>,
    /// The language of the captions.
    pub language: Language,
    /// Length of the recording.
    #[serde(rename = "duration_ms")]
    pub duration: MediaTime,
    /// How long the work took, in seconds.
    pub seconds: f64,
    /// The number of cues.
    pub cues: usize,
    /// The number of words.
    pub words: usize,
    /// The expected share of wrong words, from the recognizer's own probabilities.
    pub estimated_wer: f64,
    /// The number of stretches of speech that the recognizer did not understand.
    pub doubtful: usize,
    /// The first of these stretches.
    pub doubts: Vec<DoubtfulSpan>,
    /// The number of broken rules that someone should fix.
    pub faults: usize,
    /// The first of these broken rules, as sentences.
    pub violations: Vec<String>,
    /// The number of rules broken because the speech is too fast or too dense.
    pub speech_bound: usize,
    /// Warnings about the audio and the files.
    pub warnings: Vec<String>,
    /// Number of listed words and personal data that were hidden.
    #[serde(default)]
    pub hidden: usize,
    /// The number of calls of the recognizer.
    pub recognized: u64,
    /// The number of calls that the cache of windows saved.
    pub remembered: u64,
}

/// A stretch of speech that the recognizer did not understand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoubtfulSpan {
    /// Where in the recording.
    pub span: TimeSpan,
    /// What was recognized.
    pub text: String,
}

/// Identifies the contents of a file at the time when it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audio {
    /// Size in bytes.
    pub size: u64,
    /// Time of the last change, in milliseconds since 1970.
    pub modified: u64,
    /// SHA-256 of the contents, in lower-case hexadecimal.
    pub sha256: String,
}

/// A file of captions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The file, relative to the base of the state folder if it is below it.
    pub path: PathBuf,
    /// SHA-256 of the contents, in lower-case hexadecimal.
    pub sha256: String,
}

/// Why there are no captions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The kind of failure.
    pub cause: Cause,
    /// In English, for scripts, reports and the command line: names the file, the cause and a remedy.
    pub message: String,
    /// The fact, which the window words in its language; `None` if the message is all that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<FailureReason>,
}

/// The kind of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The recording cannot be read.
    Input,
    /// The recognizer has failed.
    Recognizer,
    /// The worker's process has crashed twice.
    Crash,
    /// The captions or the state of the batch cannot be written.
    Output,
    /// The options that a list gives for the recording are invalid.
    Settings,
}

impl Cause {
    /// Returns the name of the kind in events, for scripts.
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
    /// Makes the record of a job that ends now, on this machine.
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

    /// Makes the record of a failed job. Files that an earlier run wrote stay known as the batch's own.
    pub fn of_failure(input: &Path, settings: &str, store: &Store, failure: Failure) -> Self {
        let before = store.record(&JobId::new(input, store.base()));
        let earlier = before.map(|before| before.written().cloned().collect()).unwrap_or_default();
        Self::new(input, settings, store, earlier, JobResult::Failed(failure))
    }

    /// Returns all files of captions that may exist and that the batch wrote.
    pub(super) fn written(&self) -> impl Iterator<Item = &Written> {
        let outputs = self.captioned().map(|captioned| captioned.outputs.as_slice()).unwrap_or_default();
        outputs.iter().chain(&self.earlier)
    }

    /// Returns the captions; `None` if the job failed.
    pub fn captioned(&self) -> Option<&Captioned> {
        match &self.result {
            JobResult::Captioned(captioned) => Some(captioned),
            JobResult::Failed(_) => None,
        }
    }

    /// Returns the failure; `None` if there are captions.
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
    /// [`io::Error`] if the file cannot be read.
    pub fn of(path: &Path) -> io::Result<Self> {
        let (size, modified) = size_and_time(path)?;
        Ok(Self { size, modified, sha256: sha256_of_file(path)? })
    }

    /// Returns whether the file still has the same contents. It is read only if its time has changed and its size has
    /// not.
    pub fn is_still(&self, path: &Path) -> bool {
        match size_and_time(path) {
            Ok((size, modified)) if size == self.size => {
                modified == self.modified || sha256_of_file(path).is_ok_and(|found| found == self.sha256)
            }
            _ => false,
        }
    }
}

/// Returns the size in bytes, and the time of the last change in milliseconds since 1970.
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
