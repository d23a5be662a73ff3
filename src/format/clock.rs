//! Parses times as people and programs write them, such as `1:02:03.5` or `00:01:02,500`.

use crate::time::{Clock, MediaTime};

/// A time at the beginning of a text, and how it was written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stamp<'a> {
    /// Never negative.
    pub time: MediaTime,
    /// The text after the time.
    pub rest: &'a str,
    /// Numbers of digits of hours, minutes and seconds; without hours the first is 0.
    pub widths: [usize; 3],
    /// The separator before the fraction, and the number of digits after it.
    pub fraction: Option<(char, usize)>,
    /// Whether seconds, or minutes after hours, are above 59.
    pub overflows: bool,
    /// Whether a minus sign preceded the time.
    pub negative: bool,
}

impl<'a> Stamp<'a> {
    /// Parses minutes and seconds, optionally with hours and a fraction. Each part may have any number of digits; the
    /// fraction may follow a point, a comma or a colon, and is truncated to milliseconds.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (negative, mut rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let mut parts = Vec::with_capacity(3);
        loop {
            let (part, after) = digits(rest)?;
            parts.push(part);
            match after.strip_prefix(':') {
                Some(more) if parts.len() < 3 => rest = more,
                _ => {
                    rest = after;
                    break;
                }
            }
        }
        let [hours, minutes, seconds] = match *parts.as_slice() {
            [minutes, seconds] => ["", minutes, seconds],
            [hours, minutes, seconds] => [hours, minutes, seconds],
            _ => return None,
        };
        let divided = rest.strip_prefix([',', '.', ':']).and_then(digits);
        let fraction = divided.and_then(|(digits, _)| Some((rest.chars().next()?, digits.len())));
        let millis = divided.map_or(0, |(digits, _)| millis(digits));
        let [h, m, s] = [hours, minutes, seconds].map(number);
        Some(Self {
            time: if negative { MediaTime::ZERO } else { Clock::join(h, m, s, millis) },
            rest: divided.map_or(rest, |(_, rest)| rest),
            widths: [hours, minutes, seconds].map(str::len),
            fraction,
            overflows: m > 59 && !hours.is_empty() || s > 59,
            negative,
        })
    }
}

/// Splits off the ASCII digits at the beginning of `text`; `None` if there are none.
pub(crate) fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// Parses digits, saturating; an empty text is 0.
fn number(digits: &str) -> i64 {
    if digits.is_empty() { 0 } else { digits.parse().unwrap_or(i64::MAX) }
}

/// Converts the digits of a fraction to milliseconds.
fn millis(digits: &str) -> i64 {
    digits.bytes().chain(*b"000").take(3).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_they_come() {
        let cases = [
            ("01:02:03,004x", 3_723_004, "x"),
            ("1:2,5", 62_500, ""),
            ("90:00.25 ", 5_400_250, " "),
            ("00:00:01:500", 1500, ""),
            ("1:02:03.1239", 3_723_123, ""),
            ("-1:00", 0, ""),
            ("00:01. Next", 1000, ". Next"),
        ];
        for (text, millis, rest) in cases {
            let stamp = Stamp::parse(text).unwrap();
            assert_eq!((stamp.time.as_millis(), stamp.rest), (millis, rest), "{text}");
        }
        assert_eq!(Stamp::parse("99999999999999999999:00:00").unwrap().time, MediaTime::MAX);
        for text in ["", "12", "12.5", "a:1", "1:", ":1", "--1:00"] {
            assert_eq!(Stamp::parse(text), None, "{text}");
        }
    }
}
