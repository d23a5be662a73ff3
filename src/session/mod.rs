//! Joins the stages from a recording to a document, and owns the threads they run on.

mod align;
pub mod batch;
mod engine;
mod export;
pub mod live;
mod message;
pub mod notify;
pub mod page;
mod transcribe;

pub use engine::{Engine, EngineError, Transcriber, to_document};
pub use export::{ExportError, export};
pub use message::{Event, LiveEvent, LiveStatus, Progress, StopReason};
pub use transcribe::{TranscribeError, TranscribeOptions, default_threads, transcribe};
