//! How the captions are shown to others, on the page on which lectures are recorded.

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
use crate::settings::{Audience, AudienceColors, AudiencePlace};

const PLACES: [(AudiencePlace, &str); 8] = [
    (AudiencePlace::Window, "A window, moved by hand"),
    (AudiencePlace::FullScreen, "The whole screen"),
    (AudiencePlace::Top, "A strip at the top"),
    (AudiencePlace::Bottom, "A strip at the bottom"),
    (AudiencePlace::TopLeft, "The corner at the top left"),
    (AudiencePlace::TopRight, "The corner at the top right"),
    (AudiencePlace::BottomLeft, "The corner at the bottom left"),
    (AudiencePlace::BottomRight, "The corner at the bottom right"),
];

const COLORS: [(AudienceColors, &str); 4] = [
    (AudienceColors::WhiteOnBlack, "White on black"),
    (AudienceColors::YellowOnBlack, "Yellow on black"),
    (AudienceColors::BlackOnWhite, "Black on white"),
    (AudienceColors::BlackOnYellow, "Black on yellow"),
];

/// With less room than this the settings stand in one column. Points.
const NARROW: f32 = 640.0;

const READERS: [(Readers, &str); 2] =
    [(Readers::ThisComputer, "On this computer only"), (Readers::Network, "In the network of the room")];

pub fn controls(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let record = &view.state.record;
    ui.horizontal_wrapped(|ui| {
        ui.label("Show the captions:");
        let is_open = view.state.audience.is_open();
        command_toggle(
            ui,
            view,
            actions,
            Command::Record(RecordCommand::ShowAudience),
            "To the audience",
            is_open,
        );
        command_toggle(
            ui,
            view,
            actions,
            Command::Record(RecordCommand::ShowCaptionPage),
            "In a browser",
            record.page.is_some(),
        );
    });
    if record.page.is_some() || record.readers != Readers::ThisComputer {
        ui.horizontal_wrapped(|ui| page(ui, view, actions));
    }
    CollapsingHeader::new("How the audience sees them")
        .id_salt("audience")
        .show(ui, |ui| look(ui, view, actions));
}

fn readers(ui: &mut Ui, now: Readers, actions: &mut Actions) {
    let mut readers = now;
    choice(ui, "Who can read in a browser", &mut readers, READERS.map(|(who, name)| (who, name.to_owned())));
    if readers != now {
        actions.ask(Action::Record(RecordAction::SetReaders(readers)));
    }
}

/// Who can read the page, where it is, and what that means.
fn page(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let record = &view.state.record;
    ui.label("In a browser:");
    ui.add_enabled_ui(!record.opens_page, |ui| readers(ui, record.readers, actions));
    let Some(address) = &record.page else { return };
    ui.add(Hyperlink::from_label_and_url(address, address).open_in_new_tab(true));
    if ui.button("Copy").on_hover_text("Copy the address").clicked() {
        ui.ctx().copy_text(address.to_owned());
    }
    if record.readers == Readers::Network {
        code::button(ui, address);
    }
    let (text, color) = match record.readers {
        Readers::ThisComputer => ("The end of the address is its key.", view.colors.weak),
        Readers::Network => {
            ("⚠ Everyone in the network who has this address can read along.", view.colors.warning)
        }
    };
    ui.label(RichText::new(text).color(color)).on_hover_text(
        "The end of the address is a code that nobody can guess. It stays the same for a day. \
         Nobody can change anything there. If others cannot open it, the firewall of this computer or the network \
         keeps them out.",
    );
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
        ui.label("Place");
        choice(ui, "Place", &mut audience.place, PLACES.map(|(place, name)| (place, name.to_owned())));
        end_row_if(ui, is_narrow);
        row(ui, "Letters", |ui| {
            ui.add(Slider::new(&mut audience.size, SIZES).step_by(2.0))
                .accessible_name("Size of the letters");
        });
        ui.label("Colours");
        choice(ui, "Colours", &mut audience.colors, COLORS.map(|(colors, name)| (colors, name.to_owned())));
        end_row_if(ui, is_narrow);
        row(ui, "Lines", |ui| {
            ui.add(Slider::new(&mut audience.lines, LINES)).accessible_name("Lines");
        });
    });
    ui.horizontal_wrapped(|ui| checks(ui, audience));
    let text = "Drag the window to the projector; F11 or a double click there fills its screen. The font is that of \
                captions in the settings.";
    ui.label(RichText::new(text).color(view.colors.weak));
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
    ui.checkbox(&mut audience.tentative, "Words that may still change");
    ui.checkbox(&mut audience.on_top, "Before all other windows");
    ui.checkbox(&mut audience.mirrored, "As in a mirror")
        .on_hover_text("For a screen that is lit from behind");
}
