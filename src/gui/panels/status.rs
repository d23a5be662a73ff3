//! The status bar: number of cues, rules, and number of problems.

use egui::{Align, Button, ComboBox, Layout, RichText, Ui};

use crate::caption::Profile;
use crate::gui::action::Actions;
use crate::gui::command::{Command, GoCommand};
use crate::gui::editor::action::EditorAction;
use crate::gui::editor::workspace::Workspace;
use crate::gui::state::View;
use crate::gui::widgets::{rules_name, short_time};
use crate::gui::words::{say, say_with};

/// Below this width, numbers have no labels. Unit: points.
const NARROW: f32 = 820.0;

pub fn ui(ui: &mut Ui, view: &View, workspace: &Workspace, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let document = workspace.document();
        let weak = |text: String| RichText::new(text).color(view.colors.weak);
        let is_narrow = ui.available_width() < NARROW;
        ui.label(weak(say_with!("cue-count", count = document.cues.len())));
        if workspace.selection.len() > 1 {
            ui.label(weak(say_with!("status-selected", count = workspace.selection.len())));
        }
        if let Some(last) = document.cues.last().filter(|_| !is_narrow) {
            ui.label(weak(short_time(last.span.end)));
        }
        if document.language.tag() != "und" {
            ui.label(weak(document.language.to_string())).on_hover_text(say("status-language"));
        }
        if workspace.second.is_some() {
            ui.label(weak(say("status-second").to_owned())).on_hover_text(say("settings-second-hint"));
        }
        profile(ui, workspace, actions);
        let layout = Layout::right_to_left(Align::Center);
        ui.with_layout(layout, |ui| problems(ui, view, workspace, is_narrow, actions));
    });
}

fn profile(ui: &mut Ui, workspace: &Workspace, actions: &mut Actions) {
    let current = &workspace.profile().name;
    let combo = ComboBox::from_id_salt("profile")
        .selected_text(say_with!("status-rules", rules = rules_name(current)))
        .show_ui(ui, |ui| {
            for name in Profile::names() {
                if ui.selectable_label(name == current, rules_name(name)).clicked() {
                    actions.ask(EditorAction::SetProfile(name.to_owned()));
                }
            }
        });
    combo.response.accessible_name(say("status-rules-name")).on_hover_text(say("status-rules-hint"));
}

fn problems(ui: &mut Ui, view: &View, workspace: &Workspace, is_narrow: bool, actions: &mut Actions) {
    let checks = &workspace.checks;
    let doubtful = checks.all_doubtful_words();
    let suggestions = if view.state.settings.suggestions { checks.suggestions() } else { 0 };
    let entries = [
        (checks.faults(), "⚠", "problem-count", view.colors.error, Command::Go(GoCommand::NextProblem)),
        (suggestions, "•", "suggestion-count", view.colors.weak, Command::Go(GoCommand::NextProblem)),
        (doubtful, "?", "doubtful-count", view.colors.warning, Command::Go(GoCommand::NextDoubtful)),
    ];
    for (number, sign, key, color, command) in entries {
        if number == 0 {
            continue;
        }
        let name = say_with!(key, count = number);
        let face = if is_narrow { format!("{sign} {number}") } else { format!("{sign} {name}") };
        let button = Button::new(RichText::new(face).color(color)).frame(false);
        let response = ui.add(button).accessible_name(&name);
        if response
            .on_hover_text(say_with!("status-entry-hint", count = &name, command = command.row().name()))
            .clicked()
        {
            actions.run(command);
        }
    }
    if checks.faults() == 0 && !workspace.document().cues.is_empty() {
        ui.label(RichText::new(format!("✔ {}", say("status-meets-rules"))).color(view.colors.weak));
    }
}
