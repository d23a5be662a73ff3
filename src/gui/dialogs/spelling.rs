//! The dialog for a misspelled word.

use std::ops::Range;

use egui::text::{LayoutJob, TextFormat};
use egui::{RichText, Spinner, TextStyle, Ui};

use super::{Then, heading};
use crate::document::CueId;
use crate::gui::action::Actions;
use crate::gui::command::{Command, GoCommand};
use crate::gui::editor::action::EditorAction;
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::words::{say, say_with};

#[derive(Debug)]
pub struct SpellingDialog {
    cue: CueId,
    /// The word, as bytes of the text.
    range: Range<usize>,
    text: String,
    has_begun: bool,
}

impl SpellingDialog {
    pub fn new(cue: CueId, range: Range<usize>, text: String) -> Self {
        Self { cue, range, text, has_begun: false }
    }

    fn word(&self) -> &str {
        &self.text[self.range.clone()]
    }

    pub fn ui(&mut self, ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
        super::set_width(ui, 420.0);
        heading(ui, &say_with!("spelling-title", word = self.word()));
        ui.label(self.sentence(ui, view));
        ui.add_space(SPACE);
        if self.suggestions(ui, view, actions) {
            actions.run(Command::Go(GoCommand::NextUnknown));
            return Then::Closes;
        }
        ui.add_space(2.0 * SPACE);
        ui.horizontal_wrapped(|ui| self.others(ui, actions)).inner
    }

    /// Returns the text of the cue, with the word in another colour.
    fn sentence(&self, ui: &Ui, view: &View) -> LayoutJob {
        let part = |color| TextFormat::simple(TextStyle::Body.resolve(ui.style()), color);
        let mut job = LayoutJob::default();
        job.append(&self.text[..self.range.start], 0.0, part(view.colors.text));
        job.append(self.word(), 0.0, part(view.colors.error));
        job.append(&self.text[self.range.end..], 0.0, part(view.colors.text));
        job
    }

    /// Shows the suggestions. Returns whether one was chosen.
    fn suggestions(&mut self, ui: &mut Ui, view: &View, actions: &mut Actions) -> bool {
        let Some(suggestions) = view.editor.spelling.suggestions(self.word()) else {
            ui.add(Spinner::new());
            return false;
        };
        if suggestions.is_empty() {
            ui.label(RichText::new(say("spelling-no-suggestions")).weak());
            return false;
        }
        let mut chosen = None;
        ui.horizontal_wrapped(|ui| {
            for suggestion in suggestions {
                let button = ui.button(suggestion);
                if !std::mem::replace(&mut self.has_begun, true) {
                    button.request_focus();
                }
                if button.clicked() {
                    chosen = Some(suggestion.clone());
                }
            }
        });
        let Some(with) = chosen else { return false };
        let (cue, range, word) = (self.cue, self.range.clone(), self.word().to_owned());
        actions.ask(EditorAction::Respell { cue, range, word, with });
        true
    }

    fn others(&self, ui: &mut Ui, actions: &mut Actions) -> Then {
        let add = ui.button(say("spelling-add"));
        if add.on_hover_text(say("spelling-add-hint")).clicked() {
            actions.ask(EditorAction::AddTerm(self.word().to_owned()));
            actions.run(Command::Go(GoCommand::NextUnknown));
            return Then::Closes;
        }
        if ui.button(say("spelling-skip")).clicked() {
            actions.run(Command::Go(GoCommand::NextUnknown));
            return Then::Closes;
        }
        if ui.button(say("spelling-edit")).clicked() {
            actions.ask(EditorAction::EditWord(self.cue, self.range.clone()));
            return Then::Closes;
        }
        if ui.button(say("button-close")).clicked() { Then::Closes } else { Then::Stays }
    }
}
