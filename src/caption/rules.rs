//! Caption profiles: the limits for cues, as data.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::document::SpeakerLabels;
use crate::time::MediaTime;

/// The rules for cues. A rule without a number is not applied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// The name by which the profile is chosen.
    pub name: String,
    /// CPL: columns in a line, as [`columns`](super::columns) counts them.
    pub line_length: Limit<usize>,
    /// Lines in a cue.
    pub max_lines: usize,
    /// Columns of all lines of a cue together.
    pub max_characters: Option<usize>,
    /// CPS: columns per second, counting a space for each line break.
    pub reading_speed: Limit<f64>,
    /// WPM: words per minute.
    pub word_rate: Limit<f64>,
    /// Minimum time on screen.
    pub min_duration: Limit<MediaTime>,
    /// Maximum time on screen.
    pub max_duration: Option<MediaTime>,
    /// Minimum time on screen per word; a soft rule.
    pub min_time_per_word: Option<MediaTime>,
    /// Minimum gap between two cues.
    pub min_gap: MediaTime,
    /// Shorter gaps are closed to `min_gap`; a soft rule.
    pub close_gap_below: Option<MediaTime>,
    /// Minimum length of the shorter line divided by that of the longer, in cues of two lines; a soft rule.
    pub min_balance: Option<f64>,
    /// How captions show who speaks.
    #[serde(default)]
    pub speaker_labels: SpeakerLabels,
}

/// The two limits of a rule: exceeding `soft` is a warning, exceeding `hard` is a fault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Limit<T> {
    /// Exceeding it is a warning.
    pub soft: Option<T>,
    /// Exceeding it is a fault.
    pub hard: Option<T>,
}

/// Why a profile in TOML was rejected.
#[derive(Debug, Error, PartialEq)]
pub enum ProfileError {
    /// Not TOML, an unknown key, a missing key or a value of the wrong type; the text names line and key.
    #[error("the caption profile cannot be read: {0}")]
    Syntax(String),
    #[error("the caption profile sets {key} to {value}, which is not from {least} to {most}")]
    /// A number is out of range.
    OutOfRange {
        /// The key in the file.
        key: &'static str,
        /// The value in the file.
        value: f64,
        /// The smallest allowed value.
        least: f64,
        /// The largest allowed value.
        most: f64,
    },
    /// The first value contradicts the second.
    #[error("the caption profile contradicts itself: {0} is above {1}; lower the one or raise the other")]
    Contradiction(&'static str, &'static str),
}

/// The profile used unless another is chosen.
pub const DEFAULT_PROFILE: &str = "lecture";

const BUILT_IN: [(&str, &str); 5] = [
    (DEFAULT_PROFILE, include_str!("profiles/lecture.toml")),
    ("dcmp", include_str!("profiles/dcmp.toml")),
    ("netflix", include_str!("profiles/netflix.toml")),
    ("bbc", include_str!("profiles/bbc.toml")),
    ("ted", include_str!("profiles/ted.toml")),
];

impl Profile {
    /// Returns a built-in profile by one of [`Profile::names`].
    pub fn named(name: &str) -> Option<Self> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Self::from_toml(text).ok()
    }

    /// Returns the names of the built-in profiles, the default first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// Parses a profile written like those in `src/caption/profiles`. Durations and gaps are in seconds. `name`,
    /// `max_cpl` and `max_lines` are required; a rule without a key is not applied.
    pub fn from_toml(text: &str) -> Result<Self, ProfileError> {
        let numbers: Numbers =
            toml::from_str(text).map_err(|error| ProfileError::Syntax(on_one_line(&error, text)))?;
        numbers.check_ranges()?;
        numbers.check_consistency()?;
        Ok(numbers.into_profile())
    }
}

/// Returns the error in one line, without the quoted lines of the file, which may be something else entirely.
fn on_one_line(error: &toml::de::Error, text: &str) -> String {
    let message = error.message().replace('\n', " ");
    let Some(before) = error.span().and_then(|span| text.get(..span.start)) else { return message };
    let number = before.matches('\n').count() + 1;
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_key = |key: &&str| key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    match line.split_once('=').map(|(key, _)| key.trim()).filter(is_key) {
        Some(key) => format!("line {number}, {key}: {message}"),
        None => format!("line {number}: {message}"),
    }
}

/// The keys of a profile file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    name: String,
    max_cpl: usize,
    soft_cpl: Option<usize>,
    max_lines: usize,
    max_characters: Option<usize>,
    max_cps: Option<f64>,
    soft_cps: Option<f64>,
    max_wpm: Option<f64>,
    soft_wpm: Option<f64>,
    min_duration: Option<f64>,
    soft_min_duration: Option<f64>,
    max_duration: Option<f64>,
    min_seconds_per_word: Option<f64>,
    #[serde(default)]
    min_gap: f64,
    close_gap_below: Option<f64>,
    min_balance: Option<f64>,
    #[serde(default)]
    speaker_labels: SpeakerLabels,
}

impl Numbers {
    fn check_ranges(&self) -> Result<(), ProfileError> {
        let count = |n: usize| n as f64;
        let ranges = [
            ("max_cpl", Some(count(self.max_cpl)), 8.0, 100.0),
            ("soft_cpl", self.soft_cpl.map(count), 1.0, 100.0),
            ("max_lines", Some(count(self.max_lines)), 1.0, 4.0),
            ("max_characters", self.max_characters.map(count), 8.0, 400.0),
            ("max_cps", self.max_cps, 1.0, 100.0),
            ("soft_cps", self.soft_cps, 1.0, 100.0),
            ("max_wpm", self.max_wpm, 10.0, 1000.0),
            ("soft_wpm", self.soft_wpm, 10.0, 1000.0),
            ("min_duration", self.min_duration, 0.0, 10.0),
            ("soft_min_duration", self.soft_min_duration, 0.0, 10.0),
            ("max_duration", self.max_duration, 0.5, 60.0),
            ("min_seconds_per_word", self.min_seconds_per_word, 0.0, 5.0),
            ("min_gap", Some(self.min_gap), 0.0, 1.0),
            ("close_gap_below", self.close_gap_below, 0.0, 5.0),
            ("min_balance", self.min_balance, 0.0, 1.0),
        ];
        for (key, value, least, most) in ranges {
            // NaN is in no range.
            if let Some(value) = value.filter(|value| !(least..=most).contains(value)) {
                return Err(ProfileError::OutOfRange { key, value, least, most });
            }
        }
        Ok(())
    }

    fn check_consistency(&self) -> Result<(), ProfileError> {
        let cpl = Some(self.max_cpl as f64);
        let float = |n: Option<usize>| n.map(|n| n as f64);
        let ordered = [
            ("soft_cpl", float(self.soft_cpl), "max_cpl", cpl),
            ("max_cpl", cpl, "max_characters", float(self.max_characters)),
            ("soft_cps", self.soft_cps, "max_cps", self.max_cps),
            ("soft_wpm", self.soft_wpm, "max_wpm", self.max_wpm),
            ("min_duration", self.min_duration, "soft_min_duration", self.soft_min_duration),
            ("min_duration", self.min_duration, "max_duration", self.max_duration),
            ("soft_min_duration", self.soft_min_duration, "max_duration", self.max_duration),
            ("min_gap", Some(self.min_gap), "close_gap_below", self.close_gap_below),
        ];
        for (low_key, low, high_key, high) in ordered {
            if let (Some(low), Some(high)) = (low, high)
                && low > high
            {
                return Err(ProfileError::Contradiction(low_key, high_key));
            }
        }
        Ok(())
    }

    fn into_profile(self) -> Profile {
        let time = MediaTime::from_secs_f64;
        Profile {
            name: self.name,
            line_length: Limit { soft: self.soft_cpl, hard: Some(self.max_cpl) },
            max_lines: self.max_lines,
            max_characters: self.max_characters,
            reading_speed: Limit { soft: self.soft_cps, hard: self.max_cps },
            word_rate: Limit { soft: self.soft_wpm, hard: self.max_wpm },
            min_duration: Limit { soft: self.soft_min_duration.map(time), hard: self.min_duration.map(time) },
            max_duration: self.max_duration.map(time),
            min_time_per_word: self.min_seconds_per_word.map(time),
            min_gap: time(self.min_gap),
            close_gap_below: self.close_gap_below.map(time),
            min_balance: self.min_balance,
            speaker_labels: self.speaker_labels,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str = "name = \"mine\"\nmax_cpl = 40\nmax_lines = 2\n";

    fn error(more: &str) -> ProfileError {
        Profile::from_toml(&format!("{LEAST}{more}")).unwrap_err()
    }

    #[test]
    fn every_built_in_profile_is_read_under_its_name() {
        for name in Profile::names() {
            assert_eq!(Profile::named(name).expect(name).name, name);
        }
        assert_eq!(Profile::named("nobody"), None);
    }

    #[test]
    fn three_keys_make_a_profile() {
        let profile = Profile::from_toml(LEAST).unwrap();
        assert_eq!(profile.line_length, Limit { soft: None, hard: Some(40) });
        assert_eq!(profile.max_duration, None);
        assert_eq!(profile.min_gap, MediaTime::ZERO);
        assert_eq!(profile.speaker_labels, SpeakerLabels::Voice);
        let dashes = Profile::from_toml(&format!("{LEAST}speaker_labels = \"dash\"\n")).unwrap();
        assert_eq!(dashes.speaker_labels, SpeakerLabels::Dash);
        assert!(error("speaker_labels = \"stars\"").to_string().contains("speaker_labels"));
    }

    #[test]
    fn errors_name_the_key() {
        assert!(error("max_cpll = 3").to_string().contains("max_cpll"));
        assert!(error("max_cps = \"fast\"").to_string().contains("max_cps"));
        assert!(Profile::from_toml("max_cpl = 40").unwrap_err().to_string().contains("name"));
        assert!(matches!(error("max_cps = -3"), ProfileError::OutOfRange { key: "max_cps", .. }));
        assert!(matches!(error("max_cps = nan"), ProfileError::OutOfRange { key: "max_cps", .. }));
    }

    #[test]
    fn contradictions_are_refused() {
        assert_eq!(
            error("min_duration = 5\nmax_duration = 4.5"),
            ProfileError::Contradiction("min_duration", "max_duration")
        );
        assert_eq!(error("soft_cpl = 41"), ProfileError::Contradiction("soft_cpl", "max_cpl"));
        assert_eq!(error("max_characters = 20"), ProfileError::Contradiction("max_cpl", "max_characters"));
    }
}
