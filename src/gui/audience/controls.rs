//! Settings for showing captions to the audience, on the recording page.

use egui::{CollapsingHeader, Grid, Hyperlink, RichText, Slider, Ui};

use super::code;
use super::look::{LINES, SIZES};
use crate::gui::action::{Action, Actions};
use crate::gui::command::{Command, RecordCommand};
use crate::gui::dialogs::choices::{choice, row};
use crate::gui::record::{Readers, RecordAction};
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::command_toggle;
use crate::gui::words::say;
use crate::settings::{Audience, AudienceColors, AudiencePlace};

const PLACES: [(AudiencePlace, &str); 8] = [
    (AudiencePlace::Window, "audience-place-window"),
    (AudiencePlace::FullScreen, "audience-place-full"),
    (AudiencePlace::Top, "audience-place-top"),
    (AudiencePlace::Bottom, "audience-place-bottom"),
    (AudiencePlace::TopLeft, "audience-place-top-left"),
    (AudiencePlace::TopRight, "audience-place-top-right"),
    (AudiencePlace::BottomLeft, "audience-place-bottom-left"),
    (AudiencePlace::BottomRight, "audience-place-bottom-right"),
];

const COLORS: [(AudienceColors, &str); 4] = [
    (AudienceColors::WhiteOnBlack, "audience-white-on-black"),
    (AudienceColors::YellowOnBlack, "audience-yellow-on-black"),
    (AudienceColors::BlackOnWhite, "audience-black-on-white"),
    (AudienceColors::BlackOnYellow, "audience-black-on-yellow"),
];

/// Below this width the settings stand in one column. Unit: points.
const NARROW: f32 = 640.0;

const READERS: [(Readers, &str); 2] =
    [(Readers::ThisComputer, "audience-readers-here"), (Readers::Network, "audience-readers-network")];

pub fn controls(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let record = &view.state.record;
    ui.horizontal_wrapped(|ui| {
        ui.label(say("audience-show"));
        let is_open = view.state.audience.is_open();
        command_toggle(
            ui,
            view,
            actions,
            Command::Record(RecordCommand::ShowAudience),
            say("audience-window"),
            is_open,
        );
        command_toggle(
            ui,
            view,
            actions,
            Command::Record(RecordCommand::ShowCaptionPage),
            say("audience-browser"),
            record.page.is_some(),
        );
    });
    if record.page.is_some() || record.readers != Readers::ThisComputer {
        ui.horizontal_wrapped(|ui| page(ui, view, actions));
    }
    CollapsingHeader::new(say("audience-look")).id_salt("audience").show(ui, |ui| look(ui, view, actions));
}

fn readers(ui: &mut Ui, now: Readers, actions: &mut Actions) {
    let mut readers = now;
    choice(ui, say("audience-readers"), &mut readers, READERS.map(|(who, key)| (who, say(key).to_owned())));
    if readers != now {
        actions.ask(Action::Record(RecordAction::SetReaders(readers)));
    }
}

/// Shows who can read the page, its address, and what that means.
fn page(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let record = &view.state.record;
    ui.label(say("audience-browser-label"));
    ui.add_enabled_ui(!record.opens_page, |ui| readers(ui, record.readers, actions));
    let Some(address) = &record.page else { return };
    ui.add(Hyperlink::from_label_and_url(address, address).open_in_new_tab(true));
    if ui.button(say("audience-copy")).on_hover_text(say("audience-copy-hint")).clicked() {
        ui.ctx().copy_text(address.to_owned());
    }
    if record.readers == Readers::Network {
        code::button(ui, address);
    }
    let (text, color) = match record.readers {
        Readers::ThisComputer => (say("audience-address-here").to_owned(), view.colors.weak),
        Readers::Network => (format!("⚠ {}", say("audience-address-network")), view.colors.warning),
    };
    ui.label(RichText::new(text).color(color)).on_hover_text(say("audience-address-hint"));
}

fn look(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let mut settings = view.state.settings.clone();
    let audience = &mut settings.audience;
    let is_narrow = ui.available_width() < NARROW;
    let grid = Grid::new("look")
        .num_columns(if is_narrow { 2 } else { 4 })
        .min_col_width(90.0)
        .spacing([2.0 * SPACE, SPACE]);
    grid.show(ui, |ui| {
        ui.label(say("audience-place"));
        choice(
            ui,
            say("audience-place"),
            &mut audience.place,
            PLACES.map(|(place, key)| (place, say(key).to_owned())),
        );
        end_row_if(ui, is_narrow);
        row(ui, say("audience-size"), |ui| {
            ui.add(Slider::new(&mut audience.size, SIZES).step_by(2.0)).accessible_name(say("audience-size"));
        });
        ui.label(say("audience-colors"));
        choice(
            ui,
            say("audience-colors"),
            &mut audience.colors,
            COLORS.map(|(colors, key)| (colors, say(key).to_owned())),
        );
        end_row_if(ui, is_narrow);
        row(ui, say("audience-lines"), |ui| {
            ui.add(Slider::new(&mut audience.lines, LINES)).accessible_name(say("audience-lines"));
        });
    });
    ui.horizontal_wrapped(|ui| checks(ui, audience));
    ui.label(RichText::new(say("audience-look-hint")).color(view.colors.weak));
    if settings != view.state.settings {
        actions.ask(Action::ChangeSettings(Box::new(settings)));
    }
}

fn end_row_if(ui: &mut Ui, is_narrow: bool) {
    if is_narrow {
        ui.end_row();
    }
}

fn checks(ui: &mut Ui, audience: &mut Audience) {
    ui.checkbox(&mut audience.tentative, say("audience-tentative"));
    ui.checkbox(&mut audience.on_top, say("audience-on-top"));
    ui.checkbox(&mut audience.mirrored, say("audience-mirrored"))
        .on_hover_text(say("audience-mirrored-hint"));
}
