//! What is kept from one day to the next.

use egui::{ComboBox, Grid, RichText, Slider, Ui};

use super::{Then, heading};
use crate::asr::locate::DEFAULT_SPEECH;
use crate::caption::Profile;
use crate::gui::action::{Action, Asks};
use crate::gui::state::{DEFAULT_PROFILE, View};
use crate::gui::theme::SPACE;
use crate::settings::{Settings, TextSize, Theme};

/// Languages that are offered; Whisper knows more, which the command line takes.
const LANGUAGES: [(&str, &str); 24] = [
    ("ar", "Arabic"),
    ("zh", "Chinese"),
    ("cs", "Czech"),
    ("da", "Danish"),
    ("nl", "Dutch"),
    ("en", "English"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("de", "German"),
    ("el", "Greek"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hu", "Hungarian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("no", "Norwegian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ru", "Russian"),
    ("es", "Spanish"),
    ("sv", "Swedish"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
];

pub fn ui(ui: &mut Ui, view: &View, asks: &mut Asks) -> Then {
    ui.set_width(480.0);
    heading(ui, "Settings");
    let mut settings = view.state.settings.clone();
    section(ui, "Captions", |ui| {
        row(ui, "Speech model", |ui| model(ui, view, &mut settings));
        row(ui, "Language spoken", |ui| language(ui, &mut settings));
        row(ui, "Rules", |ui| {
            let names = Profile::names().map(|name| (Some(name.to_owned()), name.to_owned()));
            let mut profile = settings.profile.clone().or_else(|| Some(DEFAULT_PROFILE.to_owned()));
            choice(ui, "Rules", &mut profile, names);
            settings.profile = profile.filter(|name| name != DEFAULT_PROFILE);
        });
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
        asks.ask(Action::ChangeSettings(Box::new(settings)));
    }
    if ui.button("Close").clicked() { Then::Closes } else { Then::Stays }
}

fn section(ui: &mut Ui, name: &str, rows: impl FnOnce(&mut Ui)) {
    ui.label(RichText::new(name).strong());
    Grid::new(name).num_columns(2).min_col_width(160.0).spacing([2.0 * SPACE, SPACE]).show(ui, rows);
    ui.add_space(2.0 * SPACE);
}

fn row(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    ui.label(name);
    content(ui);
    ui.end_row();
}

fn choice<T: PartialEq + Clone>(
    ui: &mut Ui,
    name: &str,
    value: &mut T,
    choices: impl IntoIterator<Item = (T, String)>,
) {
    let choices: Vec<_> = choices.into_iter().collect();
    let current = choices.iter().find(|(choice, _)| choice == value).map_or("", |(_, name)| name);
    let combo = ComboBox::from_id_salt(name).width(220.0).selected_text(current).show_ui(ui, |ui| {
        for (choice, name) in &choices {
            ui.selectable_value(value, choice.clone(), name);
        }
    });
    combo.response.accessible_name(name);
}

fn model(ui: &mut Ui, view: &View, settings: &mut Settings) {
    let mut model = settings.model.clone().unwrap_or_else(|| DEFAULT_SPEECH.to_owned());
    let installed = view.state.models.iter().map(|name| (name.clone(), name.clone()));
    let missing = (!view.state.models.contains(&model)).then(|| (model.clone(), model.clone()));
    choice(ui, "Speech model", &mut model, missing.into_iter().chain(installed));
    settings.model = Some(model).filter(|model| model != DEFAULT_SPEECH);
}

fn font(ui: &mut Ui, view: &View, settings: &mut Settings) {
    let own = [(None, "That of the window".to_owned())].into_iter();
    let families = view.state.font_families.iter().map(|name| (Some(name.clone()), name.clone()));
    choice(ui, "Font of captions", &mut settings.caption_font, own.chain(families));
}

fn language(ui: &mut Ui, settings: &mut Settings) {
    let known = LANGUAGES.map(|(code, name)| (Some(code.to_owned()), name.to_owned()));
    let choices = [(None, "Found by itself".to_owned())].into_iter().chain(known);
    choice(ui, "Language spoken", &mut settings.language, choices);
}
