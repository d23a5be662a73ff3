//! From timed words to cues: of all ways to divide the words into cues and lines, the one of least cost.
//!
//! A cue's cost depends on its own words and on when the next word begins, because in-times are given by
//! the speech. So the best division of the first words never changes with what follows, and one pass over
//! the words finds the best of all (dynamic programming). Where the costs come from: [`super::cost`],
//! [`super::layout`], [`super::breaks`].

use super::cost;
use super::layout::{LayoutSearch, Lines};
use super::lexicon::Lexicon;
use super::passage::Passage;
use super::rules::Profile;
use super::timing::Timing;
use crate::document::{Cue, CueId};
use crate::time::TimeSpan;
use crate::transcript::{Language, Segment, join_words};

/// Divides the words of a transcript into cues that keep the profile.
///
/// No word is lost, and only a word wider than a line is cut. A cue begins with its first word and stays
/// after its last only into silence. Cues are numbered from 1, in order, and never overlap. Where the
/// speech is faster than the profile allows, cues are too fast as well: [`check`](super::check) tells
/// those apart. The same input gives the same cues.
pub fn compose(segments: &[Segment], language: &Language, profile: &Profile) -> Vec<Cue> {
    let lexicon = Lexicon::of(language);
    let lines = Lines::new(profile, lexicon.max_cpl);
    let timing = Timing::new(profile);
    let passage = Passage::new(segments, lexicon, lines.max_columns as usize);
    let cue_ends = divide(&passage, lines, &timing);
    let mut search = LayoutSearch::new(&passage, lines);
    let mut cues: Vec<Cue> = Vec::with_capacity(cue_ends.len());
    let mut first = 0;
    let mut free_from = i64::MIN;
    for last in cue_ends {
        search.begin(first);
        let (span, text) = set(&passage, &search, &timing, first, last, free_from);
        free_from = span.end.as_millis() + timing.min_gap;
        cues.push(Cue {
            id: CueId(cues.len() as u64 + 1),
            span,
            text,
            speaker: None,
            words: passage.words[first..=last].to_vec(),
        });
        first = last + 1;
    }
    cues
}

/// The last word of each cue of the cheapest division.
fn divide(passage: &Passage, lines: Lines, timing: &Timing) -> Vec<usize> {
    /// The cheapest way to divide all words before this one.
    #[derive(Clone, Copy)]
    struct Best {
        cost: i64,
        /// First word of the last cue.
        cue: usize,
    }
    let mut best = vec![Best { cost: i64::MAX, cue: 0 }; passage.len() + 1];
    best[0].cost = 0;
    let mut search = LayoutSearch::new(passage, lines);
    for first in 0..passage.len() {
        search.begin(first);
        for (last, layout) in search.layouts() {
            let cost = best[first].cost.saturating_add(cost::cue(passage, timing, first, last, &layout));
            if cost < best[last + 1].cost {
                best[last + 1] = Best { cost, cue: first };
            }
        }
    }
    let mut cue_ends = Vec::new();
    let mut end = passage.len();
    while end > 0 {
        cue_ends.push(end - 1);
        end = best[end].cue;
    }
    cue_ends.reverse();
    cue_ends
}

/// Time and text of the cue of the words `first..=last`. Words that follow each other in no time at all
/// would give a cue no time either: then it begins when the one before is gone.
fn set(
    passage: &Passage,
    search: &LayoutSearch,
    timing: &Timing,
    first: usize,
    last: usize,
    free_from: i64,
) -> (TimeSpan, String) {
    let lines = search.lines(last);
    let unspaced = lines.iter().skip(1).map(|line| 1 - passage.lead(line.start)).sum();
    let speech = passage.speech(first, last);
    let out = timing.out_time(speech, passage.load(first, last, unspaced));
    let start = speech.start.max(free_from);
    let text: Vec<String> = lines.into_iter().map(|line| join_words(&passage.words[line])).collect();
    (TimeSpan::from_millis(start, out.max(start + 1)), text.join("\n"))
}
