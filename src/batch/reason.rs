//! Why a recording has no captions, and why a batch stopped: facts that are stored and travel between processes.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::asr::RecognizeError;
use crate::asr::model::ModelError;
use crate::audio::{AudioError, Damage};
use crate::recognize::EngineError;

/// An error of the operating system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemError {
    /// Its number, if the system gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i32>,
    /// Its text, as the system words it.
    pub text: String,
}

impl From<&io::Error> for SystemError {
    fn from(error: &io::Error) -> Self {
        Self { code: error.raw_os_error(), text: error.to_string() }
    }
}

impl From<&SystemError> for io::Error {
    fn from(error: &SystemError) -> Self {
        error.code.map_or_else(|| Self::other(error.text.clone()), Self::from_raw_os_error)
    }
}

impl fmt::Display for SystemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// How a worker's process ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessEnd {
    /// The signal that ended it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<i32>,
    /// Its exit code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i32>,
    /// The last lines of its standard error.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub last_words: String,
}

impl ProcessEnd {
    /// `status` is missing if the system does not know the process any more.
    pub(super) fn new(status: Option<ExitStatus>, last_words: String) -> Self {
        #[cfg(unix)]
        let signal = status.and_then(|status| std::os::unix::process::ExitStatusExt::signal(&status));
        #[cfg(not(unix))]
        let signal = None;
        Self { signal, code: status.and_then(|status| status.code()), last_words }
    }
}

impl fmt::Display for ProcessEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.signal, self.code) {
            (Some(signal), _) => write!(f, "it was ended by signal {signal}")?,
            (None, Some(code)) => write!(f, "it ended with exit code {code}")?,
            (None, None) => f.write_str("it has disappeared")?,
        }
        if !self.last_words.is_empty() {
            write!(f, ": {}", self.last_words)?;
        }
        Ok(())
    }
}

/// Why a recording cannot be read: an [`AudioError`] without its path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "detail", rename_all = "snake_case")]
pub enum RecordingFault {
    /// There is no file at the path.
    NotFound,
    /// Permission to read the file is missing.
    PermissionDenied,
    /// The path is a folder or a device.
    NotAFile,
    /// The file has no bytes.
    Empty,
    /// A sound container without a single sample.
    NoSamples,
    /// It has neither sound nor video. `true` if ffmpeg was tried too.
    NotAudio(bool),
    /// The file has no sound.
    NoAudioTrack,
    /// Reading this codec needs ffmpeg.
    Codec(String),
    /// The container is known, but nothing in it could be decoded.
    Damaged(Damage),
    /// ffmpeg failed, with this message.
    Ffmpeg(String),
    /// The file cannot be read.
    Io(SystemError),
}

impl From<&AudioError> for RecordingFault {
    fn from(error: &AudioError) -> Self {
        match error {
            AudioError::NotFound { .. } => Self::NotFound,
            AudioError::PermissionDenied { .. } => Self::PermissionDenied,
            AudioError::NotAFile { .. } => Self::NotAFile,
            AudioError::Empty { .. } => Self::Empty,
            AudioError::NoSamples { .. } => Self::NoSamples,
            AudioError::NotAudio { ffmpeg_failed, .. } => Self::NotAudio(*ffmpeg_failed),
            AudioError::NoAudioTrack { .. } => Self::NoAudioTrack,
            AudioError::UnsupportedCodec { codec, .. } => Self::Codec(codec.clone()),
            AudioError::Damaged { cause, .. } => Self::Damaged(cause.clone()),
            AudioError::Ffmpeg { message, .. } => Self::Ffmpeg(message.clone()),
            AudioError::Io { source, .. } => Self::Io(source.into()),
        }
    }
}

impl RecordingFault {
    /// Returns the error for the recording at a path.
    pub fn at(&self, path: &Path) -> AudioError {
        let path = path.to_owned();
        match self {
            Self::NotFound => AudioError::NotFound { path },
            Self::PermissionDenied => AudioError::PermissionDenied { path },
            Self::NotAFile => AudioError::NotAFile { path },
            Self::Empty => AudioError::Empty { path },
            Self::NoSamples => AudioError::NoSamples { path },
            Self::NotAudio(ffmpeg_failed) => AudioError::NotAudio { path, ffmpeg_failed: *ffmpeg_failed },
            Self::NoAudioTrack => AudioError::NoAudioTrack { path },
            Self::Codec(codec) => AudioError::UnsupportedCodec { path, codec: codec.clone() },
            Self::Damaged(cause) => AudioError::Damaged { path, cause: cause.clone() },
            Self::Ffmpeg(message) => AudioError::Ffmpeg { path, message: message.clone() },
            Self::Io(error) => AudioError::Io { path, source: error.into() },
        }
    }
}

/// Why a recording has no captions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "detail", rename_all = "snake_case")]
pub enum FailureReason {
    /// The recording cannot be read.
    Recording(RecordingFault),
    /// The recognizer has failed.
    Recognizer(RecognizeError),
    /// The system has refused to start a thread.
    Thread(SystemError),
    /// The worker's process has crashed twice.
    Crashed(ProcessEnd),
    /// There is too little space to begin. Unit: bytes.
    DiskFull {
        /// Free space.
        free: u64,
        /// The space that is needed.
        needed: u64,
    },
    /// A file or its folder cannot be written.
    Unwritable {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        error: SystemError,
    },
    /// A file exists and may not be replaced.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The format cannot hold the captions.
    Format {
        /// The name of the format.
        format: String,
    },
    /// The captions would replace those of another recording of the batch.
    SharedOutput {
        /// The other recording.
        owner: PathBuf,
    },
    /// The name of the recording is not UTF-8.
    NotUtf8,
}

/// Why no worker can do any job.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "detail", rename_all = "snake_case")]
pub enum Unusable {
    /// The worker's process cannot be started.
    #[error("the worker process cannot be started: {0}; close other programs")]
    NotStarted(SystemError),
    /// A model cannot be used.
    #[error("{message}")]
    Model {
        /// What is wrong with it.
        fault: ModelFault,
        /// The error in English, for the command line and the log.
        message: String,
    },
    /// The engine cannot use the model.
    #[error(transparent)]
    Recognizer(RecognizeError),
}

/// What is wrong with a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "model", rename_all = "snake_case")]
pub enum ModelFault {
    /// A model with this name is not on this computer.
    NotInstalled(String),
    /// The file does not exist or cannot be read.
    Unreadable(PathBuf),
    /// The file is damaged, or is not a model of the kind that is needed.
    Flawed(PathBuf),
    /// The model that finds speech has other contents than this program expects.
    Detector,
}

impl From<&ModelError> for ModelFault {
    fn from(error: &ModelError) -> Self {
        match error {
            ModelError::NotInstalled { entry, .. } => Self::NotInstalled(entry.name.clone()),
            ModelError::UnknownName { name, .. } => Self::NotInstalled(name.clone()),
            ModelError::Missing { path }
            | ModelError::NotAFile { path }
            | ModelError::Unreadable { path, .. } => Self::Unreadable(path.clone()),
            ModelError::WrongSize { path, .. }
            | ModelError::Flawed { path, .. }
            | ModelError::WrongChecksum { path, .. }
            | ModelError::WrongKind { path, .. } => Self::Flawed(path.clone()),
        }
    }
}

impl From<&EngineError> for Unusable {
    fn from(error: &EngineError) -> Self {
        let model = |fault| Self::Model { fault, message: error.to_string() };
        match error {
            EngineError::Model(cause) => model(cause.into()),
            EngineError::Vad(_) => model(ModelFault::Detector),
            EngineError::Recognizer(cause) => Self::Recognizer(cause.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_a_recording_come_back_as_the_same_error() {
        let path = Path::new("/lectures/1.mp3");
        let io = || io::Error::from_raw_os_error(5);
        let errors = [
            AudioError::NotFound { path: path.to_owned() },
            AudioError::NotAudio { path: path.to_owned(), ffmpeg_failed: true },
            AudioError::Damaged { path: path.to_owned(), cause: Damage::SampleRate(3) },
            AudioError::Io { path: path.to_owned(), source: io() },
        ];
        for error in errors {
            let json = serde_json::to_string(&RecordingFault::from(&error)).unwrap();
            let fault: RecordingFault = serde_json::from_str(&json).unwrap();
            assert_eq!(fault.at(path).to_string(), error.to_string(), "{json}");
        }
    }

    #[test]
    fn an_end_is_named_by_what_is_known_of_it() {
        let end = ProcessEnd { signal: Some(6), code: None, last_words: "assertion failed".to_owned() };
        assert_eq!(end.to_string(), "it was ended by signal 6: assertion failed");
        assert_eq!(
            ProcessEnd { code: Some(3), ..ProcessEnd::default() }.to_string(),
            "it ended with exit code 3"
        );
        assert_eq!(ProcessEnd::default().to_string(), "it has disappeared");
    }
}
