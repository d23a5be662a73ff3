//! Before a recording: what to record with, and the result of the check.

use std::time::Instant;

use egui::{Frame, Grid, Label, RichText, ScrollArea, Stroke, Ui};

use super::{RecordAction, Trouble, finding};
use crate::gui::action::{Action, Actions};
use crate::gui::command::{AppCommand, Command, RecordCommand};
use crate::gui::dialogs::choices;
use crate::gui::heard::live;
use crate::gui::state::View;
use crate::gui::theme::{LARGE_SPACE, SMALL_SPACE, SPACE};
use crate::gui::widgets::command_primary;
use crate::gui::words::{InWords, say, say_with};
use crate::live::{Finding, FindingSeverity};
use crate::settings::{LiveStability, Settings};

const WIDTH: f32 = 640.0;
const METER_WIDTH: f32 = 220.0;

pub fn ui(ui: &mut Ui, view: &View, result: Option<&Result<Vec<Finding>, Trouble>>, actions: &mut Actions) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let side = ((ui.available_width() - WIDTH) / 2.0).max(0.0);
        ui.horizontal_top(|ui| {
            ui.add_space(side);
            ui.vertical(|ui| {
                ui.set_width(WIDTH.min(ui.available_width()));
                content(ui, view, result, actions);
            });
        });
    });
}

fn content(ui: &mut Ui, view: &View, result: Option<&Result<Vec<Finding>, Trouble>>, actions: &mut Actions) {
    ui.label(RichText::new(say("record-title")).heading());
    let hint = say("record-hint");
    ui.label(RichText::new(hint).color(view.colors.weak));
    ui.add_space(LARGE_SPACE);
    ui.horizontal_wrapped(|ui| {
        command_primary(
            ui,
            view,
            actions,
            Command::Record(RecordCommand::StartRecording),
            &format!("⏺  {}", say("record-start")),
        );
        ui.add_space(SPACE);
        if ui.button(say("button-back")).on_hover_text(say("record-back-hint")).clicked() {
            actions.run(Command::App(AppCommand::LeavePage));
        }
    });
    ui.add_space(LARGE_SPACE);
    check(ui, view, result, actions);
    ui.add_space(LARGE_SPACE);
    choice(ui, view, actions);
    ui.add_space(LARGE_SPACE);
}

fn choice(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let mut settings = view.state.settings.clone();
    let grid = Grid::new("record with").num_columns(2).min_col_width(130.0).spacing([2.0 * SPACE, SPACE]);
    grid.show(ui, |ui| {
        choices::row(ui, say("record-microphone"), |ui| microphone(ui, view, &mut settings));
        if let Some(channels) = channels(view, &settings).filter(|channels| *channels > 1) {
            choices::row(ui, say("record-channel"), |ui| channel(ui, channels, &mut settings));
        }
        choices::row(ui, say("record-level"), |ui| {
            ui.horizontal(|ui| level(ui, view));
        });
        choices::row(ui, say("settings-model"), |ui| choices::model(ui, view, &mut settings));
        choices::row(ui, say("settings-language"), |ui| choices::language(ui, &mut settings));
        choices::row(ui, say("settings-vocabulary"), |ui| choices::vocabulary(ui, &mut settings, actions));
        choices::row(ui, say("record-stability"), |ui| stability(ui, &mut settings));
        choices::row(ui, say("record-sound"), |ui| {
            let text = say("record-full-quality");
            let full = ui.checkbox(&mut settings.recording.full_quality, text);
            full.on_hover_text(say("record-full-quality-hint"));
        });
        choices::row(ui, say("record-folder"), |ui| {
            ui.horizontal(|ui| folder(ui, view, actions));
        });
    });
    if settings != view.state.settings {
        actions.ask(Action::ChangeSettings(Box::new(settings)));
    }
}

fn microphone(ui: &mut Ui, view: &View, settings: &mut Settings) {
    let chosen = &mut settings.recording.microphone;
    let found = view.state.record.microphones.as_ref().and_then(|found| found.as_ref().ok());
    let found = found.map(Vec::as_slice).unwrap_or_default();
    let default = found.iter().find(|microphone| microphone.is_default);
    let default = default.map_or_else(
        || say("record-microphone-default").to_owned(),
        |microphone| say_with!("record-microphone-default-named", name = &microphone.name),
    );
    let missing = chosen.clone().filter(|id| found.iter().all(|microphone| microphone.id != *id));
    let missing = missing.map(|id| (Some(id.clone()), say_with!("record-microphone-missing", name = id)));
    let named = found.iter().map(|microphone| (Some(microphone.id.clone()), microphone.name.clone()));
    let before = chosen.clone();
    let offered = std::iter::once((None, default)).chain(missing).chain(named);
    choices::choice(ui, say("record-microphone"), chosen, offered);
    if *chosen != before {
        // Another device has other channels.
        settings.recording.channel = None;
    }
}

/// Returns the number of channels of the chosen microphone.
fn channels(view: &View, settings: &Settings) -> Option<u16> {
    let found = view.state.record.microphones.as_ref()?.as_ref().ok()?;
    let microphone = match &settings.recording.microphone {
        Some(id) => found.iter().find(|microphone| microphone.id == *id),
        None => found.iter().find(|microphone| microphone.is_default),
    };
    microphone?.format.as_ref().map(|format| format.channels)
}

fn channel(ui: &mut Ui, channels: u16, settings: &mut Settings) {
    let one =
        (1..=channels).map(|channel| (Some(channel), say_with!("record-channel-one", channel = channel)));
    let offered = std::iter::once((None, say("record-channel-all").to_owned())).chain(one);
    choices::choice(ui, say("record-channel"), &mut settings.recording.channel, offered);
}

fn stability(ui: &mut Ui, settings: &mut Settings) {
    let levels = [
        (LiveStability::High, say("record-stability-high")),
        (LiveStability::Medium, say("record-stability-medium")),
        (LiveStability::Low, say("record-stability-low")),
    ];
    let levels = levels.map(|(level, name)| (level, name.to_owned()));
    choices::choice(ui, say("record-stability"), &mut settings.recording.stability, levels);
}

fn level(ui: &mut Ui, view: &View) {
    let meter = &view.state.record.meter;
    meter.ui(ui, view.colors, METER_WIDTH);
    if meter.is_clipping(Instant::now()) {
        ui.label(RichText::new(format!("⚠ {}", say("record-too-loud"))).color(view.colors.error));
    }
}

fn folder(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let settings = &view.state.settings.recording.folder;
    let folder = settings.as_ref().or(view.state.record.default_folder.as_ref());
    let text = folder.map(|folder| folder.display().to_string()).unwrap_or_default();
    if ui.button(say("button-change")).on_hover_text(say("record-folder-hint")).clicked() {
        actions.ask(Action::Record(RecordAction::AskFolder));
    }
    ui.add(Label::new(&text).truncate()).on_hover_text(text);
}

/// Shows the result of the check.
fn check(ui: &mut Ui, view: &View, result: Option<&Result<Vec<Finding>, Trouble>>, actions: &mut Actions) {
    let edge = match result {
        Some(Err(_)) => view.colors.error,
        _ => view.colors.border,
    };
    let frame = Frame::new().fill(view.colors.panel).stroke(Stroke::new(1.0, edge)).corner_radius(8);
    frame.inner_margin(LARGE_SPACE).show(ui, |ui| {
        ui.set_width(ui.available_width());
        match result {
            None => {
                let text = say("record-trying");
                live(&ui.label(RichText::new(text).size(16.0).strong()));
                ui.label(RichText::new(say("record-trying-hint")).color(view.colors.weak));
            }
            Some(Ok(findings)) => {
                live(&ui.label(RichText::new(verdict(findings)).size(16.0).strong()));
                ui.add_space(SMALL_SPACE);
                for finding in findings {
                    finding::ui(ui, view, finding);
                }
                ui.add_space(SPACE);
                if ui.button(say("button-try-again")).clicked() {
                    actions.ask(Action::Record(RecordAction::LookAgain));
                }
            }
            Some(Err(trouble)) => {
                live(&ui.label(RichText::new(say("record-trouble")).size(16.0).strong()));
                ui.add_space(SMALL_SPACE);
                ui.horizontal_wrapped(|ui| {
                    ui.label(RichText::new("⚠").color(view.colors.error));
                    ui.label(trouble.in_words());
                });
                ui.add_space(SPACE);
                if ui.button(trouble.remedy().label()).clicked() {
                    actions.ask(Action::Record(RecordAction::Remedy(trouble.remedy())));
                }
            }
        }
    });
}

fn verdict(findings: &[Finding]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity() == severity).count();
    match (count(FindingSeverity::Bad), count(FindingSeverity::Warning)) {
        (0, 0) => say("record-ready").to_owned(),
        (0, cautions) => say_with!("record-cautions", count = cautions),
        _ => say("record-bad").to_owned(),
    }
}
