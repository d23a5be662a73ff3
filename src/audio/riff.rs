//! Mending of WAV headers: RF64 files, and the sizes that a recorder did not live to write.

use std::io::{self, Read, Seek, SeekFrom};

/// Bytes to be read in place of those in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Patch {
    pub at: u64,
    pub bytes: [u8; 4],
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Repair {
    pub patches: Vec<Patch>,
    /// Where the sound ends, if that is before the end of the file.
    pub end: Option<u64>,
}

/// A size that means "up to the end of the file".
const OPEN: u32 = u32::MAX;
/// Programs that write to a pipe state a size near 2 or 4 GiB.
const STREAMED: [std::ops::RangeInclusive<u32>; 2] = [0x7fff_0000..=0x7fff_ffff, 0xffff_0000..=u32::MAX];
/// A header has a handful of chunks.
const MAX_CHUNKS: usize = 100;

/// Finds what must be changed in the header of a WAV file of `len` bytes; nothing for other files.
///
/// RF64 (EBU Tech 3306) holds its true sizes in a `ds64` chunk. A data size of zero with sound after it comes from
/// recorders that were interrupted. The size of the outer RIFF chunk is wrong so often that it is not trusted.
pub(super) fn repair(file: &mut (impl Read + Seek), len: u64) -> io::Result<Repair> {
    let mut head = [0; 12];
    file.rewind()?;
    file.read_exact(&mut head)?;
    let rf64 = matches!(&head[..4], b"RF64" | b"BW64");
    if !(rf64 || head.starts_with(b"RIFF")) || &head[8..] != b"WAVE" {
        return Ok(Repair::default());
    }

    let mut repair = Repair { patches: vec![patch(0, *b"RIFF"), patch(4, OPEN.to_le_bytes())], end: None };
    let (mut at, mut true_size) = (12, None);
    for _ in 0..MAX_CHUNKS {
        let (id, size) = chunk(file, at)?;
        let start = at + 8;
        match &id {
            b"ds64" => {
                let mut sizes = [0; 16];
                file.read_exact(&mut sizes)?;
                true_size = Some(u64::from_le_bytes([
                    sizes[8], sizes[9], sizes[10], sizes[11], sizes[12], sizes[13], sizes[14], sizes[15],
                ]));
            }
            b"data" => {
                let rest = len.saturating_sub(start);
                let interrupted = size == 0 && rest > 0 && !another_chunk(file, start)?;
                let streamed = STREAMED.iter().any(|range| range.contains(&size));
                if rf64 || interrupted || streamed {
                    repair.end = true_size.filter(|_| rf64).map(|size| start.saturating_add(size));
                    repair.patches.push(patch(at + 4, OPEN.to_le_bytes()));
                }
                return Ok(repair);
            }
            _ => {}
        }
        at = start + u64::from(size) + u64::from(size % 2);
    }
    Ok(repair)
}

fn patch(at: u64, bytes: [u8; 4]) -> Patch {
    Patch { at, bytes }
}

fn chunk(file: &mut (impl Read + Seek), at: u64) -> io::Result<([u8; 4], u32)> {
    let mut header = [0; 8];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut header)?;
    let [a, b, c, d, e, f, g, h] = header;
    Ok(([a, b, c, d], u32::from_le_bytes([e, f, g, h])))
}

/// Does an empty data chunk come before further chunks, so that it is truly empty?
fn another_chunk(file: &mut (impl Read + Seek), at: u64) -> io::Result<bool> {
    const KNOWN: [&[u8; 4]; 8] = [b"LIST", b"id3 ", b"ID3 ", b"fact", b"bext", b"cue ", b"smpl", b"PEAK"];
    Ok(chunk(file, at).is_ok_and(|(id, _)| KNOWN.contains(&&id)))
}
