//! Brings up the models, and makes captions of recordings with them.

use std::ffi::OsStr;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::event::Event;
use super::pipeline::{TranscribeError, transcribe};
use super::request::TranscribeOptions;
use crate::asr::backend::LoadedModel;
use crate::asr::locate::{DEFAULT_VAD, ModelRequest, locate, search_roots};
use crate::asr::model::{ModelError, load_speech, load_vad};
use crate::asr::{Backend, CancelToken, RecognizeError, Recognizer, Request, StageTimes};
use crate::audio::{AudioWarning, Recording};
use crate::transcript::Transcript;
use crate::vad::{Silero, SpeechWindow, VadModelError};

#[derive(Debug, Error)]
pub enum EngineError {
    #[error(transparent)]
    Model(#[from] ModelError),
    #[error(transparent)]
    Vad(#[from] VadModelError),
    #[error(transparent)]
    Recognizer(#[from] RecognizeError),
}

/// What turns recordings into words: an [`Engine`], or a script in tests.
pub trait Transcriber: Send + Sync {
    /// As [`transcribe`](super::pipeline).
    ///
    /// # Errors
    /// As there.
    fn transcribe(
        &self,
        recording: Recording,
        options: &TranscribeOptions,
        cancel: &CancelToken,
        on_event: &mut dyn FnMut(Event),
    ) -> Result<(Transcript, Vec<AudioWarning>), TranscribeError>;
}

/// Which engine is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineRequest {
    pub model: ModelRequest,
    pub backend: Backend,
}

/// The models in memory, for any number of recordings.
pub struct Engine {
    speech: LoadedModel,
    silero: Silero,
}

impl Engine {
    /// Finds and loads the speech model, and the voice activity model.
    ///
    /// # Errors
    /// When a model is not there, is damaged or of the wrong kind.
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

    /// A recognizer of its own for one thread.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn recognizer(&self) -> Result<Box<dyn Recognizer>, RecognizeError> {
        self.speech.recognizer()
    }

    /// The model that recognizes, which any number of recognizers share.
    pub fn speech(&self) -> LoadedModel {
        self.speech.clone()
    }

    /// What computes, and with which instructions where it chooses them itself.
    pub fn describe(&self) -> (Backend, Option<&'static str>) {
        self.speech.describe()
    }

    /// Where the time goes in these windows, together.
    ///
    /// # Errors
    /// As those of the recognizer.
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

    /// A voice activity detector that has heard nothing yet.
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
    ) -> Result<(Transcript, Vec<AudioWarning>), TranscribeError> {
        let make = || self.recognizer();
        transcribe(recording, self.silero.clone(), make, options, cancel, on_event)
    }
}
