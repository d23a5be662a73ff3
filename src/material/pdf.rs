//! The text of PDF files, page by page.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::content::Content;
use lopdf::{DecompressError, Document, Encoding, Error, LoadOptions, Object, ObjectId};

use super::{MOST_TEXT, Material, MaterialError};

/// The most pages.
const MOST_PAGES: usize = 5000;
/// What the streams of a page, and the tables of the file, may unpack to. Unit: bytes.
const MOST_UNPACKED: usize = 32 << 20;
/// What all pages together may unpack to. Unit: bytes.
const MOST_OF_ALL_PAGES: usize = 256 << 20;
/// A step to the left that is larger than this is a space. Unit: thousandths of the font's size.
const SPACE: f32 = -180.0;

/// Reads all pages; those that cannot be read are left out, unless none can.
pub(super) fn read(bytes: &[u8]) -> Result<Material, MaterialError> {
    // The library takes files apart that are made to break it; what it did not foresee ends here.
    let read = catch_unwind(AssertUnwindSafe(|| text(bytes)));
    let text =
        read.unwrap_or_else(|_| Err(MaterialError::Damaged("its parts do not fit together".to_owned())))?;
    Ok(Material { text, ..Material::default() })
}

fn text(bytes: &[u8]) -> Result<String, MaterialError> {
    let options = LoadOptions { max_decompressed_size: Some(MOST_UNPACKED), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(refused)?;
    if document.is_encrypted() {
        return Err(MaterialError::Encrypted);
    }
    let pages = document.get_pages();
    if pages.len() > MOST_PAGES {
        return Err(MaterialError::TooMany);
    }
    let (mut text, mut fault, mut unpacked) = (String::new(), None, 0);
    for page in pages.into_values() {
        match add_page(&document, page, &mut text).map_err(refused) {
            Err(MaterialError::Unpacks) => return Err(MaterialError::Unpacks),
            Err(error) => fault = Some(error),
            Ok(size) => unpacked += size,
        }
        if unpacked > MOST_OF_ALL_PAGES {
            return Err(MaterialError::Unpacks);
        }
        if text.len() > MOST_TEXT {
            return Err(MaterialError::TooMuch);
        }
        text.push('\n');
    }
    match fault {
        Some(error) if text.trim().is_empty() => Err(error),
        _ => Ok(without_ligatures(&text)),
    }
}

/// Typesetters join letters for looks; words are spelled without that.
fn without_ligatures(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'ﬀ' => plain.push_str("ff"),
            'ﬁ' => plain.push_str("fi"),
            'ﬂ' => plain.push_str("fl"),
            'ﬃ' => plain.push_str("ffi"),
            'ﬄ' => plain.push_str("ffl"),
            'ﬅ' | 'ﬆ' => plain.push_str("st"),
            letter => plain.push(letter),
        }
    }
    plain
}

/// Adds the text of a page, and returns the size of what describes it, in bytes.
fn add_page(document: &Document, page: ObjectId, text: &mut String) -> Result<usize, Error> {
    let fonts = document.get_page_fonts(page)?;
    let bytes = document.get_page_content_with_limit(page, MOST_UNPACKED)?;
    let content = Content::decode(&bytes)?;
    let mut current: Option<(Vec<u8>, Encoding)> = None;
    for operation in &content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "Tf" => {
                let name = operands.first().and_then(|operand| operand.as_name().ok()).unwrap_or_default();
                if current.as_ref().is_none_or(|(known, _)| known != name) {
                    let font = fonts.get(name);
                    let encoding =
                        font.and_then(|font| font.get_font_encoding_with_limit(document, MOST_UNPACKED).ok());
                    current = encoding.map(|encoding| (name.to_vec(), encoding));
                }
            }
            "Tj" | "TJ" => add_shown(operands, current.as_ref(), text),
            "'" | "\"" => {
                end_line(text);
                add_shown(operands, current.as_ref(), text);
            }
            // Sideways it goes on in the line, perhaps with another word.
            "Td" | "TD" if height(operands) == Some(0.0) => end_word(text),
            "Td" | "TD" | "T*" | "Tm" | "ET" => end_line(text),
            _ => {}
        }
        if text.len() > MOST_TEXT {
            break;
        }
    }
    Ok(bytes.len())
}

fn height(operands: &[Object]) -> Option<f32> {
    operands.get(1)?.as_float().ok()
}

fn end_line(text: &mut String) {
    if !text.ends_with('\n') {
        text.push('\n');
    }
}

fn end_word(text: &mut String) {
    if !text.ends_with([' ', '\n']) {
        text.push(' ');
    }
}

fn add_shown(operands: &[Object], current: Option<&(Vec<u8>, Encoding)>, text: &mut String) {
    let Some((_, encoding)) = current else { return };
    for operand in operands {
        match operand {
            Object::String(bytes, _) => {
                text.push_str(&Document::decode_text(encoding, bytes).unwrap_or_default())
            }
            // Arrays in arrays are none of PDF's.
            Object::Array(parts) => {
                for part in parts {
                    match part {
                        Object::String(bytes, _) => {
                            text.push_str(&Document::decode_text(encoding, bytes).unwrap_or_default());
                        }
                        part if part.as_float().is_ok_and(|step| step < SPACE) => end_word(text),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

fn refused(error: Error) -> MaterialError {
    match error {
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => MaterialError::Unpacks,
        Error::Decryption(_) | Error::InvalidPassword => MaterialError::Encrypted,
        error => MaterialError::Damaged(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_are_letters() {
        assert_eq!(without_ligatures("Diﬃe ﬁghts ﬂow, Kerckhoﬀs"), "Diffie fights flow, Kerckhoffs");
    }
}
