//! Shows, exports and forgets remembered voices.

use egui::{Grid, Label, RichText, Ui};

use crate::gui::action::{Action, Actions};
use crate::gui::editor::speakers::SpeakerAction;
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::words::{say, say_with};

/// Draws this part of the settings.
pub fn ui(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let mut ask = |action| actions.ask(Action::Speakers(action));
    ui.label(RichText::new(say("voices-title")).strong());
    let voices = &view.state.remembered;
    if voices.is_empty() {
        ui.add(Label::new(RichText::new(say("voices-none")).color(view.colors.weak)).wrap());
        return;
    }
    ui.add(Label::new(RichText::new(say("voices-hint")).color(view.colors.weak)).wrap());
    Grid::new("voices").num_columns(3).spacing([2.0 * SPACE, SPACE]).show(ui, |ui| {
        for voice in voices.iter() {
            ui.label(&voice.name);
            ui.label(RichText::new(&voice.since).color(view.colors.weak));
            let forget = ui.button(say("voices-forget"));
            if forget.accessible_name(say_with!("voices-forget-name", name = voice.name.as_str())).clicked() {
                ask(SpeakerAction::ForgetRemembered(voice.name.clone()));
            }
            ui.end_row();
        }
    });
    ui.horizontal(|ui| {
        if ui.button(say("voices-export")).clicked() {
            ask(SpeakerAction::ExportRemembered);
        }
        if ui.button(say("voices-forget-all")).clicked() {
            ask(SpeakerAction::ForgetAllRemembered);
        }
    });
}
