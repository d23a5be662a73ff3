//! Brings up the models, and makes captions of recordings with them.

use std::path::Path;

use thiserror::Error;

use super::message::Event;
use super::transcribe::{TranscribeError, TranscribeOptions};
use crate::asr::model::ModelError;
use crate::asr::{CancelToken, RecognizeError, Task};
use crate::audio::{AudioWarning, Recording};
use crate::caption::{Profile, compose};
use crate::document::{Document, Media};
use crate::transcript::{Language, Transcript};
use crate::vad::VadModelError;

#[cfg(feature = "whisper")]
pub use with_whisper::Engine;
#[cfg(not(feature = "whisper"))]
pub use without_whisper::Engine;

#[derive(Debug, Error)]
pub enum EngineError {
    #[error(transparent)]
    Model(#[from] ModelError),
    #[error(transparent)]
    Vad(#[from] VadModelError),
    #[error(transparent)]
    Recognizer(#[from] RecognizeError),
    #[error("this build of Lectern has no speech recognition; build it with the feature \"whisper\"")]
    Absent,
}

/// What turns recordings into words: an [`Engine`], or a script in tests.
pub trait Transcriber: Send + Sync {
    /// As [`transcribe`](super::transcribe).
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

/// The captions of a recording: its words divided into cues that keep the profile.
pub fn to_document(transcript: Transcript, input: &Path, task: Task, profile: &Profile) -> Document {
    let Transcript { language, duration, segments } = transcript;
    // A translation is in English, whatever was spoken.
    let language = match task {
        Task::Translate => Language::new("en"),
        Task::Transcribe => language,
    };
    let name = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    Document {
        title: name(input.file_stem()),
        cues: compose(&segments, &language, profile),
        language,
        media: Some(Media { file_name: name(input.file_name()), duration }),
        segments,
    }
}

#[cfg(feature = "whisper")]
mod with_whisper {
    use std::ffi::OsStr;
    use std::num::NonZeroUsize;
    use std::sync::Arc;

    use super::{EngineError, Transcriber};
    use crate::asr::locate::{DEFAULT_VAD, ModelRequest, locate, search_roots};
    use crate::asr::model::{load_speech, load_vad};
    use crate::asr::whisper::{WhisperModel, WhisperRecognizer};
    use crate::asr::{CancelToken, RecognizeError, Request, StageTimes};
    use crate::audio::{AudioWarning, Recording};
    use crate::session::live::{LiveEngine, SystemClock};
    use crate::session::{Event, TranscribeError, TranscribeOptions, transcribe};
    use crate::transcript::Transcript;
    use crate::vad::{Silero, SpeechWindow};

    /// The models in memory, for any number of recordings.
    pub struct Engine {
        whisper: WhisperModel,
        silero: Silero,
    }

    impl Engine {
        /// Finds and loads the speech model, and the voice activity model.
        ///
        /// # Errors
        /// When a model is not there, is damaged or of the wrong kind.
        pub fn load(model: &ModelRequest) -> Result<Self, EngineError> {
            let roots = search_roots();
            let silero = locate(&ModelRequest::from_argument(OsStr::new(DEFAULT_VAD)), &roots)?;
            let silero = Silero::from_bytes(&load_vad(&silero)?)?;
            let speech = locate(model, &roots)?;
            let whisper = WhisperModel::new(&load_speech(&speech)?)?;
            Ok(Self { whisper, silero })
        }

        /// A recognizer of its own for one thread.
        ///
        /// # Errors
        /// When there is no memory for it.
        pub fn recognizer(&self) -> Result<WhisperRecognizer, RecognizeError> {
            self.whisper.recognizer()
        }

        /// The engine of a live session, with a recognizer that computes on `threads` threads.
        pub fn live(&self, threads: NonZeroUsize) -> LiveEngine<WhisperRecognizer> {
            let whisper = self.whisper.clone();
            LiveEngine {
                make_recognizer: Box::new(move || whisper.recognizer_on(threads)),
                detector: Box::new(self.silero.clone()),
                clock: Arc::new(SystemClock::default()),
                free_space: |path| fs4::available_space(path),
                wake: Arc::new(|| ()),
            }
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
            let mut recognizer = self.recognizer()?;
            let mut sum = StageTimes::default();
            for window in windows {
                let times = recognizer.time_stages(&window.samples, request)?;
                sum.spectrogram += times.spectrogram;
                sum.encoder += times.encoder;
                sum.decoder += times.decoder;
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
}

#[cfg(not(feature = "whisper"))]
mod without_whisper {
    use std::num::NonZeroUsize;

    use super::{EngineError, Transcriber};
    use crate::asr::locate::ModelRequest;
    use crate::asr::{CancelToken, RecognizeError, Request, ScriptedRecognizer, StageTimes};
    use crate::audio::{AudioWarning, Recording};
    use crate::session::live::LiveEngine;
    use crate::session::{Event, TranscribeError, TranscribeOptions};
    use crate::transcript::Transcript;
    use crate::vad::{Silero, SpeechWindow};

    /// This build has no recognizer: there is never an engine.
    pub enum Engine {}

    impl Engine {
        pub fn load(_model: &ModelRequest) -> Result<Self, EngineError> {
            Err(EngineError::Absent)
        }

        pub fn time_stages(
            &self,
            _windows: &[SpeechWindow],
            _request: &Request,
        ) -> Result<StageTimes, RecognizeError> {
            match *self {}
        }

        pub fn live(&self, _threads: NonZeroUsize) -> LiveEngine<ScriptedRecognizer> {
            match *self {}
        }

        pub fn detector(&self) -> Silero {
            match *self {}
        }
    }

    impl Transcriber for Engine {
        fn transcribe(
            &self,
            _recording: Recording,
            _options: &TranscribeOptions,
            _cancel: &CancelToken,
            _on_event: &mut dyn FnMut(Event),
        ) -> Result<(Transcript, Vec<AudioWarning>), TranscribeError> {
            match *self {}
        }
    }
}
