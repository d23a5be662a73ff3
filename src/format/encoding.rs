//! Decodes bytes of unknown encoding to text with `\n` as its only line end.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Repair;

/// Number of bytes that decide whether a file without a byte order mark is UTF-16.
const SAMPLE: usize = 4096;

/// The text of a file. Lines are those of the file, so that line numbers are right.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    pub text: String,
    pub repairs: Vec<Repair>,
}

/// Decodes UTF-8, UTF-16 in either byte order (with or without a byte order mark) and older encodings. Every byte is
/// decoded: invalid UTF-8 within a UTF-8 file is read as windows-1252, and a file that is not UTF-8 at all is read in
/// the encoding that fits it best. NUL stays, because the formats treat it differently.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        if encoding == UTF_16LE || encoding == UTF_16BE {
            return legacy(encoding, &bytes[mark..]);
        }
        return decode_utf8(&bytes[mark..]);
    }
    match utf16_by_zeros(bytes) {
        Some(encoding) => legacy(encoding, bytes),
        None => decode_utf8(bytes),
    }
}

fn decode_utf8(bytes: &[u8]) -> Decoded {
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: with_line_feeds(text), repairs: Vec::new() },
        Err(_) if mostly_utf8(bytes) => damaged_utf8(bytes),
        Err(_) => legacy(guess(bytes), bytes),
    }
}

fn legacy(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let what = format!("the file is not UTF-8; it was read as {}", encoding.name());
    Decoded { text: with_line_feeds(&text), repairs: vec![Repair::of_file(what)] }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Caption files are full of digits and line ends, so in UTF-16 often every second byte is zero.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let pairs = sample.len() / 2;
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if odd * 4 > pairs && even * 8 < odd => Some(UTF_16LE),
        () if even * 4 > pairs && odd * 8 < even => Some(UTF_16BE),
        () => None,
    }
}

/// Returns whether there are more valid than invalid multi-byte sequences.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

fn damaged_utf8(bytes: &[u8]) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let mut broken = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            broken.push(text.len());
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    let mut repairs: Vec<Repair> = line_numbers(&text, &broken)
        .map(|line| Repair::at(line, "bytes that are not UTF-8 were read as windows-1252"))
        .collect();
    repairs.dedup();
    Decoded { text: with_line_feeds(&text), repairs }
}

/// Returns the line numbers, from 1, of ascending byte positions in a text with any line ends.
fn line_numbers<'a>(text: &'a str, positions: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
    let (mut line, mut from) = (1, 0);
    positions.iter().map(move |&position| {
        line += with_line_feeds(&text[from..position]).matches('\n').count();
        from = position;
        line
    })
}

/// Replaces every `\r\n` and every single `\r` by `\n`.
pub(crate) fn with_line_feeds(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn utf16_is_known_by_its_mark_and_without_it() {
        let text = "1\n00:00:00,000 --> 00:00:01,000\n日本語 Über\n";
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let bare = utf16(text, order);
            let marked = [utf16("\u{feff}", order), bare.clone()].concat();
            assert_eq!(decode(&bare).text, text);
            assert_eq!(decode(&marked).text, text);
            assert_eq!(decode(&marked).repairs.len(), 1);
        }
    }

    #[test]
    fn every_line_end_becomes_a_line_feed() {
        assert_eq!(decode(b"\xef\xbb\xbfa\r\nb\rc\nd\n\re").text, "a\nb\nc\nd\n\ne");
    }

    #[test]
    fn a_few_broken_bytes_do_not_spoil_the_rest() {
        let read = decode(b"a\r\n\xff\xfe\xc3\x9cber na\xc3\xafve caf\xc3\xa9");
        assert_eq!(read.text, "a\nÿþÜber naïve café");
        assert_eq!(read.repairs, [Repair::at(2, "bytes that are not UTF-8 were read as windows-1252")]);
    }

    #[test]
    fn old_encodings_are_guessed() {
        assert_eq!(decode(b"\xdcber \x96 na\xefve caf\xe9").text, "Über – naïve café");
        let chinese = "今天我们讲排序算法，它是计算机科学的基础。";
        assert_eq!(decode(&encoding_rs::GBK.encode(chinese).0).text, chinese);
    }
}
