//! Times as people and programs write them, such as `1:02:03.5` or `00:01:02,500`.

use crate::time::{Clock, MediaTime};

/// A time at the beginning of a text and the way it was written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stamp<'a> {
    /// Never negative.
    pub time: MediaTime,
    /// What follows the time.
    pub rest: &'a str,
    /// How many digits hours, minutes and seconds have; without hours the first is 0.
    pub widths: [usize; 3],
    /// The sign before the part after the second and the number of digits there.
    pub fraction: Option<(char, usize)>,
    /// Whether seconds, or minutes after hours, are above 59.
    pub overflows: bool,
    /// Whether a minus sign stood before the time.
    pub negative: bool,
}

impl<'a> Stamp<'a> {
    /// Reads minutes and seconds, with or without hours before and a fraction after them. Each part may have any
    /// number of digits; the fraction may follow a point, a comma or a colon, and is cut to milliseconds.
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

/// The ASCII digits at the beginning of `text`, at least one, and what follows them.
pub(crate) fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// Saturates; no digits are 0.
fn number(digits: &str) -> i64 {
    if digits.is_empty() { 0 } else { digits.parse().unwrap_or(i64::MAX) }
}

/// The digits after the point of a second, in milliseconds.
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
