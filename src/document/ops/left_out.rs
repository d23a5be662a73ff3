//! Passages that only a second recognizer recognized. They can be inserted into the captions or dismissed.

use super::content::with_text;
use super::{OpError, SHORTEST};
use crate::document::words::{estimate, placed};
use crate::document::{Cue, CueId, Document, Edit, Origin, Transaction};
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{LeftOut, Segment};

/// If the cues around a passage leave less time than this, it is added to the text of one of them.
const ROOM: MediaTime = MediaTime::from_millis(500);

/// Returns the passages that are not yet decided on, in order of time.
pub fn left_out(document: &Document) -> impl Iterator<Item = &LeftOut> {
    document.segments.iter().flat_map(|segment| &segment.left_out)
}

/// Inserts a passage: as a cue with the id `free` or, if the cues around it leave no time, into the text of the cue on
/// the screen at that time. Also returns the id of the cue.
///
/// # Errors
/// [`OpError::NoSuchPassage`] if the document does not have it.
pub fn insert_left_out(
    document: &Document,
    free: CueId,
    passage: &LeftOut,
) -> Result<(CueId, Transaction), OpError> {
    let decided = without(document, passage)?;
    let room = room(document, passage.span);
    let (id, edit) = match at(document, passage.span).filter(|_| room.duration() < ROOM) {
        Some(cue) => (cue.id, Edit::Replace(with_passage(cue, passage))),
        None => (free, Edit::Insert(as_cue(free, room, passage))),
    };
    Ok((id, Transaction::new("Insert passage", vec![decided, edit])))
}

/// Dismisses a passage.
///
/// # Errors
/// [`OpError::NoSuchPassage`] if the document does not have it.
pub fn dismiss_left_out(document: &Document, passage: &LeftOut) -> Result<Transaction, OpError> {
    Ok(Transaction::new("Dismiss passage", vec![without(document, passage)?]))
}

/// Returns the edit that removes the passage from its segment.
fn without(document: &Document, passage: &LeftOut) -> Result<Edit, OpError> {
    let has = |segment: &Segment| segment.left_out.contains(passage);
    let at = document.segments.iter().position(has).ok_or(OpError::NoSuchPassage)?;
    let mut segment = document.segments[at].clone();
    segment.left_out.retain(|other| other != passage);
    Ok(Edit::SpliceSegments { at, removed: 1, inserted: vec![segment] })
}

/// Returns the part of a span that no cue covers.
fn room(document: &Document, span: TimeSpan) -> TimeSpan {
    let before =
        document.cues.iter().filter(|cue| cue.span.start <= span.start).map(|cue| cue.span.end).max();
    let start = before.map_or(span.start, |end| end.max(span.start));
    let after = document.cues.iter().map(|cue| cue.span.start).find(|next| *next > span.start);
    let end = after.map_or(span.end, |next| next.min(span.end));
    TimeSpan::new(start, end.max(start))
}

/// Returns the cue that covers most of a span.
fn at(document: &Document, span: TimeSpan) -> Option<&Cue> {
    let shared = |cue: &&Cue| cue.span.end.min(span.end) - cue.span.start.max(span.start);
    document.cues.iter().filter(|cue| cue.span.overlaps(span)).max_by_key(shared)
}

fn as_cue(id: CueId, room: TimeSpan, passage: &LeftOut) -> Cue {
    let span = TimeSpan::new(room.start, room.end.max(room.start + SHORTEST));
    let words = estimate(&passage.text, span);
    Cue { id, span, text: passage.text.clone(), words, origin: Origin::Edited, ..Cue::default() }
}

/// Returns the cue with the passage inserted between the words before and after it.
fn with_passage(cue: &Cue, passage: &LeftOut) -> Cue {
    let words = placed(cue);
    let earlier = words.iter().take_while(|(_, word)| word.span.start < passage.span.start);
    let at = earlier.last().map_or(0, |(range, _)| range.end);
    let (before, after) = cue.text.split_at(at);
    let parts = [before.trim_end(), passage.text.trim(), after.trim_start()];
    let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    with_text(cue, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(start: i64, end: i64) -> LeftOut {
        LeftOut { span: TimeSpan::from_millis(start, end), text: "and so on".to_owned() }
    }

    fn document(passage: LeftOut) -> Document {
        let cue = |id, start, end, text: &str| {
            let span = TimeSpan::from_millis(start, end);
            Cue { id: CueId(id), span, text: text.to_owned(), words: estimate(text, span), ..Cue::default() }
        };
        let segment = Segment { left_out: vec![passage], ..Segment::default() };
        Document {
            cues: vec![cue(1, 0, 2000, "one two"), cue(2, 5000, 7000, "three four")],
            segments: vec![Segment::default(), segment],
            ..Document::default()
        }
    }

    #[test]
    fn a_passage_between_cues_becomes_a_cue_in_the_room_there_is() {
        let passage = passage(1500, 4000);
        let mut document = document(passage.clone());
        let before = document.clone();
        let (id, step) = insert_left_out(&document, CueId(9), &passage).unwrap();
        assert_eq!(id, CueId(9));
        let (undo, _) = document.apply(step).unwrap();
        let cue = document.cue(id).unwrap();
        assert_eq!((cue.span, cue.text.as_str()), (TimeSpan::from_millis(2000, 4000), "and so on"));
        assert_eq!(cue.words.len(), 3);
        assert_eq!(left_out(&document).count(), 0, "it is decided");
        assert_eq!(insert_left_out(&document, CueId(10), &passage), Err(OpError::NoSuchPassage));
        document.apply(undo).unwrap();
        assert_eq!(document, before);
    }

    #[test]
    fn a_passage_within_a_cue_goes_between_its_words() {
        let passage = passage(5800, 6800);
        let mut document = document(passage.clone());
        let (id, step) = insert_left_out(&document, CueId(9), &passage).unwrap();
        document.apply(step).unwrap();
        assert_eq!(id, CueId(2));
        assert_eq!(document.cue(id).unwrap().text, "three and so on four");
        assert_eq!(document.cues.len(), 2);
    }

    #[test]
    fn a_passage_is_dismissed_for_good() {
        let passage = passage(3000, 4000);
        let mut document = document(passage.clone());
        let step = dismiss_left_out(&document, &passage).unwrap();
        document.apply(step).unwrap();
        assert_eq!(left_out(&document).count(), 0);
        assert_eq!(document.cues.len(), 2);
    }
}
