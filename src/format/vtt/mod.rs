//! WebVTT (`.vtt`), after the specification at <https://www.w3.org/TR/webvtt1/>.
//!
//! Written without style and region blocks, notes, identifiers and settings, which some players stumble over.
//! Text that players built on ASS would hide is escaped as in SRT: see `escape`.

mod cue_text;
mod read;
pub(in crate::format) mod timestamp;
pub(in crate::format) mod token;

use std::fmt::Write;

use crate::document::{Cue, Document};
use crate::format::cue_timing::{self, Shape};
use crate::format::escape::{Angles, escape, escape_name};
use crate::format::head::Head;
use crate::format::words::pieces;
use crate::format::{WriteError, WriteOptions};

pub use read::read;

/// Writes a file in UTF-8 without byte order mark, with `\n` line ends. Speakers become voices; words
/// get their times where the options ask for them and the words spell the cue's text.
pub fn write(document: &Document, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut file = "WEBVTT\n".to_owned();
    for cue in cue_timing::cues(document, &Shape::FULL, "WebVTT")? {
        let _ = write!(file, "\n{} --> {}\n", cue.span.start, cue.span.end);
        if let Some(name) = &cue.speaker {
            let _ = write!(file, "<v {}>", escape_name(name));
        }
        match timed_text(&cue, options) {
            Some(text) => file.push_str(&text),
            None => file.push_str(&escaped(&cue.text)),
        }
        file.push('\n');
    }
    Ok(file.into_bytes())
}

/// The text of a cue with the time of each word before it. The times must rise and lie between the cue's own.
fn timed_text(cue: &Cue, options: &WriteOptions) -> Option<String> {
    let pieces = pieces(cue).filter(|_| options.word_times)?;
    let mut latest = cue.span.start;
    let mut text = String::new();
    for piece in pieces {
        let start = piece.word.span.start;
        text.push_str(piece.before);
        if latest < start && start < cue.span.end {
            let _ = write!(text, "<{start}>");
            latest = start;
        }
        text.push_str(&escaped(&piece.word.text));
    }
    Some(text)
}

fn escaped(text: &str) -> String {
    escape(text, Angles::Escaped).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

pub(crate) fn looks_like(head: &Head) -> bool {
    read::after_signature(&head.text).is_some()
}
