//! Progress of a transcription, above the cues that it adds.

use std::time::Duration;

use egui::{Align, Button, Frame, Label, Layout, ProgressBar, RichText, Ui, vec2};

use crate::gui::action::Actions;
use crate::gui::command::{Command, FileCommand, GoCommand};
use crate::gui::editor::action::EditorAction;
use crate::gui::editor::workspace::{CaptioningTask, Workspace};
use crate::gui::heard::live;
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::{command_button, command_primary, short_time};
use crate::gui::words::{decimal, say, say_with};
use crate::time::MediaTime;

/// Returns whether there is a message above the cues.
pub fn is_shown(workspace: &Workspace) -> bool {
    workspace.task.is_some() || workspace.recognized_until.is_some() || workspace.ready.is_some()
}

/// Shows the message above the cues.
pub fn ui(ui: &mut Ui, view: &View, workspace: &Workspace, actions: &mut Actions) {
    if let Some(task) = &workspace.task {
        going_on(ui, view, task, actions);
    } else if let Some(until) = workspace.recognized_until {
        incomplete(ui, view, workspace, until, actions);
    } else if let Some(cues) = workspace.ready {
        ready(ui, view, cues, actions);
    }
}

fn going_on(ui: &mut Ui, view: &View, task: &CaptioningTask, actions: &mut Actions) {
    Frame::new().fill(view.colors.panel).inner_margin(12).show(ui, |ui| {
        let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            let stop = ui.button(say("progress-stop"));
            if stop.on_hover_text(say("progress-stop-hint")).clicked() {
                actions.ask(EditorAction::CancelTranscription);
            }
            if !task.follows {
                command_button(
                    ui,
                    view,
                    actions,
                    Command::Go(GoCommand::FollowNewest),
                    say("progress-follow"),
                );
            }
            ui.add_space(SPACE);
            ui.label(RichText::new(text(task)).color(view.colors.text));
            ui.add_space(SPACE);
            let bar = ProgressBar::new(task.fraction().unwrap_or(0.0))
                .fill(view.colors.accent)
                .desired_width(ui.available_width())
                .desired_height(14.0);
            ui.add(bar).accessible_name(say("progress-name"));
        });
    });
}

/// Shows that captions are incomplete, and offers to continue.
fn incomplete(ui: &mut Ui, view: &View, workspace: &Workspace, until: MediaTime, actions: &mut Actions) {
    Frame::new().fill(view.colors.panel).inner_margin(12).show(ui, |ui| {
        let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            match workspace.recording {
                Some(_) => command_primary(
                    ui,
                    view,
                    actions,
                    Command::File(FileCommand::ContinueCaptioning),
                    say("command-file-continue"),
                ),
                None => command_primary(
                    ui,
                    view,
                    actions,
                    Command::File(FileCommand::OpenRecording),
                    say("progress-connect"),
                ),
            }
            ui.add_space(SPACE);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let length = workspace.document().media.as_ref().map(|media| media.duration);
                let of = length.filter(|length| *length > until);
                let until = short_time(until);
                let text = match of.map(short_time) {
                    Some(length) => say_with!("progress-incomplete-of", until = until, length = length),
                    None => say_with!("progress-incomplete", until = until),
                };
                let text = format!("⚠ {text}");
                let label = Label::new(RichText::new(text).color(view.colors.text)).truncate();
                live(&ui.add(label));
            });
        });
    });
}

/// Shows that captioning is complete, and what comes next.
fn ready(ui: &mut Ui, view: &View, cues: usize, actions: &mut Actions) {
    Frame::new().fill(view.colors.chosen).inner_margin(12).show(ui, |ui| {
        let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            let close = ui.add(Button::new("×").frame(false)).accessible_name(say("progress-ready-close"));
            if close.on_hover_text(say("button-close")).clicked() {
                actions.ask(EditorAction::DismissReady);
            }
            command_primary(
                ui,
                view,
                actions,
                Command::File(FileCommand::Export),
                say("command-file-export"),
            );
            ui.add_space(SPACE);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.label(RichText::new("✔").color(view.colors.accent));
                let text = say_with!("progress-ready", count = cues);
                let label = Label::new(RichText::new(text).color(view.colors.text).strong()).truncate();
                live(&ui.add(label));
            });
        });
    });
}

/// Returns text such as `34 % · 12.1 times as fast as speech · 2 min left`.
fn text(task: &CaptioningTask) -> String {
    if task.cancel.is_cancelled() {
        return say("progress-stopping").to_owned();
    }
    if task.done == MediaTime::ZERO {
        return say("progress-listening").to_owned();
    }
    if task.done == task.from {
        return say_with!("progress-finding", time = short_time(task.from));
    }
    let done = match task.fraction() {
        Some(fraction) => say_with!("progress-percent", percent = format!("{:.0}", fraction * 100.0)),
        None => say_with!("progress-done", time = short_time(task.done)),
    };
    let speed = task.speed().map(|speed| say_with!("progress-speed", speed = decimal(speed, 1)));
    let left = task.left().map(left);
    [Some(done), speed, left].into_iter().flatten().collect::<Vec<_>>().join("  ·  ")
}

fn left(time: Duration) -> String {
    match time.as_secs() {
        0..10 => say("left-moment").to_owned(),
        seconds @ 10..90 => say_with!("left-seconds", seconds = seconds.div_ceil(10) * 10),
        seconds @ 90..5400 => say_with!("left-minutes", minutes = seconds.div_ceil(60)),
        seconds => say_with!("left-hours", hours = decimal(seconds as f64 / 3600.0, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asr::CancelToken;
    use crate::document::CueId;

    #[test]
    fn progress_is_told_in_words() {
        let task = |from, done, total: Option<i64>, elapsed| CaptioningTask {
            done: MediaTime::from_millis(done),
            total: total.map(MediaTime::from_millis),
            elapsed: Duration::from_secs(elapsed),
            ..CaptioningTask::new(1, CancelToken::default(), MediaTime::from_millis(from), CueId(1))
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
