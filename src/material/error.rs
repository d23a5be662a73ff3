//! Why a file gives no material.

use thiserror::Error;

/// Why a file gives no material.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum MaterialError {
    /// It is larger than course material is.
    #[error("it is larger than 64 MB; divide it, or save it without pictures")]
    TooLarge,
    /// It unpacks to far more than its size, as files do that are made to fill a memory.
    #[error("it unpacks to more than a document has; it was made to do harm, or is damaged")]
    Unpacks,
    /// It has more text than a book.
    #[error("it has more than 16 MB of text; divide it")]
    TooMuch,
    /// Its parts lie within each other deeper than those of a document.
    #[error("its parts are nested deeper than those of a document; it was made to do harm, or is damaged")]
    TooDeep,
    /// It has more parts or pages than a document has.
    #[error("it has more parts or pages than a document has; divide it")]
    TooMany,
    /// It can only be read with a password.
    #[error("it is protected by a password; save it without one")]
    Encrypted,
    /// It defines a document type, by which files bring in others and grow.
    #[error("it defines a document type of its own, which office programs do not; save it anew")]
    DocumentType,
    /// It is none of the kinds that are read.
    #[error("it is no PowerPoint, Word, OpenDocument, PDF, BibTeX, Markdown or text file")]
    Unknown,
    /// It is of a kind that is read, but cannot be; the text says why.
    #[error("it is damaged ({0}); open and save it anew")]
    Damaged(String),
    /// There are no words in it: it is empty, or has pictures alone.
    #[error("there is no text in it; pictures of text cannot be read")]
    NoText,
}
