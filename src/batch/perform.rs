//! Does one job: transcribes a recording, and writes its captions and a record of them.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::decide::{OutputState, state};
use super::job::{Job, Output, hex};
use super::reason::{FailureReason, RecordingFault};
use super::record::{
    Audio, Captioned, Cause, DoubtfulSpan, Failure, JobResult, Record, Written, sha256_of_file,
};
use super::store::{Store, StoreError};
use super::windows::WindowStore;
use crate::asr::{Backend, CancelToken, RecognizeError};
use crate::audio::{AudioError, Recording};
use crate::caption::{Profile, check};
use crate::document::Document;
use crate::exchange::{ExportError, export};
use crate::format::{Format, WriteError, WriteOptions};
use crate::hide::Hiding;
use crate::project::{
    Access, MediaError, MediaReference, Project, ProjectError, ProjectSettings, bytes_of, save,
};
use crate::recognize::{CaptionRequest, Event, TranscribeError, TranscribeOptions, Warning, to_document};
use crate::transcript::{Segment, Transcript, join_words};

/// Maximum number of doubtful spans and broken rules that a record lists.
const MOST_NAMED: usize = 20;

/// A job, with everything that a worker needs to do it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// The recording and its captions.
    pub job: Job,
    /// The state folder.
    pub state: PathBuf,
    /// A digest of everything that captions depend on apart from the audio.
    pub settings: String,
    /// Everything that the words of a window depend on apart from its audio: the model and the version of the program.
    pub recognition: String,
    /// Whether to replace captions that the batch did not write, or that were changed afterwards.
    pub overwrite: bool,
}

/// The options that all jobs of a batch share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JobOptions {
    /// How to recognize and to compose captions.
    pub transcribe: TranscribeOptions,
    /// How to write captions.
    pub write: WriteOptions,
    /// What must not appear in the captions.
    #[serde(default)]
    pub hiding: Hiding,
}

impl JobOptions {
    /// Returns the rules for the captions.
    fn profile(&self) -> &Profile {
        &self.transcribe.request.profile
    }
}

/// Transcribes recordings with a cache of windows: the engine, or a script in tests.
pub trait CachedTranscriber {
    /// Transcribes a recording like [`transcribe`](crate::recognize::transcribe), but takes windows from `windows` if
    /// they were recognized before.
    ///
    /// # Errors
    /// [`TranscribeError`]: the recording cannot be read, the recognizer fails, a thread cannot be started, or `cancel`
    /// is set.
    fn transcribe(
        &self,
        recording: Recording,
        options: &TranscribeOptions,
        windows: &WindowStore,
        cancel: &CancelToken,
        on_event: &mut dyn FnMut(Event),
    ) -> Result<(Transcript, Vec<Warning>), TranscribeError>;
}

impl CachedTranscriber for crate::recognize::Engine {
    fn transcribe(
        &self,
        recording: Recording,
        options: &TranscribeOptions,
        windows: &WindowStore,
        cancel: &CancelToken,
        on_event: &mut dyn FnMut(Event),
    ) -> Result<(Transcript, Vec<Warning>), TranscribeError> {
        let recognizer = || self.recognizer();
        let make = || Ok(super::windows::Remembering::new(windows, recognizer));
        crate::recognize::transcribe(recording, self.detector(), make, options, cancel, on_event)
    }
}

/// Why a job failed.
#[derive(Debug, Error)]
pub enum JobError {
    /// The caller has set the [`CancelToken`].
    #[error("cancelled")]
    Cancelled,
    /// The recording cannot be opened or decoded.
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// The recognizer has failed.
    #[error("{}: {source}", .path.display())]
    Recognize {
        /// The recording.
        path: PathBuf,
        /// The error of the recognizer.
        source: RecognizeError,
    },
    /// The system has refused to start a thread.
    #[error("{}: {source}", .path.display())]
    Thread {
        /// The recording.
        path: PathBuf,
        /// The error of the transcription.
        source: TranscribeError,
    },
    /// The recording cannot be read again to compute its digest.
    #[error("{}: {source}; check the disk or the network folder and try again", .path.display())]
    Unreadable {
        /// The recording.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// An output has a format that this program cannot write.
    #[error("{}: no format is called \"{format}\", or it cannot be written; choose another format", .path.display())]
    Format {
        /// The output.
        path: PathBuf,
        /// The name of the format.
        format: String,
    },
    /// The format cannot hold these captions.
    #[error("{}: {source}", .path.display())]
    Unwritable {
        /// The output.
        path: PathBuf,
        /// The error of the format.
        source: WriteError,
    },
    /// Captions cannot be written to their file.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The project cannot be written to its file.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// The record cannot be written to the state folder.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl JobError {
    fn of(error: TranscribeError, job: &Job) -> Self {
        let path = job.input.clone();
        match error {
            TranscribeError::Cancelled => Self::Cancelled,
            TranscribeError::Audio(error) => Self::Audio(error),
            TranscribeError::Recognize(source) => Self::Recognize { path, source },
            source @ TranscribeError::Thread(_) => Self::Thread { path, source },
        }
    }

    /// Returns the kind of failure, for scripts.
    pub fn cause(&self) -> Cause {
        match self {
            Self::Audio(_) | Self::Unreadable { .. } => Cause::Input,
            Self::Cancelled | Self::Recognize { .. } | Self::Thread { .. } => Cause::Recognizer,
            Self::Format { .. } => Cause::Settings,
            Self::Unwritable { .. } | Self::Export(_) | Self::Project(_) | Self::Store(_) => Cause::Output,
        }
    }

    /// Returns the fact that the window words.
    fn reason(&self) -> Option<FailureReason> {
        let unwritable =
            |path: &Path, error| Some(FailureReason::Unwritable { path: path.to_owned(), error });
        match self {
            Self::Audio(error) => Some(FailureReason::Recording(error.into())),
            Self::Unreadable { source, .. } => {
                Some(FailureReason::Recording(RecordingFault::Io(source.into())))
            }
            Self::Recognize { source, .. } => Some(FailureReason::Recognizer(source.clone())),
            Self::Thread { source: TranscribeError::Thread(source), .. } => {
                Some(FailureReason::Thread(source.into()))
            }
            Self::Format { format, .. } => Some(FailureReason::Format { format: format.clone() }),
            Self::Unwritable { source, .. } | Self::Export(ExportError::Unwritable { source, .. }) => {
                Some(FailureReason::Format { format: source.format().to_owned() })
            }
            Self::Export(ExportError::Exists { path }) => Some(FailureReason::Exists { path: path.clone() }),
            Self::Export(ExportError::Io { path, source })
            | Self::Project(ProjectError::Io { path, source })
            | Self::Store(StoreError { path, source }) => unwritable(path, source.into()),
            Self::Cancelled | Self::Thread { .. } | Self::Export(_) | Self::Project(_) => None,
        }
    }

    /// Returns the failure as it is stored in a record.
    pub fn to_failure(&self) -> Failure {
        Failure { cause: self.cause(), message: self.to_string(), reason: self.reason() }
    }
}

/// Does a job. The record is written before the captions, so that a later run can recognize them as written by the
/// batch. The stored windows of the recording are removed once the captions are saved.
///
/// # Errors
/// [`JobError`] if the recording cannot be read or recognized, or the captions or the record cannot be written.
/// Existing captions stay as they are, unless the disk fails while they are replaced one by one.
pub fn perform(
    order: &Order,
    transcriber: &dyn CachedTranscriber,
    options: &JobOptions,
    cancel: &CancelToken,
    on_event: &mut dyn FnMut(Event),
) -> Result<Record, JobError> {
    let started = Instant::now();
    let job = &order.job;
    let store = Store::at(&order.state);
    let windows = WindowStore::new(&store.windows(), &order.recognition);
    let transcribe =
        TranscribeOptions { request: request_of(job, options).clone(), ..options.transcribe.clone() };
    let unreadable = |source| JobError::Unreadable { path: job.input.clone(), source };
    let recording = Recording::open(&job.input)?;
    let (transcript, warnings) = transcriber
        .transcribe(recording, &transcribe, &windows, cancel, on_event)
        .map_err(|error| JobError::of(error, job))?;
    let audio = Audio::of(&job.input).map_err(unreadable)?;
    let mut document = to_document(transcript, &job.input, &transcribe.request);
    if let Some(title) = &job.title {
        document.title.clone_from(title);
    }
    let project = project_of(&document, job, options)?;
    let hidden = hiding_of(job, options).apply(&mut document);
    let mut captioned = describe(&document, options, audio);
    captioned.warnings.extend(warnings.iter().map(ToString::to_string));
    let made = Made { document, project };
    let outputs = outputs(&made, job, options, &store)?;
    let (places, left) = places(order, &outputs, &store);
    captioned
        .warnings
        .extend(left.iter().map(|path| format!("{} already exists and is left as it is", path.display())));
    captioned.hidden = hidden.len();
    captioned.outputs = places.iter().map(|place| place.written.clone()).collect();
    (captioned.recognized, captioned.remembered) = (windows.recognized(), windows.remembered());
    captioned.seconds = started.elapsed().as_secs_f64();
    let earlier = places.iter().filter_map(Place::earlier).collect();
    let result = JobResult::Captioned(Box::new(captioned));
    let record = Record::new(&job.input, &order.settings, &store, earlier, result);
    store.write_record(&job.id, &record)?;
    let mut failure = Ok(());
    for Place { output, may_replace, .. } in &places {
        // A file that cannot be written does not stop the others.
        failure = failure.and(write(&made, output, options, *may_replace));
    }
    failure?;
    windows.forget();
    Ok(record)
}

/// An output, and the file in its place.
struct Place<'a> {
    output: &'a Output,
    written: &'a Written,
    /// Digest of the existing file.
    found: Option<String>,
    may_replace: bool,
}

impl Place<'_> {
    /// Returns the existing file, if it may be replaced.
    fn earlier(&self) -> Option<Written> {
        let sha256 = self.found.clone().filter(|_| self.may_replace)?;
        Some(Written { sha256, ..self.written.clone() })
    }
}

/// Returns the outputs to write, and the files that are kept instead because no batch wrote them. If no output can be
/// written, all are returned as outputs, and writing them fails.
fn places<'a>(order: &'a Order, outputs: &'a [Written], store: &Store) -> (Vec<Place<'a>>, Vec<&'a Path>) {
    let before = store.record(&order.job.id);
    let place = |(output, written): (&'a Output, &'a Written)| {
        let found = sha256_of_file(&output.path).ok();
        let ours = matches!(state(output, before.as_ref(), store), OutputState::Ours | OutputState::Earlier);
        // Another process may have written the same captions just now.
        let may_replace = order.overwrite || ours || found.as_ref() == Some(&written.sha256);
        Place { output, written, found, may_replace }
    };
    let places: Vec<_> = order.job.outputs.iter().zip(outputs).map(place).collect();
    let stays = |place: &Place| place.found.is_some() && !place.may_replace;
    if places.iter().all(stays) {
        return (places, Vec::new());
    }
    let (left, places): (Vec<_>, Vec<_>) = places.into_iter().partition(stays);
    (places, left.iter().map(|place| place.output.path.as_path()).collect())
}

/// What is made of a recording.
struct Made {
    /// The captions, without the words that are hidden in them.
    document: Document,
    /// The project, which keeps every word.
    project: Project,
}

fn request_of<'a>(job: &'a Job, options: &'a JobOptions) -> &'a CaptionRequest {
    job.own.as_ref().map_or(&options.transcribe.request, |own| &own.request)
}

fn hiding_of<'a>(job: &'a Job, options: &'a JobOptions) -> &'a Hiding {
    job.own.as_ref().map_or(&options.hiding, |own| &own.hiding)
}

fn format_of(output: &Output) -> Result<&'static Format, JobError> {
    let unknown = || JobError::Format { path: output.path.clone(), format: output.format.clone() };
    output.format().ok_or_else(unknown)
}

/// Returns the captions with their recording, as the window opens them.
fn project_of(document: &Document, job: &Job, options: &JobOptions) -> Result<Project, JobError> {
    let unreadable = |error: MediaError| JobError::Unreadable { path: error.path, source: error.source };
    let media = job.outputs.iter().any(Output::is_project).then(|| MediaReference::to(&job.input));
    let settings =
        ProjectSettings { profile: Some(options.profile().name.clone()), ..ProjectSettings::default() };
    let media = media.transpose().map_err(unreadable)?;
    Ok(Project { document: document.clone(), media, settings, ..Project::default() })
}

fn write(made: &Made, output: &Output, options: &JobOptions, overwrite: bool) -> Result<(), JobError> {
    if output.is_project() {
        return save_project(&made.project, &output.path, overwrite);
    }
    Ok(export(&made.document, format_of(output)?, &options.write, &output.path, overwrite)?)
}

/// Writes a project, unless one exists that may not be replaced or is open in a window.
fn save_project(project: &Project, path: &Path, overwrite: bool) -> Result<(), JobError> {
    let lock = if path.exists() { Some(Access::to(path)) } else { None };
    match lock {
        Some(_) if !overwrite => Err(ExportError::Exists { path: path.to_owned() }.into()),
        Some(Access::ReadOnly) => Err(ProjectError::InUse { path: path.to_owned() }.into()),
        _ => Ok(save(project, path)?),
    }
}

/// Returns the files to write, with their digests. They are written later.
fn outputs(made: &Made, job: &Job, options: &JobOptions, store: &Store) -> Result<Vec<Written>, JobError> {
    let written = |output: &Output| {
        let bytes = match output.is_project() {
            true => bytes_of(&made.project, &output.path)?,
            false => captions(&made.document, output, options)?,
        };
        Ok(Written { path: store.relative(&output.path), sha256: hex(&Sha256::digest(&bytes)) })
    };
    job.outputs.iter().map(written).collect()
}

fn captions(document: &Document, output: &Output, options: &JobOptions) -> Result<Vec<u8>, JobError> {
    let unwritable = |source| JobError::Unwritable { path: output.path.clone(), source };
    let unknown = || JobError::Format { path: output.path.clone(), format: output.format.clone() };
    let written = format_of(output)?.written(document, &options.write).ok_or_else(unknown)?;
    written.map_err(unwritable)
}

fn describe(document: &Document, options: &JobOptions, audio: Audio) -> Captioned {
    let violations = check(&document.cues, options.profile());
    let faults: Vec<_> = violations.iter().filter(|violation| violation.is_fault()).collect();
    let doubts: Vec<_> = document.segments.iter().filter(|segment| segment.doubt.is_some()).collect();
    let doubt = |segment: &&Segment| DoubtfulSpan { span: segment.span(), text: join_words(&segment.words) };
    let words: Vec<_> = document.segments.iter().flat_map(|segment| &segment.words).collect();
    let wrong: f64 = words.iter().map(|word| f64::from(word.chance_of_error())).sum();
    let silent = "no speech was found in this recording: the captions are empty".to_owned();
    Captioned {
        audio,
        outputs: Vec::new(),
        language: document.language.clone(),
        duration: document.media.as_ref().map(|media| media.duration).unwrap_or_default(),
        seconds: 0.0,
        cues: document.cues.len(),
        words: words.len(),
        estimated_wer: wrong / words.len().max(1) as f64,
        doubtful: doubts.len(),
        doubts: doubts.iter().take(MOST_NAMED).map(doubt).collect(),
        faults: faults.len(),
        violations: faults.iter().take(MOST_NAMED).map(ToString::to_string).collect(),
        speech_bound: violations.iter().filter(|violation| violation.speech_bound).count(),
        warnings: if words.is_empty() { vec![silent] } else { Vec::new() },
        hidden: 0,
        recognized: 0,
        remembered: 0,
    }
}

/// Returns a digest of everything that the captions of a job depend on apart from the audio.
pub fn settings_digest(job: &Job, options: &JobOptions, recognition: &str) -> String {
    let formats: Vec<_> = job.outputs.iter().map(|output| output.format.as_str()).collect();
    let written = format!("{formats:?} {:?} {:?}", options.write, hiding_of(job, options));
    let more = [written, job.title.clone().unwrap_or_default()];
    hex(&request_of(job, options).digest(recognition, &more))
}

/// Returns a text that identifies the program's version, the model and the backend.
pub fn recognition(model: &str, backend: Backend) -> String {
    format!("lectern {} {} {model}", env!("CARGO_PKG_VERSION"), backend.resolved())
}
