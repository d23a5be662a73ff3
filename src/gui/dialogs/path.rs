//! A field for typing a path, for systems without file dialogs.

use std::path::{Path, PathBuf};

use egui::text::{CCursor, CCursorRange};
use egui::{Key, RichText, TextEdit, Ui};

use super::{Dialog, Then, buttons, heading};
use crate::gui::action::{Action, Actions};
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::words::say;
use crate::gui::workers::Question;
use crate::settings::home_folder;

#[derive(Debug)]
pub struct PathDialog {
    pub question: Question,
    typed: String,
    /// The path that was typed for a new file, if a file already exists there.
    pub taken: Option<PathBuf>,
    /// The dialog that asked.
    pub below: Option<Dialog>,
    has_begun: bool,
}

impl PathDialog {
    pub fn new(question: Question, below: Option<Dialog>) -> Self {
        let typed = question.proposal().unwrap_or_default().display().to_string();
        Self { question, typed, taken: None, below, has_begun: false }
    }

    pub fn ui(&mut self, ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
        super::set_width(ui, 560.0);
        heading(ui, self.question.title());
        ui.label(RichText::new(say("path-hint")).color(view.colors.weak));
        ui.add_space(SPACE);
        let enter = self.field(ui);
        let path = self.path();
        let is_taken = path.is_some() && self.taken == path;
        if is_taken {
            let text = format!("⚠ {}", say("path-taken"));
            ui.label(RichText::new(text).color(view.colors.warning));
        }
        let go_on = match self.question {
            Question::SaveAs { .. } | Question::VoicesFile { .. } if is_taken => say("path-replace"),
            Question::SaveAs { .. } | Question::VoicesFile { .. } => say("path-save"),
            Question::Open | Question::Recording => say("path-open"),
            _ => say("path-choose"),
        };
        let (go, cancel) = buttons(ui, view, go_on, path.is_some());
        match path.filter(|_| go || enter) {
            // Enter alone must not replace a file.
            Some(path) if is_taken && go => actions.ask(Action::ReplacePath(self.question.clone(), path)),
            Some(path) => actions.ask(Action::AnswerPath(self.question.clone(), Some(path))),
            None => {}
        }
        if cancel { Then::Closes } else { Then::Stays }
    }

    /// Shows the field. Returns true if the user pressed Enter in it.
    fn field(&mut self, ui: &mut Ui) -> bool {
        let field = TextEdit::singleline(&mut self.typed).desired_width(f32::INFINITY);
        let response = ui.add(field.hint_text(say("path-example"))).accessible_name(say("path-name"));
        if !std::mem::replace(&mut self.has_begun, true) {
            response.request_focus();
            let mut state = TextEdit::load_state(ui.ctx(), response.id).unwrap_or_default();
            let end = CCursor::new(self.typed.chars().count());
            state.cursor.set_char_range(Some(CCursorRange::one(end)));
            state.store(ui.ctx(), response.id);
        }
        response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
    }

    fn path(&self) -> Option<PathBuf> {
        let folder = match (&self.question, self.question.proposal()) {
            (Question::SaveAs { .. }, Some(file)) => file.parent().map(Path::to_owned),
            (Question::VoicesFile { .. }, _) => None,
            (_, folder) => folder,
        };
        full_path(&self.typed, folder.as_deref(), home_folder().as_deref())
    }
}

/// Expands a typed path: `~` is the home folder, and a relative path is in `folder`.
fn full_path(typed: &str, folder: Option<&Path>, home: Option<&Path>) -> Option<PathBuf> {
    let typed = typed.trim().trim_matches(['"', '\'']);
    if typed.is_empty() {
        return None;
    }
    let at_home = typed.strip_prefix('~').map(|rest| rest.trim_start_matches('/'));
    match (at_home, home) {
        (Some(rest), Some(home)) => Some(home.join(rest)),
        _ => Some(folder.or(home).unwrap_or(Path::new("")).join(typed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_as_people_type_them() {
        let (folder, home) = (Path::new("/lectures"), Path::new("/home/ada"));
        let path = |typed| full_path(typed, Some(folder), Some(home));
        assert_eq!(path(" /a/b c.wav "), Some("/a/b c.wav".into()));
        assert_eq!(path("'/a/b c.wav'"), Some("/a/b c.wav".into()));
        assert_eq!(path("~/b.wav"), Some("/home/ada/b.wav".into()));
        assert_eq!(path("b.wav"), Some("/lectures/b.wav".into()));
        assert_eq!(full_path("b.wav", None, Some(home)), Some("/home/ada/b.wav".into()));
        assert_eq!(path("  "), None);
    }
}
