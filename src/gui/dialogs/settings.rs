//! What is kept from one day to the next.

use egui::{Grid, RichText, Slider, Ui};

use super::choices::{choice, language, model, row, vocabulary};
use super::{Then, heading};
use crate::caption::Profile;
use crate::gui::action::{Action, Actions};
use crate::gui::state::{DEFAULT_PROFILE, View};
use crate::gui::theme::SPACE;
use crate::gui::widgets::rules_name;
use crate::settings::{Settings, TextSize, Theme};

pub fn ui(ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
    super::set_width(ui, 480.0);
    heading(ui, "Settings");
    let mut settings = view.state.settings.clone();
    section(ui, "Captions", |ui| {
        row(ui, "Speech model", |ui| model(ui, view, &mut settings));
        row(ui, "Language spoken", |ui| language(ui, &mut settings));
        row(ui, "Rules", |ui| {
            let names = Profile::names().map(|name| (Some(name.to_owned()), rules_name(name)));
            let mut profile = settings.profile.clone().or_else(|| Some(DEFAULT_PROFILE.to_owned()));
            choice(ui, "Rules", &mut profile, names);
            settings.profile = profile.filter(|name| name != DEFAULT_PROFILE);
        });
        row(ui, "Names and terms", |ui| vocabulary(ui, &mut settings));
    });
    section(ui, "Window", |ui| {
        row(ui, "Colours", |ui| {
            let themes = [
                (Theme::System, "As the system"),
                (Theme::Light, "Light"),
                (Theme::Dark, "Dark"),
                (Theme::HighContrast, "High contrast"),
            ];
            choice(ui, "Colours", &mut settings.theme, themes.map(|(theme, name)| (theme, name.to_owned())));
        });
        row(ui, "Font of captions", |ui| font(ui, view, &mut settings));
        row(ui, "Text size", |ui| {
            let mut percent = settings.text_size.percent();
            let range = TextSize::LEAST.percent()..=TextSize::MOST.percent();
            ui.add(Slider::new(&mut percent, range).step_by(10.0).suffix(" %")).accessible_name("Text size");
            settings.text_size = TextSize::new(percent);
        });
    });
    ui.label(
        RichText::new("Changes count at once. Captions that are open keep their rules.")
            .color(view.colors.weak),
    );
    ui.add_space(SPACE);
    if settings != view.state.settings {
        actions.ask(Action::ChangeSettings(Box::new(settings)));
    }
    if ui.button("Close").clicked() { Then::Closes } else { Then::Stays }
}

fn section(ui: &mut Ui, name: &str, rows: impl FnOnce(&mut Ui)) {
    ui.label(RichText::new(name).strong());
    Grid::new(name).num_columns(2).min_col_width(160.0).spacing([2.0 * SPACE, SPACE]).show(ui, rows);
    ui.add_space(2.0 * SPACE);
}

fn font(ui: &mut Ui, view: &View, settings: &mut Settings) {
    let own = [(None, "That of the window".to_owned())].into_iter();
    let families = view.state.font_families.iter().map(|name| (Some(name.clone()), name.clone()));
    choice(ui, "Font of captions", &mut settings.caption_font, own.chain(families));
}
