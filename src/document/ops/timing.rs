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

/// Moves one end of a cue to a time. It stops at the neighbours, and where the cue would be shorter than [`SHORTEST`].
/// Consecutive moves are one step.
///
/// # Errors
/// [`OpError::NoSuchCue`].
pub fn retime(document: &Document, id: CueId, edge: Edge, to: MediaTime) -> Result<Transaction, OpError> {
    let (place, cue) = find(document, id)?;
    let span = moved(cue.span, edge, to, between(document, place));
    Ok(retimed(cue, span, Some(Run::Retiming)))
}

/// Moves one end of a cue together with the end of the neighbour that touches it. The time between them, at most
/// `within`, stays. Both stop where one cue would be shorter than [`SHORTEST`]. Without such a neighbour this is
/// [`retime`].
///
/// # Errors
/// [`OpError::NoSuchCue`].
pub fn retime_joined(
    document: &Document,
    id: CueId,
    edge: Edge,
    to: MediaTime,
    within: MediaTime,
) -> Result<Transaction, OpError> {
    let (_, cue) = find(document, id)?;
    let Some(neighbour) = touching(document, id, edge, within) else { return retime(document, id, edge, to) };
    let (left, right) = if edge == Edge::In { (neighbour, cue) } else { (cue, neighbour) };
    let gap = right.span.start - left.span.end;
    let end = if edge == Edge::In { to - gap } else { to };
    let (least, most) = (left.span.start + SHORTEST, right.span.end - SHORTEST - gap);
    // A cue may be shorter already; then it gives up no more.
    let end = end.max(least.min(left.span.end)).min(most.max(left.span.end));
    let spans =
        [(left, TimeSpan::new(left.span.start, end)), (right, TimeSpan::new(end + gap, right.span.end))];
    let edits = spans.into_iter().filter_map(|(cue, span)| replaced(cue, Cue { span, ..cue.clone() }));
    Ok(Transaction { run: Some(Run::Retiming), ..Transaction::new("Retime cue", edits.collect()) })
}

/// Returns the neighbour at this end of a cue if it is at most `within` away and does not overlap.
pub fn touching(document: &Document, id: CueId, edge: Edge, within: MediaTime) -> Option<&Cue> {
    let (place, cue) = find(document, id).ok()?;
    let (neighbour, gap) = match edge {
        Edge::In => {
            let before = &document.cues[place.checked_sub(1)?];
            (before, cue.span.start - before.span.end)
        }
        Edge::Out => {
            let next = document.cues.get(place + 1)?;
            (next, next.span.start - cue.span.end)
        }
    };
    (MediaTime::ZERO <= gap && gap <= within).then_some(neighbour)
}

/// Moves one end of a span as far as the free time allows.
fn moved(mut span: TimeSpan, edge: Edge, to: MediaTime, free: TimeSpan) -> TimeSpan {
    match edge {
        Edge::In => span.start = to.min(span.end - SHORTEST).max(free.start),
        Edge::Out => span.end = to.max(span.start + SHORTEST).min(free.end),
    }
    span
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
