//! Brings up the models.

#[cfg(feature = "whisper")]
pub use with_whisper::Engine;
#[cfg(not(feature = "whisper"))]
pub use without_whisper::Engine;

#[cfg(feature = "whisper")]
mod with_whisper {
    use std::ffi::OsStr;

    use crate::asr::locate::{DEFAULT_VAD, ModelRequest, locate, search_roots};
    use crate::asr::model::{load_speech, load_vad};
    use crate::asr::whisper::{WhisperModel, WhisperRecognizer};
    use crate::asr::{CancelToken, RecognizeError, Request, StageTimes};
    use crate::audio::{AudioWarning, Recording};
    use crate::session::{Event, TranscribeError, TranscribeOptions, transcribe};
    use crate::transcript::Transcript;
    use crate::vad::{Silero, SpeechWindow};

    /// The models in memory, for any number of recordings.
    pub struct Engine {
        whisper: WhisperModel,
        silero: Silero,
    }

    impl Engine {
        /// Finds and loads the speech model of this name or path, and the voice activity model.
        pub fn load(model: &OsStr) -> anyhow::Result<Self> {
            let roots = search_roots();
            let silero = locate(&ModelRequest::from_argument(OsStr::new(DEFAULT_VAD)), &roots)?;
            let silero = Silero::from_bytes(&load_vad(&silero)?)?;
            let speech = locate(&ModelRequest::from_argument(model), &roots)?;
            let whisper = WhisperModel::new(&load_speech(&speech)?)?;
            Ok(Self { whisper, silero })
        }

        pub fn transcribe(
            &self,
            recording: Recording,
            options: &TranscribeOptions,
            cancel: &CancelToken,
            on_event: impl FnMut(Event),
        ) -> Result<(Transcript, Vec<AudioWarning>), TranscribeError> {
            let make = || self.recognizer();
            transcribe(recording, self.silero.clone(), make, options, cancel, on_event)
        }

        fn recognizer(&self) -> Result<WhisperRecognizer, RecognizeError> {
            self.whisper.recognizer()
        }

        /// Where the time goes in these windows, together.
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
}

#[cfg(not(feature = "whisper"))]
mod without_whisper {
    use std::ffi::OsStr;

    use crate::asr::{CancelToken, RecognizeError, Request, StageTimes};
    use crate::audio::{AudioWarning, Recording};
    use crate::session::{Event, TranscribeError, TranscribeOptions};
    use crate::transcript::Transcript;
    use crate::vad::{Silero, SpeechWindow};

    /// This build has no recognizer: there is never an engine.
    pub enum Engine {}

    impl Engine {
        pub fn load(_model: &OsStr) -> anyhow::Result<Self> {
            anyhow::bail!(
                "this build of Lectern has no speech recognition; build it with the feature \"whisper\""
            )
        }

        pub fn transcribe(
            &self,
            _recording: Recording,
            _options: &TranscribeOptions,
            _cancel: &CancelToken,
            _on_event: impl FnMut(Event),
        ) -> Result<(Transcript, Vec<AudioWarning>), TranscribeError> {
            match *self {}
        }

        pub fn time_stages(
            &self,
            _windows: &[SpeechWindow],
            _request: &Request,
        ) -> Result<StageTimes, RecognizeError> {
            match *self {}
        }

        pub fn detector(&self) -> Silero {
            match *self {}
        }
    }
}
