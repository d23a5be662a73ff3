//! Joins the stages from a recording to a document, and owns the threads they run on.

mod align;
mod export;
mod message;
mod transcribe;

pub use export::{ExportError, export};
pub use message::{Event, Progress};
pub use transcribe::{TranscribeError, TranscribeOptions, transcribe};
