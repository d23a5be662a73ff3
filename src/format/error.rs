//! Errors of readers and writers.

use std::fmt;

use thiserror::Error;

use crate::time::MediaTime;

/// Why captions cannot be written in a format. The text says what would help.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum WriteError {
    /// The captions have no times, which the format needs.
    #[error("these captions have no times, which {format} needs: choose a text format")]
    Untimed {
        /// Title of the format.
        format: &'static str,
    },
    /// A cue ends too late for the format.
    #[error(
        "{format} has no times from {hours} hours on, and the cue at {at} ends there: shift the captions or choose \
         another format"
    )]
    TooLate {
        /// Title of the format.
        format: &'static str,
        /// The first hour that is too late.
        hours: i64,
        /// The start of the cue.
        at: MediaTime,
    },
    /// The library for the format refuses the document.
    #[error("{format} cannot hold these captions ({message}): choose another format")]
    Refused {
        /// Title of the format.
        format: &'static str,
        /// The library's message.
        message: String,
    },
}

impl WriteError {
    /// Returns the title of the format.
    pub fn format(&self) -> &'static str {
        match self {
            Self::Untimed { format } | Self::TooLate { format, .. } | Self::Refused { format, .. } => format,
        }
    }

    /// Makes the error of a library that refuses a document.
    pub(super) fn refused(format: &'static str, message: impl fmt::Display) -> Self {
        Self::Refused { format, message: message.to_string() }
    }
}

/// Why a file cannot be read in a format.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ReadError {
    /// The bytes are not in this format.
    #[error("this is not {format}: {found}")]
    NotThisFormat {
        /// Title of the format.
        format: &'static str,
        /// What was found instead.
        found: UnexpectedContent,
    },
    /// The file is in a later version of the format.
    #[error(
        "this is {format} of version {found}, and this program reads versions up to {known}: update Lectern"
    )]
    TooNew {
        /// Title of the format.
        format: &'static str,
        /// The version of the file.
        found: u64,
        /// The latest version that can be read.
        known: u64,
    },
}

/// What a file contains instead of captions in a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnexpectedContent {
    /// Something other than a JSON object.
    NoObject,
    /// JSON that is broken or does not fit.
    Json {
        /// Line of the fault, from 1; 0 if it is unknown.
        line: usize,
        /// The parser's message, which names the place.
        message: String,
    },
    /// JSON without this part.
    NoPart(&'static str),
    /// JSON of a format with this name.
    OtherName(String),
    /// A first line without this signature.
    NoSignature(&'static str),
    /// Text without any of the sections or dialogue of a script.
    NoScript,
    /// Text without a line of times like this example.
    NoTimes(&'static str),
    /// A table whose first row neither names its columns nor begins with a time.
    NoColumns,
    /// XML without this element.
    NoElement(&'static str),
}

impl From<serde_json::Error> for UnexpectedContent {
    fn from(error: serde_json::Error) -> Self {
        Self::Json { line: error.line(), message: error.to_string() }
    }
}

impl fmt::Display for UnexpectedContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoObject => f.write_str("it is not a JSON object"),
            Self::Json { message, .. } => write!(f, "its JSON does not fit: {message}"),
            Self::NoPart(part) => write!(f, "it is JSON without \"{part}\""),
            Self::OtherName(name) => write!(f, "its format is \u{201c}{name}\u{201d}"),
            Self::NoSignature(signature) => write!(f, "its first line does not begin with {signature}"),
            Self::NoScript => f.write_str("it is text without `[Script Info]`, `[Events]` or dialogue"),
            Self::NoTimes(example) => write!(f, "it has no line with times such as {example}"),
            Self::NoColumns => {
                f.write_str("its first row does not name columns for start and text, or begin with a time")
            }
            Self::NoElement(element) => write!(f, "it has no `{element}` element"),
        }
    }
}
