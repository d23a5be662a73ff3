//! Words from text with time marks in it, as in WebVTT and LRC.

use crate::format::escape::unescape;
use crate::format::words;
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::Word;

/// Returns the words of a cue from its text, split at time marks: each part with the mark before it. Marks count if
/// they ascend and are inside `span`. Words between the same marks share their time by length. Without marks the words
/// are unknown.
pub(crate) fn words(
    parts: impl IntoIterator<Item = (Option<MediaTime>, String)>,
    span: TimeSpan,
) -> Vec<Word> {
    let runs = runs(parts, span);
    if runs.iter().all(|(start, _)| *start == span.start) {
        return Vec::new();
    }
    let ends = runs.iter().skip(1).map(|(start, _)| *start).chain([span.end]);
    let mut is_glued = false;
    let mut found = Vec::new();
    for ((start, text), end) in runs.iter().zip(ends) {
        let text = unescape(text);
        let mut words = words::estimate(&text, TimeSpan::new(*start, end));
        if let Some(first) = words.first_mut() {
            first.space_before &= !is_glued || text.starts_with(char::is_whitespace);
            is_glued = !text.ends_with(char::is_whitespace);
        }
        found.append(&mut words);
    }
    found
}

/// Joins parts that no valid mark separates.
fn runs(
    parts: impl IntoIterator<Item = (Option<MediaTime>, String)>,
    span: TimeSpan,
) -> Vec<(MediaTime, String)> {
    let mut latest = span.start;
    let mut runs: Vec<(MediaTime, String)> = Vec::new();
    for (mark, text) in parts {
        let mark = mark.filter(|&mark| latest < mark && mark < span.end);
        latest = mark.unwrap_or(latest);
        match runs.last_mut() {
            Some((_, run)) if mark.is_none() => run.push_str(&text),
            _ => runs.push((latest, text)),
        }
    }
    runs
}
