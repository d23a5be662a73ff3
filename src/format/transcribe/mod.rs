//! Amazon Transcribe's batch transcript: every word and punctuation mark is an item, with speakers and segments.
//!
//! Source: the Amazon Transcribe developer guide, "Data input and output", and output of the service.

mod alternatives;
mod channels;
mod item;
mod languages;
mod read;
pub mod stream;
mod write;

use crate::format::head::Head;

pub use read::read;
pub use write::write;

const TITLE: &str = "Amazon Transcribe JSON";

pub(crate) fn looks_like(head: &Head) -> bool {
    let has = |key| head.text.contains(key);
    head.text.trim_start().starts_with('{')
        && (has("\"results\"") || has("\"jobName\""))
        && (has("\"transcripts\"") || has("\"items\"") || has("\"accountId\""))
}
