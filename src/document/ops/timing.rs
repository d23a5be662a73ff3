//! Start and end times.

use super::{OpError, SHORTEST, find, label, replaced, selected};
use crate::document::{Cue, CueId, Document, Edit, Run, Transaction};
use crate::time::{MediaTime, TimeSpan};

/// One end of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The start.
    In,
    /// The end.
    Out,
}

/// Moves one end of a cue to a time, or to the neighbour's edge or the edge of its own speech if one is within `snap`.
/// It stops at the neighbours, and where the cue would be shorter than [`SHORTEST`]. Consecutive moves are one step.
///
/// # Errors
/// [`OpError::NoSuchCue`].
pub fn retime(
    document: &Document,
    id: CueId,
    edge: Edge,
    to: MediaTime,
    snap: MediaTime,
) -> Result<Transaction, OpError> {
    let (place, cue) = find(document, id)?;
    let free = between(document, place);
    let speech = speech(cue);
    let mut span = cue.span;
    match edge {
        Edge::In => {
            let to = snapped(to, snap, [Some(free.start), speech.map(|speech| speech.start)]);
            span.start = to.min(span.end - SHORTEST).max(free.start);
        }
        Edge::Out => {
            let to = snapped(to, snap, [Some(free.end), speech.map(|speech| speech.end)]);
            span.end = to.max(span.start + SHORTEST).min(free.end);
        }
    }
    Ok(retimed(cue, span, Some(Run::Retiming)))
}

fn snapped(to: MediaTime, snap: MediaTime, marks: [Option<MediaTime>; 2]) -> MediaTime {
    let near = marks.into_iter().flatten().filter(|mark| mark.abs_diff(to) <= snap);
    near.min_by_key(|mark| mark.abs_diff(to)).unwrap_or(to)
}

/// Sets both times of a cue, as the user typed them, cut where neighbours begin.
///
/// # Errors
/// [`OpError::NoSuchCue`]; [`OpError::NoRoom`] if less than [`SHORTEST`] is left.
pub fn set_span(document: &Document, id: CueId, span: TimeSpan) -> Result<Transaction, OpError> {
    let (place, cue) = find(document, id)?;
    let free = between(document, place);
    let span = TimeSpan::new(span.start.max(free.start), span.end.min(free.end));
    if span.duration() < SHORTEST {
        return Err(OpError::NoRoom);
    }
    Ok(retimed(cue, span, None))
}

/// Makes a cue start with its first word and end with its last, as far as the neighbours allow.
///
/// # Errors
/// [`OpError::NoSuchCue`], [`OpError::NoWords`], [`OpError::NoRoom`].
pub fn retime_to_speech(document: &Document, id: CueId) -> Result<Transaction, OpError> {
    let (_, cue) = find(document, id)?;
    let speech = speech(cue).ok_or(OpError::NoWords)?;
    set_span(document, id, TimeSpan::new(speech.start, speech.end.max(speech.start + SHORTEST)))
}

fn retimed(cue: &Cue, span: TimeSpan, run: Option<Run>) -> Transaction {
    let edits = replaced(cue, Cue { span, ..cue.clone() }).into_iter().collect();
    Transaction { run, ..Transaction::new("Retime cue", edits) }
}

fn speech(cue: &Cue) -> Option<TimeSpan> {
    let (first, last) = (cue.words.first()?, cue.words.last()?);
    Some(TimeSpan::new(first.span.start, last.span.end))
}

/// Returns the span in which a cue does not overlap its neighbours more than it already does.
fn between(document: &Document, place: usize) -> TimeSpan {
    let cue = &document.cues[place];
    let before = place.checked_sub(1).map(|before| document.cues[before].span.end);
    let after = document.cues.get(place + 1).map(|next| next.span.start);
    TimeSpan::new(
        before.unwrap_or(MediaTime::ZERO).max(MediaTime::ZERO).min(cue.span.start),
        after.unwrap_or(MediaTime::MAX).max(cue.span.end),
    )
}

/// Returns how far the selected cues can be shifted together: earlier (zero or negative) and later.
///
/// # Errors
/// [`OpError::NothingSelected`].
pub fn room(document: &Document, ids: &[CueId]) -> Result<(MediaTime, MediaTime), OpError> {
    let cues = selected(document, ids)?;
    let (mut earlier, mut later) = (MediaTime::MAX, MediaTime::MAX);
    for (n, &(place, cue)) in cues.iter().enumerate() {
        let free = between(document, place);
        if n.checked_sub(1).is_none_or(|n| cues[n].0 + 1 != place) {
            earlier = earlier.min(cue.span.start - free.start);
        }
        if cues.get(n + 1).is_none_or(|next| next.0 != place + 1) {
            later = later.min(free.end - cue.span.end);
        }
    }
    Ok((MediaTime::ZERO - earlier, later))
}

/// Shifts the selected cues and their words by an offset, negative for earlier.
///
/// # Errors
/// [`OpError::NothingSelected`], [`OpError::ShiftTooFar`].
pub fn shift(document: &Document, ids: &[CueId], by: MediaTime) -> Result<Transaction, OpError> {
    let cues = selected(document, ids)?;
    let (least, most) = room(document, ids)?;
    if by < least || most < by {
        let most = if by < least { least } else { most };
        return Err(OpError::ShiftTooFar { most });
    }
    let edits = match by {
        MediaTime::ZERO => Vec::new(),
        by => cues.iter().map(|(_, cue)| Edit::Replace(shifted(cue, by))).collect(),
    };
    Ok(Transaction { run: Some(Run::Retiming), ..Transaction::new(label("Shift", cues.len()), edits) })
}

fn shifted(cue: &Cue, by: MediaTime) -> Cue {
    let mut cue = cue.clone();
    cue.span = cue.span.shifted(by);
    cue.words.iter_mut().for_each(|word| word.span = word.span.shifted(by));
    cue
}
