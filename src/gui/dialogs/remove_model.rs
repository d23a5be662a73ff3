//! The question before a model is removed.

use egui::Ui;

use super::{Then, heading};
use crate::gui::action::{Action, Actions};
use crate::gui::models::ModelAction;
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::primary;
use crate::gui::words::{say, say_with};

pub fn ui(ui: &mut Ui, view: &View, name: &str, actions: &mut Actions) -> Then {
    super::set_width(ui, 420.0);
    heading(ui, say("remove-model-title"));
    ui.label(say_with!("remove-model-text", name = name));
    ui.add_space(2.0 * SPACE);
    ui.horizontal(|ui| {
        if ui.add(primary(view, say("remove-model-keep"))).clicked() {
            return Then::Closes;
        }
        if ui.button(say("remove-model-go-on")).clicked() {
            actions.ask(Action::Models(ModelAction::Remove(name.to_owned())));
            return Then::Closes;
        }
        Then::Stays
    })
    .inner
}
