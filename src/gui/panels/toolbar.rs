//! The bar with what is used most, and what is open.

use egui::{Align, Button, Label, Layout, RichText, Ui};

use crate::gui::action::Actions;
use crate::gui::command::{Command, EditCommand, FileCommand, PlayCommand};
use crate::gui::editor::workspace::{ReadOnly, Workspace};
use crate::gui::state::View;
use crate::gui::theme::SPACE;

/// With less width than this, what the title and the menus have as well is left out. Points.
const NARROW: f32 = 560.0;

pub fn ui(ui: &mut Ui, view: &View, workspace: &Workspace, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let is_narrow = ui.available_width() < NARROW;
        tool(ui, view, actions, Command::File(FileCommand::Save), "Save", "Save captions");
        tool(ui, view, actions, Command::File(FileCommand::Export), "Export…", "Export captions…");
        tool(ui, view, actions, Command::Edit(EditCommand::Undo), "Undo", "Undo the last change");
        if !is_narrow {
            tool(ui, view, actions, Command::Edit(EditCommand::Redo), "Redo", "Redo the last change");
        }
        let is_playing = workspace.soundtrack.as_ref().is_some_and(|soundtrack| soundtrack.is_playing());
        let face = if is_playing { "⏸ Pause" } else { "▶ Play" };
        tool(ui, view, actions, Command::Play(PlayCommand::PlayPause), face, "Play or pause the recording");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(Label::new(RichText::new(standing(workspace)).color(view.colors.weak)).truncate());
            if !is_narrow {
                ui.add_space(SPACE);
                ui.add(Label::new(RichText::new(&workspace.name).strong()).truncate());
            }
        });
    });
}

fn tool(ui: &mut Ui, view: &View, actions: &mut Actions, command: Command, face: &str, name: &str) {
    let obstacle = command.row().obstacle(&view.available);
    let keys = view.state.keymap.label(command);
    let tip = if keys.is_empty() { name.to_owned() } else { format!("{name} ({keys})") };
    let response = ui.add_enabled(obstacle.is_none(), Button::new(face)).accessible_name(name);
    if response.on_hover_text(tip).on_disabled_hover_text(obstacle.unwrap_or_default()).clicked() {
        actions.run(command);
    }
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
