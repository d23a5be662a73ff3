//! What this program is.

use egui::{RichText, Ui};

use super::{Then, heading};
use crate::gui::state::View;
use crate::gui::theme::SPACE;

/// The largest parts that others have made, and their licences.
const PARTS: [(&str, &str); 6] = [
    ("the speech model Whisper", "MIT"),
    ("whisper.cpp, which runs it", "MIT"),
    ("the speech detector Silero", "MIT"),
    ("egui, which draws the window", "MIT or Apache 2.0"),
    ("Symphonia, which reads recordings", "MPL 2.0"),
    ("libopus", "BSD"),
];

pub fn ui(ui: &mut Ui, view: &View) -> Then {
    super::set_width(ui, 420.0);
    heading(ui, "Lectern");
    ui.label(format!("Version {}", env!("CARGO_PKG_VERSION")));
    ui.label(
        "Turns lectures into captions on this computer. Nothing that you open or say leaves it, unless you show live \
         captions in the network of the room.",
    );
    ui.add_space(SPACE);
    ui.label(RichText::new("MIT or Apache 2.0. It stands on:").color(view.colors.weak));
    for (part, license) in PARTS {
        ui.label(RichText::new(format!("{part} ({license})")).color(view.colors.weak));
    }
    ui.add_space(SPACE);
    if ui.button("Close").clicked() { Then::Closes } else { Then::Stays }
}
