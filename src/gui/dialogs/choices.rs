//! Rows in which one of several things is chosen, for dialogs and pages.

use egui::{ComboBox, ScrollArea, TextEdit, TextStyle, Ui};

use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::settings::Settings;

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

/// Width of what is chosen in. Points.
const WIDTH: f32 = 220.0;
/// Lines of the vocabulary that are seen at least and at most.
const LEAST_LINES: usize = 3;
const MOST_LINES: usize = 8;

pub fn row(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    ui.label(name);
    content(ui);
    ui.end_row();
}

pub fn choice<T: PartialEq + Clone>(
    ui: &mut Ui,
    name: &str,
    value: &mut T,
    choices: impl IntoIterator<Item = (T, String)>,
) {
    let choices: Vec<_> = choices.into_iter().collect();
    let current = choices.iter().find(|(choice, _)| choice == value).map_or("", |(_, name)| name);
    let combo =
        ComboBox::from_id_salt(name).width(WIDTH).truncate().selected_text(current).show_ui(ui, |ui| {
            for (choice, name) in &choices {
                ui.selectable_value(value, choice.clone(), name);
            }
        });
    combo.response.accessible_name(name);
}

pub fn model(ui: &mut Ui, view: &View, settings: &mut Settings) {
    let models = view.state.models.as_deref().unwrap_or_default();
    let named = |name: &String| (Some(name.clone()), name.clone());
    let by_itself = (None, "Chosen by Lectern".to_owned());
    let missing = settings.model.as_ref().filter(|model| !models.contains(model)).map(named);
    let offered = std::iter::once(by_itself).chain(missing).chain(models.iter().map(named));
    choice(ui, "Speech model", &mut settings.model, offered);
}

pub fn language(ui: &mut Ui, settings: &mut Settings) {
    let known = LANGUAGES.map(|(code, name)| (Some(code.to_owned()), name.to_owned()));
    let choices = [(None, "Found by itself".to_owned())].into_iter().chain(known);
    choice(ui, "Language spoken", &mut settings.language, choices);
}

/// Names and terms for all that is recognized from now on.
pub fn vocabulary(ui: &mut Ui, settings: &mut Settings) {
    let lines = settings.vocabulary.split('\n').count().clamp(LEAST_LINES, MOST_LINES);
    let height = lines as f32 * ui.text_style_height(&TextStyle::Body) + 2.0 * SPACE;
    ScrollArea::vertical().id_salt("vocabulary").max_height(height).min_scrolled_height(height).show(ui, |ui| {
        let edit = TextEdit::multiline(&mut settings.vocabulary).desired_rows(LEAST_LINES).desired_width(WIDTH);
        let hint = "Ada Lovelace\nanalytical engine";
        ui.add(edit.hint_text(hint)).accessible_name("Names and terms").on_hover_text(
            "One a line. They are spelled like this where they are spoken. Captions that are made already stay as \
             they are.",
        );
    });
}
