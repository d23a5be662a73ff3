//! Caption and transcript formats: one small file each, joined by one table.
//!
//! A writer is a pure function from a document to bytes and is strict; a reader is lenient, reports its repairs and
//! never loses text. Nothing here touches a disk.

pub mod ass;
mod blocks;
mod clean;
mod clock;
mod color;
pub mod csv;
mod cue_timing;
pub mod docx;
mod draft;
pub mod ebuttd;
mod encoding;
mod error;
mod escape;
mod foreign_words;
mod head;
pub mod html;
pub mod json;
mod lenient;
mod lines;
mod losses;
pub mod lrc;
pub mod markdown;
mod marks;
pub mod openai;
mod overrides;
mod paragraphs;
pub mod podcast;
mod rewrite;
mod rich;
mod rows;
mod rules;
mod running_text;
pub mod sbv;
pub mod srt;
mod table;
pub mod text;
pub mod transcribe;
pub mod tsv;
pub mod ttml;
mod verify;
pub mod vtt;
pub mod whispercpp;
mod words;
mod xml;

use serde::{Deserialize, Serialize};

use crate::document::{Cue, CueId, Document, SpeakerLabels};

pub use error::{ReadError, UnexpectedContent, WriteError};
pub use losses::{Detail, Loss};
pub use rewrite::Original;
pub use table::{Format, all, by_name, detect};
pub use verify::Mismatch;

/// Options for writing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WriteOptions {
    /// Write the time of each word if the format supports it.
    pub word_times: bool,
    /// How captions on the screen show who speaks.
    #[serde(default)]
    pub labels: SpeakerLabels,
}

/// A document that was read, and the repairs it needed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// What was wrong in the file, and how it was read.
    pub repairs: Vec<Repair>,
}

impl Reading {
    /// Makes a document of these cues, sorted by start time and numbered; reports a repair if they were out of order.
    fn of_cues(mut cues: Vec<Cue>, mut repairs: Vec<Repair>) -> Self {
        if !cues.is_sorted_by_key(|cue| cue.span.start) {
            repairs.push(Repair::of_file("the cues were not in the order of their times"));
            cues.sort_by_key(|cue| cue.span.start);
        }
        for (id, cue) in (1..).zip(&mut cues) {
            cue.id = CueId(id);
        }
        Self { document: Document { cues, ..Document::default() }, repairs }
    }
}

/// Something in a file that was invalid and read as what was probably meant, or that a document cannot hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Line in the file, from 1; `None` in formats without lines.
    pub line: Option<usize>,
    /// What was wrong, as an English text.
    pub what: String,
    /// Whether the file broke its format's rules there; otherwise it only contained more than a document does.
    pub breaks_format: bool,
}

impl Repair {
    /// Makes a repair for a line of the file, counted from 1, that broke the rules.
    pub fn at(line: usize, what: impl Into<String>) -> Self {
        Self { line: Some(line), what: what.into(), breaks_format: true }
    }

    /// Makes a repair for a file that broke the rules as a whole.
    pub fn of_file(what: impl Into<String>) -> Self {
        Self { line: None, what: what.into(), breaks_format: true }
    }

    /// Makes a repair for valid contents of one line, counted from 1, that a document cannot hold.
    pub fn left_out(line: usize, what: impl Into<String>) -> Self {
        Self { line: Some(line), what: what.into(), breaks_format: false }
    }
}
