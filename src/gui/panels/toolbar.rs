//! The bar with the most used commands and the name of the open captions.

use egui::{Align, Button, Label, Layout, RichText, Ui};

use crate::gui::action::Actions;
use crate::gui::command::{Command, EditCommand, FileCommand, PlayCommand};
use crate::gui::editor::workspace::{ReadOnly, Workspace};
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::tip;
use crate::gui::words::say;

/// Below this width, everything that the title and the menus also show is left out. Unit: points.
const NARROW: f32 = 620.0;

pub fn ui(ui: &mut Ui, view: &View, workspace: &Workspace, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let is_narrow = ui.available_width() < NARROW;
        tool(ui, view, actions, Command::File(FileCommand::Save), say("command-file-save"), say("tool-save"));
        tool(
            ui,
            view,
            actions,
            Command::File(FileCommand::Export),
            say("command-file-export"),
            say("tool-export"),
        );
        tool(ui, view, actions, Command::Edit(EditCommand::Undo), say("command-edit-undo"), say("tool-undo"));
        if !is_narrow {
            tool(
                ui,
                view,
                actions,
                Command::Edit(EditCommand::Redo),
                say("command-edit-redo"),
                say("tool-redo"),
            );
        }
        let is_playing = workspace.soundtrack.as_ref().is_some_and(|soundtrack| soundtrack.is_playing());
        let face = match is_playing {
            true => format!("⏸ {}", say("tool-face-pause")),
            false => format!("▶ {}", say("tool-face-play")),
        };
        tool(ui, view, actions, Command::Play(PlayCommand::PlayPause), &face, say("tool-play"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(standing) = standing(workspace) {
                ui.add(Label::new(RichText::new(standing).color(view.colors.weak)).truncate());
            }
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
    let tip = tip(name, &keys);
    let response = ui.add_enabled(obstacle.is_none(), Button::new(face)).accessible_name(name);
    if response.on_hover_text(tip).on_disabled_hover_text(obstacle.unwrap_or_default()).clicked() {
        actions.run(command);
    }
}

fn standing(workspace: &Workspace) -> Option<&'static str> {
    match workspace.read_only {
        Some(ReadOnly::Transcribing) => Some(say("state-captioning")),
        Some(ReadOnly::OpenElsewhere) => Some(say("state-read-only")),
        None if workspace.is_dirty() => Some(say("state-unsaved")),
        None if workspace.project.is_some() || is_saved_in_place(workspace) => Some(say("state-saved")),
        None => None,
    }
}

/// Returns whether changes were saved to the file that the captions were opened from.
fn is_saved_in_place(workspace: &Workspace) -> bool {
    workspace.in_place.is_some() && workspace.editor().revision() > 0
}
