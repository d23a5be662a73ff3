//! The queue page.

use egui::{Button, Frame, Margin, RichText, ScrollArea, Ui};

use super::update::chosen_formats;
use super::{QueueAction, row};
use crate::gui::action::{Action, Actions};
use crate::gui::command::{AppCommand, Command, QueueCommand};
use crate::gui::dialogs::hiding;
use crate::gui::format_names;
use crate::gui::state::View;
use crate::gui::theme::{LARGE_SPACE, PAGE_SPACE, SMALL_SPACE, SPACE};
use crate::gui::widgets::{command_button, command_primary, short_time};
use crate::gui::words::{say, say_with};
use crate::time::MediaTime;

pub fn ui(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let space = PAGE_SPACE.min(ui.available_width() * 0.03) as i8;
    // The list extends to the edge of the window.
    Frame::new().inner_margin(Margin { bottom: 0, ..Margin::same(space) }).show(ui, |ui| {
        ui.label(RichText::new(say("queue-title")).heading());
        ui.label(RichText::new(summary(view)).color(view.colors.weak));
        ui.add_space(SPACE);
        ui.horizontal_wrapped(|ui| controls(ui, view, actions));
        ui.add_space(SPACE);
        ui.separator();
        list(ui, view, actions);
    });
}

/// Returns text such as `3 of 12 recordings done  ·  1 failed  ·  2:10:00 of sound left`.
fn summary(view: &View) -> String {
    let queue = &view.state.queue;
    let totals = queue.items.totals();
    let state = match (queue.looks > 0, queue.is_stopping(), queue.is_running()) {
        (true, ..) => Some(say("queue-looking").to_owned()),
        (_, true, _) => Some(say("queue-pausing").to_owned()),
        (_, _, true) => None,
        _ if totals.open > 0 => Some(say("queue-ready").to_owned()),
        _ => None,
    };
    if totals.all == 0 {
        return state.unwrap_or_else(|| say("queue-purpose").to_owned());
    }
    let failed = (totals.failed > 0).then(|| say_with!("queue-failed", count = totals.failed));
    let left =
        (totals.left > MediaTime::ZERO).then(|| say_with!("queue-left", time = short_time(totals.left)));
    let done = Some(say_with!("queue-done", done = totals.done, all = totals.all));
    [done, failed, left, state].into_iter().flatten().collect::<Vec<_>>().join("  ·  ")
}

fn controls(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let queue = &view.state.queue;
    let face = match queue.is_running() {
        true => format!("⏸  {}", say("queue-pause")),
        false => format!("▶  {}", say("queue-start")),
    };
    command_primary(ui, view, actions, Command::Queue(QueueCommand::RunQueue), &face);
    command_button(ui, view, actions, Command::Queue(QueueCommand::AddToQueue), say("queue-add-files"));
    command_button(
        ui,
        view,
        actions,
        Command::Queue(QueueCommand::AddFolderToQueue),
        say("queue-add-folder"),
    );
    formats(ui, view, actions);
    hiding::button(ui, view, actions);
    let totals = queue.items.totals();
    let clear = ui.add_enabled(totals.all > totals.open, Button::new(say("queue-clear")));
    if clear.on_hover_text(say("queue-clear-hint")).clicked() {
        actions.ask(Action::Queue(QueueAction::Clear));
    }
    ui.add_space(SPACE);
    if ui.button(say("button-back")).on_hover_text(say("queue-back-hint")).clicked() {
        actions.run(Command::App(AppCommand::LeavePage));
    }
}

/// Shows the formats to write.
fn formats(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let chosen = chosen_formats(&view.state.settings);
    let names: Vec<_> = chosen.iter().map(|format| format.extensions[0].to_uppercase()).collect();
    let face = say_with!("queue-formats", formats = names.join(", "));
    ui.menu_button(face, |ui| {
        for format in crate::format::all().iter().filter(|format| format.write.is_some()) {
            let mut is_chosen = chosen.iter().any(|other| other.name == format.name);
            if ui.checkbox(&mut is_chosen, format_names::title(format)).changed() {
                let kept = chosen.iter().filter(|other| other.name != format.name).map(|other| other.name);
                let all = kept.chain(is_chosen.then_some(format.name)).map(str::to_owned);
                actions.ask(Action::Queue(QueueAction::SetFormats(all.collect())));
            }
        }
    });
}

fn list(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let items = view.state.queue.items.items();
    if items.is_empty() {
        ui.add_space(PAGE_SPACE);
        ui.vertical_centered(|ui| {
            let hint = say("queue-drop-hint");
            ui.label(RichText::new(hint).color(view.colors.weak));
            ui.add_space(SMALL_SPACE);
            let hint = say("queue-output-hint");
            ui.label(RichText::new(hint).color(view.colors.weak));
        });
        return;
    }
    ui.add_space(LARGE_SPACE - SPACE);
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, row::HEIGHT, items.len(), |ui, shown| {
        let last = items.len() - 1;
        for place in shown {
            row::ui(ui, view, &items[place], (place > 0, place < last), actions);
        }
    });
}
