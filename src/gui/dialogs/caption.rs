//! The few choices that matter before a recording is captioned: language, model and names.

use std::path::PathBuf;

use egui::{Grid, Ui};

use super::choices::{language, model, row, vocabulary_field, who_speaks};
use super::{Then, heading};
use crate::gui::action::{Action, Actions, After};
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::primary;
use crate::gui::words::{say, say_with};

/// A recording that is about to be captioned.
#[derive(Debug)]
pub struct CaptionDialog {
    recording: PathBuf,
    has_begun: bool,
}

impl CaptionDialog {
    pub fn new(recording: PathBuf) -> Self {
        Self { recording, has_begun: false }
    }

    pub fn ui(&mut self, ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
        super::set_width(ui, 480.0);
        let name = self.recording.file_name().unwrap_or(self.recording.as_os_str()).to_string_lossy();
        heading(ui, &say_with!("caption-title", name = name));
        let mut settings = view.state.settings.clone();
        let grid = Grid::new("caption with").num_columns(2).min_col_width(130.0);
        grid.spacing([2.0 * SPACE, SPACE]).show(ui, |ui| {
            row(ui, say("settings-language"), |ui| language(ui, &mut settings));
            row(ui, say("settings-model"), |ui| model(ui, view, &mut settings));
            row(ui, say("settings-vocabulary"), |ui| vocabulary_field(ui, &mut settings));
        });
        ui.add_space(SPACE);
        who_speaks(ui, &mut settings);
        ui.checkbox(&mut settings.captions_at_once, say("caption-at-once"))
            .on_hover_text(say("caption-at-once-hint"));
        if settings != view.state.settings {
            actions.ask(Action::ChangeSettings(Box::new(settings)));
        }
        ui.add_space(2.0 * SPACE);
        ui.horizontal(|ui| self.buttons(ui, view, actions)).inner
    }

    /// The first button has the keyboard at first, so that Enter alone goes on.
    fn buttons(&mut self, ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
        let go = ui.add(primary(view, say("caption-go-on")));
        if !std::mem::replace(&mut self.has_begun, true) {
            go.request_focus();
        }
        if go.clicked() {
            actions.ask(Action::Leave(After::Caption(self.recording.clone())));
            return Then::Closes;
        }
        if ui.button(say("button-cancel")).clicked() { Then::Closes } else { Then::Stays }
    }
}
