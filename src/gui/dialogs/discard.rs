//! The question before recovered changes are discarded.

use egui::Ui;

use super::{Then, heading};
use crate::gui::action::{Actions, Discarding};
use crate::gui::editor::action::EditorAction;
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::primary;
use crate::gui::words::say;

pub fn ui(ui: &mut Ui, view: &View, discarding: &Discarding, actions: &mut Actions) -> Then {
    super::set_width(ui, 420.0);
    heading(ui, say("discard-title"));
    ui.label(&discarding.name);
    ui.label(say("discard-text"));
    ui.add_space(2.0 * SPACE);
    ui.horizontal(|ui| {
        if ui.add(primary(view, say("discard-keep"))).clicked() {
            return Then::Closes;
        }
        if ui.button(say("discard-go-on")).clicked() {
            actions.ask(EditorAction::DiscardRecovered(discarding.path.clone()));
            return Then::Closes;
        }
        Then::Stays
    })
    .inner
}
