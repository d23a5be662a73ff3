//! Rows for choosing one of several values, for dialogs and pages.

use egui::{ComboBox, ScrollArea, TextEdit, TextStyle, Ui};

use crate::gui::action::Actions;
use crate::gui::command::{AppCommand, Command};
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::words::say;
use crate::settings::Settings;
use crate::transcript::Language;

/// The languages offered here; Whisper supports more, which the command line accepts.
const LANGUAGES: [(&str, &str); 24] = [
    ("ar", "language-ar"),
    ("zh", "language-zh"),
    ("cs", "language-cs"),
    ("da", "language-da"),
    ("nl", "language-nl"),
    ("en", "language-en"),
    ("fi", "language-fi"),
    ("fr", "language-fr"),
    ("de", "language-de"),
    ("el", "language-el"),
    ("he", "language-he"),
    ("hi", "language-hi"),
    ("hu", "language-hu"),
    ("it", "language-it"),
    ("ja", "language-ja"),
    ("ko", "language-ko"),
    ("no", "language-no"),
    ("pl", "language-pl"),
    ("pt", "language-pt"),
    ("ru", "language-ru"),
    ("es", "language-es"),
    ("sv", "language-sv"),
    ("tr", "language-tr"),
    ("uk", "language-uk"),
];

/// Width of a field for a choice. Unit: points.
const WIDTH: f32 = 220.0;
/// Minimum and maximum number of visible lines of the vocabulary.
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
    let by_itself = (None, say("settings-model-default").to_owned());
    let missing = settings.model.as_ref().filter(|model| !models.contains(model)).map(named);
    let offered = std::iter::once(by_itself).chain(missing).chain(models.iter().map(named));
    choice(ui, say("settings-model"), &mut settings.model, offered);
}

pub fn language(ui: &mut Ui, settings: &mut Settings) {
    let mut known =
        LANGUAGES.map(|(code, key)| ((Some(code.to_owned()), false), named_twice(say(key), code)));
    known.sort_unstable_by(|(_, one), (_, other)| one.cmp(other));
    let detected = [
        ((None, false), say("settings-language-default").to_owned()),
        ((None, true), say("settings-language-mixed").to_owned()),
    ];
    let mut chosen = (settings.language.take(), settings.languages_change);
    choice(ui, say("settings-language"), &mut chosen, detected.into_iter().chain(known));
    (settings.language, settings.languages_change) = chosen;
}

/// A language in the language of the window and in its own, so that those who speak it find it.
fn named_twice(name: &str, code: &str) -> String {
    match Language::new(code).own_name() {
        Some(own) if own.to_lowercase() != name.to_lowercase() => format!("{name} ({own})"),
        _ => name.to_owned(),
    }
}

/// The languages among which one is detected.
pub fn candidates(ui: &mut Ui, settings: &mut Settings) {
    let edit = TextEdit::singleline(&mut settings.languages)
        .desired_width(WIDTH)
        .hint_text(say("settings-candidates-example"));
    let response = ui.add_enabled(settings.language.is_none(), edit);
    response.on_hover_text(say("settings-candidates-hint")).accessible_name(say("settings-candidates"));
}

/// Shows checkboxes for captions that name the speaker, by voices or by channels.
pub fn speakers(ui: &mut Ui, settings: &mut Settings) {
    who_speaks(ui, settings);
    let tick = ui.checkbox(&mut settings.channels, say("settings-channels-tick"));
    tick.on_hover_text(say("settings-channels-hint"));
}

/// Shows a checkbox for captions that name the speaker, by voices.
pub fn who_speaks(ui: &mut Ui, settings: &mut Settings) {
    let tick = ui.checkbox(&mut settings.speakers, say("settings-speakers-tick"));
    tick.on_hover_text(say("settings-speakers-hint"));
}

/// Shows a field for names and terms, used for everything recognized from now on.
pub fn vocabulary(ui: &mut Ui, settings: &mut Settings, actions: &mut Actions) {
    ui.vertical(|ui| {
        vocabulary_field(ui, settings);
        if ui.button(say("material-button")).on_hover_text(say("material-hint")).clicked() {
            actions.run(Command::App(AppCommand::MaterialTerms));
        }
    });
}

pub fn vocabulary_field(ui: &mut Ui, settings: &mut Settings) {
    let lines = settings.vocabulary.split('\n').count().clamp(LEAST_LINES, MOST_LINES);
    let height = lines as f32 * ui.text_style_height(&TextStyle::Body) + 2.0 * SPACE;
    ScrollArea::vertical().id_salt("vocabulary").max_height(height).min_scrolled_height(height).show(
        ui,
        |ui| {
            let edit =
                TextEdit::multiline(&mut settings.vocabulary).desired_rows(LEAST_LINES).desired_width(WIDTH);
            let example = ["settings-vocabulary-example-name", "settings-vocabulary-example-term"];
            let hint = example.map(say).join("\n");
            ui.add(edit.hint_text(hint))
                .accessible_name(say("settings-vocabulary"))
                .on_hover_text(say("settings-vocabulary-hint"));
        },
    );
}
