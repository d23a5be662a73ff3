//! Caption and transcript formats: one small file each, joined by one table.
//!
//! A writer is a pure function from a document to bytes and is strict; a reader is lenient, tells what it
//! repaired and never loses text. Nothing here touches a disk.

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
use thiserror::Error;

use crate::document::{Cue, CueId, Document};

pub use losses::{Detail, Loss};
pub use rewrite::Original;
pub use table::{Format, all, by_name, detect};
pub use verify::Mismatch;

/// Options of a writer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WriteOptions {
    /// Write the time of each word where the format can carry it.
    pub word_times: bool,
}

#[derive(Debug, Error, PartialEq, Eq)]
/// Why captions cannot be written in a format.
pub enum WriteError {
    /// The format cannot hold this document at all; the text says why and what would help.
    #[error("{0}")]
    Unwritable(String),
}

/// A document that was read, and the repairs that it needed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// What was read.
    pub document: Document,
    /// What was wrong in the file and how it was read.
    pub repairs: Vec<Repair>,
}

impl Reading {
    /// A document of these cues: in the order of their times, which is told where it was another, and numbered.
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

/// Something in a file that was read as what it must have meant, or that a document has no place for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Line in the file, from 1; `None` in formats without lines.
    pub line: Option<usize>,
    /// What was wrong, for people.
    pub what: String,
    /// Whether the file broke its format's rules there; else it only held more than a document does.
    pub breaks_format: bool,
}

impl Repair {
    /// A repair in one line of the file, counted from 1, which broke the rules.
    pub fn at(line: usize, what: impl Into<String>) -> Self {
        Self { line: Some(line), what: what.into(), breaks_format: true }
    }

    /// A repair of a file that broke the rules as a whole.
    pub fn of_file(what: impl Into<String>) -> Self {
        Self { line: None, what: what.into(), breaks_format: true }
    }

    /// Something lawful in one line of the file, counted from 1, that a document cannot hold.
    pub fn left_out(line: usize, what: impl Into<String>) -> Self {
        Self { line: Some(line), what: what.into(), breaks_format: false }
    }
}

#[derive(Debug, Error, PartialEq, Eq)]
/// Why a file cannot be read in a format.
pub enum ReadError {
    /// The bytes are not of this format; the text says what was found instead.
    #[error("this is not {format}: {found}")]
    NotThisFormat {
        /// Its name.
        format: &'static str,
        /// What was found in its place.
        found: String,
    },
    /// The file says that it follows a later version of its format than this program knows.
    #[error(
        "this is {format} of version {found}, and this program reads versions up to {known}: update Lectern"
    )]
    /// The file is of a later version of the format.
    TooNew {
        /// Its name.
        format: &'static str,
        /// What was found in its place.
        found: u64,
        /// The latest version that is known.
        known: u64,
    },
}
