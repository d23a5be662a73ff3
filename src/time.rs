//! Positions and spans on the time line of a recording, in whole milliseconds.
//!
//! No caption format that Lectern writes is finer than a millisecond, so integers make writing, reading back and
//! comparing exact. Floats are used only at the edges.

use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// A position on a recording's time line, or the distance between two positions. Unit: milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MediaTime(i64);

impl MediaTime {
    /// The beginning of a recording.
    pub const ZERO: Self = Self(0);
    /// Later than any other time.
    pub const MAX: Self = Self(i64::MAX);

    /// Makes a time from milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Returns milliseconds.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// Rounds to the nearest millisecond; NaN becomes zero, and values out of range saturate.
    pub fn from_secs_f64(seconds: f64) -> Self {
        Self((seconds * 1000.0).round() as i64)
    }

    /// Returns seconds.
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// Returns the time of sample number `sample` at `rate` samples per second, rounded to the nearest millisecond.
    pub fn from_samples(sample: u64, rate: u32) -> Self {
        let (sample, rate) = (u128::from(sample), u128::from(rate.max(1)));
        let millis = (sample * 1000 + rate / 2) / rate;
        Self(i64::try_from(millis).unwrap_or(i64::MAX))
    }

    /// Returns the number of the sample at this time at `rate` samples per second; 0 for times before zero.
    pub fn to_samples(self, rate: u32) -> u64 {
        let millis = u128::from(self.0.max(0) as u64);
        u64::try_from(millis * u128::from(rate) / 1000).unwrap_or(u64::MAX)
    }

    /// Returns the distance between two times.
    pub fn abs_diff(self, other: Self) -> Self {
        Self(i64::try_from(self.0.abs_diff(other.0)).unwrap_or(i64::MAX))
    }

    /// Splits a time into hours, minutes, seconds and milliseconds; negative times count as zero.
    pub fn clock(self) -> Clock {
        let millis = self.0.max(0);
        Clock {
            hours: millis / 3_600_000,
            minutes: (millis / 60_000 % 60) as u8,
            seconds: (millis / 1000 % 60) as u8,
            millis: (millis % 1000) as u16,
        }
    }
}

/// A time split into parts: `hours` has no upper limit, the others stay in their usual ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Whole hours.
    pub hours: i64,
    /// From 0 to 59.
    pub minutes: u8,
    /// From 0 to 59.
    pub seconds: u8,
    /// From 0 to 999.
    pub millis: u16,
}

impl Clock {
    /// Adds up the parts, each of which may exceed its usual range. Saturates.
    pub fn join(hours: i64, minutes: i64, seconds: i64, millis: i64) -> MediaTime {
        let part = |n: i64, unit: i64| n.saturating_mul(unit);
        MediaTime(
            part(hours, 3_600_000)
                .saturating_add(part(minutes, 60_000))
                .saturating_add(part(seconds, 1000))
                .saturating_add(millis),
        )
    }
}

impl Add for MediaTime {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for MediaTime {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl AddAssign for MediaTime {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for MediaTime {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl fmt::Display for MediaTime {
    /// Writes `HH:MM:SS.mmm`, with a minus sign before a negative time.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let Clock { hours, minutes, seconds, millis } = Self(self.0.saturating_abs()).clock();
        write!(f, "{hours:02}:{minutes:02}:{seconds:02}.{millis:03}")
    }
}

/// The time from `start` up to, but not including, `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TimeSpan {
    /// The start.
    pub start: MediaTime,
    /// The end, which is not included.
    pub end: MediaTime,
}

impl TimeSpan {
    /// Makes the span from `start` to `end`.
    pub const fn new(start: MediaTime, end: MediaTime) -> Self {
        Self { start, end }
    }

    /// Makes the span between two times in milliseconds.
    pub const fn from_millis(start: i64, end: i64) -> Self {
        Self::new(MediaTime(start), MediaTime(end))
    }

    /// Returns the duration; negative if the end is before the start.
    pub fn duration(self) -> MediaTime {
        self.end - self.start
    }

    /// Returns whether the span includes a time.
    pub fn contains(self, time: MediaTime) -> bool {
        self.start <= time && time < self.end
    }

    /// Returns whether both spans share any time.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the span moved later by this time.
    pub fn shifted(self, by: MediaTime) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// Returns the smallest span that contains both.
    pub fn joined(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl fmt::Display for TimeSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_round_to_the_nearest_millisecond() {
        assert_eq!(MediaTime::from_samples(16_000, 16_000).as_millis(), 1000);
        assert_eq!(MediaTime::from_samples(7, 16_000).as_millis(), 0);
        assert_eq!(MediaTime::from_samples(8, 16_000).as_millis(), 1);
        assert_eq!(MediaTime::from_samples(u64::MAX, 1), MediaTime::MAX);
    }

    #[test]
    fn display_keeps_the_sign_and_long_hours() {
        assert_eq!(MediaTime::from_millis(-1500).to_string(), "-00:00:01.500");
        assert_eq!(Clock::join(123, 4, 5, 6).to_string(), "123:04:05.006");
    }

    #[test]
    fn nonsense_floats_do_not_panic() {
        assert_eq!(MediaTime::from_secs_f64(f64::NAN), MediaTime::ZERO);
        assert_eq!(MediaTime::from_secs_f64(f64::INFINITY), MediaTime::MAX);
        assert_eq!(MediaTime::MAX + MediaTime::MAX, MediaTime::MAX);
    }
}
