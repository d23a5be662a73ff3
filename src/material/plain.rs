//! Texts in any usual encoding.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::MaterialError;

/// The text of a file: by its mark, as UTF-8, or in the encoding of old Windows programs.
pub(super) fn decode(bytes: &[u8]) -> Result<String, MaterialError> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    // A text has no zeros but in UTF-16, whose mark is known.
    if marked.is_none_or(|encoding| encoding == UTF_8) && bytes.contains(&0) {
        return Err(MaterialError::Unknown);
    }
    let encoding = marked.unwrap_or(if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 });
    let (text, _, _) = encoding.decode(bytes);
    let controls = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    if controls * 20 > text.chars().count() {
        return Err(MaterialError::Unknown);
    }
    Ok(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_encodings_are_read_and_other_bytes_are_not() {
        assert_eq!(decode("Grönwall".as_bytes()).unwrap(), "Grönwall");
        assert_eq!(decode(b"Gr\xf6nwall").unwrap(), "Grönwall");
        let utf16: Vec<u8> = "\u{feff}Grönwall".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16).unwrap(), "Grönwall");
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\0\0"), Err(MaterialError::Unknown));
        assert_eq!(decode(&[1, 2, 3, 4, 5, 6]), Err(MaterialError::Unknown));
    }
}
