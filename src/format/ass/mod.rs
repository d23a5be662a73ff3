//! Advanced SubStation Alpha, as libass and Aegisub read it. Times are whole centiseconds.

mod read;
mod write;

use crate::format::cue_timing::Shape;
use crate::format::head::Head;
use crate::time::MediaTime;

pub use read::read;
pub(super) use read::{Columns, time};
pub use write::write;
pub(super) use write::{escape, name, payload, stamp};

const TITLE: &str = "ASS";

/// Cues may overlap, and speakers have a field of their own.
pub(crate) const SHAPE: Shape = Shape { step: MediaTime::from_millis(10), ..Shape::FULL };

/// Replaces a comma in a name, since a comma would end the field; the word joiner distinguishes it from a real
/// full-width comma.
const NAME_COMMA: &str = "，\u{2060}";

pub(crate) fn looks_like(head: &Head) -> bool {
    let begins = |line: &str| ["[Script Info]", "[V4", "[Events]"].iter().any(|name| line.starts_with(name));
    head.text.lines().take(50).any(|line| begins(line.trim_start()))
}
