//! Loads the models, and transcribes recordings with them.

use std::ffi::OsStr;
use std::time::Instant;

use thiserror::Error;

use super::error::TranscribeError;
use super::event::Event;
use super::pipeline::transcribe;
use super::request::{EngineRequest, TranscribeOptions};
use super::warning::Warning;
use crate::asr::backend::LoadedModel;
use crate::asr::locate::{DEFAULT_VAD, ModelRequest, locate, search_roots};
use crate::asr::model::{ModelError, load_speech, load_vad};
use crate::asr::{Backend, CancelToken, RecognizeError, Recognizer, Request, StageTimes};
use crate::audio::Recording;
use crate::transcript::Transcript;
use crate::vad::{Silero, SpeechWindow, VadModelError};

/// Why an [`Engine`] cannot be loaded.
#[derive(Debug, Error)]
pub enum EngineError {
    /// A model file was not found, is damaged or is of the wrong kind.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The voice activity model has contents that this program cannot use.
    #[error(transparent)]
    Vad(#[from] VadModelError),
    /// The backend cannot use the speech model.
    #[error(transparent)]
    Recognizer(#[from] RecognizeError),
}

/// Turns recordings into words: an [`Engine`], or a script in tests.
pub trait Transcriber: Send + Sync {
    /// Transcribes a recording, with its own recognizers. See [`transcribe`](super::transcribe).
    ///
    /// # Errors
    /// [`TranscribeError`]: the recording cannot be read, the recognizer fails, a thread cannot be started, or `cancel`
    /// is set.
    fn transcribe(
        &self,
        recording: Recording,
        options: &TranscribeOptions,
        cancel: &CancelToken,
        on_event: &mut dyn FnMut(Event),
    ) -> Result<(Transcript, Vec<Warning>), TranscribeError>;
}

/// The speech model and the voice activity model in memory, for any number of recordings.
pub struct Engine {
    speech: LoadedModel,
    silero: Silero,
}

impl Engine {
    /// Finds and loads the speech model and the voice activity model.
    ///
    /// # Errors
    /// [`EngineError`]: a model is missing, damaged or of the wrong kind, or the backend cannot use it.
    pub fn load(request: &EngineRequest) -> Result<Self, EngineError> {
        let (roots, start) = (search_roots(), Instant::now());
        let silero = locate(&ModelRequest::from_argument(OsStr::new(DEFAULT_VAD)), &roots)?;
        let silero = Silero::from_bytes(&load_vad(&silero)?)?;
        let speech = locate(&request.model, &roots)?;
        let model = LoadedModel::new(&load_speech(&speech)?, request.backend)?;
        let (backend, level) = model.describe();
        tracing::info!(model = %speech.path.display(), %backend, level, took = ?start.elapsed(), "model loaded");
        Ok(Self { speech: model, silero })
    }

    /// Creates a recognizer, for use on one thread.
    ///
    /// # Errors
    /// [`RecognizeError`] if there is not enough memory for it.
    pub fn recognizer(&self) -> Result<Box<dyn Recognizer>, RecognizeError> {
        self.speech.recognizer()
    }

    /// The speech model, which any number of recognizers share.
    pub fn speech(&self) -> LoadedModel {
        self.speech.clone()
    }

    /// The backend in use, and the instruction set that it has chosen, if it chooses one itself.
    pub fn describe(&self) -> (Backend, Option<&'static str>) {
        self.speech.describe()
    }

    /// Measures how long each stage of recognition takes, summed over these windows.
    ///
    /// # Errors
    /// [`RecognizeError`] if the recognizer fails on a window.
    pub fn time_stages(
        &self,
        windows: &[SpeechWindow],
        request: &Request,
    ) -> Result<StageTimes, RecognizeError> {
        let mut sum = StageTimes::default();
        for window in windows {
            sum.add(self.speech.time_stages(&window.samples, request)?);
        }
        Ok(sum)
    }

    /// A voice activity detector in its initial state.
    pub fn detector(&self) -> Silero {
        self.silero.clone()
    }
}

impl Transcriber for Engine {
    fn transcribe(
        &self,
        recording: Recording,
        options: &TranscribeOptions,
        cancel: &CancelToken,
        on_event: &mut dyn FnMut(Event),
    ) -> Result<(Transcript, Vec<Warning>), TranscribeError> {
        let make = || self.recognizer();
        transcribe(recording, self.silero.clone(), make, options, cancel, on_event)
    }
}
