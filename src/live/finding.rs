//! The findings of a check before a live session.

use std::time::Duration;

use super::preflight::{Preflight, SoundCheck};
use crate::asr::catalog::CatalogEntry;
use crate::time::MediaTime;

/// Fraction of samples that may be clipped in a good recording.
const CLIPPED: f64 = 1e-4;
/// A microphone that is switched off delivers less than this. Unit, here and below: decibels of full scale.
const SILENCE_DB: f32 = -90.0;
/// Quieter speech is recognized less well.
const QUIET_DB: f32 = -45.0;
/// Speech should be at least this many decibels above the noise of the room.
const SPEECH_ABOVE_NOISE_DB: f32 = 15.0;
/// A folder that takes longer to write a megabyte may lose sound.
const SLOW_WRITE: Duration = Duration::from_secs(5);
/// Above this real-time factor, captions fall behind.
const MAX_RTF: f64 = 0.9;

/// One finding of the check.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// The microphone is muted, switched off, or the wrong one.
    NoSound,
    /// The sound is too loud and therefore clipped.
    Clipped,
    /// Nobody spoke during the check.
    NoSpeech,
    /// The speech is quiet. Unit: decibels of full scale.
    QuietSpeech(f32),
    /// Speech is only this much louder than the room. Unit: decibels.
    LoudRoom(f32),
    /// The microphone is fine. Unit: decibels of full scale.
    GoodSound {
        /// The median level of speech.
        speech_db: f32,
        /// The peak level.
        peak_db: f32,
    },
    /// The folder is too slow to record to.
    SlowFolder,
    /// The folder can be written to; the system does not report how much space it has.
    WritableFolder,
    /// The disk has space for this much audio.
    Space(MediaTime),
    /// This model is the best on this computer that keeps up with speech.
    BestModel(String),
    /// This model, which is not on this computer, would make fewer errors and keep up as well.
    BetterModel(&'static CatalogEntry),
    /// Captions fall behind with this model.
    SlowModel,
    /// The model is fast enough for utterances, but not for drafts.
    UtterancesOnly,
    /// The model keeps up.
    Latency {
        /// Time after which a word appears.
        seen: MediaTime,
        /// Time after which a word no longer changes.
        certain: MediaTime,
    },
}

/// How severe a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingSeverity {
    /// Nothing needs to be done.
    Good,
    /// Captions will be worse or later than they could be.
    Warning,
    /// The session should not start like this.
    Bad,
}

impl Finding {
    /// Returns how severe it is.
    pub fn severity(&self) -> FindingSeverity {
        match self {
            Self::NoSound | Self::SlowFolder => FindingSeverity::Bad,
            Self::Clipped | Self::NoSpeech | Self::QuietSpeech(_) | Self::LoudRoom(_) => {
                FindingSeverity::Warning
            }
            Self::SlowModel | Self::UtterancesOnly => FindingSeverity::Warning,
            Self::Space(space) => space_severity(*space),
            Self::GoodSound { .. }
            | Self::WritableFolder
            | Self::BestModel(_)
            | Self::BetterModel(_)
            | Self::Latency { .. } => FindingSeverity::Good,
        }
    }
}

fn space_severity(space: MediaTime) -> FindingSeverity {
    match space.as_secs_f64() / 3600.0 {
        hours if hours < 0.5 => FindingSeverity::Bad,
        hours if hours < 3.0 => FindingSeverity::Warning,
        _ => FindingSeverity::Good,
    }
}

impl Preflight {
    /// Returns all findings.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = sound(self.sound);
        findings.push(self.disk());
        findings.extend(self.chosen.clone().map(Finding::BestModel));
        findings.push(self.model());
        findings.extend(self.better.map(Finding::BetterModel));
        findings
    }

    fn disk(&self) -> Finding {
        match self.free {
            _ if self.test_write > SLOW_WRITE => Finding::SlowFolder,
            Some(free) => Finding::Space(free),
            None => Finding::WritableFolder,
        }
    }

    fn model(&self) -> Finding {
        match self.speed.latency() {
            _ if self.speed.rtf() > MAX_RTF => Finding::SlowModel,
            None => Finding::UtterancesOnly,
            Some((seen, certain)) => Finding::Latency { seen, certain },
        }
    }
}

fn sound(sound: SoundCheck) -> Vec<Finding> {
    let SoundCheck { length, peak_db, noise_db, speech_db, clipped } = sound;
    if length == MediaTime::ZERO || peak_db < SILENCE_DB {
        return vec![Finding::NoSound];
    }
    let mut findings = Vec::new();
    if clipped > CLIPPED {
        findings.push(Finding::Clipped);
    }
    let Some(speech_db) = speech_db else {
        findings.push(Finding::NoSpeech);
        return findings;
    };
    if speech_db < QUIET_DB {
        findings.push(Finding::QuietSpeech(speech_db));
    }
    match noise_db.map(|noise_db| speech_db - noise_db) {
        Some(above) if above < SPEECH_ABOVE_NOISE_DB => findings.push(Finding::LoudRoom(above)),
        _ if findings.is_empty() => findings.push(Finding::GoodSound { speech_db, peak_db }),
        _ => {}
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::FindingSeverity::{Bad, Good, Warning};
    use super::*;
    use crate::live::preflight::tests::{fine, speed};

    fn hours(hours: f64) -> MediaTime {
        MediaTime::from_millis((hours * 3_600_000.0) as i64)
    }

    /// Checks that something is found, and nothing worse.
    #[track_caller]
    fn check(preflight: Preflight, severity: FindingSeverity, expected: Finding) {
        let findings = preflight.findings();
        assert!(findings.contains(&expected), "{findings:?}");
        assert_eq!(findings.iter().map(Finding::severity).max(), Some(severity), "{findings:?}");
        assert_eq!(expected.severity(), severity);
    }

    #[test]
    fn each_problem_is_found() {
        let sound = |change: fn(&mut SoundCheck)| {
            let mut preflight = fine();
            change(&mut preflight.sound);
            preflight
        };
        let good = Finding::GoodSound { speech_db: -26.0, peak_db: -9.0 };
        check(fine(), Good, good);
        check(sound(|sound| sound.peak_db = -100.0), Bad, Finding::NoSound);
        check(sound(|sound| sound.length = MediaTime::ZERO), Bad, Finding::NoSound);
        check(sound(|sound| sound.clipped = 0.01), Warning, Finding::Clipped);
        check(sound(|sound| sound.speech_db = None), Warning, Finding::NoSpeech);
        check(sound(|sound| sound.speech_db = Some(-50.0)), Warning, Finding::QuietSpeech(-50.0));
        check(sound(|sound| sound.noise_db = Some(-35.0)), Warning, Finding::LoudRoom(9.0));
        check(
            Preflight { chosen: Some("small".to_owned()), ..fine() },
            Good,
            Finding::BestModel("small".into()),
        );
        check(Preflight { test_write: Duration::from_secs(9), ..fine() }, Bad, Finding::SlowFolder);
        check(Preflight { free: None, ..fine() }, Good, Finding::WritableFolder);
        check(Preflight { speed: speed(4000, 900), ..fine() }, Warning, Finding::UtterancesOnly);
        check(Preflight { speed: speed(300, 7000), ..fine() }, Warning, Finding::SlowModel);
    }

    #[test]
    fn little_space_is_bad() {
        for (free, severity) in [(0.49, Bad), (0.5, Warning), (2.9, Warning), (3.0, Good)] {
            check(Preflight { free: Some(hours(free)), ..fine() }, severity, Finding::Space(hours(free)));
        }
    }
}
