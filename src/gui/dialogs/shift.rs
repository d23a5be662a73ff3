//! Moves cues in time.

use egui::{Key, RichText, TextEdit, Ui};

use super::{Then, heading};
use crate::gui::action::Actions;
use crate::gui::editor::action::EditorAction;
use crate::gui::theme::SPACE;
use crate::gui::widgets::parse_time;
use crate::gui::words::say;

#[derive(Debug, Default)]
pub struct ShiftDialog {
    typed: String,
    all: bool,
    has_begun: bool,
}

impl ShiftDialog {
    pub fn ui(&mut self, ui: &mut Ui, actions: &mut Actions) -> Then {
        super::set_width(ui, 380.0);
        heading(ui, say("shift-title"));
        let response = ui.horizontal(|ui| {
            ui.label(say("shift-by"));
            let field =
                TextEdit::singleline(&mut self.typed).hint_text(say("shift-example")).desired_width(160.0);
            let response = ui.add(field).accessible_name(say("shift-name"));
            ui.label(say("shift-seconds"));
            response
        });
        if !std::mem::replace(&mut self.has_begun, true) {
            response.inner.request_focus();
        }
        ui.label(RichText::new(say("shift-sign")).weak());
        ui.radio_value(&mut self.all, false, say("shift-selected"));
        ui.radio_value(&mut self.all, true, say("shift-all"));
        ui.add_space(2.0 * SPACE);
        let by = parse_time(&self.typed);
        let enter = response.inner.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        ui.horizontal(|ui| {
            let shift = ui.add_enabled(by.is_some(), egui::Button::new(say("shift-go-on")));
            if let Some(by) = by.filter(|_| shift.clicked() || enter) {
                actions.ask(EditorAction::ShiftBy { by, all: self.all });
                return Then::Closes;
            }
            if ui.button(say("button-cancel")).clicked() { Then::Closes } else { Then::Stays }
        })
        .inner
    }
}
