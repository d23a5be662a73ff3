//! The cost of showing two words in one cue, depending on what is between them. Unit: the points of `cost`.

pub(super) const INSIDE_NOTE: i64 = 4_000;
pub(super) const JOINED_NOTE: i64 = 6_000;

/// Returns the penalty for showing words before the pause that precedes them, by its length in milliseconds.
pub(super) fn points(pause: i64) -> i64 {
    match pause {
        ..500 => 0,
        500..1500 => (pause - 500) / 2,
        _ => (500 + (pause - 1500) * 2).min(20_000),
    }
}
