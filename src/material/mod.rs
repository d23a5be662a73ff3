//! What course material says: slides, documents, papers, lists of literature; and the names and terms in it.
//!
//! Material comes from anywhere, so every step has a limit: on bytes, what they unpack to, nesting, pages and text. This
//! module opens no file.

mod bibliography;
mod error;
mod markdown;
mod office;
mod package;
mod pdf;
mod plain;
mod propose;
mod tokens;

pub use error::MaterialError;
pub use propose::{Proposal, propose};

/// The largest file. Unit: bytes.
pub const MOST_BYTES: u64 = 64 << 20;
/// The most text of a file; a textbook has a few million. Unit: bytes.
const MOST_TEXT: usize = 16 << 20;

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Material {
    /// Paragraphs, each on a line.
    pub text: String,
    /// Names of persons that are known to be such.
    pub names: Vec<String>,
}

/// Reads a file of any kind: PowerPoint, Word, OpenDocument, PDF, BibTeX, Markdown, or text. Its bytes tell which, and for
/// texts its extension.
///
/// # Errors
/// [`MaterialError`], which says what is wrong with it.
pub fn read(bytes: &[u8], extension: Option<&str>) -> Result<Material, MaterialError> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(MaterialError::TooLarge);
    }
    let material = if bytes.starts_with(b"PK\x03\x04") {
        office::read(bytes)?
    } else if is_pdf(bytes) {
        pdf::read(bytes)?
    } else {
        of_text(plain::decode(bytes)?, extension)?
    };
    if material.text.trim().is_empty() && material.names.is_empty() {
        return Err(MaterialError::NoText);
    }
    Ok(material)
}

fn of_text(text: String, extension: Option<&str>) -> Result<Material, MaterialError> {
    if text.len() > MOST_TEXT {
        return Err(MaterialError::TooMuch);
    }
    match extension.map(str::to_ascii_lowercase).as_deref() {
        Some("bib" | "bibtex") => bibliography::read(&text),
        Some("md" | "markdown") => Ok(Material { text: markdown::plain(&text), ..Material::default() }),
        _ => Ok(Material { text, ..Material::default() }),
    }
}

/// The mark may stand after a few bytes of something else.
fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    head.windows(5).any(|bytes| bytes == b"%PDF-")
}
