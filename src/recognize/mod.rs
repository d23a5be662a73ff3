//! Transcribes recordings: reads them, finds speech, recognizes it in windows, and joins the words.

mod align;
mod assembly;
mod channels;
mod dispatch;
mod document;
mod engine;
mod error;
mod event;
mod pipeline;
mod reader;
mod request;
mod resources;
mod second;
mod span;
mod speech_filter;
mod stream;
mod tongues;
mod voices;
mod warning;

pub(crate) use dispatch::LANGUAGE_SAMPLES;
pub use document::to_document;
pub use engine::{Engine, EngineError, Transcriber};
pub use error::TranscribeError;
pub use event::{Event, Progress};
pub use pipeline::transcribe;
pub(crate) use pipeline::{decode_window, recognize_window};
pub use request::{CaptionRequest, ChannelWish, Detection, EngineRequest, SpeakerWish, TranscribeOptions};
pub use resources::Resources;
pub use second::{ask_second, second_engine};
pub use span::{AgainError, transcribe_span};
pub use voices::{
    FindError, FollowedVoices, LiveTurn, NamingError, SpeakersError, Suggestion, VoiceFollower, find_voices,
    is_automatic_name, label_followed, name_speakers, split_speaker, suggest_names, voice_of,
};
pub use warning::Warning;
