//! Adapts a document's cues to what a format can represent.

use std::mem;

use crate::document::{Cue, Document, SpeakerLabels, label, style};
use crate::format::{WriteError, clean};
use crate::time::{MediaTime, TimeSpan};

/// How a format represents times and speakers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// The resolution of the format's times.
    pub step: MediaTime,
    /// The first time that the format cannot represent.
    pub limit: MediaTime,
    /// Longer lines are split at spaces. Unit: characters.
    pub longest_line: usize,
    /// Whether cues may overlap.
    pub overlaps: bool,
    /// Whether the format has no field for speakers, so that the text must name them.
    pub names_in_text: bool,
}

impl Shape {
    /// Milliseconds, up to 10 000 hours, overlapping cues and a field for speakers.
    pub const FULL: Self = Self {
        step: MediaTime::from_millis(1),
        limit: MediaTime::from_millis(10_000 * 3_600_000),
        longest_line: usize::MAX,
        overlaps: true,
        names_in_text: false,
    };
}

/// Returns the document's cues with clean text and times that the format can represent: sorted, each ending after it
/// starts.
///
/// Cues without text are left out. If cues may not overlap, each ends when the next begins, and cues that begin
/// together are joined. Fails if times are missing or too late for the format called `format`.
pub(crate) fn cues(document: &Document, shape: &Shape, format: &'static str) -> Result<Vec<Cue>, WriteError> {
    let mut cues = named_cues(document, shape);
    if !cues.is_empty() && document.cues.iter().all(|cue| cue.span == TimeSpan::default()) {
        return Err(WriteError::Untimed { format });
    }
    for cue in &mut cues {
        cue.span = stepped(cue.span, shape.step);
        for word in &mut cue.words {
            word.span =
                TimeSpan::new(rounded(word.span.start, shape.step), rounded(word.span.end, shape.step));
        }
        divide_lines(&mut cue.text, shape.longest_line);
    }
    if !shape.overlaps {
        cues = one_at_a_time(cues);
    }
    match cues.iter().find(|cue| cue.span.end >= shape.limit) {
        Some(cue) => {
            Err(WriteError::TooLate { format, hours: shape.limit.clock().hours, at: cue.span.start })
        }
        None => Ok(cues),
    }
}

/// Returns the document's cues, sorted and with clean text, which names the speakers if the format requires it.
pub(crate) fn named_cues(document: &Document, shape: &Shape) -> Vec<Cue> {
    let mut cues = clean::cues(document);
    if shape.names_in_text {
        label(&mut cues, SpeakerLabels::Voice);
    }
    cues
}

/// Returns the span with its times rounded to multiples of `step`, and at least one step long.
fn stepped(span: TimeSpan, step: MediaTime) -> TimeSpan {
    let start = rounded(span.start, step);
    TimeSpan::new(start, rounded(span.end, step).max(start + step))
}

/// Returns the multiple of `step` nearest to a time.
fn rounded(time: MediaTime, step: MediaTime) -> MediaTime {
    let step = step.as_millis();
    MediaTime::from_millis(time.as_millis().saturating_add(step / 2) / step * step)
}

/// Splits long lines: turns the last space within each `longest` characters into a line break.
fn divide_lines(text: &mut String, longest: usize) {
    if text.len() <= longest {
        return;
    }
    let (mut length, mut space) = (0, None);
    let mut breaks = Vec::new();
    for (at, c) in text.char_indices() {
        length += 1;
        match c {
            '\n' => (length, space) = (0, None),
            ' ' => space = Some((at, length)),
            _ if length > longest
                && let Some((at, before)) = space.take() =>
            {
                breaks.push(at);
                length -= before;
            }
            _ => {}
        }
    }
    for at in breaks {
        text.replace_range(at..=at, "\n");
    }
}

fn one_at_a_time(cues: Vec<Cue>) -> Vec<Cue> {
    let mut apart: Vec<Cue> = Vec::with_capacity(cues.len());
    for cue in cues {
        match apart.last_mut() {
            Some(last) if last.span.start == cue.span.start => join(last, cue),
            Some(last) => {
                last.span.end = last.span.end.min(cue.span.start);
                apart.push(cue);
            }
            None => apart.push(cue),
        }
    }
    apart
}

/// Joins two cues; words are kept if both cues have them.
fn join(cue: &mut Cue, mut other: Cue) {
    cue.text.push('\n');
    cue.styles.extend(style::shifted(&other.styles, cue.text.len()));
    cue.text.push_str(&mem::take(&mut other.text));
    cue.span = cue.span.joined(other.span);
    if cue.words.is_empty() || other.words.is_empty() {
        cue.words.clear();
    } else {
        cue.words.append(&mut other.words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE_AT_A_TIME: Shape = Shape { overlaps: false, names_in_text: true, ..Shape::FULL };

    fn document(cues: &[(i64, i64, &str)]) -> Document {
        let cue = |&(start, end, text): &(i64, i64, &str)| {
            let (speaker, text) = text.split_once('|').unwrap_or(("", text));
            let speaker = Some(speaker.to_owned()).filter(|name| !name.is_empty());
            Cue { span: TimeSpan::from_millis(start, end), text: text.to_owned(), speaker, ..Cue::default() }
        };
        Document { cues: cues.iter().map(cue).collect(), ..Document::default() }
    }

    fn shaped(cues_in: &[(i64, i64, &str)], shape: &Shape) -> Vec<(i64, i64, String)> {
        let cues = cues(&document(cues_in), shape, "X").unwrap();
        cues.into_iter().map(|c| (c.span.start.as_millis(), c.span.end.as_millis(), c.text)).collect()
    }

    #[test]
    fn overlaps_are_cut_and_cues_that_begin_together_joined() {
        let cues = [(0, 900, "a"), (500, 700, "b"), (500, 900, "c"), (800, 900, "d")];
        assert_eq!(
            shaped(&cues, &ONE_AT_A_TIME),
            [(0, 500, "a".to_owned()), (500, 800, "b\nc".to_owned()), (800, 900, "d".to_owned())]
        );
    }

    #[test]
    fn speakers_are_named_where_they_change() {
        let texts =
            |cues: &[_]| shaped(cues, &ONE_AT_A_TIME).into_iter().map(|cue| cue.2).collect::<Vec<_>>();
        let cues = [(0, 1, "Ada|a"), (1, 2, "Ada|b"), (2, 3, "Bob|c"), (3, 4, "d"), (4, 5, "Bob|e")];
        assert_eq!(texts(&cues), ["Ada: a", "b", "Bob: c", "d", "Bob: e"]);
    }

    #[test]
    fn coarse_times_still_end_after_they_start() {
        let shape = Shape { step: MediaTime::from_millis(10), ..Shape::FULL };
        assert_eq!(
            shaped(&[(4, 4, "a"), (15, 16, "b")], &shape),
            [(0, 10, "a".into()), (20, 30, "b".into())]
        );
    }

    #[test]
    fn long_lines_are_divided_at_spaces() {
        let shape = Shape { longest_line: 5, ..Shape::FULL };
        let divided = |text| shaped(&[(0, 1, text)], &shape).remove(0).2;
        assert_eq!(divided("ab cd ef gh\nij kl"), "ab cd\nef gh\nij kl");
        assert_eq!(divided("abcdefgh ij k"), "abcdefgh\nij k");
    }

    #[test]
    fn what_cannot_be_timed_is_refused() {
        assert!(cues(&document(&[(0, 0, "a")]), &Shape::FULL, "X").is_err());
        assert!(cues(&document(&[(0, 0, "")]), &Shape::FULL, "X").is_ok());
        assert!(cues(&document(&[(i64::MAX, i64::MAX, "a")]), &Shape::FULL, "X").is_err());
        let short = Shape { limit: MediaTime::from_millis(1000), ..Shape::FULL };
        assert!(cues(&document(&[(0, 999, "a")]), &short, "X").is_ok());
        assert!(cues(&document(&[(0, 1000, "a")]), &short, "X").is_err());
    }
}
