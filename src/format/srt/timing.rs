//! The timing line of an SRT cue, in all the ways that programs and people write it.

use crate::time::{Clock, MediaTime};

/// What a timing line says.
#[derive(Debug, PartialEq)]
pub(super) struct Timing<'a> {
    pub start: MediaTime,
    /// `None` where it is missing or no time.
    pub end: Option<MediaTime>,
    /// What follows the times.
    pub rest: &'a str,
    /// What deviates from `HH:MM:SS,mmm --> HH:MM:SS,mmm`.
    pub faults: Vec<&'static str>,
}

/// How timing lines deviate.
mod fault {
    pub const ARROW: &str = "the arrow between the times was not \u{201c} --> \u{201d}";
    pub const SHAPE: &str = "a time was not in the form HH:MM:SS,mmm";
    pub const ABOVE_59: &str = "a time had minutes or seconds above 59";
    pub const NEGATIVE: &str = "a time before zero became zero";
    pub const NO_MILLIS: &str = "a time had no milliseconds";
    pub const NO_COMMA: &str = "a time had another sign than a comma before its milliseconds";
    pub const NOT_THREE: &str = "a time had another number of digits than three for its milliseconds";
}

const ARROWS: [&str; 6] = ["-->", "--&gt;", "—>", "–>", "->", "→"];

/// Reads a timing line; `None` where the line does not begin with a time and an arrow. A line such as
/// `10:30 -> lunch` is text: what is that loose must at least have hours or a part after the second.
pub(super) fn parse(line: &str) -> Option<Timing<'_>> {
    let mut faults = Vec::new();
    let (start, rest) = clock(line.trim_start(), &mut faults)?;
    let spaced = rest.trim_start();
    let arrow = ARROWS.iter().find(|arrow| spaced.starts_with(**arrow))?;
    let after = spaced[arrow.len()..].trim_start();
    if *arrow != "-->" || rest.len() == spaced.len() || after.len() + arrow.len() == spaced.len() {
        faults.push(fault::ARROW);
    }
    let is_loose = faults.contains(&fault::SHAPE) && faults.contains(&fault::NO_MILLIS);
    let end = clock(after, &mut faults);
    if is_loose && (end.is_none() || *arrow != "-->") {
        return None;
    }
    faults.sort_unstable();
    faults.dedup();
    let rest = end.map_or(after, |(_, rest)| rest).trim();
    Some(Timing { start, end: end.map(|(end, _)| end), rest, faults })
}

/// Whether the line could be the beginning of a timing line that was cut off.
pub(super) fn is_fragment(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(|c: char| c.is_ascii_digit())
        && line.contains(':')
        && line.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | ',' | '.' | ' ' | '-' | '>'))
}

/// A time at the beginning of `text`, and what follows it. Hours and the part after the second may be missing,
/// each part may have any number of digits, and a point may stand for the comma.
fn clock<'a>(text: &'a str, faults: &mut Vec<&'static str>) -> Option<(MediaTime, &'a str)> {
    let negative = text.starts_with('-');
    let mut rest = if negative { &text[1..] } else { text };
    let mut parts = Vec::with_capacity(3);
    let mut widths = Vec::with_capacity(3);
    loop {
        let (digits, after) = digits(rest)?;
        parts.push(digits.parse().unwrap_or(i64::MAX));
        widths.push(digits.len());
        rest = after;
        match rest.strip_prefix(':') {
            Some(after) if parts.len() < 3 => rest = after,
            _ => break,
        }
    }
    let [hours, minutes, seconds] = match *parts.as_slice() {
        [minutes, seconds] => [0, minutes, seconds],
        [hours, minutes, seconds] => [hours, minutes, seconds],
        _ => return None,
    };
    let (millis, rest) = fraction(rest, faults);
    if widths != [2, 2, 2] {
        faults.push(fault::SHAPE);
    }
    if minutes > 59 || seconds > 59 {
        faults.push(fault::ABOVE_59);
    }
    if negative {
        faults.push(fault::NEGATIVE);
        return Some((MediaTime::ZERO, rest));
    }
    Some((Clock::join(hours, minutes, seconds, millis), rest))
}

/// The part after the second in milliseconds, and what follows it.
fn fraction<'a>(text: &'a str, faults: &mut Vec<&'static str>) -> (i64, &'a str) {
    let divided = text.strip_prefix([',', '.', ':']).and_then(digits);
    let Some((digits, rest)) = divided else {
        faults.push(fault::NO_MILLIS);
        return (0, text);
    };
    if !text.starts_with(',') {
        faults.push(fault::NO_COMMA);
    }
    if digits.len() != 3 {
        faults.push(fault::NOT_THREE);
    }
    let millis =
        digits.bytes().chain(*b"000").take(3).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    (millis, rest)
}

/// The ASCII digits at the beginning of `text`, at least one, and what follows them.
fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(line: &str) -> Option<(i64, Option<i64>)> {
        parse(line).map(|timing| (timing.start.as_millis(), timing.end.map(MediaTime::as_millis)))
    }

    #[test]
    fn strict_lines_have_no_faults() {
        let timing = parse("01:02:03,004 --> 99:59:59,999").unwrap();
        assert_eq!((timing.faults, timing.rest), (vec![], ""));
    }

    #[test]
    fn lenient_lines_are_understood() {
        for line in [
            "00:00:01,500-->00:00:02,000",
            "0:00:01.5 -> 00:02",
            "00:00:01,500 → 00:00:02,000 ",
            "\t1:1,5 --> 0:2:0",
        ] {
            let timing = parse(line).unwrap_or_else(|| panic!("{line}"));
            assert!(!timing.faults.is_empty(), "{line}");
        }
        assert_eq!(times("00:00:01,500-->00:00:02,000"), Some((1500, Some(2000))));
        assert_eq!(times("0:00:01.5 -> 00:02"), Some((1500, Some(2000))));
        assert_eq!(times("100:00:00,1234567 --> 0:0:1,0 X1:5"), Some((360_000_123, Some(1000))));
        assert_eq!(times("-00:00:01,000 --> 00:00:02,500"), Some((0, Some(2500))));
        assert_eq!(times("99999999999999999999:00:00,0 --> "), Some((i64::MAX, None)));
    }

    #[test]
    fn text_with_arrows_is_no_timing() {
        for line in [
            "A --> B",
            "3 --> 4",
            "10:30 is when it ends",
            "--> 00:00:01,000",
            "10:30 -> 11:00",
            "10:30 --> lunch",
        ] {
            assert_eq!(times(line), None, "{line}");
        }
    }
}
