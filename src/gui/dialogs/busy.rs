//! The one question about closing the window while something goes on.

use egui::Ui;

use super::{Then, heading};
use crate::gui::action::{Action, Actions, After};
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::primary;

/// What closing the window means for what goes on.
pub struct Stopping {
    question: &'static str,
    pub consequence: &'static str,
    go_on: &'static str,
}

impl Stopping {
    pub fn of(view: &View) -> Self {
        if view.state.record.is_recording() {
            Self {
                question: "Stop the recording?",
                consequence: "The recording is stopped, its captions are completed and saved, and then the window \
                              closes.",
                go_on: "Stop, save and close",
            }
        } else if !view.state.record.is_busy() {
            Self {
                question: "Pause the queue and close?",
                consequence: "Recordings are being captioned. What was recognized is kept, and the rest waits in the \
                              queue for the next start.",
                go_on: "Pause and close",
            }
        } else {
            Self {
                question: "Close now?",
                consequence: "The recording is safe, but its captions are not complete. Lectern completes them at the \
                              next start.",
                go_on: "Close",
            }
        }
    }
}

pub fn ui(ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
    super::set_width(ui, 420.0);
    let Stopping { question, consequence, go_on } = Stopping::of(view);
    heading(ui, question);
    ui.label(consequence);
    ui.add_space(2.0 * SPACE);
    ui.horizontal(|ui| {
        if ui.add(primary(view, go_on)).clicked() {
            actions.ask(Action::DiscardThen(After::StopAndQuit));
            return Then::Closes;
        }
        if ui.button("Go on").clicked() { Then::Closes } else { Then::Stays }
    })
    .inner
}
