//! Turns timed words into cues: of all ways to divide the words into cues and lines, finds the one of least cost.
//!
//! A cue's cost depends only on its own words and on the start of the next word, because the speech determines when
//! cues start. So the best division of the first words does not depend on later ones, and one pass over the words finds
//! the best division of all (dynamic programming). The costs come from [`super::cost`], [`super::layout`] and
//! [`super::breaks`].

use std::ops::Range;

use super::check::{check, joinable};
use super::cost;
use super::layout::{LayoutSearch, Lines};
use super::lexicon::Lexicon;
use super::passage::Passage;
use super::rules::Profile;
use super::timing::Timing;
use super::violation::{Severity, Violation};
use crate::document::{Cue, CueId, Origin};
use crate::time::TimeSpan;
use crate::transcript::{Language, Segment, join_words};

/// Maximum number of retries for cues that are too fast unnecessarily.
const RETRIES: usize = 2;
/// Factor by which speed costs more in a retry.
const DEARER: i64 = 6;
/// Maximum number of times that cues are joined after the retries.
const JOINS: usize = 8;

/// Divides the words of a transcript into cues that follow the profile.
///
/// No word is lost, and only a word wider than a line is cut. Cues never mix speakers, and the first cue of a turn has
/// space for the speaker's name; a dash that marks another speaker begins a line. A cue begins with its first word and
/// outlasts its last word only into silence. Cues are numbered from 1, in order, and never overlap. If the speech is
/// faster than the profile allows, so are its cues; [`check`](super::check) marks those. The same input gives the same
/// cues.
pub fn compose(segments: &[Segment], language: &Language, profile: &Profile) -> Vec<Cue> {
    let lexicon = Lexicon::of(language);
    let lines = Lines::new(profile, lexicon.max_cpl);
    let timing = Timing::new(profile);
    let passage = Passage::new(segments, lexicon, lines.max_columns as usize, profile.speaker_labels);
    let mut terms = Terms::new(passage.len());
    let composed = |terms: &Terms| set(&passage, lines, &timing, &divide(&passage, lines, &timing, terms));
    let mut cues = composed(&terms);
    for attempt in 0..RETRIES + JOINS {
        let has_changed = match attempt {
            ..RETRIES => raise_prices(&mut terms.prices, &passage, &timing, &cues, profile),
            _ => join_faults(&mut terms.joined, &cues, profile),
        };
        if !has_changed {
            break;
        }
        cues = composed(&terms);
    }
    cues
}

/// What the search must consider for each word.
struct Terms {
    /// The cost of speed, per column.
    prices: Vec<i64>,
    /// Whether no cue may end with the word.
    joined: Vec<bool>,
}

impl Terms {
    fn new(words: usize) -> Self {
        Self { prices: vec![cost::TOO_FAST; words], joined: vec![false; words] }
    }
}

/// Returns the number of words up to the end of each cue.
fn word_counts(cues: &[Cue]) -> Vec<usize> {
    let mut end = 0;
    let count = |cue: &Cue| {
        end += cue.words.len();
        end
    };
    cues.iter().map(count).collect()
}

/// Forbids the boundaries of cues that still break a hard limit and need not, because they could be joined with a
/// neighbour. Returns whether there are any new ones.
fn join_faults(joined: &mut [bool], cues: &[Cue], profile: &Profile) -> bool {
    let ends = word_counts(cues);
    let faults = check(cues, profile).into_iter().filter(Violation::is_fault);
    let boundaries = faults.filter_map(|fault| joinable(cues, fault.index, profile)).map(|cue| ends[cue] - 1);
    let mut is_new = false;
    for last in boundaries {
        is_new |= !std::mem::replace(&mut joined[last], true);
    }
    is_new
}

/// Raises the cost of speed around cues that break a hard limit although the speech would allow better. Returns whether
/// there are any.
fn raise_prices(
    prices: &mut [i64],
    passage: &Passage,
    timing: &Timing,
    cues: &[Cue],
    profile: &Profile,
) -> bool {
    let ends = word_counts(cues);
    let mut raised = false;
    for found in check(cues, profile).iter().filter(|found| found.severity == Severity::Hard) {
        let first = found.index.checked_sub(2).map_or(0, |before| ends[before]);
        let end = ends[cues.len().min(found.index + 2) - 1];
        if found.is_fault() || has_time(passage, timing, first, end - 1) {
            raised = true;
            prices[first..end].fill(cost::TOO_FAST * DEARER);
        }
    }
    raised
}

/// Returns whether the speech in a span leaves time to read it, with a margin for where words happen to end.
fn has_time(passage: &Passage, timing: &Timing, first: usize, last: usize) -> bool {
    let speech = passage.speech(first, last);
    let needed = timing.reading_time(passage.load(first, last, 0));
    speech.next.is_none_or(|next| needed * 100 < (next - speech.start) * 85)
}

/// Returns the last word of each cue in the cheapest division on these terms.
fn divide(passage: &Passage, lines: Lines, timing: &Timing, terms: &Terms) -> Vec<usize> {
    /// The cheapest way to divide all words before a given one.
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
        for (last, layout) in search.layouts().take_while(|(last, _)| passage.is_one_turn(first, *last)) {
            let cue = cost::cue(passage, timing, terms.prices[first], first, last, &layout);
            let forbidden = if terms.joined[last] { cost::IMPOSSIBLE } else { 0 };
            let cost = best[first].cost.saturating_add(cue + forbidden);
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

/// Builds the cues that end with these words.
fn set(passage: &Passage, lines: Lines, timing: &Timing, cue_ends: &[usize]) -> Vec<Cue> {
    let mut search = LayoutSearch::new(passage, lines);
    let mut cues: Vec<Cue> = Vec::with_capacity(cue_ends.len());
    let mut first = 0;
    let mut free_from = i64::MIN;
    for &last in cue_ends {
        search.begin(first);
        let lines = search.lines(last);
        let span = span(passage, timing, first, last, &lines, free_from);
        let text: Vec<String> = lines.into_iter().map(|line| join_words(&passage.words[line])).collect();
        cues.push(Cue {
            id: CueId(cues.len() as u64 + 1),
            span,
            text: text.join("\n"),
            speaker: passage.speaker(first).map(str::to_owned),
            words: passage.words[first..=last].to_vec(),
            origin: Origin::Recognized,
            ..Cue::default()
        });
        free_from = span.end.as_millis() + timing.min_gap;
        first = last + 1;
    }
    cues
}

/// Returns start and end of a cue. Words without any duration would give it none either; it then starts when the
/// previous cue ends.
fn span(
    passage: &Passage,
    timing: &Timing,
    first: usize,
    last: usize,
    lines: &[Range<usize>],
    free_from: i64,
) -> TimeSpan {
    let unspaced = lines.iter().skip(1).map(|line| 1 - passage.lead(line.start)).sum();
    let speech = passage.speech(first, last);
    let out = timing.out_time(speech, passage.load(first, last, unspaced));
    let start = speech.start.max(free_from);
    TimeSpan::from_millis(start, out.max(start + 1))
}
