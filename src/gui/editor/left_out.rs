//! Passages that only the second opinion has: listed above the problems, with buttons to insert or dismiss them.

use egui::{Button, Label, RichText, ScrollArea, Ui};

use crate::document::ops;
use crate::gui::action::Actions;
use crate::gui::editor::action::EditorAction;
use crate::gui::editor::workspace::Workspace;
use crate::gui::state::View;
use crate::gui::theme::{SMALL_SPACE, SPACE};
use crate::gui::widgets::short_time;
use crate::gui::words::{say, say_with};
use crate::transcript::LeftOut;

/// Maximum height of the passages, so that the problems keep room. Unit: points.
const MOST: f32 = 180.0;

pub fn ui(ui: &mut Ui, view: &View, workspace: &Workspace, actions: &mut Actions) {
    let count = ops::left_out(workspace.document()).count();
    if count == 0 {
        return;
    }
    let title = say_with!("left-out-title", count = count);
    ui.label(RichText::new(title).size(16.0).strong()).on_hover_text(say("left-out-hint"));
    ScrollArea::vertical().id_salt("left out").max_height(MOST).show(ui, |ui| {
        for passage in ops::left_out(workspace.document()) {
            one(ui, view, workspace, passage, actions);
        }
    });
    ui.add_space(SPACE);
    ui.separator();
}

fn one(ui: &mut Ui, view: &View, workspace: &Workspace, passage: &LeftOut, actions: &mut Actions) {
    let time = short_time(passage.span.start);
    ui.horizontal(|ui| {
        let listen = Button::new(RichText::new(&time).color(view.colors.accent)).frame(false);
        let listen = ui.add(listen).accessible_name(say_with!("left-out-go", time = &time));
        if listen.on_hover_text(say("left-out-go-hint")).clicked() {
            actions.ask(EditorAction::Seek(passage.span.start));
        }
        ui.add(Label::new(format!("“{}”", passage.text)).wrap());
    });
    ui.add_enabled_ui(workspace.read_only.is_none(), |ui| {
        ui.horizontal(|ui| {
            let insert = ui.button(say("left-out-insert"));
            if insert.accessible_name(say_with!("left-out-insert-at", time = &time)).clicked() {
                actions.ask(EditorAction::InsertLeftOut(passage.clone()));
            }
            let dismiss = ui.button(say("left-out-dismiss"));
            if dismiss.accessible_name(say_with!("left-out-dismiss-at", time = &time)).clicked() {
                actions.ask(EditorAction::DismissLeftOut(passage.clone()));
            }
        });
    });
    ui.add_space(SMALL_SPACE);
}
