//! What this program is.

use egui::{RichText, Ui};

use super::{Then, heading};
use crate::gui::state::View;
use crate::gui::theme::SPACE;

pub fn ui(ui: &mut Ui, view: &View) -> Then {
    super::set_width(ui, 420.0);
    heading(ui, "Lectern");
    ui.label(format!("Version {}", env!("CARGO_PKG_VERSION")));
    ui.label("Turns lectures into captions on this computer. Nothing that you open or say leaves it.");
    ui.add_space(SPACE);
    ui.label(
        RichText::new("Speech recognition by Whisper, through whisper.cpp. MIT or Apache 2.0.")
            .color(view.colors.weak),
    );
    ui.add_space(SPACE);
    if ui.button("Close").clicked() { Then::Closes } else { Then::Stays }
}
