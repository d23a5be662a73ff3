//! Builds recognition requests from the settings.

use crate::asr::locate::{DEFAULT_SPEECH, ModelRequest};
use crate::asr::{Effort, Task, Vocabulary};
use crate::caption::{DEFAULT_PROFILE, Profile};
use crate::hide::{Filter, FilterMethod, Hiding, Kind, Label, Redaction};
use crate::live::Stability;
use crate::recognize::{
    CaptionRequest, ChannelWish, Detection, EngineRequest, Resources, SpeakerWish, TranscribeOptions,
};
use crate::remembered::RememberedVoices;
use crate::settings::{HiddenWords, HidingSettings, LiveStability, Settings};
use crate::transcript::Language;

/// Returns the engine that the user chose, or the default one.
pub fn engine_request(settings: &Settings) -> EngineRequest {
    let model = settings.model.as_deref().unwrap_or(DEFAULT_SPEECH);
    let backend = settings.engine.as_deref().and_then(|name| name.parse().ok()).unwrap_or_default();
    EngineRequest { model: ModelRequest::from_argument(model.as_ref()), backend }
}

/// Returns the rules that new captions are checked against.
pub fn profile(settings: &Settings) -> Profile {
    let chosen = settings.profile.as_deref().and_then(Profile::named);
    chosen.or_else(|| Profile::named(DEFAULT_PROFILE)).expect("this profile is built in")
}

/// As many readings as the search finds anyway.
const ALTERNATIVES: usize = 5;

/// Returns a request for captions that follow a profile.
pub fn caption_request(settings: &Settings, profile: Profile) -> CaptionRequest {
    CaptionRequest {
        engine: engine_request(settings),
        language: settings.language.as_ref().map(Language::new),
        task: Task::Transcribe,
        effort: Effort::Thorough,
        vocabulary: Vocabulary::read(&settings.vocabulary).ok(),
        profile,
        speakers: if settings.speakers { SpeakerWish::Any } else { SpeakerWish::Unnamed },
        remembered: RememberedVoices::default(),
        channels: if settings.channels { ChannelWish::Apart(Vec::new()) } else { ChannelWish::Mixed },
        detection: detection(settings),
        alternatives: ALTERNATIVES,
    }
}

/// How the language is detected, where none was chosen.
fn detection(settings: &Settings) -> Detection {
    let names = settings.languages.split([',', ';', '\n']).map(str::trim).filter(|name| !name.is_empty());
    let language = |name: &str| Language::named(name).unwrap_or_else(|| Language::new(name));
    Detection { candidates: names.map(language).collect(), changes: settings.languages_change }
}

/// Returns the options for a whole recording.
pub fn transcribe_options(settings: &Settings, profile: Profile) -> TranscribeOptions {
    let resources = if settings.low_memory { Resources::LEAST } else { Resources::default() };
    TranscribeOptions { resources, ..TranscribeOptions::new(caption_request(settings, profile)) }
}

/// Returns these options with the remembered voices.
pub fn remembering(options: TranscribeOptions, remembered: &RememberedVoices) -> TranscribeOptions {
    let request = CaptionRequest { remembered: remembered.clone(), ..options.request };
    TranscribeOptions { request, ..options }
}

/// Returns the names and terms that may be spoken, one by one.
pub fn terms(settings: &Settings) -> Vec<String> {
    let vocabulary = Vocabulary::read(&settings.vocabulary).unwrap_or_default();
    vocabulary.written().map(str::to_owned).collect()
}

/// Returns what exports and the queue hide in captions.
pub fn hiding(settings: &Settings) -> Hiding {
    let HidingSettings { words, how, personal } = &settings.hiding;
    let method = match how {
        HiddenWords::Masked => FilterMethod::Mask,
        HiddenWords::LeftOut => FilterMethod::Remove,
        HiddenWords::Tagged => FilterMethod::Tag,
    };
    let redaction = personal.then(|| Redaction { kinds: Kind::ALL.into(), label: Label::Kind });
    Hiding { filter: Filter::parse(words, method), redaction }
}

/// Returns how soon words of a live session are certain.
pub fn stability(settings: &Settings) -> Stability {
    match settings.recording.stability {
        LiveStability::Low => Stability::Low,
        LiveStability::Medium => Stability::Medium,
        LiveStability::High => Stability::High,
    }
}
