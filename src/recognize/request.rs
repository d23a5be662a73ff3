//! The options that determine words and captions.

use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::resources::Resources;
use crate::asr::locate::ModelRequest;
use crate::asr::{Backend, Effort, Request, Task, Vocabulary};
use crate::caption::Profile;
use crate::remembered::RememberedVoices;
use crate::time::MediaTime;
use crate::transcript::{Language, among};
use crate::vad::WindowOptions;

/// Which model to load, and what computes with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineRequest {
    /// The speech model, by name or by path.
    pub model: ModelRequest,
    /// The implementation that runs the model.
    pub backend: Backend,
}

/// Everything that words and captions depend on apart from the audio. It is built once, from arguments or settings, and
/// passed on whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaptionRequest {
    /// The speech model and the backend.
    pub engine: EngineRequest,
    /// The spoken language; detected if `None`.
    pub language: Option<Language>,
    /// Whether to write down what is said or to translate it into English.
    pub task: Task,
    /// How much work to spend on recordings. Live sessions choose it themselves.
    pub effort: Effort,
    /// Names and terms that may be spoken.
    pub vocabulary: Option<Vocabulary>,
    /// The rules for the captions.
    pub profile: Profile,
    /// Whether to find out who speaks: in each channel, where they are recognized apart.
    pub speakers: SpeakerWish,
    /// Voices whose speakers are called by their names.
    #[serde(default)]
    pub remembered: RememberedVoices,
    /// What is recognized of a recording with several channels.
    pub channels: ChannelWish,
    /// How the language is detected, where none is given.
    pub detection: Detection,
    /// The most readings of each sentence that are kept, with that of the captions; none below 2. Above 5, the search has as
    /// many beams.
    pub alternatives: usize,
}

/// How the language is detected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detection {
    /// Languages that may be spoken; any if empty.
    pub candidates: Vec<Language>,
    /// Whether the language may change within a recording, so that each stretch is recognized in its own. Live sessions
    /// have one language.
    pub changes: bool,
}

impl Detection {
    /// The language with the highest probability among the candidates. `detected` are all, the most probable first.
    pub fn likeliest(&self, detected: Vec<(Language, f32)>) -> (Language, f32) {
        let likeliest = among(detected, &self.candidates).into_iter().next();
        likeliest.map(|found| (found.language, found.score)).unwrap_or_default()
    }
}

/// What is recognized of a recording with several channels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChannelWish {
    /// All of them, mixed to one.
    #[default]
    Mixed,
    /// Each apart. The speaker is the name of the channel, or `Channel 1` and so on where there is none.
    Apart(Vec<String>),
}

impl ChannelWish {
    /// Who speaks on a channel, counted from 0; nobody's name if they are mixed.
    pub fn name(&self, channel: usize) -> Option<String> {
        let Self::Apart(names) = self else { return None };
        Some(names.get(channel).cloned().unwrap_or_else(|| format!("Channel {}", channel + 1)))
    }
}

/// Whether to find out who speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpeakerWish {
    /// Captions do not name speakers.
    #[default]
    Unnamed,
    /// Any number of speakers.
    Any,
    /// This many speakers.
    Exactly(NonZeroUsize),
    /// As many speakers as speak, but no more than this.
    AtMost(NonZeroUsize),
}

impl CaptionRequest {
    /// A request for transcribing in the language that is detected, as carefully as can be, without names of speakers.
    pub fn new(engine: EngineRequest, profile: Profile) -> Self {
        Self {
            engine,
            language: None,
            task: Task::Transcribe,
            effort: Effort::Thorough,
            vocabulary: None,
            profile,
            speakers: SpeakerWish::Unnamed,
            remembered: RememberedVoices::default(),
            channels: ChannelWish::Mixed,
            detection: Detection::default(),
            alternatives: 0,
        }
    }

    /// Returns the language of translated captions; `None` if they are in the spoken language.
    pub fn translated_into(&self) -> Option<Language> {
        match self.task {
            Task::Translate => Some(Language::new("en")),
            Task::Transcribe => None,
        }
    }

    /// Returns the language of the captions; `None` if it must be detected.
    pub fn caption_language(&self) -> Option<Language> {
        self.translated_into().or_else(|| self.language.clone())
    }

    /// Returns the request to a recognizer for one window.
    pub fn of_window(&self, language: Language, effort: Effort) -> Request {
        let (task, vocabulary, alternatives) = (self.task, self.vocabulary.clone(), self.alternatives);
        Request { language, task, vocabulary, effort, alternatives }
    }

    /// Whether each stretch is recognized in its own language.
    pub fn is_in_several_languages(&self) -> bool {
        self.language.is_none() && self.detection.changes
    }

    /// Returns the same request with the language of one recording, if it is known.
    pub fn with_language(&self, language: Option<Language>) -> Self {
        Self { language: language.or_else(|| self.language.clone()), ..self.clone() }
    }

    /// Returns a SHA-256 of `more` and of everything that the captions of a recording depend on apart from its audio.
    /// `recognition` identifies the engine: the model by its contents, since a name or path does not.
    pub fn digest(&self, recognition: &str, more: &[String]) -> [u8; 32] {
        // Without `..`, so that a new field does not compile until it is added here.
        let Self {
            engine: _,
            language,
            task,
            effort,
            vocabulary,
            profile,
            speakers,
            remembered,
            channels,
            detection,
            alternatives,
        } = self;
        let windows = WindowOptions::default();
        let parts = [
            recognition.to_owned(),
            format!("{language:?}"),
            format!("{task:?} {effort:?} {windows:?}"),
            vocabulary.as_ref().map_or_else(String::new, |vocabulary| format!("{vocabulary:?}")),
            profile_text(profile),
        ];
        // Captions made before there was speaker naming stay up to date.
        let speakers = (*speakers != SpeakerWish::Unnamed).then(|| match remembered.is_empty() {
            true => format!("{speakers:?}"),
            false => format!("{speakers:?} {remembered:?}"),
        });
        let channels = (*channels != ChannelWish::Mixed).then(|| format!("{channels:?}"));
        let detection = (*detection != Detection::default()).then(|| format!("{detection:?}"));
        let alternatives = (*alternatives > 0).then(|| format!("alternatives {alternatives}"));
        let later = speakers.iter().chain(&channels).chain(&detection).chain(&alternatives);
        let mut digest = Sha256::new();
        for part in parts.iter().chain(later).chain(more) {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        digest.finalize().into()
    }
}

/// Returns the text of a profile for the digest. Captions that were made before profiles had labels stay up to date.
fn profile_text(profile: &Profile) -> String {
    format!("{profile:?}").replace(", speaker_labels: Voice", "")
}

/// A request, with the options that do not change the words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TranscribeOptions {
    /// What determines the words and captions.
    pub request: CaptionRequest,
    /// How many threads and how much memory to use.
    pub resources: Resources,
    /// Where to start: zero, or [`Progress::done`](super::Progress::done) of an earlier run.
    pub from: MediaTime,
}

impl TranscribeOptions {
    /// Makes options for the whole recording, with all cores.
    pub fn new(request: CaptionRequest) -> Self {
        Self { request, resources: Resources::default(), from: MediaTime::ZERO }
    }
}
