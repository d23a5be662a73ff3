//! Speech recognition: models on disk, and the recognizers that use them.

pub mod backend;
mod cancel;
pub mod catalog;
pub mod cpu;
mod fake;
pub mod ggml;
mod listed;
pub mod locate;
pub mod model;
pub mod own_catalog;
mod stopwatch;
pub mod vocabulary;
#[cfg(feature = "whisper")]
pub mod whisper;
mod words;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use backend::Backend;
pub use cancel::CancelToken;
pub use fake::ScriptedRecognizer;
pub use stopwatch::{TimeSpent, timed};
pub use vocabulary::Vocabulary;

use crate::transcript::{Language, Segment};

/// What a recognizer does with a window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The language that is spoken.
    pub language: Language,
    /// What is done with the words.
    pub task: Task,
    /// Names and terms that may be spoken.
    pub vocabulary: Option<Vocabulary>,
    /// How much work is put into it.
    pub effort: Effort,
}

/// How much work a recognizer puts into a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effort {
    /// The best that it can: what looks wrong is decoded again.
    #[default]
    Thorough,
    /// The likeliest word at each step, without a search and without a second try.
    Quick,
    /// Nearly as good but sooner, for an utterance that has just ended: less of the silence after it is computed.
    Prompt,
    /// One quick look at speech that has not ended yet. What looks wrong is given without its words.
    Draft,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
/// What is done with the words.
pub enum Task {
    /// Words in the language that is spoken.
    #[default]
    Transcribe,
    /// Words in English.
    Translate,
}

impl Task {
    /// As it is typed on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Transcribe => "transcribe",
            Self::Translate => "translate",
        }
    }
}

/// Turns windows of speech into words. Owned and used by one thread.
///
/// A call depends on nothing but its arguments: not on earlier calls, nor on how many recognizers run beside
/// this one. That makes results the same whatever the number of threads, and lets work that is done be kept.
pub trait Recognizer {
    /// How probable each language that the model knows is in this window, most probable first.
    /// `samples` are 16 kHz mono, at most 30 s. Cancelled like [`Recognizer::recognize`].
    fn detect_language(
        &mut self,
        samples: &[f32],
        cancel: &CancelToken,
    ) -> Result<Vec<(Language, f32)>, RecognizeError>;

    /// The words of one window with times from its beginning. `samples` are 16 kHz mono, at most 30 s.
    /// Returns [`RecognizeError::Cancelled`] within half a second after the token is set.
    fn recognize(
        &mut self,
        samples: &[f32],
        request: &Request,
        cancel: &CancelToken,
    ) -> Result<Segment, RecognizeError>;

    /// Recognizes windows as they come, several side by side where that is faster. `next` is told how many are in work,
    /// and gives the samples of another or, if there is none at present, nothing; when none is in work and none comes,
    /// that was all. `done` gets the number of a window, counted from 0 as they came, and its words. They are those that
    /// [`Recognizer::recognize`] gives.
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
    /// From samples to bands.
    pub spectrogram: TimeSpent,
    /// From bands to the encoder's output.
    pub encoder: TimeSpent,
    /// The search for the text.
    pub decoder: TimeSpent,
    /// The times of words. In the decoder's where it is absent.
    pub alignment: Option<TimeSpent>,
}

impl StageTimes {
    /// Adds those of another window.
    pub fn add(&mut self, other: Self) {
        self.spectrogram.add(other.spectrogram);
        self.encoder.add(other.encoder);
        self.decoder.add(other.decoder);
        if let Some(alignment) = other.alignment {
            self.alignment.get_or_insert_default().add(alignment);
        }
    }
}

#[derive(Clone, Debug, Error, PartialEq, Eq)]
/// Why a window was not recognized.
pub enum RecognizeError {
    #[error("cancelled")]
    /// The token was set.
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
    #[error("the recognizer failed: {0}")]
    /// The recognizer failed; the text says how.
    Failed(String),
}

impl RecognizeError {
    /// Of a recognizer that panicked.
    pub(crate) fn stopped() -> Self {
        Self::Failed("it stopped in the middle of a window".to_owned())
    }
}
