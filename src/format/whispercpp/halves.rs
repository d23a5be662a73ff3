//! Characters that whisper.cpp cut in two.
//!
//! A token can contain half of a character, and whisper.cpp writes its bytes unchanged, so a file may not be valid
//! UTF-8. Each invalid byte becomes a private-use character while the JSON is parsed, and a byte again when the tokens
//! are joined.

/// Stands for the byte 0; byte `n` is at `FIRST + n`. Near the end of the last private-use plane.
const FIRST: u32 = 0x10_fd00;

/// Returns the bytes as text, in which each byte that is not valid UTF-8 has a character of its own.
pub fn escape(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if byte(c).is_some() {
                text.extend(c.encode_utf8(&mut [0; 4]).bytes().filter_map(stand_in));
            } else {
                text.push(c);
            }
        }
        text.extend(chunk.invalid().iter().copied().filter_map(stand_in));
    }
    text
}

fn stand_in(byte: u8) -> Option<char> {
    char::from_u32(FIRST + u32::from(byte))
}

fn byte(c: char) -> Option<u8> {
    u8::try_from(u32::from(c).checked_sub(FIRST)?).ok()
}

/// Reverses [`escape`].
pub fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match byte(c) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend(c.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
    bytes
}

/// Takes text from the bytes and leaves the beginning of an incomplete character. Bytes that can never be part of one
/// become U+FFFD.
pub fn take_text(bytes: &mut Vec<u8>) -> String {
    let last = last_character(bytes);
    let is_cut = std::str::from_utf8(last).is_err_and(|error| error.error_len().is_none());
    let rest = bytes.split_off(if is_cut { bytes.len() - last.len() } else { bytes.len() });
    let text = String::from_utf8_lossy(bytes).into_owned();
    *bytes = rest;
    text
}

/// Returns the last character, if it is complete.
pub fn last_char(bytes: &[u8]) -> Option<char> {
    std::str::from_utf8(last_character(bytes)).ok()?.chars().next()
}

/// Returns the bytes of the last character.
fn last_character(bytes: &[u8]) -> &[u8] {
    let tail = &bytes[bytes.len().saturating_sub(4)..];
    let is_start = |byte: &u8| byte & 0b1100_0000 != 0b1000_0000;
    tail.iter().rposition(is_start).map_or(tail, |start| &tail[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_bytes_come_back() {
        for bytes in
            [b"\xe6\x97 and \xa5".as_slice(), "日本 \u{10fd41} \u{10ffff}".as_bytes(), b"\xff\xc0\x80"]
        {
            assert_eq!(unescape(&escape(bytes)), bytes);
        }
    }

    #[test]
    fn halves_wait_for_each_other() {
        let mut bytes = b"ab\xe6\x97".to_vec();
        assert_eq!(take_text(&mut bytes), "ab");
        bytes.push(0xa5);
        assert_eq!(take_text(&mut bytes), "日");
        bytes.extend(b"\xa5\xe6c");
        assert_eq!(take_text(&mut bytes), "\u{fffd}\u{fffd}c");
        assert_eq!(bytes, b"");
    }
}
