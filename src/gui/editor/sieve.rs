//! The bar above the list that filters and sorts the cues.

use egui::{Align, ComboBox, Frame, Id, Layout, RichText, TextEdit, Ui};

use super::rows::{Choice, Show, Sort};
use super::workspace::Workspace;
use crate::gui::action::Actions;
use crate::gui::editor::action::EditorAction;
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::close_button;
use crate::gui::words::{say, say_with};

/// Returns the id of the text field.
pub fn field_id() -> Id {
    Id::unique("sieve")
}

pub fn ui(ui: &mut Ui, view: &View, workspace: &Workspace, actions: &mut Actions) {
    let rows = &workspace.rows;
    let mut choice = rows.choice.clone();
    Frame::new().fill(view.colors.panel).inner_margin(SPACE).show(ui, |ui| {
        ui.horizontal(|ui| {
            combo(
                ui,
                "rows-show",
                &mut choice.show,
                &[
                    (Show::All, "rows-all"),
                    (Show::Doubtful, "rows-doubtful"),
                    (Show::Problems, "rows-problems"),
                    (Show::Unknown, "rows-unknown"),
                ],
            );
            let field = TextEdit::singleline(&mut choice.text)
                .id(field_id())
                .hint_text(say("rows-text"))
                .desired_width(160.0);
            let field = ui.add(field).accessible_name(say("rows-text"));
            if field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Escape)) {
                actions.ask(EditorAction::CloseRows);
            }
            speaker(ui, workspace, &mut choice);
            combo(
                ui,
                "rows-sort",
                &mut choice.sort,
                &[
                    (Sort::Time, "rows-by-time"),
                    (Sort::Speed, "rows-by-speed"),
                    (Sort::Doubt, "rows-by-doubt"),
                ],
            );
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if close_button(ui, say("rows-close")).clicked() {
                    actions.ask(EditorAction::CloseRows);
                }
                let all = workspace.document().cues.len();
                let text = say_with!("rows-count", shown = rows.len(workspace.document()), all = all);
                ui.label(RichText::new(text).color(view.colors.weak));
            });
        });
    });
    if choice != rows.choice {
        actions.ask(EditorAction::ShowRows(choice));
    }
}

/// The choice of a speaker, where there are any.
fn speaker(ui: &mut Ui, workspace: &Workspace, choice: &mut Choice) {
    let names = workspace.speakers().names();
    if names.is_empty() && choice.speaker.is_none() {
        return;
    }
    let chosen = choice.speaker.clone().unwrap_or_else(|| say("rows-everybody").to_owned());
    let combo = ComboBox::from_id_salt("rows-speaker").selected_text(chosen).show_ui(ui, |ui| {
        ui.selectable_value(&mut choice.speaker, None, say("rows-everybody"));
        for name in names {
            ui.selectable_value(&mut choice.speaker, Some(name.clone()), name);
        }
    });
    combo.response.accessible_name(say("rows-speaker")).on_hover_text(say("rows-speaker"));
}

fn combo<T: Copy + PartialEq>(ui: &mut Ui, name: &'static str, value: &mut T, choices: &[(T, &'static str)]) {
    let chosen = choices.iter().find(|(choice, _)| choice == value).map_or("", |(_, text)| say(text));
    let combo = ComboBox::from_id_salt(name).selected_text(chosen).show_ui(ui, |ui| {
        for (choice, text) in choices {
            ui.selectable_value(value, *choice, say(text));
        }
    });
    combo.response.accessible_name(say(name)).on_hover_text(say(name));
}

/// Returns the order after a click on a column header: by this column, or by time again.
pub fn sorted(choice: &Choice, by: Sort) -> Choice {
    let sort = if choice.sort == by { Sort::Time } else { by };
    Choice { sort, ..choice.clone() }
}
