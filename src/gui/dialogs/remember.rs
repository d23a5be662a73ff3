//! Asks before a voice is remembered, because it is personal data.

use egui::{Label, TextEdit, Ui};

use super::{Then, buttons, heading};
use crate::gui::action::{Action, Actions};
use crate::gui::editor::speakers::SpeakerAction;
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::words::{say, say_with};

#[derive(Debug)]
pub struct RememberDialog {
    /// The name of the speaker in the captions.
    speaker: String,
    name: String,
    has_agreed: bool,
    has_begun: bool,
}

impl RememberDialog {
    /// `name` is the proposed name; empty if the speaker has only a number so far.
    pub fn new(speaker: String, name: String) -> Self {
        Self { speaker, name, has_agreed: false, has_begun: false }
    }

    pub fn ui(&mut self, ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
        super::set_width(ui, 440.0);
        heading(ui, &say_with!("remember-title", name = self.speaker.as_str()));
        ui.add(Label::new(say("remember-text")).wrap());
        ui.add_space(SPACE);
        let field = TextEdit::singleline(&mut self.name).hint_text(say("remember-hint"));
        let field = ui.add(field.desired_width(f32::INFINITY)).accessible_name(say("remember-name"));
        if !std::mem::replace(&mut self.has_begun, true) {
            field.request_focus();
        }
        ui.add_space(SPACE);
        ui.checkbox(&mut self.has_agreed, say("remember-agreed"));
        let name = self.name.trim();
        let (go, cancel) = buttons(ui, view, say("remember-go-on"), self.has_agreed && !name.is_empty());
        if go {
            let (speaker, name) = (self.speaker.clone(), name.to_owned());
            actions.ask(Action::Speakers(SpeakerAction::Remember { speaker, name }));
        }
        if go || cancel { Then::Closes } else { Then::Stays }
    }
}
