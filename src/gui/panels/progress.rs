//! How a transcription goes on, above the cues that it brings.

use std::time::Duration;

use egui::{Align, Button, Frame, Label, Layout, ProgressBar, RichText, Ui, vec2};

use crate::gui::action::{Action, Actions};
use crate::gui::command::{Command, FileCommand, GoCommand};
use crate::gui::editor::workspace::{Task, Workspace};
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::{command_button, command_primary, count, short_time};
use crate::time::MediaTime;

pub fn ui(ui: &mut Ui, view: &View, task: &Task, actions: &mut Actions) {
    Frame::new().fill(view.colors.panel).inner_margin(12).show(ui, |ui| {
        let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            let stop = ui.button("Stop");
            if stop.on_hover_text("Keeps the captions that are there").clicked() {
                actions.ask(Action::CancelTranscription);
            }
            if !task.follows {
                command_button(ui, view, actions, Command::Go(GoCommand::FollowNewest), "Follow");
            }
            ui.add_space(SPACE);
            ui.label(RichText::new(text(task)).color(view.colors.text));
            ui.add_space(SPACE);
            let bar = ProgressBar::new(task.fraction().unwrap_or(0.0))
                .fill(view.colors.accent)
                .desired_width(ui.available_width())
                .desired_height(14.0);
            ui.add(bar).accessible_name("Progress of the captions");
        });
    });
}

/// Says that captions are missing, and offers to make them.
pub fn incomplete(ui: &mut Ui, view: &View, workspace: &Workspace, until: MediaTime, actions: &mut Actions) {
    Frame::new().fill(view.colors.panel).inner_margin(12).show(ui, |ui| {
        let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            match workspace.recording {
                Some(_) => command_primary(
                    ui,
                    view,
                    actions,
                    Command::File(FileCommand::ContinueCaptioning),
                    "Continue captioning",
                ),
                None => command_primary(
                    ui,
                    view,
                    actions,
                    Command::File(FileCommand::OpenRecording),
                    "Connect the recording…",
                ),
            }
            ui.add_space(SPACE);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let length = workspace.document().media.as_ref().map(|media| media.duration);
                let of = length.filter(|length| *length > until);
                let of = of.map(|length| format!(" of {}", short_time(length))).unwrap_or_default();
                let text = format!("⚠ Captions are made up to {}{of}.", short_time(until));
                ui.add(Label::new(RichText::new(text).color(view.colors.text)).truncate());
            });
        });
    });
}

/// Says that captioning has ended well, and what comes next.
pub fn ready(ui: &mut Ui, view: &View, cues: usize, actions: &mut Actions) {
    Frame::new().fill(view.colors.chosen).inner_margin(12).show(ui, |ui| {
        let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            let close = ui.add(Button::new("×").frame(false)).accessible_name("Captions are ready: close");
            if close.on_hover_text("Close").clicked() {
                actions.ask(Action::DismissReady);
            }
            command_primary(ui, view, actions, Command::File(FileCommand::Export), "Export…");
            ui.add_space(SPACE);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.label(RichText::new("✔").color(view.colors.accent));
                let text = format!("The captions are ready: {}", count(cues, "cue"));
                ui.add(Label::new(RichText::new(text).color(view.colors.text).strong()).truncate());
            });
        });
    });
}

/// `34 % · 12.1 times as fast as speech · 2 min left`.
fn text(task: &Task) -> String {
    if task.cancel.is_cancelled() {
        return "Stopping…".to_owned();
    }
    if task.done == MediaTime::ZERO {
        return "Listening…".to_owned();
    }
    if task.done == task.from {
        return format!("Finding the place at {}…", short_time(task.from));
    }
    let done = match task.fraction() {
        Some(fraction) => format!("{:.0} %", fraction * 100.0),
        None => format!("{} done", short_time(task.done)),
    };
    let speed = task.speed().map(|speed| format!("{speed:.1}× as fast as speech"));
    let left = task.left().map(left);
    [Some(done), speed, left].into_iter().flatten().collect::<Vec<_>>().join("  ·  ")
}

fn left(time: Duration) -> String {
    match time.as_secs() {
        0..10 => "a few seconds left".to_owned(),
        seconds @ 10..90 => format!("{} s left", seconds.div_ceil(10) * 10),
        seconds @ 90..5400 => format!("{} min left", seconds.div_ceil(60)),
        seconds => format!("{:.1} h left", seconds as f64 / 3600.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asr::CancelToken;
    use crate::document::CueId;

    #[test]
    fn progress_is_told_in_words() {
        let task = |from, done, total: Option<i64>, elapsed| Task {
            done: MediaTime::from_millis(done),
            total: total.map(MediaTime::from_millis),
            elapsed: Duration::from_secs(elapsed),
            ..Task::new(1, CancelToken::default(), MediaTime::from_millis(from), CueId(1))
        };
        assert_eq!(text(&task(0, 0, Some(60_000), 0)), "Listening…");
        let half = text(&task(0, 600_000, Some(1_200_000), 100));
        assert_eq!(half, "50 %  ·  6.0× as fast as speech  ·  2 min left");
        assert_eq!(text(&task(0, 60_000, None, 10)), "1:00 done  ·  6.0× as fast as speech");
        assert_eq!(text(&task(60_000, 60_000, None, 0)), "Finding the place at 1:00…");
        let continued = text(&task(600_000, 900_000, Some(1_200_000), 50));
        assert_eq!(continued, "75 %  ·  6.0× as fast as speech  ·  50 s left");
        assert_eq!(left(Duration::from_secs(7200)), "2.0 h left");
    }
}
