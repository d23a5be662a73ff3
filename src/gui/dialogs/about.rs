//! What this program is.

use egui::{RichText, Ui};

use super::{Then, heading};
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::words::{say, say_with};

/// Message keys of the largest third-party parts, each with its licence or the two to choose from.
const PARTS: [(&str, &[&str]); 5] = [
    ("about-whisper", &["MIT"]),
    ("about-whisper-cpp", &["MIT"]),
    ("about-silero", &["MIT"]),
    ("about-egui", &["MIT", "Apache 2.0"]),
    ("about-symphonia", &["MPL 2.0"]),
];

pub fn ui(ui: &mut Ui, view: &View) -> Then {
    super::set_width(ui, 420.0);
    heading(ui, "Lectern");
    ui.label(say_with!("about-version", version = env!("CARGO_PKG_VERSION")));
    ui.label(say("about-purpose"));
    ui.add_space(SPACE);
    let own = say_with!("about-licence", licence = licence(&["MIT", "Apache 2.0"]));
    ui.label(RichText::new(own).color(view.colors.weak));
    let parts = PARTS.map(|(part, licences)| (say(part), licence(licences)));
    for (part, licence) in parts.into_iter().chain([("libopus", "BSD".to_owned())]) {
        let text = say_with!("about-part", part = part, licence = licence);
        ui.label(RichText::new(text).color(view.colors.weak));
    }
    ui.add_space(SPACE);
    if ui.button(say("button-close")).clicked() { Then::Closes } else { Then::Stays }
}

fn licence(licences: &[&str]) -> String {
    match licences {
        [one, other] => say_with!("about-licences", one = *one, other = *other),
        _ => licences.concat(),
    }
}
