//! One recording of the queue.

use std::path::Path;
use std::time::{Duration, Instant};

use egui::{Align, Button, Color32, Label, Layout, ProgressBar, RichText, Ui, UiBuilder, vec2};

use super::QueueAction;
use super::items::{Item, ItemState};
use crate::batch::{Record, Skip};
use crate::gui::action::{Action, Actions};
use crate::gui::state::View;
use crate::gui::theme::{LARGE_SPACE, SPACE};
use crate::gui::widgets::{count, short_time};

/// Height of a row. Points.
pub const HEIGHT: f32 = 56.0;
/// What the buttons of a row take. Points.
const BUTTONS: f32 = 250.0;

/// Draws an item; `movable` tells whether it can go up and down.
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
            ui.add(bar).accessible_name(format!("Progress of {}", name(&item.job.input)));
            ui.label(RichText::new(progress(item)).color(view.colors.weak));
        });
        return;
    }
    let (text, color) = match &item.state {
        ItemState::Failed(failure) => (reason(&failure.message, &item.job.input), view.colors.error),
        ItemState::Left(skip) => (left(*skip).to_owned(), view.colors.weak),
        ItemState::Done(record) => (done(record), view.colors.weak),
        ItemState::Elsewhere(machine) => {
            (format!("is being captioned by another program ({machine})"), view.colors.weak)
        }
        ItemState::Again => {
            ("took its process down; it is tried once more, alone".to_owned(), view.colors.warning)
        }
        ItemState::Waiting | ItemState::Running { .. } => ("waits".to_owned(), view.colors.weak),
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
        let remove = ui.add(small("×")).accessible_name(format!("Remove {name}"));
        if remove.on_hover_text("Take it out of the queue; no file is touched").clicked() {
            ask(QueueAction::Remove(job.clone()));
        }
    }
    if item.state == ItemState::Waiting {
        for (face, by, can, way) in [("⬇", 1, movable.1, "down"), ("⬆", -1, movable.0, "up")] {
            let moved = ui.add_enabled(can, small(face)).accessible_name(format!("Move {name} {way}"));
            if moved.on_hover_text(format!("Move {way}")).clicked() {
                ask(QueueAction::Shift(job.clone(), by));
            }
        }
    }
    let mut again = |face: &str, tip: &str, overwrite| {
        let pressed = ui.button(face).on_hover_text(tip).accessible_name(format!("{face}: {name}"));
        if pressed.clicked() {
            ask(QueueAction::Again { job: job.clone(), overwrite });
        }
    };
    match item.state {
        ItemState::Failed(_) => again("Try again", "Once more, when its turn comes", false),
        ItemState::Left(Skip::Corrected | Skip::Foreign) => {
            again("Replace", "Caption it, and replace the captions that are there", true);
        }
        _ => {}
    }
    if matches!(item.state, ItemState::Done(_) | ItemState::Left(_))
        && let Some(output) = item.job.outputs.first()
    {
        let open = ui.button("Open").on_hover_text(output.path.display().to_string());
        if open.accessible_name(format!("Open the captions of {name}")).clicked() {
            actions.ask(Action::Open(output.path.clone()));
        }
    }
}

/// What went wrong, without the path that stands above.
fn reason(message: &str, path: &Path) -> String {
    let rest = message.strip_prefix(&*path.to_string_lossy()).and_then(|rest| rest.strip_prefix(": "));
    rest.unwrap_or(message).to_owned()
}

/// `34 %  ·  2 min left`.
fn progress(item: &Item) -> String {
    let Some(fraction) = item.fraction() else { return "being captioned".to_owned() };
    let left = item.left(Instant::now()).map(|left| match left.as_secs() {
        0..90 => format!("{} s left", left.as_secs()),
        seconds => format!("{} min left", Duration::from_secs(seconds + 30).as_secs() / 60),
    });
    let percent = Some(format!("{:.0} %", fraction * 100.0));
    [percent, left].into_iter().flatten().collect::<Vec<_>>().join("  ·  ")
}

fn done(record: &Record) -> String {
    let Some(captioned) = record.captioned() else { return String::new() };
    let doubts = match captioned.doubtful {
        0 => None,
        number => Some(format!("{} to look at", count(number, "doubtful place"))),
    };
    let faults = (captioned.faults > 0).then(|| count(captioned.faults, "problem"));
    [Some(count(captioned.cues, "cue")), doubts, faults]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("  ·  ")
}

fn left(skip: Skip) -> &'static str {
    match skip {
        Skip::Captioned => "was captioned before, with the same model and settings",
        Skip::Corrected => "somebody has corrected its captions, so they are left as they are",
        Skip::Foreign => "has captions already, so they are left as they are",
        Skip::Elsewhere => "another program has captioned it meanwhile",
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
