//! The bar at the top: menus made from the table of commands, and what is open.

use egui::{Align, Button, Layout, MenuBar, RichText, Ui};

use crate::gui::action::Asks;
use crate::gui::command::{Command, Menu, TABLE};
use crate::gui::state::{Page, View};
use crate::gui::theme::SPACE;
use crate::gui::widgets::short_time;
use crate::gui::workspace::{ReadOnly, Workspace};

pub fn ui(ui: &mut Ui, view: &View, asks: &mut Asks) {
    MenuBar::new().ui(ui, |ui| {
        ui.spacing_mut().button_padding.x = SPACE;
        for menu in Menu::ALL {
            ui.menu_button(menu.name(), |ui| {
                ui.set_min_width(250.0);
                entries(ui, view, asks, menu);
            });
        }
        elsewhere(ui, view, asks);
        if let Some(workspace) = view.state.workspace.as_ref().filter(|_| view.state.page == Page::Captions) {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(SPACE);
                ui.label(RichText::new(standing(workspace)).color(view.colors.weak));
                ui.add(egui::Label::new(RichText::new(&workspace.name).strong()).truncate());
            });
        }
    });
}

/// What goes on on pages that are not shown.
fn elsewhere(ui: &mut Ui, view: &View, asks: &mut Asks) {
    let (record, queue) = (&view.state.record, &view.state.queue);
    if record.is_busy() && view.state.page != Page::Record {
        let text = match record.is_recording() {
            true => format!("⏺ Recording {}", short_time(record.standing.status.recorded)),
            false => "Recognizing the rest of the recording".to_owned(),
        };
        if ui.button(RichText::new(text).color(view.colors.error)).clicked() {
            asks.run(Command::RecordPage);
        }
    }
    if queue.is_running() && view.state.page != Page::Queue {
        let totals = queue.ledger.totals();
        if ui.button(format!("▶ Queue: {} of {}", totals.done + totals.failed, totals.all)).clicked() {
            asks.run(Command::QueuePage);
        }
    }
}

/// The commands of one menu.
pub fn entries(ui: &mut Ui, view: &View, asks: &mut Asks, menu: Menu) {
    for row in TABLE.iter().filter(|row| row.menu == menu) {
        if row.begins_group {
            ui.separator();
        }
        let obstacle = row.obstacle(&view.available);
        let button = Button::new(name(view, row.command)).shortcut_text(view.state.keymap.label(row.command));
        let response = ui.add_enabled(obstacle.is_none(), button);
        if response.on_disabled_hover_text(obstacle.unwrap_or_default()).clicked() {
            asks.run(row.command);
        }
    }
}

/// A command's name; that of undo says what would be undone.
fn name(view: &View, command: Command) -> String {
    let editor = view.state.workspace.as_ref().map(Workspace::editor);
    let label = match command {
        Command::Undo => editor.and_then(|editor| editor.undo_label()),
        Command::Redo => editor.and_then(|editor| editor.redo_label()),
        _ => None,
    };
    let name = command.row().name;
    label.map_or_else(|| name.to_owned(), |label| format!("{name}: {}", decapitalized(label)))
}

fn decapitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn standing(workspace: &Workspace) -> &'static str {
    match workspace.read_only {
        Some(ReadOnly::Transcribing) => "is being captioned",
        Some(ReadOnly::OpenElsewhere) => "for reading only: another window has it",
        None if workspace.is_dirty() => "not saved",
        None if workspace.project.is_some() => "saved",
        None => "",
    }
}
