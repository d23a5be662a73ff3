//! TTML time expressions (TTML2, section 12.3.1).

use std::num::NonZero;

use crate::time::{Clock, MediaTime};

/// The rates that the root element sets. Unit: frames and ticks per second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    pub frames: f64,
    pub ticks: f64,
}

impl Default for Rates {
    /// TTML's default of 30 frames per second; the default tick is one second.
    fn default() -> Self {
        Self { frames: 30.0, ticks: 1.0 }
    }
}

impl Rates {
    /// Returns the rates for the root's attributes, if they are present.
    pub fn new(frame_rate: Option<&str>, multiplier: Option<&str>, tick_rate: Option<&str>) -> Self {
        let number = |value: &str| value.trim().parse::<NonZero<u32>>().ok().map(|n| f64::from(n.get()));
        let ratio = |value: &str| {
            let (up, down) = value.trim().split_once([' ', ':'])?;
            Some(number(up)? / number(down)?)
        };
        let given_frames = frame_rate.and_then(number);
        let frames = given_frames.unwrap_or(30.0) * multiplier.and_then(ratio).unwrap_or(1.0);
        let ticks = tick_rate.and_then(number).or(given_frames).unwrap_or(1.0);
        Self { frames, ticks }
    }
}

/// A parsed time, and whether it broke the rules, as `1.5` without a unit does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeExpression {
    pub time: MediaTime,
    pub is_strict: bool,
}

/// Parses `HH:MM:SS.fff`, `HH:MM:SS:frames` or a number with a unit (`h`, `m`, `s`, `ms`, `f`, `t`).
///
/// Lenient: accepts a comma for the point, fewer digits or parts, and a number without a unit, which is in seconds.
/// `None` if it contains no time.
pub fn parse(expression: &str, rates: Rates) -> Option<TimeExpression> {
    let text = expression.trim().replace(',', ".");
    let strict_text = text == expression;
    let (time, is_strict) = if text.contains(':') { clock(&text, rates)? } else { offset(&text, rates)? };
    Some(TimeExpression { time, is_strict: is_strict && strict_text })
}

fn clock(text: &str, rates: Rates) -> Option<(MediaTime, bool)> {
    let parts: Vec<&str> = text.split(':').collect();
    let (hours, minutes, seconds, frames) = match *parts.as_slice() {
        [minutes, seconds] => ("0", minutes, seconds, "0"),
        [hours, minutes, seconds] => (hours, minutes, seconds, "0"),
        [hours, minutes, seconds, frames] => (hours, minutes, seconds, frames),
        _ => return None,
    };
    let whole = |part: &str| digits(part)?.parse::<i64>().ok();
    let seconds_value = decimal(seconds)?;
    let time = Clock::join(whole(hours)?, whole(minutes)?, 0, 0)
        + MediaTime::from_secs_f64(seconds_value + decimal(frames)? / rates.frames);
    let is_strict = parts.len() >= 3
        && hours.len() >= 2
        && minutes.len() == 2
        && whole(minutes)? < 60
        && seconds.split('.').next().is_some_and(|whole| whole.len() == 2)
        && seconds_value < 61.0;
    Some((time, is_strict))
}

fn offset(text: &str, rates: Rates) -> Option<(MediaTime, bool)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let unit_seconds = match unit.trim() {
        "h" => 3600.0,
        "m" => 60.0,
        "s" | "" => 1.0,
        "ms" => 0.001,
        "f" => 1.0 / rates.frames,
        "t" => 1.0 / rates.ticks,
        _ => return None,
    };
    Some((MediaTime::from_secs_f64(decimal(number)? * unit_seconds), !unit.is_empty()))
}

fn decimal(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    digits(whole).and(digits(fraction))?;
    text.parse().ok()
}

fn digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(expression: &str) -> Option<(i64, bool)> {
        let rates = Rates::new(Some("25"), None, Some("10000000"));
        parse(expression, rates).map(|read| (read.time.as_millis(), read.is_strict))
    }

    #[test]
    fn strict_expressions() {
        for (expression, expected) in [
            ("00:00:01.500", 1500),
            ("100:00:00", 360_000_000),
            ("00:00:01:05", 1200),
            ("1.5s", 1500),
            ("250ms", 250),
            ("2m", 120_000),
            ("1h", 3_600_000),
            ("50f", 2000),
            ("15000000t", 1500),
        ] {
            assert_eq!(millis(expression), Some((expected, true)), "{expression}");
        }
    }

    #[test]
    fn lenient_expressions() {
        for (expression, expected) in
            [("1.0", 1000), ("00:00:01,5", 1500), ("1:02", 62_000), ("0:00:90", 90_000), (" 3s", 3000)]
        {
            assert_eq!(millis(expression), Some((expected, false)), "{expression}");
        }
        for nonsense in ["", "soon", "1:2:3:4:5", "-1s", "1..2s", ":", "1e9s", "٣s", "inf"] {
            assert_eq!(millis(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn rates_follow_the_root_element() {
        let ntsc = Rates::new(Some("30"), Some("1000 1001"), None);
        assert!((ntsc.frames - 29.97).abs() < 0.001);
        assert_eq!(Rates::new(Some("0"), Some("x"), Some("-1")), Rates { frames: 30.0, ticks: 1.0 });
    }
}
