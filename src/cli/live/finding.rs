//! The findings of a check, in English.

use crate::live::{Finding, FindingSeverity};

/// One sentence: what was found, and what to do about it.
pub(super) fn sentence(finding: &Finding) -> String {
    match finding {
        Finding::NoSound => {
            "There is no sound from the microphone: it is muted, switched off, or the wrong one.".to_owned()
        }
        Finding::Clipped => "The sound is too loud and clipped: turn the microphone down.".to_owned(),
        Finding::NoSpeech => "No speech was found: try again, and speak as in the lecture.".to_owned(),
        Finding::QuietSpeech(level) => {
            format!("The speech is quiet ({level:.0} dB): turn the microphone up, or bring it nearer.")
        }
        Finding::LoudRoom(above) => format!(
            "The room is loud: speech is only {above:.0} dB above the noise. Bring the microphone nearer."
        ),
        Finding::GoodSound { speech_db, peak_db } => {
            format!("The microphone is fine: speech at {speech_db:.0} dB, peaks at {peak_db:.0} dB.")
        }
        Finding::SlowFolder => "The folder is too slow to record to: choose one on this computer.".to_owned(),
        Finding::WritableFolder => "The folder can be written to.".to_owned(),
        Finding::Space(space) => space_sentence(space.as_secs_f64() / 3600.0, finding.severity()),
        Finding::BestModel(name) => {
            format!("The model {name} is the best on this computer that keeps up with speech.")
        }
        Finding::BetterModel(entry) => {
            let (name, size) = (&entry.name, entry.size_text());
            format!("The model {name} ({size}) would make fewer errors and keep up, too: download it.")
        }
        Finding::SlowModel => {
            "This computer is too slow for this model: captions fall behind, but no sound is lost. \
                               Choose a smaller model."
                .to_owned()
        }
        Finding::UtterancesOnly => {
            "Captions come sentence by sentence: this computer is slow for this model.".to_owned()
        }
        Finding::Latency { seen, certain } => format!(
            "Words appear about {:.1} s after they are spoken, and are certain after {:.1} s.",
            seen.as_secs_f64(),
            certain.as_secs_f64()
        ),
    }
}

fn space_sentence(hours: f64, severity: FindingSeverity) -> String {
    match severity {
        FindingSeverity::Bad => {
            format!("The disk has room for only {:.0} minutes: free some space.", hours * 60.0)
        }
        FindingSeverity::Warning => format!("The disk has room for {hours:.1} hours."),
        FindingSeverity::Good => format!("The disk has room for {hours:.0} hours."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::MediaTime;

    #[test]
    fn space_is_said_in_hours_or_minutes() {
        let said = |minutes: i64| sentence(&Finding::Space(MediaTime::from_millis(minutes * 60_000)));
        assert_eq!(said(10), "The disk has room for only 10 minutes: free some space.");
        assert_eq!(said(90), "The disk has room for 1.5 hours.");
        assert_eq!(said(6000), "The disk has room for 100 hours.");
    }
}
