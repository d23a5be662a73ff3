//! Speech recognition: models on disk, and the recognizers that use them.

pub mod backend;
mod cancel;
pub mod catalog;
mod counterpart;
pub mod cpu;
mod fake;
pub mod ggml;
mod listed;
pub mod locate;
pub mod model;
pub mod own_catalog;
pub mod pieces;
pub mod published;
mod readings;
mod stopwatch;
pub mod vocabulary;
#[cfg(feature = "whisper")]
pub mod whisper;
mod without_list;
mod words;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use backend::Backend;
pub use cancel::CancelToken;
pub use fake::ScriptedRecognizer;
pub use stopwatch::{TimeSpent, timed};
pub use vocabulary::Vocabulary;

use crate::transcript::{Language, Segment};

/// How a recognizer treats a window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The spoken language.
    pub language: Language,
    /// What to do with the words.
    pub task: Task,
    /// Names and terms that may be spoken.
    pub vocabulary: Option<Vocabulary>,
    /// How much work to spend.
    pub effort: Effort,
    /// The most readings of each sentence, with that of the words themselves; none below 2.
    pub alternatives: usize,
}

/// How much work a recognizer spends on a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effort {
    /// The best result possible: text that looks wrong is decoded again.
    #[default]
    Thorough,
    /// The likeliest word at each step, without a search or a second try.
    Quick,
    /// Nearly as good but sooner, for an utterance that has just ended: less of the silence after it is computed.
    Prompt,
    /// One quick decoding of speech that has not ended yet. Text that looks wrong is returned without its words.
    Draft,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
/// What to do with the words.
pub enum Task {
    /// Write them in the spoken language.
    #[default]
    Transcribe,
    /// Translate them into English.
    Translate,
}

impl Task {
    /// Returns the name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Transcribe => "transcribe",
            Self::Translate => "translate",
        }
    }
}

/// Turns windows of speech into words. Owned and used by one thread.
///
/// A call depends only on its arguments: not on earlier calls, nor on the number of other recognizers. That makes
/// results the same for any number of threads, and finished work can be kept.
pub trait Recognizer {
    /// Returns the probability of each language that the model knows in this window, most probable first. `samples` are
    /// 16 kHz mono, at most 30 s. Cancelled like [`Recognizer::recognize`].
    fn detect_language(
        &mut self,
        samples: &[f32],
        cancel: &CancelToken,
    ) -> Result<Vec<(Language, f32)>, RecognizeError>;

    /// Recognizes the words of one window, with times from its beginning. `samples` are 16 kHz mono, at most 30 s.
    /// Returns [`RecognizeError::Cancelled`] within half a second after the token is set.
    fn recognize(
        &mut self,
        samples: &[f32],
        request: &Request,
        cancel: &CancelToken,
    ) -> Result<Segment, RecognizeError>;

    /// Recognizes windows as they come, several at a time if that is faster. `next` gets the number of windows in
    /// progress and returns the samples of another one, or `None` if there is none at present; if none is in progress
    /// either, the call ends. `done` gets the number of a window, counted from 0 as they came, and its words, the same
    /// as from [`Recognizer::recognize`].
    fn recognize_each(
        &mut self,
        request: &Request,
        cancel: &CancelToken,
        next: &mut dyn FnMut(usize) -> Option<Vec<f32>>,
        done: &mut dyn FnMut(usize, Segment),
    ) -> Result<(), RecognizeError> {
        let mut number = 0;
        while let Some(samples) = next(0) {
            done(number, self.recognize(&samples, request, cancel)?);
            number += 1;
        }
        Ok(())
    }
}

impl<R: Recognizer + ?Sized> Recognizer for Box<R> {
    fn detect_language(
        &mut self,
        samples: &[f32],
        cancel: &CancelToken,
    ) -> Result<Vec<(Language, f32)>, RecognizeError> {
        (**self).detect_language(samples, cancel)
    }

    fn recognize(
        &mut self,
        samples: &[f32],
        request: &Request,
        cancel: &CancelToken,
    ) -> Result<Segment, RecognizeError> {
        (**self).recognize(samples, request, cancel)
    }

    fn recognize_each(
        &mut self,
        request: &Request,
        cancel: &CancelToken,
        next: &mut dyn FnMut(usize) -> Option<Vec<f32>>,
        done: &mut dyn FnMut(usize, Segment),
    ) -> Result<(), RecognizeError> {
        (**self).recognize_each(request, cancel, next, done)
    }
}

/// How long the stages of recognizing one window take, on one thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageTimes {
    /// From samples to mel bands.
    pub spectrogram: TimeSpent,
    /// From mel bands to the encoder's output.
    pub encoder: TimeSpent,
    /// Searching for the text.
    pub decoder: TimeSpent,
    /// Finding the times of words. Included in the decoder's time if absent.
    pub alignment: Option<TimeSpent>,
}

impl StageTimes {
    /// Adds the times of another window.
    pub fn add(&mut self, other: Self) {
        self.spectrogram.add(other.spectrogram);
        self.encoder.add(other.encoder);
        self.decoder.add(other.decoder);
        if let Some(alignment) = other.alignment {
            self.alignment.get_or_insert_default().add(alignment);
        }
    }
}

#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
/// Why a window was not recognized.
pub enum RecognizeError {
    #[error("cancelled")]
    /// It was cancelled.
    Cancelled,
    #[error(
        "the model does not know the language \"{0}\"; use a multilingual model or another language code"
    )]
    /// The model does not know this language code.
    UnknownLanguage(String),
    #[error(
        "this build of Lectern has no whisper.cpp; use the engine cpu, or build it with the feature \"whisper\""
    )]
    /// This build lacks whisper.cpp.
    NoBackend,
    #[error(
        "this processor lacks {0}, which whisper.cpp was built for; use the engine cpu, which runs on every processor"
    )]
    /// The processor lacks these instructions.
    OldProcessor(String),
    #[error("the model could not be loaded: {0}")]
    /// The model cannot be loaded; the text says why.
    Load(String),
    #[error("{variable}={name}: {reason}")]
    /// The variable names an instruction set that does not exist or that the processor lacks.
    InstructionSet {
        /// The environment variable.
        variable: String,
        /// Its value.
        name: String,
        /// Why it cannot be used.
        reason: String,
    },
    #[error("the recognizer stopped in the middle of a window")]
    /// The recognizer panicked.
    Stopped,
    #[error("the recognizer failed: {0}")]
    /// The recognizer failed; the text says how.
    Failed(String),
}
