//! Sets the speaker of cues.

use egui::{Key, RichText, TextEdit, Ui};

use super::{Then, buttons, heading};
use crate::gui::action::Actions;
use crate::gui::editor::action::EditorAction;
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::words::say;

#[derive(Debug, Default)]
pub struct SpeakerDialog {
    name: String,
    /// Names already in use.
    known: Vec<String>,
    has_begun: bool,
}

impl SpeakerDialog {
    pub fn new(name: Option<&str>, mut known: Vec<String>) -> Self {
        known.sort_unstable();
        known.dedup();
        Self { name: name.unwrap_or_default().to_owned(), known, has_begun: false }
    }

    pub fn ui(&mut self, ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
        super::set_width(ui, 360.0);
        heading(ui, say("speaker-title"));
        let field =
            TextEdit::singleline(&mut self.name).hint_text(say("speaker-hint")).desired_width(f32::INFINITY);
        let response = ui.add(field).accessible_name(say("speaker-name"));
        if !std::mem::replace(&mut self.has_begun, true) {
            response.request_focus();
        }
        let mut picked = None;
        if !self.known.is_empty() {
            ui.add_space(SPACE);
            ui.label(RichText::new(say("speaker-known")).weak());
            ui.horizontal_wrapped(|ui| {
                for name in &self.known {
                    if ui.button(name).clicked() {
                        picked = Some(name.clone());
                    }
                }
            });
        }
        let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let (go, cancel) = buttons(ui, view, say("speaker-go-on"), true);
        if go || enter || picked.is_some() {
            let name = picked.unwrap_or_else(|| self.name.trim().to_owned());
            actions.ask(EditorAction::SetSpeaker(Some(name).filter(|name| !name.is_empty())));
            return Then::Closes;
        }
        if cancel { Then::Closes } else { Then::Stays }
    }
}
