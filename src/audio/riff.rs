//! Replaces the header of a WAV file by a plain one.
//!
//! Interrupted recorders leave sizes of zero, programs that write to a pipe leave the largest number, files above 4 GiB
//! are RF64 (EBU Tech 3306), and some formats are written with or without an extension.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::{Range, RangeInclusive};

use crate::time::MediaTime;

/// A WAV file with its header rewritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wav {
    /// A complete header, after which `data` follows.
    pub header: Vec<u8>,
    /// The position of the sound in the file. Unit: bytes.
    pub data: Range<u64>,
    /// The length computed from the size in bytes; `None` for codecs that encode blocks of samples.
    pub duration: Option<MediaTime>,
}

/// A size that means "up to the end of the file".
const OPEN: u32 = u32::MAX;
/// Programs that cannot seek back to write the size leave one near 2 or 4 GiB.
const STREAMED: [RangeInclusive<u32>; 2] = [0x7fff_0000..=0x7fff_ffff, 0xffff_0000..=u32::MAX];
/// Maximum number of chunks, more than in any real header.
const MAX_CHUNKS: usize = 100;
/// A longer format chunk is not valid. Unit: bytes.
const MAX_FORMAT: u32 = 4096;

/// Reads the header of a WAV file of `len` bytes; `None` if it is not one, or lacks a part.
pub(super) fn read(file: &mut (impl Read + Seek), len: u64) -> io::Result<Option<Wav>> {
    file.rewind()?;
    let head: [u8; 12] = bytes(file)?;
    let is_rf64 = matches!(&head[..4], b"RF64" | b"BW64");
    if !(is_rf64 || head.starts_with(b"RIFF")) || &head[8..] != b"WAVE" {
        return Ok(None);
    }
    let (mut at, mut long_size, mut format) = (12, None, Vec::new());
    for _ in 0..MAX_CHUNKS {
        let (id, size) = chunk(file, at)?;
        let start = at + 8;
        match &id {
            b"ds64" => {
                let _riff_size: [u8; 8] = bytes(file)?;
                long_size = Some(u64::from_le_bytes(bytes(file)?));
            }
            b"fmt " if (16..=MAX_FORMAT).contains(&size) => {
                format = vec![0; size as usize];
                file.read_exact(&mut format)?;
            }
            b"data" if !format.is_empty() => {
                let stated = stated_size(file, start, size, len, long_size.filter(|_| is_rf64))?;
                return Ok(Some(Wav::new(&format, start, stated, len)));
            }
            _ => {}
        }
        at = start + u64::from(size) + u64::from(size % 2);
    }
    Ok(None)
}

impl Wav {
    fn new(format: &[u8], start: u64, stated: Option<u64>, len: u64) -> Self {
        let end = start.saturating_add(stated.unwrap_or(u64::MAX)).min(len).max(start);
        let bytes_a_second = u32::from_le_bytes([format[8], format[9], format[10], format[11]]);
        let size = stated.unwrap_or(end - start);
        let is_constant = matches!(u16::from_le_bytes([format[0], format[1]]), 1 | 3 | 6 | 7 | 0xfffe);
        let duration =
            (is_constant && bytes_a_second > 0).then(|| MediaTime::from_samples(size, bytes_a_second));
        let format = plain_format(format);
        let mut header = Vec::from(*b"RIFF");
        header.extend(OPEN.to_le_bytes());
        header.extend(b"WAVEfmt ");
        header.extend((format.len() as u32).to_le_bytes());
        header.extend(format);
        header.extend(b"data");
        header.extend(stated.and_then(|size| u32::try_from(size).ok()).unwrap_or(OPEN).to_le_bytes());
        Self { header, data: start..end, duration }
    }
}

/// Returns the intended size of the sound; `None` means up to the end of the file.
fn stated_size(
    file: &mut (impl Read + Seek),
    start: u64,
    size: u32,
    len: u64,
    long_size: Option<u64>,
) -> io::Result<Option<u64>> {
    let is_interrupted = size == 0 && len > start && !is_another_chunk(file, start)?;
    let is_streamed = STREAMED.iter().any(|range| range.contains(&size));
    Ok(match long_size.filter(|_| size == OPEN) {
        Some(size) => Some(size),
        None if is_interrupted || is_streamed => None,
        None => Some(u64::from(size)),
    })
}

/// Removes what the format does not need, and adds the empty extension where it is required.
fn plain_format(format: &[u8]) -> Vec<u8> {
    let tag = u16::from_le_bytes([format[0], format[1]]);
    match tag {
        // PCM and floating point.
        1 | 3 => format[..16].to_vec(),
        // A-law and mu-law.
        6 | 7 => [&format[..16], &[0, 0]].concat(),
        0xfffe if format.len() > 40 => format[..40].to_vec(),
        _ => format.to_vec(),
    }
}

fn chunk(file: &mut (impl Read + Seek), at: u64) -> io::Result<([u8; 4], u32)> {
    file.seek(SeekFrom::Start(at))?;
    Ok((bytes(file)?, u32::from_le_bytes(bytes(file)?)))
}

/// Returns whether further chunks follow an empty data chunk, which means that it is really empty.
fn is_another_chunk(file: &mut (impl Read + Seek), at: u64) -> io::Result<bool> {
    const KNOWN: [&[u8; 4]; 8] = [b"LIST", b"id3 ", b"ID3 ", b"fact", b"bext", b"cue ", b"smpl", b"PEAK"];
    Ok(chunk(file, at).is_ok_and(|(id, _)| KNOWN.contains(&&id)))
}

fn bytes<const N: usize>(file: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}
