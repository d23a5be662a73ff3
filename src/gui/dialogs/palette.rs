//! The command palette: finds any command by typing a few letters.

use egui::accesskit::Live;
use egui::text::{LayoutJob, TextFormat};
use egui::{Button, Id, Key, RichText, Role, ScrollArea, TextEdit, Ui, UiKind};

use super::Then;
use crate::gui::action::Actions;
use crate::gui::command::{Row, TABLE};
use crate::gui::heard;
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::tip;
use crate::gui::words::say;

#[derive(Debug, Default)]
pub struct Palette {
    typed: String,
    /// Index of the row that Enter runs.
    at: usize,
    has_begun: bool,
}

impl Palette {
    pub fn ui(&mut self, ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
        super::set_width(ui, 520.0);
        heard::around(ui, UiKind::Modal, Role::Dialog, say("command-app-palette"));
        let (down, up, enter) = ui.input_mut(|input| {
            let mut pressed = |key| input.consume_key(egui::Modifiers::NONE, key);
            (pressed(Key::ArrowDown), pressed(Key::ArrowUp), pressed(Key::Enter))
        });
        let field =
            TextEdit::singleline(&mut self.typed).hint_text(say("palette-hint")).desired_width(f32::INFINITY);
        let response = ui.add(field).accessible_name(say("palette-name"));
        if !std::mem::replace(&mut self.has_begun, true) {
            response.request_focus();
        }
        let rows = self.matching();
        if response.changed() {
            self.at = 0;
        }
        self.at =
            (self.at + usize::from(down)).saturating_sub(usize::from(up)).min(rows.len().saturating_sub(1));
        if let Some(row) = rows.get(self.at) {
            // The keyboard focus stays in the field, so screen readers announce the command that Enter would run.
            let tip = tip(row.name(), &view.state.keymap.label(row.command));
            ui.ctx().accesskit_node_builder(Id::unique("chosen command"), |node| {
                node.set_role(Role::Status);
                node.set_label(tip);
                node.set_live(Live::Polite);
            });
        }
        ui.add_space(SPACE);
        let mut then = Then::Stays;
        ScrollArea::vertical().max_height(380.0).auto_shrink([false, true]).show(ui, |ui| {
            for (place, row) in rows.iter().enumerate() {
                let obstacle = row.obstacle(&view.available);
                let keys = view.state.keymap.label(row.command);
                let button = Button::selectable(place == self.at, face(ui, view, row))
                    .shortcut_text(keys)
                    .min_size(egui::vec2(ui.available_width(), 28.0));
                let response = ui.add_enabled(obstacle.is_none(), button).accessible_name(row.name());
                if place == self.at && (down || up) {
                    response.scroll_to_me(None);
                }
                let chosen = response.clicked() || enter && place == self.at && obstacle.is_none();
                response.on_disabled_hover_text(obstacle.unwrap_or_default());
                if chosen {
                    actions.run(row.command);
                    then = Then::Closes;
                }
            }
            if rows.is_empty() {
                ui.label(RichText::new(say("palette-none")).color(view.colors.weak));
            }
        });
        then
    }

    /// Returns the commands whose name contains the typed letters in order; matches at the start of a word come first.
    fn matching(&self) -> Vec<&'static Row> {
        let typed = self.typed.trim().to_lowercase();
        let mut rows: Vec<_> =
            TABLE.iter().filter_map(|row| Some((rank(&row.name().to_lowercase(), &typed)?, row))).collect();
        rows.sort_by_key(|(rank, _)| *rank);
        rows.into_iter().map(|(_, row)| row).collect()
    }
}

/// Returns the label of a row: the command's name and its menu.
fn face(ui: &Ui, view: &View, row: &Row) -> LayoutJob {
    let font = egui::TextStyle::Button.resolve(ui.style());
    let mut job = LayoutJob::default();
    job.append(row.name(), 0.0, TextFormat::simple(font.clone(), view.colors.text));
    job.append(row.menu.name(), SPACE, TextFormat::simple(font, view.colors.weak));
    job
}

/// Ranks a match: 0 at the start of a word, 1 elsewhere in the name, 2 if the letters only appear in order.
fn rank(name: &str, typed: &str) -> Option<u8> {
    if name.starts_with(typed) || name.contains(&format!(" {typed}")) {
        return Some(0);
    }
    if name.contains(typed) {
        return Some(1);
    }
    let mut letters = name.chars();
    let mut typed = typed.chars().filter(|c| !c.is_whitespace());
    typed.all(|wanted| letters.any(|letter| letter == wanted)).then_some(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::command::{Command, EditCommand, GoCommand};

    #[test]
    fn a_few_letters_find_a_command() {
        let first = |typed: &str| {
            let palette = Palette { typed: typed.to_owned(), ..Palette::default() };
            palette.matching().first().map(|row| row.command)
        };
        assert_eq!(first("split"), Some(Command::Edit(EditCommand::Split)));
        assert_eq!(first("next doubt"), Some(Command::Go(GoCommand::NextDoubtful)));
        assert_eq!(first("mrgnxt"), Some(Command::Edit(EditCommand::MergeWithNext)));
        assert_eq!(first("xyzzy"), None);
    }
}
