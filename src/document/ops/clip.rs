//! Cutting and pasting.

use super::structure::freed_after;
use super::{OpError, SHORTEST, delete, find, label, numbered};
use crate::document::{Cue, CueId, Document, Edit, Transaction};
use crate::time::{MediaTime, TimeSpan};

/// Where cues are pasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// After this cue. If there is no room, this cue loses the last third of its time.
    After(CueId),
    /// From this time on.
    At(MediaTime),
}

/// Removes the selected cues, to be pasted elsewhere.
///
/// # Errors
/// [`OpError::NothingSelected`].
pub fn cut(document: &Document, ids: &[CueId]) -> Result<Transaction, OpError> {
    let deleted = delete(document, ids)?;
    let count = deleted.edits.len();
    Ok(Transaction { label: label("Cut", count).into(), ..deleted })
}

/// Inserts cues, with `gap` between them and the neighbours. The times between them stay; if there is not enough room,
/// all are compressed in proportion and lose the times of their words. They get new ids from `free` on.
///
/// # Errors
/// [`OpError::NothingSelected`] without cues, [`OpError::NoSuchCue`], [`OpError::NoRoom`].
pub fn paste(
    document: &Document,
    free: CueId,
    cues: Vec<Cue>,
    spot: Spot,
    gap: MediaTime,
) -> Result<Transaction, OpError> {
    let cues = in_a_row(cues);
    let block = cues.iter().map(|cue| cue.span).reduce(TimeSpan::joined).ok_or(OpError::NothingSelected)?;
    let needed = MediaTime::from_millis(SHORTEST.as_millis() * cues.len() as i64);
    let (room, shortened) = match spot {
        Spot::At(time) => (room_at(document, time, gap), None),
        Spot::After(id) => room_after(document, id, gap, needed)?,
    };
    if room.duration() < needed {
        return Err(OpError::NoRoom);
    }
    let count = cues.len();
    let placed = placed(cues, block, room);
    if placed.iter().any(|cue| cue.span.duration() <= MediaTime::ZERO) {
        return Err(OpError::NoRoom);
    }
    let inserted = numbered(placed, free).into_iter().map(Edit::Insert);
    let edits = shortened.map(Edit::Replace).into_iter().chain(inserted).collect();
    Ok(Transaction::new(label("Paste", count), edits))
}

/// Sorts cues by time and removes overlaps, which cues from other programs may have.
fn in_a_row(mut cues: Vec<Cue>) -> Vec<Cue> {
    cues.sort_by_key(|cue| cue.span.start);
    let mut before = MediaTime::from_millis(i64::MIN / 4);
    for cue in &mut cues {
        let start = cue.span.start.max(before);
        cue.span = TimeSpan::new(start, cue.span.end.max(start + SHORTEST));
        before = cue.span.end;
    }
    cues
}

/// Returns the free time from `time` on.
fn room_at(document: &Document, time: MediaTime, gap: MediaTime) -> TimeSpan {
    let before =
        document.cues.iter().filter(|cue| cue.span.start <= time).map(|cue| cue.span.end + gap).max();
    let next = document.cues.iter().find(|cue| cue.span.start > time);
    let end = next.map_or(MediaTime::MAX, |next| next.span.start - gap);
    TimeSpan::new(time.max(before.unwrap_or_default()).max(MediaTime::ZERO), end)
}

/// Returns the free time after a cue, and the shortened cue if it had to give up some.
fn room_after(
    document: &Document,
    id: CueId,
    gap: MediaTime,
    needed: MediaTime,
) -> Result<(TimeSpan, Option<Cue>), OpError> {
    let (place, cue) = find(document, id)?;
    let end = document.cues.get(place + 1).map_or(MediaTime::MAX, |next| next.span.start - gap);
    let room = TimeSpan::new(cue.span.end + gap, end);
    if room.duration() >= needed.max(SHORTEST) {
        return Ok((room, None));
    }
    let shortened = freed_after(cue)?;
    Ok((TimeSpan::new(shortened.span.end + gap, end.max(cue.span.end - gap)), Some(shortened)))
}

/// Moves the cues of a block to the start of a free span, compressed if it is too short.
fn placed(cues: Vec<Cue>, block: TimeSpan, room: TimeSpan) -> Vec<Cue> {
    let (old, new) =
        (block.duration().as_millis(), room.duration().as_millis().min(block.duration().as_millis()));
    let time = |time: MediaTime| {
        let from_start =
            i128::from((time - block.start).as_millis()) * i128::from(new) / i128::from(old.max(1));
        room.start + MediaTime::from_millis(from_start as i64)
    };
    let span = |span: TimeSpan| TimeSpan::new(time(span.start), time(span.end));
    let moved = |mut cue: Cue| {
        cue.span = span(cue.span);
        if new < old {
            // Nobody can speak that fast, and the rules must not count it as speech.
            cue.words.clear();
        }
        cue.words.iter_mut().for_each(|word| word.span = span(word.span));
        cue
    };
    cues.into_iter().map(moved).collect()
}
