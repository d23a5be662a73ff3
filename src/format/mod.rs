//! Caption and transcript formats: one small file each, joined by one table.
//!
//! A writer is a pure function from a document to bytes and is strict; a reader is lenient, tells what it
//! repaired and never loses text. Nothing here touches a disk.

use thiserror::Error;

use crate::document::Document;

/// What a writer may be asked for beyond the document.
#[derive(Clone, Debug, Default)]
pub struct WriteOptions {
    /// Write the time of each word where the format can carry it.
    pub word_times: bool,
}

#[derive(Debug, Error, PartialEq, Eq)]
pub enum WriteError {
    /// The format cannot hold this document at all; the text says why and what would help.
    #[error("{0}")]
    Unwritable(String),
}

/// A document that was read, and what had to be mended on the way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    pub document: Document,
    pub repairs: Vec<Repair>,
}

/// Something in a file that broke its format's rules and was read as what it must have meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Line in the file, from 1; `None` in formats without lines.
    pub line: Option<usize>,
    pub what: String,
}

#[derive(Debug, Error, PartialEq, Eq)]
pub enum ReadError {
    /// The bytes are not of this format; the text says what was found instead.
    #[error("this is not {format}: {found}")]
    NotThisFormat { format: &'static str, found: String },
}
