//! A button for what is hidden in captions when they are written: listed words, and personal data.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{PopupCloseBehavior, TextEdit, Ui};

use crate::gui::action::{Action, Actions};
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::words::say;
use crate::settings::{HiddenWords, HidingSettings, Settings};

/// Width of what the button opens. Unit: points.
const WIDTH: f32 = 320.0;
/// Number of visible lines of the list.
const LINES: usize = 4;

/// Shows a button that tells what is hidden, and opens the choice.
pub fn button(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let before = &view.state.settings.hiding;
    let mut hiding = before.clone();
    let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    // Without the column, which menus lack, the lines of a label are spread over the whole width.
    let open = |ui: &mut Ui| ui.vertical(|ui| choice(ui, &mut hiding));
    MenuButton::new(face(before)).config(stays).ui(ui, open);
    if hiding != *before {
        let settings = Settings { hiding, ..view.state.settings.clone() };
        actions.ask(Action::ChangeSettings(Box::new(settings)));
    }
}

fn face(hiding: &HidingSettings) -> &'static str {
    let has_words = !hiding.words.trim().is_empty();
    say(match (hiding.personal, has_words) {
        (false, false) => "hiding-nothing",
        (true, false) => "hiding-personal",
        (false, true) => "hiding-words",
        (true, true) => "hiding-both",
    })
}

fn choice(ui: &mut Ui, hiding: &mut HidingSettings) {
    ui.set_width(WIDTH);
    ui.checkbox(&mut hiding.personal, say("hiding-personal-tick")).on_hover_text(say("hiding-personal-hint"));
    ui.add_space(SPACE);
    let label = ui.label(say("hiding-list"));
    let list = TextEdit::multiline(&mut hiding.words).desired_rows(LINES).desired_width(f32::INFINITY);
    ui.add(list.hint_text(say("hiding-list-example"))).labelled_by(label.id);
    let ways = [
        (HiddenWords::Masked, "hiding-masked"),
        (HiddenWords::LeftOut, "hiding-left-out"),
        (HiddenWords::Tagged, "hiding-tagged"),
    ];
    for (way, name) in ways {
        ui.radio_value(&mut hiding.how, way, say(name));
    }
}
