//! Turns the cues of a file into valid cues, and reports the repairs.

use crate::document::style::{self, BOTTOM, Place, Styled};
use crate::document::{Cue, CueId, Origin};
use crate::format::{Repair, clean, foreign_words, words};
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::Word;

/// Assumed reading speed, for the end of a cue without one. Unit: characters per second.
const READING_SPEED: i64 = 15;
/// Minimum and maximum duration of a cue whose end is assumed.
const GUESSED_SPAN: (MediaTime, MediaTime) = (MediaTime::from_millis(1000), MediaTime::from_millis(6000));

/// A cue as read from a file: times may be missing or wrong, words may not fit its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CueDraft {
    /// Line in the file, from 1, if the format has lines.
    pub line: Option<usize>,
    pub start: Option<MediaTime>,
    pub end: Option<MediaTime>,
    pub text: String,
    pub speaker: Option<String>,
    pub words: Vec<Word>,
    pub styles: Vec<Styled>,
    pub place: Option<Place>,
}

/// Makes cues in order of time, numbered from 1. Drafts without text are left out; no text is lost.
pub fn assemble(drafts: Vec<CueDraft>, repairs: &mut Vec<Repair>) -> Vec<Cue> {
    let mut drafts: Vec<CueDraft> = drafts.into_iter().filter_map(clean_draft).collect();
    repair_starts(&mut drafts, repairs);
    repair_ends(&mut drafts, repairs);
    fill_ends(&mut drafts);
    if !drafts.is_sorted_by_key(|draft| draft.start) {
        // None of the formats that use drafts requires an order.
        let what = "cues were not in order of time; sorted".to_owned();
        repairs.push(Repair { line: None, what, breaks_format: false });
        drafts.sort_by_key(|draft| draft.start);
    }
    let mut number = 0;
    let cue = |draft: CueDraft| {
        number += 1;
        cue(draft, CueId(number), repairs)
    };
    drafts.into_iter().map(cue).collect()
}

/// Gives each draft without an end the time to read its text, up to the next start. Reports nothing: for formats in
/// which the end is optional.
pub fn fill_ends(drafts: &mut [CueDraft]) {
    let mut next_start = None;
    for draft in drafts.iter_mut().rev() {
        if let (Some(start), None) = (draft.start, draft.end) {
            let characters = draft.text.chars().count() as i64;
            let reading = MediaTime::from_millis(characters.saturating_mul(1000) / READING_SPEED);
            let longest = start + reading.clamp(GUESSED_SPAN.0, GUESSED_SPAN.1);
            draft.end =
                Some(next_start.filter(|next| *next > start).map_or(longest, |next| longest.min(next)));
        }
        next_start = draft.start.or(next_start);
    }
}

fn clean_draft(mut draft: CueDraft) -> Option<CueDraft> {
    let text = clean::text(&draft.text);
    draft.styles = style::follow(&draft.styles, &draft.text, &text);
    draft.text = text;
    draft.speaker = draft.speaker.map(|name| clean::line(&name)).filter(|name| !name.is_empty());
    (!draft.text.is_empty()).then_some(draft)
}

fn repair_starts(drafts: &mut [CueDraft], repairs: &mut Vec<Repair>) {
    let mut previous_end = MediaTime::ZERO;
    for draft in drafts {
        let what = match draft.start {
            None => Some((previous_end, "no in-time")),
            Some(start) if start < MediaTime::ZERO => Some((MediaTime::ZERO, "in-time before zero")),
            Some(_) => None,
        };
        if let Some((start, what)) = what {
            repairs.push(Repair {
                line: draft.line,
                what: format!("{what}; set to {start}"),
                breaks_format: true,
            });
            draft.start = Some(start);
        }
        previous_end = draft.end.max(draft.start).unwrap_or(previous_end);
    }
}

fn repair_ends(drafts: &mut [CueDraft], repairs: &mut Vec<Repair>) {
    for draft in drafts {
        let what = match (draft.start, draft.end) {
            (_, None) => "no out-time; estimated",
            (Some(start), Some(end)) if end <= start => "out-time not after the in-time; estimated",
            _ => continue,
        };
        draft.end = None;
        repairs.push(Repair { line: draft.line, what: what.to_owned(), breaks_format: true });
    }
}

fn cue(draft: CueDraft, id: CueId, repairs: &mut Vec<Repair>) -> Cue {
    let start = draft.start.unwrap_or_default();
    let span = TimeSpan::new(start, draft.end.unwrap_or(start));
    let mut cue = Cue {
        id,
        span,
        text: draft.text,
        speaker: draft.speaker,
        words: draft.words,
        origin: Origin::Imported,
        styles: draft.styles,
        place: draft.place.filter(|place| place.anchor != BOTTOM),
    };
    if cue.words.is_empty() {
        return cue;
    }
    if words::pieces(&cue).is_none() {
        cue.words = foreign_words::respell(&cue.text, &cue.words).unwrap_or_default();
    }
    match words::pieces(&cue).map(|pieces| words::spaces(&pieces)) {
        Some(spaces) => cue.words.iter_mut().zip(spaces).for_each(|(word, space)| word.space_before = space),
        None => {
            let what = format!("the words at {start} spell another text; their times are dropped");
            repairs.push(Repair { line: draft.line, what, breaks_format: true });
            cue.words.clear();
        }
    }
    cue
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(start: Option<i64>, end: Option<i64>, text: &str) -> CueDraft {
        let time = |millis: Option<i64>| millis.map(MediaTime::from_millis);
        CueDraft { start: time(start), end: time(end), text: text.to_owned(), ..CueDraft::default() }
    }

    fn spans(drafts: Vec<CueDraft>) -> (Vec<(i64, i64)>, usize) {
        let mut repairs = Vec::new();
        let cues = assemble(drafts, &mut repairs);
        let millis = |cue: &Cue| (cue.span.start.as_millis(), cue.span.end.as_millis());
        (cues.iter().map(millis).collect(), repairs.len())
    }

    #[test]
    fn right_times_need_no_repair() {
        let drafts = vec![draft(Some(0), Some(10), "a"), draft(Some(5), Some(20), "b")];
        assert_eq!(spans(drafts), (vec![(0, 10), (5, 20)], 0));
    }

    #[test]
    fn missing_and_wrong_times_are_estimated() {
        let drafts = vec![
            draft(Some(100), None, "up to the next"),
            draft(Some(400), Some(300), "backwards"),
            draft(None, None, "after it"),
            draft(Some(-50), Some(9000), "first"),
        ];
        assert_eq!(spans(drafts), (vec![(0, 9000), (100, 400), (400, 1400), (400, 1400)], 6));
    }

    #[test]
    fn an_out_time_that_may_be_missing_is_no_repair() {
        let mut drafts = vec![draft(Some(0), None, &"x".repeat(45)), draft(Some(60_000), None, "")];
        fill_ends(&mut drafts);
        assert_eq!(spans(drafts), (vec![(0, 3000)], 0));
    }
}
