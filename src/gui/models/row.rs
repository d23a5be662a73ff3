//! One model of the page.

use std::time::Instant;

use egui::{Align, Label, Layout, ProgressBar, RichText, Ui, UiBuilder, vec2};

use super::{Measured, Model, ModelAction, Transfer, source};
use crate::asr::catalog::Languages;
use crate::asr::locate::DEFAULT_SPEECH;
use crate::gui::action::{Action, Actions};
use crate::gui::state::View;
use crate::gui::theme::{LARGE_SPACE, SPACE};
use crate::gui::words::{InWords, decimal, file_size, say, say_with};
use crate::models::{DownloadProgress, Offer};
use crate::recognize::Resources;

/// Height of a row. Unit: points.
const HEIGHT: f32 = 62.0;
/// Width of a row's buttons. Unit: points.
const BUTTONS: f32 = 330.0;

pub fn ui(ui: &mut Ui, view: &View, model: &Model, actions: &mut Actions) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), egui::Sense::hover());
    let mut row = ui.new_child(UiBuilder::new().id_salt(&model.name).max_rect(rect));
    row.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.set_width((ui.available_width() - BUTTONS - LARGE_SPACE).max(160.0));
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.add_space(SPACE);
            title(ui, view, model);
            let (text, color) = match view.state.shelf.transfers.get(&model.name) {
                Some(Transfer::Failed(reason)) => (reason.clone(), view.colors.error),
                _ => (facts(view, model), view.colors.weak),
            };
            let explained = format!("{text}\n\n{}", say("models-errors-hint"));
            ui.add(Label::new(RichText::new(&text).color(color)).truncate()).on_hover_text(explained);
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| standing(ui, view, model, actions));
    });
    let line = egui::Stroke::new(1.0, view.colors.border.gamma_multiply(0.6));
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
}

/// Shows the name, and what the model is good for.
fn title(ui: &mut Ui, view: &View, model: &Model) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(&model.name).strong());
        let purpose = say(model.entry.map_or("models-purpose-own", |entry| purpose(&entry.name)));
        ui.add(Label::new(RichText::new(purpose).color(view.colors.text)).truncate()).on_hover_text(purpose);
    });
}

/// Returns the message key for what a catalog model is good for, by the size in its name.
fn purpose(name: &str) -> &'static str {
    match name {
        _ if name.contains("turbo") => "models-purpose-turbo",
        _ if name.starts_with("distil") => "models-purpose-distil",
        _ if name.starts_with("tiny") => "models-purpose-tiny",
        _ if name.starts_with("base") => "models-purpose-base",
        _ if name.starts_with("small") => "models-purpose-small",
        _ if name.starts_with("medium") => "models-purpose-medium",
        _ => "models-purpose-large",
    }
}

/// Returns text such as `99 languages  ·  488 MB  ·  850 MB of memory  ·  12 % errors  ·  an hour takes 12 min`.
fn facts(view: &View, model: &Model) -> String {
    let Some(entry) = model.entry else { return own_facts(model) };
    let languages = match entry.languages {
        Languages::English => say("models-english"),
        Languages::Multilingual => say("models-multilingual"),
    };
    let memory = file_size(u64::from(entry.memory_mb) * 1_000_000);
    let mut facts =
        vec![languages.to_owned(), file_size(entry.about_bytes()), say_with!("models-memory", size = memory)];
    if let Some(errors) = entry.expected_errors() {
        facts.push(say_with!("models-errors", percent = errors.round() as u32));
    }
    if let (Measured::Done(speed, machine), Some(shape)) = (view.state.shelf.measured, entry.shape) {
        let fits = machine.has_room(u64::from(entry.memory_mb) * 1_000_000);
        let offer = Offer { entry, rtf: speed.rtf(shape, Resources::default().threads.get()), fits };
        facts.push(hour(offer.rtf));
        if !fits {
            facts.push(say("models-too-large").to_owned());
        } else if offer.keeps_up() {
            facts.push(say("models-live").to_owned());
        }
    }
    facts.join("  ·  ")
}

/// Returns how long an hour of lecture takes with this real-time factor.
pub fn hour(rtf: f64) -> String {
    match rtf * 60.0 {
        minutes if minutes < 1.0 => {
            say_with!("models-hour-seconds", seconds = (minutes * 60.0).ceil() as u32)
        }
        minutes if minutes < 90.0 => say_with!("models-hour", minutes = minutes.round() as u32),
        minutes => say_with!("models-hour-hours", hours = decimal(minutes / 60.0, 1)),
    }
}

fn own_facts(model: &Model) -> String {
    model.path.as_ref().map(|path| path.display().to_string()).unwrap_or_default()
}

/// Shows the state of the model and its buttons, from right to left.
fn standing(ui: &mut Ui, view: &View, model: &Model, actions: &mut Actions) {
    let mut row = Buttons { ui, view, name: &model.name, actions };
    match (view.state.shelf.transfers.get(&model.name), model.begun) {
        (Some(Transfer::Running { since, first, progress, .. }), _) => {
            row.button("models-cancel", "models-cancel-of", ModelAction::Discard);
            row.button("models-pause", "models-pause-of", ModelAction::Pause);
            row.progress(*since, *first, *progress);
        }
        (Some(Transfer::Failed(_)), _) => {
            row.button("button-try-again", "models-again-of", ModelAction::Download);
        }
        (None, Some(bytes)) if model.path.is_none() => {
            row.button("models-cancel", "models-cancel-of", ModelAction::Discard);
            row.button("models-resume", "models-resume-of", ModelAction::Download);
            row.text(&say_with!("models-paused", size = file_size(bytes)));
        }
        _ if model.path.is_some() => row.here(model),
        _ => row.offered(model),
    }
}

struct Buttons<'a, 'b> {
    ui: &'a mut Ui,
    view: &'a View<'b>,
    name: &'a str,
    actions: &'a mut Actions,
}

impl Buttons<'_, '_> {
    /// Shows a button whose name for screen readers includes the model.
    fn button(&mut self, face: &'static str, named: &'static str, action: fn(String) -> ModelAction) {
        let button = self.ui.button(say(face)).accessible_name(say_with!(named, name = self.name));
        if button.clicked() {
            self.actions.ask(Action::Models(action(self.name.to_owned())));
        }
    }

    fn text(&mut self, text: &str) {
        let label = Label::new(RichText::new(text).color(self.view.colors.weak)).truncate();
        self.ui.add(label).on_hover_text(text);
    }

    fn here(&mut self, model: &Model) {
        if model.is_own {
            self.button("models-remove", "models-remove-of", ModelAction::AskToRemove);
        }
        let chosen = self.view.state.settings.model.as_deref().unwrap_or(DEFAULT_SPEECH);
        if chosen == model.name {
            self.text(&format!("✔ {}", say("models-in-use")));
        } else {
            self.button("models-use", "models-use-of", ModelAction::Use);
        }
    }

    /// Shows a download button, and beside it which server would be contacted.
    fn offered(&mut self, model: &Model) {
        let Some(entry) = model.entry else { return };
        let network = &self.view.state.settings.network;
        if self.view.state.shelf.is_offline(network) {
            return self.text(say("models-offline"));
        }
        match source(entry, network) {
            Ok(source) => {
                self.button("models-download", "models-download-of", ModelAction::Download);
                self.text(&say_with!("models-from", host = source.host()));
            }
            Err(error) => self.text(&error.in_words()),
        }
    }

    fn progress(&mut self, since: Instant, first: Option<u64>, progress: DownloadProgress) {
        let DownloadProgress { done, total } = progress;
        let fraction = total.map_or(0.0, |total| done as f32 / total.max(1) as f32);
        self.ui.vertical(|ui| {
            ui.add_space(SPACE + 4.0);
            let bar = ProgressBar::new(fraction).desired_width(150.0).desired_height(8.0);
            let bar = ui.add(bar.fill(self.view.colors.accent));
            bar.accessible_name(say_with!("models-progress", name = self.name));
            let text = pace(since.elapsed().as_secs_f64(), first, progress);
            ui.label(RichText::new(text).color(self.view.colors.weak));
        });
    }
}

/// Returns text such as `34 %  ·  12 MB/s  ·  2 min left`.
fn pace(seconds: f64, first: Option<u64>, progress: DownloadProgress) -> String {
    let DownloadProgress { done, total } = progress;
    let Some((first, total)) = first.zip(total) else { return say("models-connecting").to_owned() };
    let percent = format!("{:.0}", 100.0 * done as f64 / total.max(1) as f64);
    let percent = say_with!("progress-percent", percent = percent);
    let speed = (done - first) as f64 / seconds.max(0.1);
    if speed < 1.0 {
        return percent;
    }
    let left = match (total.saturating_sub(done)) as f64 / speed {
        seconds if seconds < 90.0 => say_with!("left-seconds", seconds = seconds.ceil() as u64),
        seconds => say_with!("left-minutes", minutes = (seconds / 60.0).round() as u64),
    };
    let speed = say_with!("models-speed", size = file_size(speed as u64));
    [percent, speed, left].join("  ·  ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asr::catalog::{Catalog, ModelKind};

    #[test]
    fn every_model_of_the_catalogue_has_a_purpose_of_its_size() {
        let speech = Catalog::builtin().models().iter().filter(|entry| entry.kind == ModelKind::Speech);
        for entry in speech {
            let key = purpose(&entry.name);
            let size = key.strip_prefix("models-purpose-").unwrap();
            assert!(entry.name.contains(size), "{}: {key}", entry.name);
        }
    }

    #[test]
    fn times_of_an_hour_are_short() {
        assert_eq!(hour(0.004), "an hour takes 15 s");
        assert_eq!(hour(0.2), "an hour takes 12 min");
        assert_eq!(hour(2.0), "an hour takes 2.0 h");
    }

    #[test]
    fn a_download_tells_how_long_it_will_take() {
        let progress = |done, total| DownloadProgress { done, total };
        assert_eq!(pace(1.0, None, progress(0, None)), "connecting");
        let now = progress(40_000_000, Some(100_000_000));
        assert_eq!(pace(2.0, Some(20_000_000), now), "40 %  ·  10 MB/s  ·  6 s left");
        // Bytes from before this start do not count towards the speed.
        assert_eq!(pace(2.0, Some(40_000_000), now), "40 %");
    }
}
