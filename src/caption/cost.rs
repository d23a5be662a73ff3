//! The composer's costs: points for everything that makes a cue worse. The smallest sum wins.
//!
//! Three scales: hard limits cost millions, breaks within a phrase thousands (see [`super::breaks`]), shape and comfort
//! hundreds.

use super::layout::Layout;
use super::passage::Passage;
use super::timing::{Load, Speech, Timing};

/// A cue that would end before it begins, or where none may end.
pub(super) const IMPOSSIBLE: i64 = 1_000_000_000;
const TOO_LONG: i64 = 30_000_000;
const TOO_SHORT: i64 = 10_000_000;
/// Per column shown too fast. Columns are counted rather than cues, so that fast speech is not crowded into few cues.
/// No more than a few bad breaks: often the speech itself is too fast, and then no break helps.
pub(super) const TOO_FAST: i64 = 100;
/// Per column shown faster than the soft limit; this much for a duration of zero, less in proportion.
const UNCOMFORTABLE: i64 = 12;
/// For a duration of zero, less in proportion up to the comfortable duration.
const BRIEF: i64 = 600;

const CUE: i64 = 600;
/// For a cue that ends within a sentence, in addition to the points of the break.
const SPLIT_SENTENCE: i64 = 800;
/// For a cue with two sentences: both whole; the end of one and another; the start of the last.
const TWO_SENTENCES: i64 = 400;
const TAIL_AND_SENTENCE: i64 = 900;
const SENTENCE_BEGUN: i64 = 2_500;
/// For a cue narrower than `ORPHAN_WIDTH` columns that is not a sentence.
const ORPHAN_CUE: i64 = 900;
const ORPHAN_WIDTH: i64 = 12;

/// Returns the cost of a cue with the words `first..=last` in this layout. `too_fast` is the cost per column if it is
/// shown too fast.
pub(super) fn cue(
    passage: &Passage,
    timing: &Timing,
    too_fast: i64,
    first: usize,
    last: usize,
    layout: &Layout,
) -> i64 {
    let load = passage.load(first, last, layout.unspaced);
    CUE + layout.cost
        + sentences(passage, first, last)
        + passage.join_points(first, last)
        + orphan(passage, first, last)
        + time(timing, passage.speech(first, last), load, too_fast)
}

fn sentences(passage: &Passage, first: usize, last: usize) -> i64 {
    let ends = passage.ends_sentence(last);
    let split = if ends { 0 } else { SPLIT_SENTENCE + passage.break_points(last) * 3 / 2 };
    let inner = passage.inner_sentence_ends(first, last);
    let joined = match (inner, ends, passage.begins_sentence(first)) {
        (0, ..) => 0,
        (_, false, _) => SENTENCE_BEGUN,
        (_, true, false) => TAIL_AND_SENTENCE,
        (_, true, true) => TWO_SENTENCES * inner,
    };
    split + joined
}

fn orphan(passage: &Passage, first: usize, last: usize) -> i64 {
    let is_sentence = passage.begins_sentence(first) && passage.ends_sentence(last);
    let is_orphan = !is_sentence && passage.width(first, last) < ORPHAN_WIDTH;
    if is_orphan { ORPHAN_CUE } else { 0 }
}

fn time(timing: &Timing, speech: Speech, load: Load, too_fast: i64) -> i64 {
    let duration = timing.out_time(speech, load) - speech.start;
    if duration <= 0 {
        return IMPOSSIBLE;
    }
    let too_long = timing.max_duration.is_some_and(|max| duration > max);
    let mut points = if too_long { TOO_LONG } else { 0 };
    points += share(TOO_SHORT, lacking(duration, timing.min_duration), timing.min_duration) * 2;
    let reading = timing.reading_time(load);
    let lack = lacking(duration, reading);
    if lack > 0 {
        points += load.characters * (too_fast + share(10 * too_fast, lack, reading));
    }
    let comfortable = timing.comfortable(load);
    points += share(BRIEF + load.characters * UNCOMFORTABLE, lacking(duration, comfortable), comfortable);
    points
}

fn lacking(duration: i64, needed: i64) -> i64 {
    (needed - duration).max(0)
}

fn share(points: i64, part: i64, whole: i64) -> i64 {
    if whole > 0 { points * part / whole } else { 0 }
}
