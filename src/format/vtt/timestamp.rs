//! WebVTT timestamps, following "collect a WebVTT timestamp" and "collect WebVTT cue timings and settings".

use crate::time::{Clock, MediaTime, TimeSpan};

/// Parses a timestamp at the beginning of `text`, and returns the rest.
pub(in crate::format) fn collect(text: &str) -> Option<(MediaTime, &str)> {
    let (first, rest) = digits(text)?;
    let (second, rest) = two_digits(rest.strip_prefix(':')?)?;
    let has_hours = first.len() != 2 || number(first) > 59 || rest.starts_with(':');
    let (hours, minutes, seconds, rest) = if has_hours {
        let (third, rest) = two_digits(rest.strip_prefix(':')?)?;
        (number(first), second, third, rest)
    } else {
        (0, number(first), second, rest)
    };
    let (millis, rest) = digits(rest.strip_prefix('.')?)?;
    let is_valid = millis.len() == 3 && minutes <= 59 && seconds <= 59;
    is_valid.then(|| (Clock::join(hours, minutes, seconds, number(millis)), rest))
}

/// The contents of a cue's timing line.
pub(in crate::format) struct Timings {
    pub span: TimeSpan,
    /// The text after the times.
    pub settings: String,
}

pub(in crate::format) fn timings(line: &str) -> Option<Timings> {
    let (start, rest) = collect(skip_space(line))?;
    let rest = skip_space(rest).strip_prefix("-->")?;
    let (end, rest) = collect(skip_space(rest))?;
    Some(Timings { span: TimeSpan::new(start, end), settings: skip_space(rest).trim_end().to_owned() })
}

fn skip_space(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\u{c}'])
}

fn two_digits(text: &str) -> Option<(i64, &str)> {
    let (digits, rest) = digits(text)?;
    (digits.len() == 2).then(|| (number(digits), rest))
}

/// Splits off the ASCII digits at the beginning of `text`; `None` if there are none.
fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// Parses digits, saturating.
fn number(digits: &str) -> i64 {
    digits.parse().unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_follow_the_specification() {
        let good = [("00:01.500", 1500), ("1:00:00.000", 3_600_000), ("60:00:00.001", 216_000_001)];
        for (text, millis) in good {
            assert_eq!(collect(text), Some((MediaTime::from_millis(millis), "")), "{text}");
        }
        for text in [
            "",
            "00:01",
            "00:01,500",
            "0:01.500",
            "60:01.500",
            "00:60.000",
            "00:1.500",
            "00:01.50",
            "00:01.5000",
        ] {
            assert_eq!(collect(text), None, "{text}");
        }
        assert_eq!(collect("99999999999999999999:00:00.000").map(|found| found.0), Some(MediaTime::MAX));
    }
}
