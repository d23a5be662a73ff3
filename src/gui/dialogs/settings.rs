//! The settings dialog.

use egui::{Grid, RichText, ScrollArea, Slider, Ui};

use super::choices::{candidates, choice, language, model, row, speakers, vocabulary};
use super::{Then, heading, voices};
use crate::caption::{DEFAULT_PROFILE, Profile};
use crate::gui::action::{Action, Actions};
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::rules_name;
use crate::gui::words::say;
use crate::settings::{Doubts, Settings, TextSize, Theme, WindowLanguage};

/// Height of what stays in sight below the settings. Unit: points.
const FOOT: f32 = 80.0;

pub fn ui(ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
    super::set_width(ui, 480.0);
    let mut settings = view.state.settings.clone();
    let room = super::room(ui.ctx()) - FOOT;
    let area = ScrollArea::vertical().id_salt("all").max_height(room).min_scrolled_height(room);
    area.show(ui, |ui| all(ui, view, &mut settings, actions));
    ui.add_space(SPACE);
    ui.label(RichText::new(say("settings-applied")).color(view.colors.weak));
    ui.add_space(SPACE);
    if settings != view.state.settings {
        actions.ask(Action::ChangeSettings(Box::new(settings)));
    }
    if ui.button(say("button-close")).clicked() { Then::Closes } else { Then::Stays }
}

fn all(ui: &mut Ui, view: &View, settings: &mut Settings, actions: &mut Actions) {
    heading(ui, say("settings-title"));
    section(ui, say("settings-captions"), |ui| {
        row(ui, say("settings-model"), |ui| model(ui, view, settings));
        row(ui, say("settings-language"), |ui| language(ui, settings));
        row(ui, say("settings-candidates"), |ui| candidates(ui, settings));
        row(ui, say("settings-rules"), |ui| {
            let names = Profile::names().map(|name| (Some(name.to_owned()), rules_name(name)));
            let mut profile = settings.profile.clone().or_else(|| Some(DEFAULT_PROFILE.to_owned()));
            choice(ui, say("settings-rules"), &mut profile, names);
            settings.profile = profile.filter(|name| name != DEFAULT_PROFILE);
        });
        row(ui, say("settings-vocabulary"), |ui| vocabulary(ui, settings, actions));
        row(ui, say("settings-doubts"), |ui| doubts(ui, settings));
    });
    // Outside the grid, because its text is long.
    ui.add_space(-SPACE);
    let tick = ui.checkbox(&mut settings.low_memory, say("settings-low-memory-tick"));
    tick.on_hover_text(say("settings-low-memory-hint"));
    let mut asks_second = !settings.no_second_opinion;
    let tick = ui.checkbox(&mut asks_second, say("settings-second-tick"));
    tick.on_hover_text(say("settings-second-hint"));
    settings.no_second_opinion = !asks_second;
    speakers(ui, settings);
    ui.checkbox(&mut settings.captions_at_once, say("caption-at-once"))
        .on_hover_text(say("caption-at-once-hint"));
    spelling(ui, view, settings);
    ui.add_space(2.0 * SPACE);
    section(ui, say("settings-window"), |ui| {
        row(ui, say("settings-window-language"), |ui| window_language(ui, settings));
        row(ui, say("settings-colors"), |ui| {
            let themes = [
                (Theme::System, say("settings-theme-system")),
                (Theme::Light, say("settings-theme-light")),
                (Theme::Dark, say("settings-theme-dark")),
                (Theme::HighContrast, say("settings-theme-contrast")),
            ];
            choice(
                ui,
                say("settings-colors"),
                &mut settings.theme,
                themes.map(|(theme, name)| (theme, name.to_owned())),
            );
        });
        row(ui, say("settings-font"), |ui| font(ui, view, settings));
        row(ui, say("settings-text-size"), |ui| {
            let mut percent = settings.text_size.percent();
            let range = TextSize::LEAST.percent()..=TextSize::MOST.percent();
            ui.add(Slider::new(&mut percent, range).step_by(10.0).suffix(" %"))
                .accessible_name(say("settings-text-size"));
            settings.text_size = TextSize::new(percent);
        });
    });
    voices::ui(ui, view, actions);
}

/// Shows the tick for spelling, and the dictionary of the open captions.
fn spelling(ui: &mut Ui, view: &View, settings: &mut Settings) {
    let mut is_on = !settings.no_spelling;
    let tick = ui.checkbox(&mut is_on, say("settings-spelling-tick"));
    tick.on_hover_text(say("settings-spelling-hint"));
    settings.no_spelling = !is_on;
    let standing = view.editor.spelling.standing_in_words();
    if !standing.is_empty() {
        ui.label(RichText::new(standing).color(view.colors.weak));
    }
}

fn section(ui: &mut Ui, name: &str, rows: impl FnOnce(&mut Ui)) {
    ui.label(RichText::new(name).strong());
    Grid::new(name).num_columns(2).min_col_width(160.0).spacing([2.0 * SPACE, SPACE]).show(ui, rows);
    ui.add_space(2.0 * SPACE);
}

fn doubts(ui: &mut Ui, settings: &mut Settings) {
    let levels = [
        (Doubts::Few, say("settings-doubts-few")),
        (Doubts::Usual, say("settings-doubts-usual")),
        (Doubts::Many, say("settings-doubts-many")),
    ];
    let levels = levels.map(|(level, name)| (level, name.to_owned()));
    choice(ui, say("settings-doubts"), &mut settings.doubts, levels);
}

/// Each language is listed under its own name, so that every user can find theirs.
fn window_language(ui: &mut Ui, settings: &mut Settings) {
    let languages = [
        (WindowLanguage::System, say("settings-theme-system")),
        (WindowLanguage::English, "English"),
        (WindowLanguage::German, "Deutsch"),
    ];
    let languages = languages.map(|(language, name)| (language, name.to_owned()));
    choice(ui, say("settings-window-language"), &mut settings.window_language, languages);
}

fn font(ui: &mut Ui, view: &View, settings: &mut Settings) {
    let own = [(None, say("settings-font-default").to_owned())].into_iter();
    let families = view.state.font_families.iter().map(|name| (Some(name.clone()), name.clone()));
    choice(ui, say("settings-font"), &mut settings.caption_font, own.chain(families));
}
