//! From recordings to transcripts: reads, finds speech, recognizes it in windows, and puts the words together.

mod align;
mod assembly;
mod dispatch;
mod engine;
mod event;
mod pipeline;
mod reader;
mod span;
mod speech_filter;

pub(crate) use dispatch::LANGUAGE_SAMPLES;
pub use engine::{Engine, EngineError, EngineRequest, Transcriber, to_document, translated_into};
pub use event::{Event, Progress};
pub use pipeline::{TranscribeError, TranscribeOptions, default_threads, transcribe};
pub(crate) use pipeline::{hear, recognize_window};
pub use span::{AgainError, transcribe_span};
