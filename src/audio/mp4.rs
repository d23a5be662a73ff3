//! Reads edit lists of MP4 and QuickTime files, which the demuxer does not apply.
//!
//! They state how much encoder priming to drop, how late a track starts, and what someone trimmed away (ISO/IEC
//! 14496-12, 8.6.6).

use std::io::{self, Read, Seek, SeekFrom};

/// The audible part of a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// Silence before the track starts. Unit: ticks of `movie_scale`.
    pub delay: u64,
    /// Position in the track where the sound starts. Unit: ticks of the track's own clock.
    pub start: i64,
    /// Length from there; zero if it is not stated. Unit: ticks of `movie_scale`.
    pub length: u64,
    /// Ticks per second.
    pub movie_scale: u32,
}

/// Relevant properties of one track.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Track {
    pub id: u32,
    pub is_sound: bool,
    /// Four-character code of the codec.
    pub codec: [u8; 4],
    pub edit: Option<Edit>,
    /// More edits than one span of sound: they are not applied.
    pub is_cut: bool,
}

/// The start and the end of a box's content.
type Span = (u64, u64);

/// Maximum number of sibling boxes, more than in any real file.
const MAX_BOXES: usize = 10_000;
/// Maximum length of edit lists.
const MAX_EDITS: u32 = 1000;

/// Returns the tracks of an MP4 file; `None` if it has no index (`moov`).
pub(super) fn tracks(file: &mut (impl Read + Seek), len: u64) -> io::Result<Option<Vec<Track>>> {
    let Some(moov) = find(file, (0, len), b"moov")? else { return Ok(None) };
    let movie_scale = match find(file, moov, b"mvhd")? {
        Some(mvhd) => scale(file, mvhd)?,
        None => 0,
    };
    let is_fragmented = find(file, moov, b"mvex")?.is_some();
    let mut tracks = Vec::new();
    let mut at = moov;
    while let Some((id, content)) = next(file, &mut at)? {
        if &id == b"trak" && tracks.len() < MAX_BOXES {
            let mut track = track(file, content, movie_scale)?;
            if let Some(edit) = track.edit.as_mut().filter(|_| is_fragmented) {
                // It was written before the fragments were.
                edit.length = 0;
            }
            tracks.push(track);
        }
    }
    Ok(Some(tracks))
}

fn track(file: &mut (impl Read + Seek), trak: Span, movie_scale: u32) -> io::Result<Track> {
    let mut track = Track::default();
    if let Some(tkhd) = find(file, trak, b"tkhd")? {
        let wide = u8_at(file, tkhd.0)? == 1;
        track.id = u32_at(file, tkhd.0 + if wide { 20 } else { 12 })?;
    }
    if let Some(mdia) = find(file, trak, b"mdia")? {
        if let Some(hdlr) = find(file, mdia, b"hdlr")? {
            track.is_sound = bytes_at(file, hdlr.0 + 8)? == *b"soun";
        }
        track.codec = codec(file, mdia)?;
    }
    if let Some(edts) = find(file, trak, b"edts")?
        && let Some(elst) = find(file, edts, b"elst")?
    {
        (track.edit, track.is_cut) = edit(file, elst, movie_scale)?;
    }
    Ok(track)
}

/// Returns the first entry of the sample description.
fn codec(file: &mut (impl Read + Seek), mdia: Span) -> io::Result<[u8; 4]> {
    let mut span = mdia;
    for name in [b"minf", b"stbl", b"stsd"] {
        let Some(inner) = find(file, span, name)? else { return Ok([0; 4]) };
        span = inner;
    }
    bytes_at(file, span.0 + 12)
}

/// Returns the first span of sound in an edit list, and whether there are more.
fn edit(file: &mut (impl Read + Seek), elst: Span, movie_scale: u32) -> io::Result<(Option<Edit>, bool)> {
    let wide = u8_at(file, elst.0)? == 1;
    let count = u32_at(file, elst.0 + 4)?.min(MAX_EDITS);
    let (mut delay, mut edit) = (0_u64, None);
    file.seek(SeekFrom::Start(elst.0 + 8))?;
    for _ in 0..count {
        let (length, start) = if wide {
            (u64::from_be_bytes(bytes(file)?), i64::from_be_bytes(bytes(file)?))
        } else {
            (u64::from(u32::from_be_bytes(bytes(file)?)), i64::from(i32::from_be_bytes(bytes(file)?)))
        };
        let _rate: [u8; 4] = bytes(file)?;
        match (start, &edit) {
            (..0, None) => delay = delay.saturating_add(length),
            (..0, Some(_)) => {}
            (_, None) => edit = Some(Edit { delay, start, length, movie_scale }),
            (_, Some(_)) => return Ok((None, true)),
        }
    }
    Ok((edit.filter(|_| movie_scale > 0), false))
}

/// Returns the clock rate in an `mvhd` box.
fn scale(file: &mut (impl Read + Seek), mvhd: Span) -> io::Result<u32> {
    let wide = u8_at(file, mvhd.0)? == 1;
    u32_at(file, mvhd.0 + if wide { 20 } else { 12 })
}

fn find(file: &mut (impl Read + Seek), within: Span, name: &[u8; 4]) -> io::Result<Option<Span>> {
    let mut at = within;
    for _ in 0..MAX_BOXES {
        match next(file, &mut at)? {
            Some((id, content)) if &id == name => return Ok(Some(content)),
            Some(_) => {}
            None => break,
        }
    }
    Ok(None)
}

/// Returns the next box in `span`, and advances `span` past it.
fn next(file: &mut (impl Read + Seek), span: &mut Span) -> io::Result<Option<([u8; 4], Span)>> {
    let (start, end) = *span;
    if end.saturating_sub(start) < 8 {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(start))?;
    let size = u32::from_be_bytes(bytes(file)?);
    let id = bytes(file)?;
    let (header, size) = match size {
        0 => (8, end - start),
        1 => (16, u64::from_be_bytes(bytes(file)?)),
        size => (8, u64::from(size)),
    };
    if size < header {
        return Ok(None);
    }
    let after = start.saturating_add(size).min(end);
    span.0 = after;
    Ok(Some((id, (start + header, after))))
}

fn bytes<const N: usize>(file: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn bytes_at<const N: usize>(file: &mut (impl Read + Seek), at: u64) -> io::Result<[u8; N]> {
    file.seek(SeekFrom::Start(at))?;
    bytes(file)
}

fn u8_at(file: &mut (impl Read + Seek), at: u64) -> io::Result<u8> {
    bytes_at(file, at).map(|[byte]| byte)
}

fn u32_at(file: &mut (impl Read + Seek), at: u64) -> io::Result<u32> {
    bytes_at(file, at).map(u32::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn atom(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(8 + content.len()).unwrap();
        [&size.to_be_bytes()[..], name, content].concat()
    }

    fn words(words: &[i32]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_be_bytes()).collect()
    }

    fn movie(edits: &[i32]) -> Vec<u8> {
        let count = i32::try_from(edits.len() / 3).unwrap();
        let trak = [
            atom(b"tkhd", &words(&[0, 0, 0, 7])),
            atom(b"edts", &atom(b"elst", &[words(&[0, count]), words(edits)].concat())),
            atom(b"mdia", &atom(b"hdlr", &[&[0; 8], b"soun".as_slice()].concat())),
        ];
        let moov = [atom(b"mvhd", &words(&[0, 0, 0, 1000])), atom(b"trak", &trak.concat())].concat();
        [atom(b"ftyp", b"isom"), atom(b"moov", &moov)].concat()
    }

    fn read(file: &[u8]) -> Option<Vec<Track>> {
        tracks(&mut Cursor::new(file), file.len() as u64).unwrap()
    }

    #[test]
    fn priming_and_delay_are_read() {
        let track = &read(&movie(&[3000, -1, 1 << 16, 8000, 1024, 1 << 16])).unwrap()[0];
        assert_eq!((track.id, track.is_sound, track.is_cut), (7, true, false));
        assert_eq!(track.edit, Some(Edit { delay: 3000, start: 1024, length: 8000, movie_scale: 1000 }));
    }

    #[test]
    fn several_cuts_are_told_and_not_applied() {
        let track = &read(&movie(&[1000, 0, 1 << 16, 1000, 48_000, 1 << 16])).unwrap()[0];
        assert_eq!((track.edit, track.is_cut), (None, true));
    }

    #[test]
    fn a_file_without_an_index_has_no_tracks() {
        assert_eq!(read(&atom(b"mdat", &[0; 100])), None);
    }

    #[test]
    fn broken_boxes_end_the_search() {
        let file = movie(&[0, 1024, 1 << 16]);
        for cut in 0..file.len() {
            let _ = tracks(&mut Cursor::new(&file[..cut]), cut as u64);
        }
        let zeros = [0_u8; 64];
        assert_eq!(read(&zeros), None);
    }
}
