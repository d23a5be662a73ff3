//! The segments of a text with times in it.

use std::ops::Range;

use crate::search::TIMES_PER_SECOND;

/// A part of a text between two times that the model wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// The range of its tokens in [`Transcript::tokens`](crate::Transcript::tokens).
    pub tokens: Range<usize>,
    /// Seconds from the start of the window.
    pub start: f32,
    /// Seconds from the start of the window, at most its length.
    pub end: f32,
}

/// The segments of `tokens`, in which tokens from `first_time` on are times. If the last segment has no end, it ends
/// with the window, which is `seconds` long.
pub(crate) fn segments(tokens: &[u32], first_time: u32, seconds: f32) -> Vec<Segment> {
    let mut found = Vec::new();
    let (mut from, mut words, mut start) = (0, 0, 0.0);
    for &token in tokens {
        let Some(time) = token.checked_sub(first_time) else {
            words += 1;
            continue;
        };
        let time = (time as f32 / TIMES_PER_SECOND).min(seconds);
        if words > from {
            found.push(Segment { tokens: from..words, start, end: time });
            from = words;
        }
        start = time;
    }
    if words > from {
        found.push(Segment { tokens: from..words, start, end: seconds });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_times() {
        let segment = |tokens, start, end| Segment { tokens, start, end };
        assert_eq!(
            segments(&[1010, 1, 2, 1100, 1125, 3, 1200, 1200, 4], 1000, 10.0),
            [segment(0..2, 0.2, 2.0), segment(2..3, 2.5, 4.0), segment(3..4, 4.0, 10.0)]
        );
        assert_eq!(segments(&[1000, 1, 1500], 1000, 9.5), [segment(0..1, 0.0, 9.5)], "not after the window");
        assert_eq!(segments(&[1000, 1050], 1000, 9.5), []);
        assert_eq!(segments(&[], 1000, 9.5), []);
    }
}
