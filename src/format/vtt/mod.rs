//! WebVTT (`.vtt`), following the specification at <https://www.w3.org/TR/webvtt1/>.
//!
//! Written without style and region blocks, notes and identifiers, which some players cannot handle. Text that players
//! based on ASS would hide is escaped as in SRT: see `escape`.

mod cue_text;
mod place;
mod read;
pub(in crate::format) mod timestamp;
pub(in crate::format) mod token;

use std::fmt::Write;

use crate::document::style::Style;
use crate::document::{Cue, Document};
use crate::format::color;
use crate::format::cue_timing::{self, Shape};
use crate::format::escape::{Angles, escape, escape_name};
use crate::format::head::Head;
use crate::format::rich::{Tags, weave};
use crate::format::words::pieces;
use crate::format::{WriteError, WriteOptions};

pub use read::read;

/// Writes a file in UTF-8 without byte order mark, with `\n` line ends. Speakers become voices; words get times if the
/// options ask for them and the words spell the cue's text.
pub fn write(document: &Document, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut file = "WEBVTT\n".to_owned();
    for cue in cue_timing::cues(document, &Shape::FULL, "WebVTT")? {
        let settings = settings(&cue);
        let _ = write!(file, "\n{} --> {}{settings}\n", cue.span.start, cue.span.end);
        file.push_str(&payload(&cue, options.word_times, false));
        file.push('\n');
    }
    Ok(file.into_bytes())
}

/// Returns the text of a cue with its voice, styles and, if requested, word times. `own` includes tags that only WebVTT
/// knows.
pub(super) fn payload(cue: &Cue, word_times: bool, own: bool) -> String {
    let voice = cue.speaker.as_ref().map_or_else(String::new, |name| format!("<v {}>", escape_name(name)));
    let stamps = if word_times { stamps(cue) } else { Vec::new() };
    voice + &weave(&cue.text, &cue.styles, &stamps, |style| tags(style, own), escaped)
}

/// Returns the settings of a cue, after a space.
pub(super) fn settings(cue: &Cue) -> String {
    place::settings(cue.place.as_ref())
}

/// Returns the time of each word and where to insert it. The times must ascend and be inside the cue's span.
fn stamps(cue: &Cue) -> Vec<(usize, String)> {
    let (mut latest, mut at) = (cue.span.start, 0);
    let mut stamps = Vec::new();
    for piece in pieces(cue).unwrap_or_default() {
        let start = piece.word.span.start;
        at += piece.before.len();
        if latest < start && start < cue.span.end {
            stamps.push((at, format!("<{start}>")));
            latest = start;
        }
        at += piece.word.text.len();
    }
    stamps
}

fn tags(style: &Style, own: bool) -> Option<Tags> {
    let tag = |name| Some((format!("<{name}>"), format!("</{name}>")));
    match style {
        Style::Italic => tag("i"),
        Style::Bold => tag("b"),
        Style::Underline => tag("u"),
        Style::Color(color) => Some((format!("<c.{}>", color::class(color)?), "</c>".to_owned())),
        Style::Strike => None,
        Style::Foreign { open, close } => own.then(|| (open.clone(), close.clone())),
    }
}

/// Escapes text for WebVTT.
pub(super) fn escaped(text: &str) -> String {
    escape(text, Angles::Escaped).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

pub(crate) fn looks_like(head: &Head) -> bool {
    read::after_signature(&head.text).is_some()
}
