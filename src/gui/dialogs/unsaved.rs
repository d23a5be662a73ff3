//! The question about unsaved changes.

use egui::Ui;

use super::busy::Stopping;
use super::{Then, heading};
use crate::gui::action::{Action, Actions, After};
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::primary;
use crate::gui::words::{say, say_with};

pub fn ui(ui: &mut Ui, view: &View, after: &After, actions: &mut Actions) -> Then {
    super::set_width(ui, 420.0);
    let name = view.editor.workspace.as_ref().map_or("", |workspace| &workspace.name);
    heading(ui, say("unsaved-title"));
    ui.label(say_with!("unsaved-text", name = name));
    if view.editor.workspace.as_ref().is_some_and(|workspace| workspace.task.is_some()) {
        ui.label(say("unsaved-captioning"));
    }
    let stops = matches!(after, After::Quit | After::StopAndQuit) && view.state.is_busy();
    let after = if stops { &After::StopAndQuit } else { after };
    if stops {
        ui.label(Stopping::of(view).consequence);
    }
    ui.add_space(2.0 * SPACE);
    ui.horizontal(|ui| {
        if ui.add(primary(view, say("button-save"))).clicked() {
            actions.ask(Action::SaveThen(after.clone()));
            return Then::Closes;
        }
        if ui.button(say("unsaved-discard")).clicked() {
            actions.ask(Action::DiscardThen(after.clone()));
            return Then::Closes;
        }
        if ui.button(say("button-cancel")).clicked() { Then::Closes } else { Then::Stays }
    })
    .inner
}
