//! What it costs to show two words in one cue, by what is between them. Unit: the points of `cost`.

pub(super) const INSIDE_NOTE: i64 = 4_000;
pub(super) const JOINED_NOTE: i64 = 6_000;

/// Points against showing words before the silence that comes before them, by its length in milliseconds.
pub(super) fn points(pause: i64) -> i64 {
    match pause {
        ..500 => 0,
        500..1500 => (pause - 500) / 2,
        _ => (500 + (pause - 1500) * 2).min(20_000),
    }
}
