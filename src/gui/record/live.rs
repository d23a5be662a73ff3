//! During a recording: the words as they arrive, and the state of the recording.

use std::time::Instant;

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, FontId, Frame, Label, Layout, Panel, RichText, ScrollArea, Ui};

use super::{Phase, RecordState, voices};
use crate::gui::action::Actions;
use crate::gui::audience;
use crate::gui::command::{Command, RecordCommand};
use crate::gui::fonts;
use crate::gui::heard::live;
use crate::gui::state::View;
use crate::gui::theme::{LARGE_SPACE, PAGE_SPACE, SPACE};
use crate::gui::widgets::{command_button, command_primary, short_time};
use crate::gui::words::{decimal, say, say_with};
use crate::time::MediaTime;
use crate::transcript::join_words;

/// Size of the words on the screen. Unit: points.
pub(super) const TEXT: f32 = 22.0;
const METER_WIDTH: f32 = 180.0;
/// A longer lag gets a reassuring message.
const LAG: MediaTime = MediaTime::from_millis(5000);

pub fn ui(ui: &mut Ui, view: &View, actions: &mut Actions) {
    Panel::top("recording").frame(Frame::new()).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| standing(ui, view));
        ui.add_space(SPACE);
        ui.horizontal_wrapped(|ui| controls(ui, view, actions));
        voices::names(ui, view, actions);
        ui.add_space(LARGE_SPACE);
    });
    Panel::bottom("shown to others").frame(Frame::new()).show(ui, |ui| {
        ui.add_space(LARGE_SPACE);
        // The words need space too.
        let most = ui.ctx().content_rect().height() / 3.0;
        let area = ScrollArea::vertical().max_height(most).min_scrolled_height(most);
        area.auto_shrink([false, true]).show(ui, |ui| audience::controls(ui, view, actions));
    });
    let page = Frame::new().fill(view.colors.panel).corner_radius(8).inner_margin(LARGE_SPACE);
    page.show(ui, |ui| words(ui, view));
}

fn standing(ui: &mut Ui, view: &View) {
    let record = &view.state.record;
    let standing = &record.standing;
    let (sign, what) = match &record.phase {
        Phase::Recording { .. } if standing.is_paused => ("⏸", "record-state-paused"),
        Phase::Recording { .. } => ("⏺", "record-state-recording"),
        Phase::Finishing { .. } => ("⏹", "record-state-finishing"),
        _ => ("⏺", "record-state-starting"),
    };
    let is_open = matches!(record.phase, Phase::Recording { .. }) && !standing.is_paused;
    let color = if is_open { view.colors.error } else { view.colors.text };
    live(&ui.label(RichText::new(format!("{sign} {}", say(what))).size(18.0).strong().color(color)));
    let time = if let Phase::Finishing { recovered: Some(session) } = &record.phase {
        let (part, whole) = (short_time(standing.recognized), short_time(session.recorded));
        say_with!("part-of-whole", part = part, whole = whole)
    } else {
        short_time(standing.status.recorded)
    };
    let time = ui.label(RichText::new(&time).font(FontId::monospace(18.0)));
    time.on_hover_text(say("record-length-hint"));
    ui.add_space(SPACE);
    if matches!(record.phase, Phase::Recording { .. }) {
        record.meter.ui(ui, view.colors, METER_WIDTH);
        if record.meter.is_clipping(Instant::now()) {
            ui.label(RichText::new(format!("⚠ {}", say("record-turn-down"))).color(view.colors.error));
        }
    }
    ui.add_space(SPACE);
    figures(ui, view, record);
}

fn figures(ui: &mut Ui, view: &View, record: &RecordState) {
    let standing = &record.standing;
    let weak = |text: String| RichText::new(text).color(view.colors.weak);
    let lag = standing.status.lag;
    if lag > LAG {
        let seconds = decimal(lag.as_secs_f64(), 0);
        let text = format!("⚠ {}", say_with!("record-lag-large", seconds = seconds));
        ui.label(RichText::new(text).color(view.colors.warning));
    } else {
        let text = say_with!("record-lag", seconds = decimal(lag.as_secs_f64(), 1));
        ui.label(weak(text)).on_hover_text(say("record-lag-hint"));
    }
    if let Some(room) = standing.room {
        let hours = room.as_secs_f64() / 3600.0;
        let text = match hours {
            0.0..1.0 => say_with!("record-room-minutes", minutes = decimal(hours * 60.0, 0)),
            1.0..100.0 => say_with!("record-room-hours", hours = decimal(hours, 0)),
            _ => say("record-room-days").to_owned(),
        };
        let text = if hours < 0.5 {
            RichText::new(format!("⚠ {text}")).color(view.colors.warning)
        } else {
            weak(text)
        };
        ui.label(text).on_hover_text(say("record-room-hint"));
    }
}

fn controls(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let record = &view.state.record;
    match &record.phase {
        Phase::Finishing { .. } => {
            let text = if record.then_quits { say("record-safe-closes") } else { say("record-safe-opens") };
            ui.label(RichText::new(text).color(view.colors.weak));
        }
        _ => {
            let face = match record.standing.is_paused {
                true => format!("▶  {}", say("record-resume")),
                false => format!("⏸  {}", say("record-pause")),
            };
            let stop = format!("⏹  {}", say("record-stop"));
            command_primary(ui, view, actions, Command::Record(RecordCommand::StopRecording), &stop);
            command_button(ui, view, actions, Command::Record(RecordCommand::PauseRecording), &face);
        }
    }
    if let Phase::Recording { files } = &record.phase {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let path = files.sound.display().to_string();
            let name = files.sound.file_name().unwrap_or_default().to_string_lossy();
            let label = Label::new(RichText::new(name).color(view.colors.weak)).truncate();
            ui.add(label).on_hover_text(path);
        });
    }
}

/// Shows the words, which roll up; tentative ones are dimmed and in italics.
fn words(ui: &mut Ui, view: &View) {
    let text = &view.state.record.standing.text;
    ui.set_min_size(ui.available_size());
    if text.is_empty() {
        ui.add_space(PAGE_SPACE.min(0.25 * ui.available_height()));
        ui.vertical_centered(|ui| {
            let hint = say("record-words-hint");
            ui.label(RichText::new(hint).size(TEXT).color(view.colors.weak));
        });
        return;
    }
    let font = FontId::new(TEXT, fonts::captions());
    let plain = TextFormat { font_id: font.clone(), color: view.colors.text, ..TextFormat::default() };
    let dim = TextFormat { font_id: font, color: view.colors.weak, italics: true, ..TextFormat::default() };
    let area = ScrollArea::vertical().auto_shrink(false).min_scrolled_height(0.0).stick_to_bottom(true);
    area.show(ui, |ui| {
        ui.set_max_width(ui.available_width().min(900.0));
        ui.spacing_mut().item_spacing.y = SPACE;
        let mut voice = None;
        for (utterance, line) in text.finished() {
            let mut job = LayoutJob::default();
            voices::begin_line(&mut job, view, utterance, &mut voice);
            job.append(line, 0.0, plain.clone());
            ui.add(Label::new(job).wrap());
        }
        let mut job = LayoutJob::single_section(text.committed(), plain);
        let tentative = text.tentative();
        if !job.text.is_empty() && tentative.first().is_some_and(|word| word.space_before) {
            job.append(" ", 0.0, dim.clone());
        }
        job.append(&join_words(tentative), 0.0, dim);
        if !job.text.is_empty() {
            ui.add(Label::new(job).wrap());
        }
    });
}
