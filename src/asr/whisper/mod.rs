//! Whisper through whisper.cpp. The only place, together with its submodules, that knows whisper-rs.

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
    /// Hands the bytes of a whole model to whisper.cpp, which copies them: they can be dropped afterwards.
    ///
    /// # Errors
    /// When the processor lacks instructions that whisper.cpp was built for, or the model cannot be loaded.
    pub fn new(model: &SpeechModel) -> Result<Self, RecognizeError> {
        let missing = processor::missing();
        if !missing.is_empty() {
            return Err(RecognizeError::OldProcessor(missing.join(", ")));
        }
        // Without a back end for logs, the hooks keep whisper.cpp from writing to the terminal.
        whisper_rs::install_logging_hooks();
        memory::return_big_blocks();
        let mut parameters = WhisperContextParameters::default();
        parameters.dtw_parameters(alignment::parameters(&model.header));
        let context = WhisperContext::new_from_buffer_with_params(&model.bytes, parameters)
            .map_err(|error| RecognizeError::Load(error.to_string()))?;
        Ok(Self { context: Arc::new(context) })
    }

    /// A recognizer with working memory of its own, for the thread that calls this.
    pub fn recognizer(&self) -> Result<WhisperRecognizer, RecognizeError> {
        self.recognizer_on(NonZeroUsize::MIN)
    }

    /// A recognizer that computes on up to `threads` threads, where they find idle cores: it answers sooner, for more
    /// work in all. Where there are many windows, more recognizers of one thread each do more.
    pub fn recognizer_on(&self, threads: NonZeroUsize) -> Result<WhisperRecognizer, RecognizeError> {
        let interpreter = Interpreter::new(Arc::clone(&self.context), threads);
        Ok(WhisperRecognizer { interpreter: WorkerThread::new(interpreter)? })
    }
}

/// Words from whisper.cpp. It looks for a cancellation between steps that take seconds on a slow computer, so it
/// computes on a thread of its own.
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
    /// Decodes a window, and once more in parts, to see where the time goes.
    ///
    /// # Errors
    /// As those of [`Recognizer::recognize`].
    pub fn time_stages(&mut self, samples: &[f32], request: &Request) -> Result<StageTimes, RecognizeError> {
        let (samples, request) = (samples.to_vec(), request.clone());
        let time = move |interpreter: &mut Interpreter| interpreter.time_stages(&samples, &request);
        self.interpreter.ask(&CancelToken::default(), time)
    }
}

fn failed(error: whisper_rs::WhisperError) -> RecognizeError {
    RecognizeError::Failed(error.to_string())
}
