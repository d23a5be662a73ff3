//! Parses whisper.cpp's model files just far enough to know that a file is complete.
//!
//! The C++ loader trusts its input in places; a file that passes here has every tensor that it needs, of the length
//! that it claims. Layout: magic, hyperparameters, mel filters, vocabulary, then tensors, each with rank, name length,
//! type, dimensions, name and data; little-endian throughout. A Silero file has its name and its own hyperparameters in
//! place of the first three.

use std::collections::HashSet;
use std::fmt;

use thiserror::Error;

/// `ggml`, read as a little-endian number.
const MAGIC: u32 = 0x6767_6d6c;
const SILERO_NAME: &[u8] = b"silero-16k";
const SILERO_TENSORS: usize = 15;

/// What is wrong with the bytes of a model.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Flaw {
    #[error("it is empty")]
    /// The file has no bytes.
    Empty,
    #[error("it is not a ggml model but {0}")]
    /// The file does not begin with the magic number of ggml.
    NotGgml(ForeignFile),
    #[error("it is cut short in its {0}")]
    /// The file ends within this part.
    CutShort(&'static str),
    #[error("it is damaged: {0}")]
    /// A part contradicts another one; the text says which.
    Damaged(String),
    #[error("it is not in the catalogue of models")]
    /// The catalogue does not list it, so its checksum is unknown.
    Unlisted,
}

/// What a file is instead of a ggml model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignFile {
    /// GGUF, which succeeded ggml for other models.
    Gguf,
    /// A ZIP archive, such as a PyTorch checkpoint.
    Zip,
    /// The text that Git LFS leaves in place of a file.
    LfsPointer,
    /// HTML.
    WebPage,
    /// A safetensors file.
    Safetensors,
    /// None of these.
    Unknown,
}

impl fmt::Display for ForeignFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gguf => "a GGUF file, which whisper.cpp does not read",
            Self::Zip => "a ZIP archive or a PyTorch checkpoint",
            Self::LfsPointer => "a Git LFS pointer without its file",
            Self::WebPage => "a web page",
            Self::Safetensors => "a safetensors file",
            Self::Unknown => "something else",
        })
    }
}

/// The header of a model file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Header {
    /// A Whisper model.
    Whisper(WhisperHeader),
    /// A Silero model for voice activity detection.
    Silero,
}

/// The hyperparameters of a Whisper model, named as in whisper.cpp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhisperHeader {
    /// Number of tokens, including special ones.
    pub n_vocab: u32,
    /// Encoder positions: 1500 for 30 s of audio.
    pub n_audio_ctx: u32,
    /// Width of the encoder.
    pub n_audio_state: u32,
    /// Attention heads of the encoder.
    pub n_audio_head: u32,
    /// Layers of the encoder.
    pub n_audio_layer: u32,
    /// Decoder positions: 448 tokens.
    pub n_text_ctx: u32,
    /// Width of the decoder.
    pub n_text_state: u32,
    /// Attention heads of the decoder.
    pub n_text_head: u32,
    /// Layers of the decoder.
    pub n_text_layer: u32,
    /// Number of mel bands: 80, or 128 from large-v3 on.
    pub n_mels: u32,
    /// The type of weights, in whisper.cpp's numbering.
    pub ftype: u32,
}

impl WhisperHeader {
    /// Returns whether it is multilingual: English-only models lack one of the 51 865 or more tokens.
    pub fn is_multilingual(&self) -> bool {
        self.n_vocab >= 51_865
    }

    fn tensors(&self) -> usize {
        11 + 15 * self.n_audio_layer as usize + 24 * self.n_text_layer as usize
    }
}

/// Checks a whole model and returns its header.
pub fn inspect(bytes: &[u8]) -> Result<Header, Flaw> {
    if bytes.is_empty() {
        return Err(Flaw::Empty);
    }
    let mut cursor = Cursor { rest: bytes };
    if cursor.u32("magic number") != Ok(MAGIC) {
        return Err(Flaw::NotGgml(guess(bytes)));
    }
    if cursor.rest.get(4..4 + SILERO_NAME.len()) == Some(SILERO_NAME) {
        skip_silero_head(&mut cursor)?;
        walk_tensors(&mut cursor, SILERO_TENSORS)?;
        return Ok(Header::Silero);
    }
    let header = whisper_header(&mut cursor)?;
    skip_mel_filters(&mut cursor, header.n_mels)?;
    skip_vocabulary(&mut cursor, header.n_vocab)?;
    walk_tensors(&mut cursor, header.tensors())?;
    Ok(Header::Whisper(header))
}

/// Returns what the file is instead, among common mistakes.
fn guess(bytes: &[u8]) -> ForeignFile {
    match bytes {
        [b'G', b'G', b'U', b'F', ..] => ForeignFile::Gguf,
        [b'P', b'K', 3, 4, ..] => ForeignFile::Zip,
        _ if bytes.starts_with(b"version https://git-lfs") => ForeignFile::LfsPointer,
        _ if bytes.trim_ascii_start().starts_with(b"<") => ForeignFile::WebPage,
        _ if bytes.get(8..10) == Some(b"{\"") => ForeignFile::Safetensors,
        _ => ForeignFile::Unknown,
    }
}

fn damaged(what: impl Into<String>) -> Flaw {
    Flaw::Damaged(what.into())
}

fn whisper_header(cursor: &mut Cursor) -> Result<WhisperHeader, Flaw> {
    // Far above any existing model; larger values would make the loader allocate absurd amounts of memory.
    let mut next = |name: &str, most: u32| match cursor.u32("header")? {
        value if (1..=most).contains(&value) => Ok(value),
        value => Err(damaged(format!("its header says {name} = {value}"))),
    };
    let header = WhisperHeader {
        n_vocab: next("n_vocab", 1 << 18)?,
        n_audio_ctx: next("n_audio_ctx", 1 << 16)?,
        n_audio_state: next("n_audio_state", 1 << 14)?,
        n_audio_head: next("n_audio_head", 1 << 10)?,
        n_audio_layer: next("n_audio_layer", 1 << 8)?,
        n_text_ctx: next("n_text_ctx", 1 << 16)?,
        n_text_state: next("n_text_state", 1 << 14)?,
        n_text_head: next("n_text_head", 1 << 10)?,
        n_text_layer: next("n_text_layer", 1 << 8)?,
        n_mels: next("n_mels", 1 << 10)?,
        ftype: file_type(cursor.u32("header")?)?,
    };
    match header.n_audio_state == header.n_text_state {
        true => Ok(header),
        false => Err(damaged("its encoder and decoder differ in width")),
    }
}

/// Checks the type of most tensors, which the loader converts without checking (ggml.h, `ggml_ftype`). Thousands encode
/// versions of the quantization.
fn file_type(value: u32) -> Result<u32, Flaw> {
    const VERSION_FACTOR: u32 = 1000;
    let is_known = i32::try_from(value).is_ok() && matches!(value % VERSION_FACTOR, 0..=3 | 7..=14 | 24);
    if is_known { Ok(value) } else { Err(damaged(format!("its header says ftype = {value}"))) }
}

fn skip_mel_filters(cursor: &mut Cursor, n_mels: u32) -> Result<(), Flaw> {
    let (mels, frequencies) = (cursor.u32("mel filters")?, cursor.u32("mel filters")?);
    if mels != n_mels {
        return Err(damaged(format!("it has {mels} mel filters for {n_mels} bands")));
    }
    cursor.skip(u64::from(mels) * u64::from(frequencies) * 4, "mel filters")
}

fn skip_vocabulary(cursor: &mut Cursor, n_vocab: u32) -> Result<(), Flaw> {
    let tokens = cursor.u32("vocabulary")?;
    if tokens > n_vocab {
        return Err(damaged(format!("it spells {tokens} tokens of {n_vocab}")));
    }
    for _ in 0..tokens {
        let length = cursor.u32("vocabulary")?;
        cursor.skip(length.into(), "vocabulary")?;
    }
    Ok(())
}

fn skip_silero_head(cursor: &mut Cursor) -> Result<(), Flaw> {
    cursor.skip(4 + SILERO_NAME.len() as u64, "header")?;
    // Version (3), window and context; then the number of encoder layers, with three numbers for each; then the sizes
    // of the recurrent and the last layer (4).
    cursor.skip(5 * 4, "header")?;
    let layers = cursor.u32("header")?;
    cursor.skip(u64::from(layers) * 12 + 16, "header")
}

fn walk_tensors(cursor: &mut Cursor, expected: usize) -> Result<(), Flaw> {
    let mut names = HashSet::new();
    while !cursor.rest.is_empty() {
        names.insert(skip_tensor(cursor)?);
    }
    match names.len() {
        found if found == expected => Ok(()),
        found if found < expected => Err(Flaw::CutShort("tensors")),
        found => Err(damaged(format!("it has {found} tensors instead of {expected}"))),
    }
}

/// Skips one tensor and returns its name.
fn skip_tensor<'a>(cursor: &mut Cursor<'a>) -> Result<&'a [u8], Flaw> {
    const PART: &str = "tensors";
    let (rank, name_length, kind) = (cursor.u32(PART)?, cursor.u32(PART)?, cursor.u32(PART)?);
    if rank > 4 {
        return Err(damaged(format!("a tensor has {rank} dimensions")));
    }
    let mut elements: u64 = 1;
    for _ in 0..rank {
        elements = elements
            .checked_mul(cursor.u32(PART)?.into())
            .ok_or_else(|| damaged("a tensor is larger than any memory"))?;
    }
    let name = cursor.take(name_length.into(), PART)?;
    let (block, block_bytes) =
        block_size(kind).ok_or_else(|| damaged(format!("a tensor is of the unknown type {kind}")))?;
    if !elements.is_multiple_of(block) {
        return Err(damaged("a tensor does not fill its blocks"));
    }
    let length = (elements / block)
        .checked_mul(block_bytes)
        .ok_or_else(|| damaged("a tensor is larger than any memory"))?;
    cursor.skip(length, PART)?;
    Ok(name)
}

/// Returns the number of elements and bytes in a block of one of ggml's types that Whisper models use (ggml.h,
/// `ggml_type`).
fn block_size(kind: u32) -> Option<(u64, u64)> {
    Some(match kind {
        0 => (1, 4),      // F32
        1 | 30 => (1, 2), // F16, BF16
        2 => (32, 18),    // Q4_0
        3 => (32, 20),    // Q4_1
        6 => (32, 22),    // Q5_0
        7 => (32, 24),    // Q5_1
        8 => (32, 34),    // Q8_0
        10 => (256, 84),  // Q2_K
        11 => (256, 110), // Q3_K
        12 => (256, 144), // Q4_K
        13 => (256, 176), // Q5_K
        14 => (256, 210), // Q6_K
        _ => return None,
    })
}

struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    fn take(&mut self, length: u64, part: &'static str) -> Result<&'a [u8], Flaw> {
        let (taken, rest) = usize::try_from(length)
            .ok()
            .and_then(|length| self.rest.split_at_checked(length))
            .ok_or(Flaw::CutShort(part))?;
        self.rest = rest;
        Ok(taken)
    }

    fn skip(&mut self, length: u64, part: &'static str) -> Result<(), Flaw> {
        self.take(length, part).map(drop)
    }

    fn u32(&mut self, part: &'static str) -> Result<u32, Flaw> {
        let (number, rest) = self.rest.split_first_chunk().ok_or(Flaw::CutShort(part))?;
        self.rest = rest;
        Ok(u32::from_le_bytes(*number))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Makes the smallest complete file: one layer on each side, two mel bands, three tokens.
    pub fn small_whisper() -> Vec<u8> {
        let mut file = Vec::new();
        let mut numbers = |numbers: &[u32]| numbers.iter().for_each(|n| file.extend(n.to_le_bytes()));
        numbers(&[MAGIC, 3, 4, 32, 1, 1, 4, 32, 1, 1, 2, 2007]);
        numbers(&[2, 1, 0, 0]);
        numbers(&[3, 0, 0, 0]);
        for tensor in 0..50_u32 {
            let (kind, bytes) = if tensor % 2 == 0 { (0, 32 * 4) } else { (8, 34) };
            for number in [1, 4, kind, 32] {
                file.extend(u32::to_le_bytes(number));
            }
            file.extend(tensor.to_be_bytes());
            file.extend(vec![0; bytes]);
        }
        file
    }

    fn with_number(at: usize, number: u32) -> Vec<u8> {
        let mut file = small_whisper();
        file[at * 4..at * 4 + 4].copy_from_slice(&number.to_le_bytes());
        file
    }

    #[test]
    fn a_whole_file_passes_and_tells_its_sizes() {
        let Ok(Header::Whisper(header)) = inspect(&small_whisper()) else { panic!("not a Whisper model") };
        assert_eq!((header.n_vocab, header.n_audio_layer, header.n_mels), (3, 1, 2));
        assert!(!header.is_multilingual());
    }

    #[test]
    fn a_file_cut_anywhere_is_found_out() {
        let file = small_whisper();
        for length in 0..file.len() {
            assert!(inspect(&file[..length]).is_err(), "{length} of {} bytes pass", file.len());
        }
    }

    #[test]
    fn a_changed_size_field_is_found_out() {
        // Every number of the header except the context lengths and the heads, on which the file's length does not
        // depend.
        for field in [1, 3, 5, 7, 9, 10] {
            for number in [0, u32::MAX] {
                assert!(
                    matches!(inspect(&with_number(field, number)), Err(Flaw::Damaged(_))),
                    "field {field} = {number}"
                );
            }
        }
        // Unknown types, the removed one, and one that C++ reads as a negative number.
        for number in [4, 5, 15, 1004, u32::MAX, 1 << 31] {
            assert!(matches!(inspect(&with_number(11, number)), Err(Flaw::Damaged(_))), "type {number}");
        }
        let tensors = 11 + 1 + 4 + 4;
        for field in tensors..tensors + 4 {
            assert!(inspect(&with_number(field, 0x4000_0000)).is_err(), "field {field}");
        }
    }

    #[test]
    fn what_comes_in_place_of_a_model_is_named() {
        let found = |bytes: &[u8]| inspect(bytes).unwrap_err().to_string();
        assert_eq!(found(b""), "it is empty");
        assert!(found(b"version https://git-lfs.github.com/spec/v1\n").contains("Git LFS pointer"));
        assert!(found(b"\n<!doctype html>").contains("web page"));
        assert!(found(b"GGUF\x03\0\0\0").contains("GGUF"));
        assert!(found(b"PK\x03\x04").contains("PyTorch"));
        assert!(found(b"\x08\0\0\0\0\0\0\0{\"__meta").contains("safetensors"));
        assert!(found(b"gg").contains("something else"));
    }
}
