//! Whisper through whisper.cpp. Only this module and its submodules use whisper-rs.

mod alignment;
mod decode;
mod interpreter;
mod memory;
mod processor;
mod thread_budget;
mod worker_thread;

use std::num::NonZeroUsize;
use std::sync::Arc;

use whisper_rs::{WhisperContext, WhisperContextParameters};

use self::interpreter::Interpreter;
use self::worker_thread::WorkerThread;
use super::model::SpeechModel;
use super::{CancelToken, RecognizeError, Recognizer, Request, StageTimes};
use crate::transcript::{Language, Segment};

/// A model in memory, shared by any number of recognizers.
#[derive(Clone)]
pub struct WhisperModel {
    context: Arc<WhisperContext>,
}

impl WhisperModel {
    /// Passes the bytes of a whole model to whisper.cpp, which copies them: they can be dropped afterwards.
    ///
    /// # Errors
    /// If the processor lacks instructions that whisper.cpp was built for, or the model cannot be loaded.
    pub fn new(model: &SpeechModel) -> Result<Self, RecognizeError> {
        let missing = processor::missing();
        if !missing.is_empty() {
            return Err(RecognizeError::OldProcessor(missing.join(", ")));
        }
        // Without a logging backend, the hooks keep whisper.cpp from writing to the terminal.
        whisper_rs::install_logging_hooks();
        memory::return_big_blocks();
        let mut parameters = WhisperContextParameters::default();
        parameters.dtw_parameters(alignment::parameters(&model.header));
        let context = WhisperContext::new_from_buffer_with_params(&model.bytes, parameters)
            .map_err(|error| RecognizeError::Load(error.to_string()))?;
        Ok(Self { context: Arc::new(context) })
    }

    /// Creates a recognizer with its own working memory, for the calling thread.
    pub fn recognizer(&self) -> Result<WhisperRecognizer, RecognizeError> {
        self.recognizer_on(NonZeroUsize::MIN)
    }

    /// Creates a recognizer that computes on up to `threads` threads if there are idle cores: it answers sooner, at the
    /// cost of more work in total. For many windows, several recognizers of one thread each are faster.
    pub fn recognizer_on(&self, threads: NonZeroUsize) -> Result<WhisperRecognizer, RecognizeError> {
        let interpreter = Interpreter::new(Arc::clone(&self.context), threads);
        Ok(WhisperRecognizer { interpreter: WorkerThread::new(interpreter)? })
    }
}

/// A recognizer with whisper.cpp. It checks for cancellation only between steps that take seconds on a slow computer,
/// so it computes on a thread of its own.
pub struct WhisperRecognizer {
    interpreter: WorkerThread<Interpreter>,
}

impl Recognizer for WhisperRecognizer {
    fn detect_language(
        &mut self,
        samples: &[f32],
        cancel: &CancelToken,
    ) -> Result<Vec<(Language, f32)>, RecognizeError> {
        let samples = samples.to_vec();
        self.interpreter.ask(cancel, move |interpreter| interpreter.detect_language(&samples))
    }

    fn recognize(
        &mut self,
        samples: &[f32],
        request: &Request,
        cancel: &CancelToken,
    ) -> Result<Segment, RecognizeError> {
        let (samples, request, token) = (samples.to_vec(), request.clone(), cancel.clone());
        self.interpreter.ask(cancel, move |interpreter| interpreter.recognize(&samples, &request, &token))
    }
}

impl WhisperRecognizer {
    /// Decodes a window, and once more in parts, to measure where the time goes.
    ///
    /// # Errors
    /// Those of [`Recognizer::recognize`].
    pub fn time_stages(&mut self, samples: &[f32], request: &Request) -> Result<StageTimes, RecognizeError> {
        let (samples, request) = (samples.to_vec(), request.clone());
        let time = move |interpreter: &mut Interpreter| interpreter.time_stages(&samples, &request);
        self.interpreter.ask(&CancelToken::default(), time)
    }
}

fn failed(error: whisper_rs::WhisperError) -> RecognizeError {
    RecognizeError::Failed(error.to_string())
}
