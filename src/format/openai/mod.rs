//! Verbose JSON of Whisper's Python tools: openai-whisper, OpenAI's service, faster-whisper and whisperX.

mod read;
mod write;

use crate::format::head::Head;

pub use read::read;
pub use write::write;

const TITLE: &str = "Whisper JSON";

/// The text of a whole lecture may precede the first segment, so the first key alone is enough.
pub(crate) fn looks_like(head: &Head) -> bool {
    let Some(first) = head.text.trim_start().strip_prefix('{').map(str::trim_start) else { return false };
    let begins_with_text = first.starts_with("\"text\"") || first.starts_with("\"task\"");
    let has = |key| first.contains(key);
    begins_with_text || has("\"segments\"") && has("\"start\"")
}
