//! What the checker says of a cue that breaks a rule.

use std::fmt;

use serde::Serialize;

use super::breaks::BreakFault;
use crate::document::CueId;
use crate::time::MediaTime;

/// A rule that a cue can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The cue shows nothing.
    EmptyText,
    /// The out-time is not after the in-time. Seconds.
    PositiveDuration,
    /// The cue begins before the one above it ends. Seconds.
    Overlap,
    /// The cue begins before the one above it begins. Seconds.
    Order,
    /// CPL. Columns.
    LineLength,
    /// Lines.
    LineCount,
    /// Columns of all lines together.
    Characters,
    /// CPS. Columns a second.
    ReadingSpeed,
    /// WPM. Words a minute.
    WordRate,
    /// Seconds.
    MinDuration,
    /// Seconds.
    MaxDuration,
    /// Seconds a word.
    TimePerWord,
    /// Least gap to the cue above. Seconds.
    Gap,
    /// A gap to the cue above that is too short to be seen as one. Seconds.
    ShortGap,
    /// The shorter of two lines as a share of the longer.
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
            Self::ReadingSpeed => "characters a second",
            Self::WordRate => "words a minute",
            Self::TimePerWord => "s a word",
            Self::Balance => "of the longer line",
            _ => "s",
        }
    }

    /// Whether the limit is the least allowed value, not the greatest.
    fn is_least(self) -> bool {
        matches!(self, Self::TimePerWord | Self::Balance)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A warning: worse than the profile aims for.
    Soft,
    /// A fault: what the profile forbids.
    Hard,
}

/// One broken rule. Its text names the rule, the value and the limit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Violation {
    /// Position of the cue, from 0.
    pub index: usize,
    pub id: CueId,
    /// In-time of the cue.
    pub at: MediaTime,
    pub rule: Rule,
    pub value: f64,
    pub limit: f64,
    pub severity: Severity,
    /// The speech leaves no time to keep the rule, however its words are shared out: not a fault of the
    /// captions. Only words left out would help.
    pub speech_bound: bool,
}

impl Violation {
    /// Whether a person ought to mend it: hard, and not forced by the speech.
    pub fn is_fault(&self) -> bool {
        self.severity == Severity::Hard && !self.speech_bound
    }

    /// What is wrong, without naming the cue.
    pub fn message(&self) -> String {
        let value = self.value;
        let (found, limit) = pair(value, self.limit);
        let mut text = match self.rule {
            Rule::EmptyText => "no text".to_owned(),
            Rule::PositiveDuration => format!("ends {:.3} s before it begins", -value),
            Rule::Overlap => format!("begins {value:.3} s before the cue above it ends"),
            Rule::Order => format!("begins {value:.3} s before the cue above it begins"),
            Rule::Gap | Rule::ShortGap => format!("{found} s after the cue above it, at least {limit}"),
            Rule::MinDuration => format!("shown for {found} s, at least {limit}"),
            Rule::MaxDuration => format!("shown for {found} s, at most {limit}"),
            Rule::Break(fault) => format!("a break parts {}", fault.parts()),
            rule => {
                let bound = if rule.is_least() { "at least" } else { "at most" };
                format!("{found} {}, {bound} {limit}", rule.unit())
            }
        };
        if self.rule == Rule::ShortGap {
            text.push_str(" or none");
        }
        if self.speech_bound {
            text.push_str(" (the speech is too fast)");
        }
        text
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cue {} at {}: {}", self.index + 1, self.at, self.message())
    }
}

/// A value and its limit as people want to read them: from 10 on with one decimal, unless both would look the same.
fn pair(value: f64, limit: f64) -> (String, String) {
    let coarse = short(value, if value.abs() < 10.0 { 3 } else { 1 });
    let limit = short(limit, 3);
    (if coarse == limit { short(value, 3) } else { coarse }, limit)
}

/// At most so many decimals, none without need.
fn short(value: f64, decimals: usize) -> String {
    if value.fract() == 0.0 {
        return format!("{value}");
    }
    let text = format!("{value:.decimals$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(rule: Rule, value: f64, limit: f64, speech_bound: bool) -> String {
        let at = MediaTime::from_millis(62_000);
        Violation { index: 11, id: CueId(40), at, rule, value, limit, severity: Severity::Hard, speech_bound }
            .to_string()
    }

    #[test]
    fn texts_name_the_cue_the_value_and_the_limit() {
        assert_eq!(
            text(Rule::LineLength, 41.0, 37.0, false),
            "cue 12 at 00:01:02.000: 41 characters in a line, at most 37"
        );
        assert_eq!(
            text(Rule::ReadingSpeed, 23.4167, 21.0, true),
            "cue 12 at 00:01:02.000: 23.4 characters a second, at most 21 (the speech is too fast)"
        );
        assert_eq!(
            text(Rule::ReadingSpeed, 21.04, 21.0, false),
            "cue 12 at 00:01:02.000: 21.04 characters a second, at most 21"
        );
        assert_eq!(
            text(Rule::ShortGap, 0.2, 0.5, false),
            "cue 12 at 00:01:02.000: 0.2 s after the cue above it, at least 0.5 or none"
        );
        assert_eq!(
            text(Rule::Break(BreakFault::NumberUnit), 1.0, 0.0, false),
            "cue 12 at 00:01:02.000: a break parts number and unit"
        );
    }
}
