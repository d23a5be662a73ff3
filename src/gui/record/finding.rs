//! The findings of the check before a recording, in the window's language.

use egui::{Label, RichText, Ui};

use crate::gui::state::View;
use crate::gui::words::{decimal, say, say_with, with_decimal_sign};
use crate::live::{Finding, FindingSeverity};

pub(super) fn ui(ui: &mut Ui, view: &View, finding: &Finding) {
    let (sign, color) = match finding.severity() {
        FindingSeverity::Good => ("✔", view.colors.accent),
        FindingSeverity::Warning => ("⚠", view.colors.warning),
        FindingSeverity::Bad => ("⚠", view.colors.error),
    };
    ui.horizontal_top(|ui| {
        ui.label(RichText::new(sign).color(color));
        ui.add(Label::new(sentence(finding)).wrap());
    });
}

fn sentence(finding: &Finding) -> String {
    match finding {
        Finding::NoSound => say("finding-no-sound").to_owned(),
        Finding::Clipped => say("finding-clipped").to_owned(),
        Finding::NoSpeech => say("finding-no-speech").to_owned(),
        Finding::QuietSpeech(level) => say_with!("finding-quiet-speech", level = decibels(*level)),
        Finding::LoudRoom(above) => say_with!("finding-loud-room", above = decibels(*above)),
        Finding::GoodSound { speech_db, peak_db } => {
            say_with!("finding-good-sound", speech = decibels(*speech_db), peak = decibels(*peak_db))
        }
        Finding::SlowFolder => say("finding-slow-folder").to_owned(),
        Finding::WritableFolder => say("finding-writable-folder").to_owned(),
        Finding::Space(space) => space_sentence(space.as_secs_f64() / 3600.0, finding.severity()),
        Finding::BestModel(name) => say_with!("finding-best-model", name = name.as_str()),
        Finding::BetterModel(entry) => {
            say_with!(
                "finding-better-model",
                name = entry.name.as_str(),
                size = with_decimal_sign(entry.size_text())
            )
        }
        Finding::SlowModel => say("finding-slow-model").to_owned(),
        Finding::UtterancesOnly => say("finding-utterances-only").to_owned(),
        Finding::Latency { seen, certain } => {
            let [seen, certain] = [seen, certain].map(|time| decimal(time.as_secs_f64(), 1));
            say_with!("finding-latency", seen = seen, certain = certain)
        }
    }
}

fn space_sentence(hours: f64, severity: FindingSeverity) -> String {
    match severity {
        FindingSeverity::Bad => say_with!("finding-space-minutes", minutes = decimal(hours * 60.0, 0)),
        FindingSeverity::Warning => say_with!("finding-space-hours", hours = decimal(hours, 1)),
        FindingSeverity::Good => say_with!("finding-space-hours", hours = decimal(hours, 0)),
    }
}

fn decibels(level: f32) -> String {
    decimal(level.into(), 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::words::{WordsLanguage, in_language};
    use crate::time::MediaTime;

    #[test]
    fn findings_speak_the_language_of_the_window() {
        let [seen, certain] = [420, 1260].map(MediaTime::from_millis);
        let latency = Finding::Latency { seen, certain };
        let english = "Words appear about 0.4 s after they are spoken, and are certain after 1.3 s.";
        assert_eq!(sentence(&latency), english);
        let german = in_language(WordsLanguage::German, || sentence(&latency));
        assert!(german.contains("0,4 s") && german.contains("1,3 s"), "{german}");
    }
}
