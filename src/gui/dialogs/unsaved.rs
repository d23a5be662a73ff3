//! The one question about changes that are not saved.

use egui::Ui;

use super::busy::Stopping;
use super::{Then, heading};
use crate::gui::action::{Action, Actions, After};
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::primary;

pub fn ui(ui: &mut Ui, view: &View, after: &After, actions: &mut Actions) -> Then {
    super::set_width(ui, 420.0);
    let name = view.state.workspace.as_ref().map_or("", |workspace| &workspace.name);
    heading(ui, "Save your changes?");
    ui.label(format!("The captions of {name} have changes that are not saved."));
    if view.state.workspace.as_ref().is_some_and(|workspace| workspace.task.is_some()) {
        ui.label("Captioning stops here. It can be continued when the captions are open again.");
    }
    let stops = matches!(after, After::Quit | After::StopAndQuit) && view.state.is_busy();
    let after = if stops { &After::StopAndQuit } else { after };
    if stops {
        ui.label(Stopping::of(view).consequence);
    }
    ui.add_space(2.0 * SPACE);
    ui.horizontal(|ui| {
        if ui.add(primary(view, "Save")).clicked() {
            actions.ask(Action::SaveThen(after.clone()));
            return Then::Closes;
        }
        if ui.button("Do not save").clicked() {
            actions.ask(Action::DiscardThen(after.clone()));
            return Then::Closes;
        }
        if ui.button("Cancel").clicked() { Then::Closes } else { Then::Stays }
    })
    .inner
}
