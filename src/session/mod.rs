//! Joins the stages from a recording to a document, and owns the threads they run on.

mod again;
mod align;
mod assembly;
pub mod batch;
mod engine;
mod existing;
mod export;
mod feed;
pub mod live;
mod message;
pub mod notify;
mod open;
mod outlet;
pub mod page;
mod recorded;
mod repair;
mod transcribe;
mod voice;

pub use again::{AgainError, transcribe_span};
pub use engine::{Engine, EngineError, EngineRequest, Transcriber, to_document, translated_into};
pub use existing::{Existing, captions_of};
pub use export::{ExportError, export, try_export};
pub use message::{Event, LiveEvent, LiveStatus, Progress, StopReason};
pub use open::{OpenError, Opened, OpenedCaptions, OpenedProject, RECORDING_EXTENSIONS, open};
pub use recorded::{RecordedError, keep_recorded};
pub use repair::{REPAIR_REACH, RepairError, Repairable, repair, repair_all, repairable};
pub use transcribe::{TranscribeError, TranscribeOptions, default_threads, transcribe};
