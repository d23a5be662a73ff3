//! Recognizes file formats that Lectern does not decode itself, from the first bytes of a file.

/// Number of bytes at the start of a file that are examined.
pub(super) const HEAD: u64 = 4096;

/// Signatures of formats at a position in the file, with their common names.
const MARKS: [(usize, &[u8], &str); 27] = [
    (8, b"AVI ", "in an AVI video"),
    (0, b"FLV\x01", "in a Flash video"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media (WMA, WMV)"),
    (0, b"\x00\x00\x01\xba", "in an MPEG program stream"),
    (0, b"#!AMR", "AMR"),
    (0, b".snd", "Sun/NeXT AU"),
    (0, b"Creative Voice File", "Creative VOC"),
    (0, b"riff\x2e\x91\xcf\x11", "Sony Wave64"),
    (0, b"NIST_1A", "NIST SPHERE"),
    (0, b"wvpk", "WavPack"),
    (0, b"MAC ", "Monkey's Audio"),
    (0, b"TTA1", "True Audio"),
    (0, b"MP+", "Musepack"),
    (0, b"MPCK", "Musepack"),
    (0, b"\x0b\x77", "Dolby Digital (AC-3)"),
    (0, b"\x7f\xfe\x80\x01", "DTS"),
    (0, b".RMF", "RealMedia"),
    (0, b".ra\xfd", "RealAudio"),
    (0, b"DSD ", "DSD"),
    (0, b"FRM8", "DSD"),
    (0, b"OFR ", "OptimFROG"),
    (0, b"ajkg", "Shorten"),
    (0, b"tBaK", "TAK"),
    (0, b"MThd", "MIDI, which holds notes and no sound"),
    (28, b"Speex   ", "Speex"),
    (28, b"\x80theora", "Theora video"),
    (0, b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02", "in an MXF video"),
];

/// Signatures of common files without sound. A search for MP3 frames would find some in them.
const NO_SOUND: [&[u8]; 13] = [
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"\x7fELF",
    b"MZ",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"{\\rtf",
    b"<",
    b"\xd0\xcf\x11\xe0",
];

/// Returns the format of the file, if it is one that other programs read.
pub(super) fn foreign(head: &[u8]) -> Option<&'static str> {
    if is_transport_stream(head) {
        return Some("in an MPEG transport stream");
    }
    let mark = MARKS.iter().find(|(at, mark, _)| head.get(*at..).is_some_and(|head| head.starts_with(mark)));
    mark.map(|(_, _, name)| *name)
}

/// Returns whether it is certainly something else, such as a picture or a text document.
pub(super) fn is_no_sound(head: &[u8]) -> bool {
    NO_SOUND.iter().any(|mark| head.starts_with(mark))
}

pub(super) fn is_mp4(head: &[u8]) -> bool {
    head.get(4..8) == Some(b"ftyp")
}

/// Returns the codec of a WAV file.
pub(super) fn wav_codec(head: &[u8]) -> Option<String> {
    wav_tag(head).map(tag_name)
}

/// Returns the length of the ID3v2 tag at the start of a file (id3.org, ID3v2.4 structure, 3.1). Unit: bytes.
pub(super) fn id3_len(head: &[u8]) -> Option<u64> {
    let tag = head.strip_prefix(b"ID3")?.get(..7)?;
    let len = tag[3..].iter().fold(0, |len, byte| len << 7 | u64::from(byte & 0x7f));
    let has_footer = tag[2] & 0x10 != 0;
    Some(10 + len + if has_footer { 10 } else { 0 })
}

/// Checks for sync bytes at the start of five packets of 188 bytes.
fn is_transport_stream(head: &[u8]) -> bool {
    (0..5).all(|packet| head.get(packet * 188) == Some(&0x47))
}

/// Returns the format tag of a WAV file.
fn wav_tag(head: &[u8]) -> Option<u16> {
    let wav = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WAVE");
    let fmt = head.windows(4).position(|id| id == b"fmt ").filter(|_| wav)?;
    let tag = |at: usize| Some(u16::from_le_bytes([*head.get(at)?, *head.get(at + 1)?]));
    match tag(fmt + 8)? {
        // WAVE_FORMAT_EXTENSIBLE: the tag is the start of the sub-format.
        0xfffe => tag(fmt + 8 + 24),
        tag => Some(tag),
    }
}

/// Returns the name of a registered WAVE format (RFC 2361 and mmreg.h) that recorders have used.
fn tag_name(tag: u16) -> String {
    let name = match tag {
        0x0001 => "PCM of an unusual kind",
        0x0003 => "floating-point samples of an unusual kind",
        0x0002 | 0x0011 => "ADPCM of an unusual kind",
        0x0010 | 0x0017 | 0x0020 | 0x0040 | 0x0045 | 0x0064 | 0x0065 | 0x0140 => "G.72x or another ADPCM",
        0x0022 => "TrueSpeech",
        0x0031 => "GSM 6.10",
        0x0042 | 0x0111 => "G.723",
        0x0050 => "MPEG audio",
        0x0055 => "MP3",
        0x0083 | 0x0133 => "G.729",
        0x00ff | 0x1600 | 0x1610 => "AAC",
        0x028f => "G.722",
        0x0160..=0x0163 => "Windows Media Audio",
        0x2000 => "Dolby Digital (AC-3)",
        0x2001 => "DTS",
        0xa109 => "Speex",
        _ => return format!("the unknown WAV format 0x{tag:04x}"),
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_content() {
        let speex = [b"OggS".as_slice(), &[0; 24], b"Speex   1.2"].concat();
        assert_eq!(foreign(&speex), Some("Speex"));
        assert_eq!(foreign(b"wvpk...."), Some("WavPack"));
        let mut packets = vec![0; 188 * 5];
        packets.iter_mut().step_by(188).for_each(|byte| *byte = 0x47);
        assert_eq!(foreign(&packets), Some("in an MPEG transport stream"));
        for head in [b"".as_slice(), b"R", b"RIFF", b"RIFF....WAVEfmt ", b"<!DOCTYPE html>", &[0; 188 * 5]] {
            assert_eq!((foreign(head), wav_codec(head)), (None, None));
        }
        assert!(is_no_sound(b"<!DOCTYPE html>") && !is_no_sound(b"RIFF"));
    }

    #[test]
    fn the_length_of_an_id3_tag_has_seven_bits_a_byte() {
        assert_eq!(id3_len(b"ID3\x04\0\0\0\0\x01\x02rest"), Some(10 + 128 + 2));
        assert_eq!(id3_len(b"ID3\x04\0\x10\0\0\0\x01"), Some(10 + 1 + 10));
        assert_eq!(id3_len(b"ID3\x04"), None);
    }

    #[test]
    fn wav_tags_are_named() {
        let wav = |tag: u16, sub: u16| {
            let mut head = b"RIFF\0\0\0\0WAVEfmt \x28\0\0\0".to_vec();
            head.extend(tag.to_le_bytes());
            head.extend([0; 22]);
            head.extend(sub.to_le_bytes());
            wav_codec(&head).unwrap()
        };
        assert_eq!(wav(0x0031, 0), "GSM 6.10");
        assert_eq!(wav(0xfffe, 0x0031), "GSM 6.10");
        assert_eq!(wav(0x1234, 0), "the unknown WAV format 0x1234");
    }
}
