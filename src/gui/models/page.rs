//! The models page.

use egui::{CollapsingHeader, Frame, Margin, RichText, ScrollArea, TextEdit, Ui};

use super::{Measured, Model, ModelAction, ModelsState, row};
use crate::asr::catalog::Catalog;
use crate::gui::action::{Action, Actions};
use crate::gui::command::{AppCommand, Command};
use crate::gui::state::{State, View};
use crate::gui::theme::{LARGE_SPACE, PAGE_SPACE, SPACE};
use crate::gui::words::{say, say_with};
use crate::models::{Offer, mirror_of_environment, offers, recommended};
use crate::recognize::Resources;
use crate::settings::NetworkSettings;

/// Width of a field for an address. Unit: points.
const FIELD: f32 = 380.0;

impl ModelsState {
    /// Returns whether the network is disabled, at start or in the settings.
    pub fn is_offline(&self, network: &NetworkSettings) -> bool {
        self.is_offline || network.offline
    }
}

pub fn ui(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let space = PAGE_SPACE.min(ui.available_width() * 0.03) as i8;
    Frame::new().inner_margin(Margin { bottom: 0, ..Margin::same(space) }).show(ui, |ui| {
        ui.label(RichText::new(say("models-title")).heading());
        ui.label(RichText::new(advice(view.state)).color(view.colors.weak));
        ui.add_space(SPACE);
        ui.horizontal_wrapped(|ui| controls(ui, actions));
        network(ui, view, actions);
        ui.add_space(SPACE);
        ui.separator();
        list(ui, view, actions);
    });
}

/// Returns which models suit this computer.
fn advice(state: &State) -> String {
    let (speed, machine) = match state.shelf.measured {
        Measured::Done(speed, machine) => (speed, machine),
        Measured::Failed => return say("models-not-measured").to_owned(),
        Measured::NotYet | Measured::Now => return say("models-measuring").to_owned(),
    };
    let is_english = state.settings.language.as_deref() == Some("en");
    let threads = Resources::default().threads.get();
    let offers =
        offers(Catalog::in_use().models(), is_english, (speed, threads), |bytes| machine.has_room(bytes));
    let name = |offer: &Offer<'_>| offer.entry.name.clone();
    match recommended(&offers) {
        (Some(best), Some(live)) if best == live => say_with!("models-advice-one", model = name(best)),
        (Some(best), Some(live)) => {
            say_with!("models-advice", recordings = name(best), live = name(live))
        }
        (Some(best), None) => say_with!("models-advice-recordings", model = name(best)),
        (None, _) => say("models-advice-none").to_owned(),
    }
}

fn controls(ui: &mut Ui, actions: &mut Actions) {
    let import = ui.button(say("models-import"));
    if import.on_hover_text(say("models-import-hint")).clicked() {
        actions.ask(Action::Models(ModelAction::Import));
    }
    ui.add_space(SPACE);
    if ui.button(say("button-back")).clicked() {
        actions.run(Command::App(AppCommand::LeavePage));
    }
}

/// Shows whether and how the network may be used.
fn network(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let shelf = &view.state.shelf;
    let mut settings = view.state.settings.clone();
    let is_offline = shelf.is_offline(&settings.network);
    let face = if is_offline { say("models-network-off") } else { say("models-network") };
    CollapsingHeader::new(face).id_salt("network").show(ui, |ui| {
        ui.label(RichText::new(say("models-network-text")).color(view.colors.weak));
        if shelf.is_offline {
            ui.label(say("models-started-offline"));
        } else {
            ui.checkbox(&mut settings.network.offline, say("models-never"));
        }
        egui::Grid::new("addresses").num_columns(2).show(ui, |ui| {
            let mut field = |text: &mut String, key: &'static str, example: &str, is_fixed: bool| {
                ui.label(say(key));
                let field = TextEdit::singleline(text).hint_text(example).desired_width(FIELD);
                ui.add_enabled(!is_offline && !is_fixed, field).accessible_name(say(key));
                ui.end_row();
            };
            match mirror_of_environment() {
                Some(mut mirror) => field(&mut mirror, "models-mirror", "", true),
                None => {
                    let example = say("models-mirror-example");
                    field(&mut settings.network.mirror, "models-mirror", example, false);
                }
            }
            field(&mut settings.network.proxy, "models-proxy", say("models-proxy-example"), false);
        });
    });
    if settings != view.state.settings {
        actions.ask(Action::ChangeSettings(Box::new(settings)));
    }
}

fn list(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let Some(models) = &view.state.shelf.models else {
        ui.add_space(PAGE_SPACE);
        ui.vertical_centered(|ui| ui.label(RichText::new(say("models-looking")).color(view.colors.weak)));
        return;
    };
    let (here, others): (Vec<&Model>, _) = models.iter().partition(|model| model.path.is_some());
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for (key, models) in [("models-here", here), ("models-others", others)] {
            ui.add_space(SPACE);
            ui.label(RichText::new(say(key)).strong());
            for model in models {
                row::ui(ui, view, model, actions);
            }
            ui.add_space(LARGE_SPACE);
        }
    });
}
