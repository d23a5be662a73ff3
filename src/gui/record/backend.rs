//! The microphones and models for recording: those of this computer, or a script in tests.

use std::net::IpAddr;
use std::path::Path;

use crate::asr::catalog::CatalogEntry;
use crate::asr::{RecognizeError, Recognizer};
use crate::audio::capture::{CaptureError, InputChoice, InputDevice, input_devices};
use crate::live::page;
use crate::live::{
    LiveEngine, LiveError, LiveFiles, LiveSession, MicrophoneSource, Preflight, PreflightError, Source,
    SourceError, Speed, Stability, models_here, preflight, recognizer_threads, recover,
};
use crate::recognize::{CaptionRequest, Engine, EngineError, EngineRequest};
use crate::transcript::Language;

/// Provides microphones and models. Called on worker threads.
pub trait RecordingBackend: Send + Sync {
    /// Lists the microphones, the default one first.
    ///
    /// # Errors
    /// If they cannot be listed.
    fn microphones(&self) -> Result<Vec<InputDevice>, CaptureError>;

    /// Opens a microphone and starts reading from it.
    ///
    /// # Errors
    /// If it delivers no sound.
    fn open(&self, choice: &InputChoice) -> Result<Box<dyn Source>, SourceError>;

    /// Loads a model.
    ///
    /// # Errors
    /// If it is missing, damaged or of the wrong kind.
    fn load(&self, engine: &EngineRequest) -> Result<Box<dyn LiveModel>, EngineError>;

    /// See [`models_here`].
    fn models(&self, language: Option<&Language>) -> Vec<&'static CatalogEntry>;

    /// See [`models_to_get`](crate::live::models_to_get).
    fn models_to_get(&self, language: Option<&Language>) -> Vec<&'static CatalogEntry>;

    /// Returns the address under which other computers in the network reach this one, if it is in a network.
    fn network_address(&self) -> Option<IpAddr>;
}

/// A loaded model for live recognition, with everything else that a session needs.
pub trait LiveModel: Send {
    /// See [`preflight`].
    ///
    /// # Errors
    /// Those of [`preflight`].
    fn check(
        &self,
        source: &mut dyn Source,
        folder: &Path,
        request: &CaptionRequest,
    ) -> Result<Preflight, PreflightError>;

    /// See [`Speed::measure`].
    ///
    /// # Errors
    /// Those of [`Speed::measure`].
    fn speed(&self, samples: &[f32], request: &CaptionRequest) -> Result<Speed, RecognizeError>;

    /// See [`LiveSession::start`].
    ///
    /// # Errors
    /// Those of [`LiveSession::start`].
    fn start(
        &self,
        source: Box<dyn Source>,
        files: &LiveFiles,
        request: CaptionRequest,
        stability: Stability,
    ) -> Result<LiveSession, LiveError>;

    /// See [`recover`].
    ///
    /// # Errors
    /// Those of [`recover`].
    fn recover(&self, files: &LiveFiles, request: CaptionRequest) -> Result<LiveSession, LiveError>;
}

/// Implemented for every function that makes engines for sessions.
impl<R: Recognizer + 'static, F: Fn() -> LiveEngine<R> + Send> LiveModel for F {
    fn check(
        &self,
        source: &mut dyn Source,
        folder: &Path,
        request: &CaptionRequest,
    ) -> Result<Preflight, PreflightError> {
        let mut engine = self();
        let mut recognizer = (engine.make_recognizer)()?;
        let knows = (&engine.clock, engine.free_space);
        preflight(source, engine.detector.as_mut(), &mut recognizer, folder, knows, request)
    }

    fn speed(&self, samples: &[f32], request: &CaptionRequest) -> Result<Speed, RecognizeError> {
        let engine = self();
        Speed::measure(&mut (engine.make_recognizer)()?, samples, &engine.clock, request)
    }

    fn start(
        &self,
        source: Box<dyn Source>,
        files: &LiveFiles,
        request: CaptionRequest,
        stability: Stability,
    ) -> Result<LiveSession, LiveError> {
        LiveSession::start(source, LiveEngine { stability, ..self() }, files, request)
    }

    fn recover(&self, files: &LiveFiles, request: CaptionRequest) -> Result<LiveSession, LiveError> {
        recover(self(), files, request)
    }
}

/// The microphones and models of this computer.
pub struct ThisComputer;

impl RecordingBackend for ThisComputer {
    fn microphones(&self) -> Result<Vec<InputDevice>, CaptureError> {
        input_devices(false)
    }

    fn open(&self, choice: &InputChoice) -> Result<Box<dyn Source>, SourceError> {
        Ok(Box::new(MicrophoneSource::open(choice.clone())?))
    }

    fn load(&self, engine: &EngineRequest) -> Result<Box<dyn LiveModel>, EngineError> {
        let engine = Engine::load(engine)?;
        Ok(Box::new(move || LiveEngine::new(&engine, recognizer_threads())))
    }

    fn models(&self, language: Option<&Language>) -> Vec<&'static CatalogEntry> {
        models_here(language)
    }

    fn models_to_get(&self, language: Option<&Language>) -> Vec<&'static CatalogEntry> {
        crate::live::models_to_get(language)
    }

    fn network_address(&self) -> Option<IpAddr> {
        page::network_address()
    }
}
