//! Splitting, merging, inserting and deleting.

use std::ops::Range;

use super::{OpError, SHORTEST, find, label, selected};
use crate::document::style::{self, Styled};
use crate::document::words::{divide, estimate, spelled};
use crate::document::{Cue, CueId, Document, Edit, Origin, Transaction};
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::Word;

/// Duration of an inserted cue if there is space.
const INSERTED: MediaTime = MediaTime::from_millis(2000);
/// With less space than this, an inserted cue takes time from the one before it.
const CRAMPED: MediaTime = MediaTime::from_millis(500);

/// Splits a cue at a byte position in its text, which must lie between characters. The second part starts with its
/// first word if the words are known, otherwise in proportion to the text. It gets the id `free`.
///
/// # Errors
/// [`OpError::NoSuchCue`], [`OpError::NothingToSplit`] if a part would be blank, [`OpError::TooShort`].
pub fn split(document: &Document, free: CueId, id: CueId, at: usize) -> Result<Transaction, OpError> {
    let (_, cue) = find(document, id)?;
    let (left, right) = cue.text.split_at_checked(at).ok_or(OpError::NothingToSplit)?;
    let (left, right) = (left.trim_end(), right.trim_start());
    if left.trim().is_empty() || right.is_empty() {
        return Err(OpError::NothingToSplit);
    }
    let (least, most) =
        (cue.span.start + MediaTime::from_millis(1), cue.span.end - MediaTime::from_millis(1));
    if most < least {
        return Err(OpError::TooShort);
    }
    let (before, after) = divide(spelled(cue), &cue.text, at);
    let cut = after.first().map_or_else(|| in_proportion(cue, left, right), |word| word.span.start);
    let cut = cut.clamp(least, most);
    let part = |id, span, range: Range<usize>, words| {
        let styles = style::cut(&cue.styles, range.clone());
        Cue { id, span, text: cue.text[range].to_owned(), words, styles, ..cue.clone() }
    };
    let first = part(id, TimeSpan::new(cue.span.start, cut), 0..left.len(), before);
    let rest = cue.text.len() - right.len()..cue.text.len();
    let second = part(free, TimeSpan::new(cut, cue.span.end), rest, after);
    Ok(Transaction::new("Split cue", vec![Edit::Replace(first), Edit::Insert(second)]))
}

fn in_proportion(cue: &Cue, left: &str, right: &str) -> MediaTime {
    let (left, right) = (left.chars().count() as i128, right.chars().count() as i128);
    let share = i128::from(cue.span.duration().as_millis()) * left / (left + right).max(1);
    cue.span.start + MediaTime::from_millis(share as i64)
}

/// Joins a cue with the one after it.
///
/// # Errors
/// [`OpError::NoSuchCue`], [`OpError::NoNext`].
pub fn merge_with_next(document: &Document, id: CueId) -> Result<Transaction, OpError> {
    let (place, cue) = find(document, id)?;
    let next = document.cues.get(place + 1).ok_or(OpError::NoNext)?;
    Ok(merged(&[cue, next]))
}

/// Joins the selected cues and all cues between them into the first one. Their texts become lines of one text.
///
/// # Errors
/// [`OpError::NothingSelected`], [`OpError::OneCue`].
pub fn merge(document: &Document, ids: &[CueId]) -> Result<Transaction, OpError> {
    let cues = selected(document, ids)?;
    match (cues.first(), cues.last()) {
        (Some((first, _)), Some((last, _))) if first < last => {
            Ok(merged(&document.cues[*first..=*last].iter().collect::<Vec<_>>()))
        }
        _ => Err(OpError::OneCue),
    }
}

fn merged(cues: &[&Cue]) -> Transaction {
    let first = cues[0];
    let (text, styles) = joined_text(cues);
    let cue = Cue {
        id: first.id,
        span: cues.iter().fold(first.span, |span, cue| span.joined(cue.span)),
        text,
        speaker: cues.iter().find_map(|cue| cue.speaker.clone()),
        words: joined_words(cues),
        origin: joined_origin(cues),
        styles,
        place: first.place.clone(),
    };
    let others = cues[1..].iter().map(|cue| Edit::Remove(cue.id));
    Transaction::new(label("Merge", cues.len()), [Edit::Replace(cue)].into_iter().chain(others).collect())
}

/// Joins the texts of all cues as lines, with their styles.
fn joined_text(cues: &[&Cue]) -> (String, Vec<Styled>) {
    let (mut text, mut styles) = (String::new(), Vec::new());
    for cue in cues {
        let own = cue.text.trim();
        if own.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        let start = cue.text.len() - cue.text.trim_start().len();
        styles.extend(style::shifted(&style::cut(&cue.styles, start..start + own.len()), text.len()));
        text.push_str(own);
    }
    (text, styles)
}

/// Joins the words of all cues. If some cues have none, theirs are estimated, so that the others' words stay.
fn joined_words(cues: &[&Cue]) -> Vec<Word> {
    if cues.iter().all(|cue| cue.words.is_empty()) {
        return Vec::new();
    }
    let words = |cue: &&Cue| if cue.words.is_empty() { estimate(&cue.text, cue.span) } else { spelled(cue) };
    cues.iter().flat_map(words).collect()
}

fn joined_origin(cues: &[&Cue]) -> Origin {
    let is_edited = cues.iter().any(|cue| cue.origin == Origin::Edited);
    if is_edited { Origin::Edited } else { cues[0].origin }
}

/// Inserts an empty cue with the id `free` after another. If the next one follows at once, the cue before gives up the
/// last third of its time.
///
/// # Errors
/// [`OpError::NoSuchCue`], [`OpError::NoRoom`].
pub fn insert_after(document: &Document, free: CueId, id: CueId) -> Result<Transaction, OpError> {
    let (place, cue) = find(document, id)?;
    let end = document.cues.get(place + 1).map_or(MediaTime::MAX, |next| next.span.start);
    if end - cue.span.end >= CRAMPED {
        return Ok(inserted(free, TimeSpan::new(cue.span.end, end), Vec::new()));
    }
    let shortened = freed_after(cue)?;
    let room = TimeSpan::new(shortened.span.end, end.max(cue.span.end));
    Ok(inserted(free, room, vec![Edit::Replace(shortened)]))
}

/// Returns the cue without the last third of its time.
pub(super) fn freed_after(cue: &Cue) -> Result<Cue, OpError> {
    let third = MediaTime::from_millis(cue.span.duration().as_millis() / 3);
    if third < SHORTEST {
        return Err(OpError::NoRoom);
    }
    Ok(Cue { span: TimeSpan::new(cue.span.start, cue.span.end - third), ..cue.clone() })
}

/// Inserts an empty cue with the id `free` at a time, or after the cue that is on screen then.
///
/// # Errors
/// [`OpError::NoRoom`].
pub fn insert_at(document: &Document, free: CueId, time: MediaTime) -> Result<Transaction, OpError> {
    let time = time.max(MediaTime::ZERO);
    if let Some(cue) = document.cues.iter().rev().find(|cue| cue.span.contains(time)) {
        return insert_after(document, free, cue.id);
    }
    let next = document.cues.iter().find(|cue| cue.span.start > time);
    let end = next.map_or(MediaTime::MAX, |next| next.span.start);
    if end - time < SHORTEST {
        return Err(OpError::NoRoom);
    }
    Ok(inserted(free, TimeSpan::new(time, end), Vec::new()))
}

/// Inserts an empty cue with the id `free` in the free part of a span: around its start or, if a cue is there, its end.
///
/// # Errors
/// [`OpError::NoRoom`] where less than [`SHORTEST`] is left.
pub fn insert_span(document: &Document, free: CueId, span: TimeSpan) -> Result<Transaction, OpError> {
    let is_taken = |time: MediaTime| document.cues.iter().any(|cue| cue.span.contains(time));
    let anchor = if is_taken(span.start) { span.end } else { span.start };
    let before = document.cues.iter().filter(|cue| cue.span.start <= anchor).map(|cue| cue.span.end).max();
    let after = document.cues.iter().find(|cue| cue.span.start > anchor).map(|cue| cue.span.start);
    let start = span.start.max(before.unwrap_or_default()).max(MediaTime::ZERO);
    let span = TimeSpan::new(start, span.end.min(after.unwrap_or(MediaTime::MAX)));
    if span.duration() < SHORTEST {
        return Err(OpError::NoRoom);
    }
    let cue = Cue { id: free, span, origin: Origin::Edited, ..Cue::default() };
    Ok(Transaction::new("Insert cue", vec![Edit::Insert(cue)]))
}

/// Adds the insertion to `edits`; `room` is the free span.
fn inserted(id: CueId, room: TimeSpan, mut edits: Vec<Edit>) -> Transaction {
    let span = TimeSpan::new(room.start, room.end.min(room.start + INSERTED));
    edits.push(Edit::Insert(Cue { id, span, origin: Origin::Edited, ..Cue::default() }));
    Transaction::new("Insert cue", edits)
}

/// Removes the selected cues. The recognizer's result stays in the document's segments.
///
/// # Errors
/// [`OpError::NothingSelected`].
pub fn delete(document: &Document, ids: &[CueId]) -> Result<Transaction, OpError> {
    let cues = selected(document, ids)?;
    let edits = cues.iter().map(|(_, cue)| Edit::Remove(cue.id)).collect();
    Ok(Transaction::new(label("Delete", cues.len()), edits))
}
