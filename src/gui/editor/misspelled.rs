//! The misspelled words of the open captions, and which dictionary they need.

use std::ops::Range;

use super::dictionary::{Purpose, Spelling};
use super::workspace::Workspace;
use crate::document::CueId;
use crate::spelling::words;

/// The number of words by which the language of captions is detected.
const SAMPLE: usize = 400;
/// Fewer words are not enough for that.
const LEAST_SAMPLE: usize = 20;

impl Purpose {
    /// Returns what a dictionary is needed for.
    pub fn of(workspace: &Workspace) -> Self {
        let document = workspace.document();
        match document.language.tag() {
            "und" => Self::Unknown(workspace.number, sample(workspace).len() >= LEAST_SAMPLE),
            tag => Self::Language(tag.to_owned()),
        }
    }
}

/// Returns words by which the language of the captions is detected.
pub fn sample(workspace: &Workspace) -> Vec<String> {
    let texts = workspace.document().cues.iter().map(|cue| &*cue.text);
    texts.flat_map(words).map(|(_, word)| word.to_owned()).take(SAMPLE).collect()
}

/// Returns the next misspelled word: after the last visited one if that is in the current cue, otherwise from the
/// current cue on. Continues at the first cue.
pub fn next_unknown(workspace: &Workspace, spelling: &Spelling) -> Option<(CueId, Range<usize>)> {
    let cues = &workspace.document().cues;
    let current = workspace.selection.current().and_then(|id| workspace.document().position(id)).unwrap_or(0);
    let last = workspace.last_unknown.filter(|(id, _)| cues.get(current).is_some_and(|cue| cue.id == *id));
    let from = last.map_or(0, |(_, at)| at);
    let in_cue = |place: usize, from: usize, to: usize| {
        let cue = &cues[place % cues.len()];
        let mut found = spelling.unknown(&cue.text).into_iter();
        found.find(|range| from <= range.start && range.start < to).map(|range| (cue.id, range))
    };
    let rest = (current + 1..current + cues.len()).filter(|_| !cues.is_empty());
    let here = |from, to| (!cues.is_empty()).then(|| in_cue(current, from, to)).flatten();
    here(from, usize::MAX)
        .or_else(|| rest.into_iter().find_map(|place| in_cue(place, 0, usize::MAX)))
        .or_else(|| here(0, from))
}
