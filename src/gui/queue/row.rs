//! One recording in the queue.

use std::path::Path;
use std::time::Instant;

use egui::{Align, Button, Color32, Label, Layout, ProgressBar, RichText, Ui, UiBuilder, vec2};

use super::QueueAction;
use super::items::{Item, ItemState};
use crate::batch::{Record, Skip};
use crate::gui::action::{Action, Actions};
use crate::gui::state::View;
use crate::gui::theme::{LARGE_SPACE, SPACE};
use crate::gui::widgets::short_time;
use crate::gui::words::error::failure_in_words;
use crate::gui::words::{say, say_with};

/// Height of a row. Unit: points.
pub const HEIGHT: f32 = 56.0;
/// Width of a row's buttons. Unit: points.
const BUTTONS: f32 = 250.0;

/// Draws an item; `movable` says whether it can move up and down.
pub fn ui(ui: &mut Ui, view: &View, item: &Item, movable: (bool, bool), actions: &mut Actions) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), egui::Sense::hover());
    let mut row = ui.new_child(UiBuilder::new().id_salt(item.job.id.as_str()).max_rect(rect));
    row.horizontal(|ui| {
        let (sign, color) = sign(view, &item.state);
        ui.add_sized([24.0, HEIGHT - SPACE], Label::new(RichText::new(sign).size(18.0).color(color)));
        ui.vertical(|ui| {
            ui.set_width((ui.available_width() - BUTTONS - LARGE_SPACE).max(120.0));
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.spacing_mut().interact_size.y = 18.0;
            ui.add_space(SPACE);
            title(ui, view, item);
            standing(ui, view, item);
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| buttons(ui, item, movable, actions));
    });
    let line = egui::Stroke::new(1.0, view.colors.border.gamma_multiply(0.6));
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
}

fn title(ui: &mut Ui, view: &View, item: &Item) {
    ui.horizontal(|ui| {
        let path = item.job.input.display().to_string();
        ui.add(Label::new(RichText::new(name(&item.job.input)).strong()).truncate()).on_hover_text(&path);
        if let Some(length) = item.job.stated {
            ui.label(RichText::new(short_time(length)).color(view.colors.weak));
        }
        let folder = item.job.input.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
        ui.add(Label::new(RichText::new(folder).color(view.colors.weak)).truncate()).on_hover_text(path);
    });
}

fn standing(ui: &mut Ui, view: &View, item: &Item) {
    if matches!(item.state, ItemState::Running { .. }) {
        ui.horizontal(|ui| {
            let bar = ProgressBar::new(item.fraction().unwrap_or(0.0))
                .desired_width(180.0)
                .desired_height(8.0)
                .fill(view.colors.accent);
            ui.add(bar).accessible_name(say_with!("queue-progress", name = name(&item.job.input)));
            ui.label(RichText::new(progress(item)).color(view.colors.weak));
        });
        return;
    }
    let (text, color) = match &item.state {
        ItemState::Failed(failure) => (failure_in_words(failure, &item.job.input), view.colors.error),
        ItemState::Left(skip) => (left(*skip).to_owned(), view.colors.weak),
        ItemState::Done(record) => (done(record), view.colors.weak),
        ItemState::Elsewhere(machine) => {
            (say_with!("queue-elsewhere", machine = machine.clone()), view.colors.weak)
        }
        ItemState::Again => (say("queue-crashed").to_owned(), view.colors.warning),
        ItemState::Waiting | ItemState::Running { .. } => (say("queue-waiting").to_owned(), view.colors.weak),
    };
    ui.add(Label::new(RichText::new(&text).color(color)).truncate()).on_hover_text(text);
}

fn sign(view: &View, state: &ItemState) -> (&'static str, Color32) {
    match state {
        ItemState::Done(_) => ("✔", view.colors.accent),
        ItemState::Left(_) => ("–", view.colors.weak),
        ItemState::Failed(_) => ("⚠", view.colors.error),
        ItemState::Again => ("⚠", view.colors.warning),
        ItemState::Running { .. } => ("▶", view.colors.accent),
        ItemState::Waiting | ItemState::Elsewhere(_) => ("…", view.colors.weak),
    }
}

fn buttons(ui: &mut Ui, item: &Item, movable: (bool, bool), actions: &mut Actions) {
    let (job, name) = (&item.job.id, name(&item.job.input));
    let mut ask = |action| actions.ask(Action::Queue(action));
    let small = |face: &str| Button::new(face.to_owned()).min_size(vec2(28.0, 26.0));
    if !matches!(item.state, ItemState::Running { .. }) {
        let remove = ui.add(small("×")).accessible_name(say_with!("queue-remove", name = &name));
        if remove.on_hover_text(say("queue-remove-hint")).clicked() {
            ask(QueueAction::Remove(job.clone()));
        }
    }
    if item.state == ItemState::Waiting {
        for (face, by, can, key, hint) in [
            ("⬇", 1, movable.1, "queue-move-down", "queue-move-down-hint"),
            ("⬆", -1, movable.0, "queue-move-up", "queue-move-up-hint"),
        ] {
            let moved = ui.add_enabled(can, small(face)).accessible_name(say_with!(key, name = &name));
            if moved.on_hover_text(say(hint)).clicked() {
                ask(QueueAction::Shift(job.clone(), by));
            }
        }
    }
    let mut again = |face, key, hint, overwrite| {
        let pressed = ui.button(say(face)).on_hover_text(say(hint));
        let pressed = pressed.accessible_name(say_with!(key, name = &name));
        if pressed.clicked() {
            ask(QueueAction::Again { job: job.clone(), overwrite });
        }
    };
    match item.state {
        ItemState::Failed(_) => {
            again("button-try-again", "queue-try-again", "queue-try-again-hint", false);
        }
        ItemState::Left(Skip::Corrected | Skip::Foreign) => {
            again("button-replace", "queue-replace", "queue-replace-hint", true);
        }
        _ => {}
    }
    if matches!(item.state, ItemState::Done(_) | ItemState::Left(_))
        && let Some(output) = item.job.outputs.first()
    {
        let open = ui.button(say("button-open")).on_hover_text(output.path.display().to_string());
        if open.accessible_name(say_with!("queue-open", name = name)).clicked() {
            actions.ask(Action::Open(output.path.clone()));
        }
    }
}

/// Returns what failed, in the language of the window, with the worker's message.
/// Returns text such as `34 %  ·  2 min left`.
fn progress(item: &Item) -> String {
    let Some(fraction) = item.fraction() else { return say("queue-captioning").to_owned() };
    let left = item.left(Instant::now()).map(|left| match left.as_secs() {
        0..90 => say_with!("left-seconds", seconds = left.as_secs()),
        seconds => say_with!("left-minutes", minutes = (seconds + 30) / 60),
    });
    let percent = Some(say_with!("progress-percent", percent = format!("{:.0}", fraction * 100.0)));
    [percent, left].into_iter().flatten().collect::<Vec<_>>().join("  ·  ")
}

fn done(record: &Record) -> String {
    let Some(captioned) = record.captioned() else { return String::new() };
    let doubts = match captioned.doubtful {
        0 => None,
        number => Some(say_with!("queue-doubtful", count = number)),
    };
    let faults = (captioned.faults > 0).then(|| say_with!("problem-count", count = captioned.faults));
    [Some(say_with!("cue-count", count = captioned.cues)), doubts, faults]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("  ·  ")
}

fn left(skip: Skip) -> &'static str {
    match skip {
        Skip::Captioned => say("queue-skipped-captioned"),
        Skip::Corrected => say("queue-skipped-corrected"),
        Skip::Foreign => say("queue-skipped-foreign"),
        Skip::Elsewhere => say("queue-skipped-elsewhere"),
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
