//! Playback buttons.

use egui::{ComboBox, RichText, Ui};

use crate::audio::CopyState;
use crate::gui::action::Actions;
use crate::gui::command::{Command, PlayCommand};
use crate::gui::editor::action::EditorAction;
use crate::gui::editor::soundtrack::{RATES, Soundtrack};
use crate::gui::state::View;
use crate::gui::theme::digits;
use crate::gui::widgets::{command_button, command_toggle, full_time, short_time};
use crate::gui::words::{decimal, say, say_with, short_decimal};

/// With less space left, only the most important parts are shown. Unit: points.
const ROOM: f32 = 300.0;

/// Below this width, everything that the menus also show is left out. Unit: points.
const NARROW: f32 = 680.0;

pub fn ui(ui: &mut Ui, view: &View, soundtrack: &Soundtrack, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let is_narrow = ui.available_width() < NARROW;
        command_button(ui, view, actions, Command::Play(PlayCommand::Back), "⏪");
        let face = if soundtrack.is_playing() { "⏸" } else { "▶" };
        command_button(ui, view, actions, Command::Play(PlayCommand::PlayPause), face);
        command_button(ui, view, actions, Command::Play(PlayCommand::Forward), "⏩");
        command_button(
            ui,
            view,
            actions,
            Command::Play(PlayCommand::PlayCue),
            &format!("▶ {}", say("sound-cue")),
        );
        let repeat = if is_narrow { "🔁".to_owned() } else { format!("🔁 {}", say("sound-repeat")) };
        command_toggle(
            ui,
            view,
            actions,
            Command::Play(PlayCommand::LoopCue),
            &repeat,
            soundtrack.is_looped(),
        );
        if !is_narrow {
            command_toggle(
                ui,
                view,
                actions,
                Command::Play(PlayCommand::Follow),
                say("sound-follow"),
                view.editor.follows,
            );
        }
        rate(ui, soundtrack, actions);
        ui.label(RichText::new(full_time(soundtrack.position())).font(digits()));
        if ui.available_width() > ROOM {
            ui.label(
                RichText::new(format!("/ {}", short_time(soundtrack.duration()))).color(view.colors.weak),
            );
            standing(ui, view, soundtrack);
        }
        if is_narrow {
            return;
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            command_button(ui, view, actions, Command::Play(PlayCommand::ZoomIn), "+");
            command_button(ui, view, actions, Command::Play(PlayCommand::ZoomOut), "−");
        });
    });
}

fn rate(ui: &mut Ui, soundtrack: &Soundtrack, actions: &mut Actions) {
    let name = |rate: f32| format!("{}×", short_decimal(rate.into()));
    let combo =
        ComboBox::from_id_salt("rate").width(64.0).selected_text(name(soundtrack.rate())).show_ui(ui, |ui| {
            for rate in RATES {
                if ui.selectable_label(soundtrack.rate() == rate, name(rate)).clicked() {
                    actions.ask(EditorAction::SetRate(rate));
                }
            }
        });
    combo.response.accessible_name(say("sound-rate")).on_hover_text(say("sound-rate-hint"));
}

/// Shows the progress of decoding the recording.
fn standing(ui: &mut Ui, view: &View, soundtrack: &Soundtrack) {
    let text = match soundtrack.sound().state() {
        CopyState::Ready(_) => return,
        CopyState::Failed(_) => say("sound-missing").to_owned(),
        CopyState::Decoding { done, total: Some(total) } if total > done => {
            let percent = 100.0 * done.as_secs_f64() / total.as_secs_f64();
            say_with!("sound-reading-percent", percent = decimal(percent, 0))
        }
        CopyState::Decoding { .. } => say("sound-reading").to_owned(),
    };
    ui.label(RichText::new(text).color(view.colors.weak));
}
