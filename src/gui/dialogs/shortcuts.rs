//! All shortcuts, where they can be changed.

use egui::{Button, Grid, Key, RichText, ScrollArea, Ui};

use super::{Then, heading};
use crate::gui::action::{Action, Asks};
use crate::gui::command::{Command, Menu, TABLE};
use crate::gui::keymap::pressed_now;
use crate::gui::state::View;
use crate::gui::theme::SPACE;

#[derive(Debug, Default)]
pub struct ShortcutsDialog {
    /// The command whose new keys are awaited.
    listening: Option<Command>,
}

impl ShortcutsDialog {
    pub fn is_listening(&self) -> bool {
        self.listening.is_some()
    }

    pub fn ui(&mut self, ui: &mut Ui, view: &View, asks: &mut Asks) -> Then {
        super::set_width(ui, 600.0);
        heading(ui, "Keyboard shortcuts");
        ui.label(RichText::new("Choose a command's keys, then press the new ones.").color(view.colors.weak));
        ui.add_space(SPACE);
        self.listen(ui, asks);
        let height = (ui.ctx().content_rect().height() - 240.0).max(120.0);
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            for menu in Menu::ALL {
                ui.add_space(SPACE);
                ui.label(RichText::new(menu.name()).strong());
                Grid::new(menu.name()).num_columns(3).min_col_width(180.0).show(ui, |ui| {
                    for row in TABLE.iter().filter(|row| row.menu == menu) {
                        self.row(ui, view, row.command, asks);
                        ui.end_row();
                    }
                });
            }
        });
        ui.add_space(SPACE);
        if ui.button("Close").clicked() { Then::Closes } else { Then::Stays }
    }

    fn row(&mut self, ui: &mut Ui, view: &View, command: Command, asks: &mut Asks) {
        let name = command.row().name;
        ui.label(name);
        let keys = view.state.keymap.label(command);
        let face = match (self.listening == Some(command), keys.is_empty()) {
            (true, _) => "Press keys…".to_owned(),
            (false, true) => "none".to_owned(),
            (false, false) => keys,
        };
        let button = Button::selectable(self.listening == Some(command), face).frame_when_inactive(true);
        if ui.add(button).accessible_name(format!("Keys of {name}")).clicked() {
            self.listening = Some(command);
        }
        let is_changed = view.state.keymap.chosen().contains_key(command.row().id);
        if is_changed {
            let reset = ui.button("Reset").accessible_name(format!("Reset the keys of {name}"));
            if reset.clicked() {
                asks.ask(Action::ResetShortcut(command));
            }
        }
    }

    fn listen(&mut self, ui: &Ui, asks: &mut Asks) {
        let (Some(command), Some(shortcut)) = (self.listening, pressed_now(ui.ctx())) else { return };
        self.listening = None;
        match shortcut.logical_key {
            Key::Escape => {}
            Key::Backspace => asks.ask(Action::SetShortcut(command, None)),
            _ => asks.ask(Action::SetShortcut(command, Some(shortcut))),
        }
    }
}
