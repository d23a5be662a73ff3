//! Adding what was recognized or composed.

use std::collections::HashSet;

use super::{OpError, SHORTEST, label, numbered, selected};
use crate::document::{Cue, CueId, Document, Edit, Media, Transaction};
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{Segment, Word};

/// Adds cues at the end of a live session or a transcription, with their segments. The cue before them is cut to end
/// `gap` before they begin. For [`Editor::add`](crate::document::Editor::add). They get new ids, from `free` on.
pub fn append(
    document: &Document,
    free: CueId,
    cues: Vec<Cue>,
    gap: MediaTime,
    segments: Vec<Segment>,
) -> Transaction {
    let last = document.cues.last().zip(cues.first());
    let cut = last.and_then(|(last, first)| cut_before(last, first, gap)).map(Edit::Replace);
    let inserted = numbered(cues, free).into_iter().map(Edit::Insert);
    let at = document.segments.len();
    let segments =
        (!segments.is_empty()).then_some(Edit::SpliceSegments { at, removed: 0, inserted: segments });
    Transaction::new("Add recognized cues", cut.into_iter().chain(inserted).chain(segments).collect())
}

/// Returns a cue cut to end `gap` before the next one begins; `None` if it need not change. Cues composed separately do
/// not know of each other: the last one of a passage may last into the next.
pub fn cut_before(cue: &Cue, next: &Cue, gap: MediaTime) -> Option<Cue> {
    let end = next.span.start - gap;
    let is_long = cue.span.end > end && end - cue.span.start >= SHORTEST;
    is_long.then(|| Cue { span: TimeSpan::new(cue.span.start, end), ..cue.clone() })
}

/// Completes a recognition: `cues` replace the `provisional` ones added during the run, and no others. Only the cue
/// before them may change: it is cut to end `gap` before they begin. For [`Editor::add`](crate::document::Editor::add).
/// They get new ids, from `free` on.
pub fn complete(
    document: &Document,
    free: CueId,
    provisional: &HashSet<CueId>,
    cues: Vec<Cue>,
    gap: MediaTime,
    media: Media,
) -> Transaction {
    let removed = provisional.iter().map(|id| Edit::Remove(*id));
    let last = document.cues.iter().rev().find(|cue| !provisional.contains(&cue.id));
    let cut =
        last.zip(cues.first()).and_then(|(last, first)| cut_before(last, first, gap)).map(Edit::Replace);
    let inserted = numbered(cues, free).into_iter().map(Edit::Insert);
    let edits = removed.chain(cut).chain(inserted).chain([Edit::SetMedia(Some(media))]);
    Transaction::new("Complete the captions", edits.collect())
}

/// Replaces the selected cues by others, as after composing their words again. They get new ids, from `free` on, and
/// are cut where neighbours begin.
///
/// # Errors
/// [`OpError::NothingSelected`].
pub fn replace_cues(
    document: &Document,
    free: CueId,
    ids: &[CueId],
    cues: Vec<Cue>,
) -> Result<Transaction, OpError> {
    let old = selected(document, ids)?;
    let removed = old.iter().map(|(_, cue)| Edit::Remove(cue.id));
    let selection: HashSet<CueId> = ids.iter().copied().collect();
    let others: Vec<&Cue> = document.cues.iter().filter(|cue| !selection.contains(&cue.id)).collect();
    let inserted = numbered(fitted(cues, &others), free).into_iter().map(Edit::Insert);
    Ok(Transaction::new(label("Replace", old.len()), removed.chain(inserted).collect()))
}

/// Replaces the selected cues, and the recognized words in `span`, by what was recognized again there.
///
/// # Errors
/// [`OpError::NothingSelected`].
pub fn take_over(
    document: &Document,
    free: CueId,
    ids: &[CueId],
    cues: Vec<Cue>,
    span: TimeSpan,
    segments: Vec<Segment>,
) -> Result<Transaction, OpError> {
    let count = selected(document, ids)?.len();
    let mut transaction = replace_cues(document, free, ids, cues)?;
    transaction.label = label("Transcribe again", count).into();
    transaction.edits.push(splice(document, span, segments));
    Ok(transaction)
}

/// Cuts cues where others begin or end, and drops those that would be shorter than [`SHORTEST`].
fn fitted(mut cues: Vec<Cue>, others: &[&Cue]) -> Vec<Cue> {
    for cue in &mut cues {
        let middle = middle(cue.span);
        let next = others.partition_point(|other| other.span.start <= middle);
        let before = next.checked_sub(1).map_or(MediaTime::ZERO, |before| others[before].span.end);
        let after = others.get(next).map_or(MediaTime::MAX, |next| next.span.start);
        cue.span = TimeSpan::new(cue.span.start.max(before), cue.span.end.min(after));
    }
    cues.retain(|cue| cue.span.duration() >= SHORTEST);
    cues
}

fn middle(span: TimeSpan) -> MediaTime {
    span.start + MediaTime::from_millis(span.duration().as_millis() / 2)
}

/// Returns the edit that replaces the words in `span` in the document's segments by new segments.
fn splice(document: &Document, span: TimeSpan, mut segments: Vec<Segment>) -> Edit {
    let is_old = |word: &Word| span.contains(middle(word.span));
    let at = document.segments.partition_point(|segment| segment.span().end <= span.start);
    let touched =
        document.segments[at..].iter().take_while(|segment| segment.span().start < span.end).count();
    let mut inserted = Vec::new();
    let mut later = Vec::new();
    for segment in &document.segments[at..at + touched] {
        let (mut before, mut after) = (segment.clone(), segment.clone());
        before.words.retain(|word| !is_old(word) && word.span.start < span.start);
        after.words.retain(|word| !is_old(word) && span.start <= word.span.start);
        inserted.extend(Some(before).filter(|part| !part.words.is_empty()));
        later.extend(Some(after).filter(|part| !part.words.is_empty()));
    }
    inserted.append(&mut segments);
    inserted.append(&mut later);
    Edit::SpliceSegments { at, removed: touched, inserted }
}
