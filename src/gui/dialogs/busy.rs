//! The one question about closing the window while something goes on.

use egui::Ui;

use super::{Then, heading};
use crate::gui::action::{Action, Asks};
use crate::gui::record::RecordAction;
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::primary;

pub fn ui(ui: &mut Ui, view: &View, asks: &mut Asks) -> Then {
    ui.set_width(420.0);
    let (question, text, go_on) = if view.state.record.is_recording() {
        (
            "Stop the recording?",
            "The recording is stopped, its captions are completed and saved, and then the window closes.",
            "Stop, save and close",
        )
    } else if !view.state.record.is_busy() {
        (
            "Pause the queue and close?",
            "Recordings are being captioned. What was recognized is kept, and the rest waits in the queue for the next \
             start.",
            "Pause and close",
        )
    } else {
        (
            "Close now?",
            "The recording is safe, but its captions are not complete. Lectern completes them at the next start.",
            "Close",
        )
    };
    heading(ui, question);
    ui.label(text);
    ui.add_space(2.0 * SPACE);
    ui.horizontal(|ui| {
        if ui.add(primary(view, go_on)).clicked() {
            asks.ask(Action::Record(RecordAction::StopAndQuit));
            return Then::Closes;
        }
        if ui.button("Go on").clicked() { Then::Closes } else { Then::Stays }
    })
    .inner
}
