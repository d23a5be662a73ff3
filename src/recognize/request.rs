//! What a person asks for.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::engine::EngineRequest;
use super::resources::Resources;
use crate::asr::{Effort, Request, Task};
use crate::caption::Profile;
use crate::time::MediaTime;
use crate::transcript::Language;
use crate::vad::WindowOptions;

/// Everything that words and captions depend on beside the sound. It is built once, from arguments or settings, and
/// handed on whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaptionRequest {
    pub engine: EngineRequest,
    /// The language that is spoken; detected if absent.
    pub language: Option<Language>,
    pub task: Task,
    /// Names and terms that may be spoken, as the model reads them beforehand.
    pub vocabulary: Option<String>,
    pub profile: Profile,
}

impl CaptionRequest {
    /// The language of captions that are not in the one that is spoken.
    pub fn translated_into(&self) -> Option<Language> {
        match self.task {
            Task::Translate => Some(Language::new("en")),
            Task::Transcribe => None,
        }
    }

    /// The language of the captions, where it is known beforehand.
    pub fn caption_language(&self) -> Option<Language> {
        self.translated_into().or_else(|| self.language.clone())
    }

    /// A request to a recognizer for one window.
    pub fn of_window(&self, language: Language, effort: Effort) -> Request {
        Request { language, task: self.task, prompt: self.vocabulary.clone(), effort }
    }

    /// The same request for a recording whose language or vocabulary is known better.
    pub fn with(&self, language: Option<Language>, vocabulary: Option<String>) -> Self {
        Self {
            language: language.or_else(|| self.language.clone()),
            vocabulary: vocabulary.or_else(|| self.vocabulary.clone()),
            ..self.clone()
        }
    }

    /// A SHA-256 of everything that the captions of a finished recording depend on beside its sound and `more`.
    /// `recognition` identifies the engine: the model by its contents, since a name or path says nothing about them.
    pub fn digest(&self, recognition: &str, more: &[String]) -> [u8; 32] {
        // Without `..`, so that a new field does not compile until it is part of this or named here.
        let Self { engine: _, language, task, vocabulary, profile } = self;
        let windows = WindowOptions::default();
        let parts = [
            recognition.to_owned(),
            format!("{language:?}"),
            format!("{task:?} {windows:?}"),
            vocabulary.clone().unwrap_or_default(),
            format!("{profile:?}"),
        ];
        let mut digest = Sha256::new();
        for part in parts.iter().chain(more) {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        digest.finalize().into()
    }
}

/// A request for a recording, with what its words do not depend on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TranscribeOptions {
    pub request: CaptionRequest,
    pub resources: Resources,
    /// What is said before this time is known already. Zero, or [`Progress::done`](super::Progress::done) of an earlier
    /// run.
    pub from: MediaTime,
}

impl TranscribeOptions {
    /// The whole recording, with all cores.
    pub fn new(request: CaptionRequest) -> Self {
        Self { request, resources: Resources::default(), from: MediaTime::ZERO }
    }
}
