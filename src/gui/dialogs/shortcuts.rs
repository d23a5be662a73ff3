//! All shortcuts, where they can be changed.

use egui::{Button, Frame, Grid, Key, KeyboardShortcut, RichText, ScrollArea, Stroke, TextEdit, Ui};

use super::{Then, heading};
use crate::gui::action::{Action, Actions};
use crate::gui::command::{Command, Menu, Row, TABLE};
use crate::gui::keymap::{label, take_pressed};
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::words::{say, say_with};

/// Height of everything above and below the list. Unit: points.
const REST: f32 = 290.0;

#[derive(Debug, Default)]
pub struct ShortcutsDialog {
    /// The command waiting for new keys.
    listening: Option<Command>,
    /// New keys that another command already uses.
    conflict: Option<Conflict>,
    /// Shows only commands whose name or keys contain this.
    search: String,
    has_begun: bool,
}

/// Keys pressed for one command that belong to others.
#[derive(Clone, Debug)]
struct Conflict {
    command: Command,
    shortcut: KeyboardShortcut,
    others: Vec<Command>,
}

impl ShortcutsDialog {
    pub fn is_listening(&self) -> bool {
        self.listening.is_some()
    }

    pub fn ui(&mut self, ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
        super::set_width(ui, 680.0);
        heading(ui, say("shortcuts-title"));
        self.listen(ui, view, actions);
        ui.label(RichText::new(say("shortcuts-hint")).color(view.colors.weak));
        ui.add_space(SPACE);
        self.head(ui, view, actions);
        self.conflict(ui, view, actions);
        let height = (ui.ctx().content_rect().height() - REST).max(120.0);
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            for menu in Menu::ALL {
                self.section(ui, view, menu, actions);
            }
        });
        ui.add_space(SPACE);
        if ui.button(say("button-close")).clicked() { Then::Closes } else { Then::Stays }
    }

    fn head(&mut self, ui: &mut Ui, view: &View, actions: &mut Actions) {
        ui.horizontal(|ui| {
            let field = TextEdit::singleline(&mut self.search)
                .hint_text(say("shortcuts-search"))
                .desired_width(260.0);
            let response = ui.add(field).accessible_name(say("shortcuts-search-name"));
            if !std::mem::replace(&mut self.has_begun, true) {
                response.request_focus();
            }
            let is_changed = !view.state.keymap.chosen().is_empty();
            if ui.add_enabled(is_changed, Button::new(say("shortcuts-reset-all"))).clicked() {
                self.conflict = None;
                actions.ask(Action::ResetShortcuts);
            }
        });
    }

    fn section(&mut self, ui: &mut Ui, view: &View, menu: Menu, actions: &mut Actions) {
        let rows: Vec<_> = TABLE.iter().filter(|row| row.menu == menu && self.finds(view, row)).collect();
        if rows.is_empty() {
            return;
        }
        ui.add_space(SPACE);
        ui.label(RichText::new(menu.name()).strong());
        Grid::new(menu.name()).num_columns(3).min_col_width(180.0).show(ui, |ui| {
            for row in rows {
                self.row(ui, view, row.command, actions);
                ui.end_row();
            }
        });
    }

    fn finds(&self, view: &View, row: &Row) -> bool {
        let wanted = self.search.trim().to_lowercase();
        let keys = view.state.keymap.label(row.command).to_lowercase();
        row.name().to_lowercase().contains(&wanted) || keys.contains(&wanted)
    }

    fn row(&mut self, ui: &mut Ui, view: &View, command: Command, actions: &mut Actions) {
        let name = command.row().name();
        ui.label(name);
        let keys = view.state.keymap.label(command);
        let face = match (self.listening == Some(command), keys.is_empty()) {
            (true, _) => say("shortcuts-press").to_owned(),
            (false, true) => say("shortcuts-none").to_owned(),
            (false, false) => keys,
        };
        let button = Button::selectable(self.listening == Some(command), face).frame_when_inactive(true);
        if ui.add(button).accessible_name(say_with!("shortcuts-keys-of", command = name)).clicked() {
            self.listening = Some(command);
            self.conflict = None;
        }
        let is_changed = view.state.keymap.chosen().contains_key(command.row().id);
        if is_changed {
            let reset = ui.button(say("shortcuts-reset"));
            let reset = reset.accessible_name(say_with!("shortcuts-reset-of", command = name));
            if reset.clicked() {
                actions.ask(Action::ResetShortcut(command));
            }
        }
    }

    fn listen(&mut self, ui: &Ui, view: &View, actions: &mut Actions) {
        let Some(command) = self.listening else { return };
        let Some(shortcut) = take_pressed(ui.ctx()) else { return };
        self.listening = None;
        match shortcut.logical_key {
            Key::Escape => {}
            Key::Backspace => actions.ask(Action::SetShortcut(command, None)),
            _ => match view.state.keymap.taken_by(shortcut, command) {
                others if others.is_empty() => actions.ask(Action::SetShortcut(command, Some(shortcut))),
                others => self.conflict = Some(Conflict { command, shortcut, others }),
            },
        }
    }

    /// Asks before another command loses its keys.
    fn conflict(&mut self, ui: &mut Ui, view: &View, actions: &mut Actions) {
        let Some(Conflict { command, shortcut, others }) = self.conflict.clone() else { return };
        let edge = Stroke::new(1.0, view.colors.warning);
        let frame = Frame::new().stroke(edge).corner_radius(4).inner_margin(SPACE);
        let is_decided = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            let names = others.iter().map(|other| other.row().name()).collect::<Vec<_>>().join(", ");
            let taken = say_with!("shortcuts-taken", keys = label(&shortcut), commands = names);
            let text = format!("⚠ {taken}");
            ui.label(RichText::new(text).color(view.colors.warning));
            ui.horizontal_wrapped(|ui| {
                let takes = ui.button(say_with!("shortcuts-use", command = command.row().name())).clicked();
                if takes {
                    actions.ask(Action::SetShortcut(command, Some(shortcut)));
                }
                takes || ui.button(say("shortcuts-leave")).clicked()
            })
            .inner
        });
        if is_decided.inner {
            self.conflict = None;
        }
    }
}
