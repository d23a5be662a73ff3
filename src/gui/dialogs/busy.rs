//! The question about closing the window while work is running.

use egui::Ui;

use super::{Then, heading};
use crate::gui::action::{Action, Actions, After};
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::primary;
use crate::gui::words::say;

/// What closing the window means for running work.
pub struct Stopping {
    question: &'static str,
    pub consequence: &'static str,
    go_on: &'static str,
}

impl Stopping {
    pub fn of(view: &View) -> Self {
        if view.state.record.is_recording() {
            Self {
                question: say("busy-recording"),
                consequence: say("busy-recording-text"),
                go_on: say("busy-recording-go-on"),
            }
        } else if !view.state.record.is_busy() {
            Self {
                question: say("busy-queue"),
                consequence: say("busy-queue-text"),
                go_on: say("busy-queue-go-on"),
            }
        } else {
            Self {
                question: say("busy-finishing"),
                consequence: say("busy-finishing-text"),
                go_on: say("button-close"),
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
        if ui.button(say("busy-stay")).clicked() { Then::Closes } else { Then::Stays }
    })
    .inner
}
