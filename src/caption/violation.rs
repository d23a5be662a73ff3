//! What the checker reports about a cue that breaks a rule.

use std::fmt;

use serde::Serialize;

use super::breaks::BreakFault;
use crate::document::CueId;
use crate::time::MediaTime;

/// A rule that a cue can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The cue has no visible text.
    EmptyText,
    /// The cue does not end after it begins. Unit: seconds.
    PositiveDuration,
    /// The cue begins before the previous one ends. Unit: seconds.
    Overlap,
    /// The cue begins before the previous one begins. Unit: seconds.
    Order,
    /// CPL. Unit: columns.
    LineLength,
    /// Number of lines.
    LineCount,
    /// Columns of all lines together.
    Characters,
    /// CPS. Unit: columns per second.
    ReadingSpeed,
    /// WPM. Unit: words per minute.
    WordRate,
    /// Minimum duration. Unit: seconds.
    MinDuration,
    /// Maximum duration. Unit: seconds.
    MaxDuration,
    /// Minimum duration per word. Unit: seconds.
    TimePerWord,
    /// Minimum gap to the previous cue. Unit: seconds.
    Gap,
    /// A gap to the previous cue that is too short to be noticed. Unit: seconds.
    ShortGap,
    /// Length of the shorter of two lines divided by that of the longer.
    Balance,
    /// A line or the cue ends where the words belong together.
    Break(BreakFault),
}

impl Rule {
    fn unit(self) -> &'static str {
        match self {
            Self::LineLength => "characters in a line",
            Self::LineCount => "lines",
            Self::Characters => "characters",
            Self::ReadingSpeed => "characters per second",
            Self::WordRate => "words per minute",
            Self::TimePerWord => "s per word",
            Self::Balance => "of the longer line",
            _ => "s",
        }
    }

    /// Returns whether the limit is a minimum rather than a maximum.
    pub fn is_least(self) -> bool {
        matches!(self, Self::MinDuration | Self::TimePerWord | Self::Gap | Self::ShortGap | Self::Balance)
    }

    /// Returns whether the value is a count, so that English says "fewer", not "less".
    pub fn is_counted(self) -> bool {
        !matches!(self, Self::MinDuration | Self::MaxDuration | Self::TimePerWord)
    }

    /// Returns the number of useful decimals of a value from 10 on.
    fn decimals(self) -> usize {
        if self == Self::WordRate { 0 } else { 1 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
/// How severe a violation is.
pub enum Severity {
    /// A warning: the profile aims for better.
    Soft,
    /// A fault: the profile forbids it.
    Hard,
}

/// One violation. Its text names the rule, the value and the limit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Violation {
    /// Index of the cue, from 0.
    pub index: usize,
    /// The cue that breaks the rule.
    pub id: CueId,
    /// Start of the cue.
    pub at: MediaTime,
    /// The broken rule.
    pub rule: Rule,
    /// The measured value, in the unit of the rule.
    pub value: f64,
    /// The limit, in the same unit.
    pub limit: f64,
    /// How severe it is.
    pub severity: Severity,
    /// The speech leaves no time to follow the rule, however its words are divided: not a fault of the captions. Only
    /// leaving out words would help.
    pub speech_bound: bool,
}

impl Violation {
    /// Returns whether someone should fix it: it is hard, and the speech does not force it.
    pub fn is_fault(&self) -> bool {
        self.severity == Severity::Hard && !self.speech_bound
    }

    /// Describes the problem without naming the cue: `41 characters in a line, at most 37` for a hard limit, `34
    /// characters in a line (aim for 32 or fewer)` for a soft one.
    pub fn message(&self) -> String {
        let value = self.value;
        let found = match self.rule {
            Rule::EmptyText => return "no text".to_owned(),
            Rule::PositiveDuration => return format!("ends {:.3} s before it begins", -value),
            Rule::Overlap => return format!("begins {value:.3} s before the cue above it ends"),
            Rule::Order => return format!("begins {value:.3} s before the cue above it begins"),
            Rule::Break(fault) => return format!("a break separates {}", fault.parts()),
            _ => self.found(),
        };
        let forced = if self.speech_bound { " (the speech is too fast)" } else { "" };
        format!("{found}{}{forced}", self.bound())
    }

    /// Returns the value with its unit.
    fn found(&self) -> String {
        let (value, _) = self.numbers();
        match self.rule {
            Rule::Gap | Rule::ShortGap => format!("{value} s after the cue above it"),
            Rule::MinDuration | Rule::MaxDuration => format!("shown for {value} s"),
            rule => format!("{value} {}", rule.unit()),
        }
    }

    /// Returns what the value should be.
    fn bound(&self) -> String {
        let (_, limit) = self.numbers();
        match (self.severity, self.rule) {
            (_, Rule::ShortGap) => format!(" (aim for {limit} or more, or for none)"),
            (Severity::Soft, rule) if rule.is_least() => format!(" (aim for {limit} or more)"),
            (Severity::Soft, rule) if rule.is_counted() => format!(" (aim for {limit} or fewer)"),
            (Severity::Soft, _) => format!(" (aim for {limit} or less)"),
            (Severity::Hard, rule) if rule.is_least() => format!(", at least {limit}"),
            (Severity::Hard, _) => format!(", at most {limit}"),
        }
    }

    /// Returns value and limit in readable form: short, unless both would look the same.
    pub fn numbers(&self) -> (String, String) {
        let decimals = if self.value.abs() < 10.0 { 3 } else { self.rule.decimals() };
        let (coarse, limit) = (short(self.value, decimals), short(self.limit, 3));
        (if coarse == limit { short(self.value, 3) } else { coarse }, limit)
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cue {} at {}: {}", self.index + 1, self.at, self.message())
    }
}

/// Formats a number with at most this many decimals, none if it is whole.
fn short(value: f64, decimals: usize) -> String {
    if value.fract() == 0.0 {
        return format!("{value}");
    }
    let text = format!("{value:.decimals$}");
    if decimals == 0 {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn violation(rule: Rule, value: f64, limit: f64, severity: Severity) -> Violation {
        let at = MediaTime::from_millis(62_000);
        Violation { index: 11, id: CueId(40), at, rule, value, limit, severity, speech_bound: false }
    }

    fn text(rule: Rule, value: f64, limit: f64, speech_bound: bool) -> String {
        Violation { speech_bound, ..violation(rule, value, limit, Severity::Hard) }.to_string()
    }

    #[test]
    fn texts_name_the_cue_the_value_and_the_limit() {
        assert_eq!(
            text(Rule::LineLength, 41.0, 37.0, false),
            "cue 12 at 00:01:02.000: 41 characters in a line, at most 37"
        );
        assert_eq!(
            text(Rule::ReadingSpeed, 23.4167, 21.0, true),
            "cue 12 at 00:01:02.000: 23.4 characters per second, at most 21 (the speech is too fast)"
        );
        assert_eq!(
            text(Rule::ReadingSpeed, 21.04, 21.0, false),
            "cue 12 at 00:01:02.000: 21.04 characters per second, at most 21"
        );
        assert_eq!(
            text(Rule::Gap, 0.05, 0.083, false),
            "cue 12 at 00:01:02.000: 0.05 s after the cue above it, at least 0.083"
        );
        assert_eq!(
            text(Rule::Break(BreakFault::NumberUnit), 1.0, 0.0, false),
            "cue 12 at 00:01:02.000: a break separates number and unit"
        );
    }

    #[test]
    fn what_is_aimed_for_is_no_limit() {
        let aim = |rule, value, limit| violation(rule, value, limit, Severity::Soft).message();
        assert_eq!(aim(Rule::WordRate, 163.7, 160.0), "164 words per minute (aim for 160 or fewer)");
        assert_eq!(aim(Rule::WordRate, 160.2, 160.0), "160.2 words per minute (aim for 160 or fewer)");
        assert_eq!(aim(Rule::LineLength, 34.0, 32.0), "34 characters in a line (aim for 32 or fewer)");
        assert_eq!(aim(Rule::MinDuration, 1.5, 2.0), "shown for 1.5 s (aim for 2 or more)");
        assert_eq!(aim(Rule::TimePerWord, 0.25, 0.3), "0.25 s per word (aim for 0.3 or more)");
        assert_eq!(
            aim(Rule::ShortGap, 0.2, 0.5),
            "0.2 s after the cue above it (aim for 0.5 or more, or for none)"
        );
    }
}
