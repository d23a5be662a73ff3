//! The window's texts, by meaning, in every language of the window.
//!
//! They are in Fluent files (<https://projectfluent.org>): `en.ftl`, `de.ftl`. Each thread has its own language: the
//! app sets it in every frame, and workers inherit it from the thread that starts them. So windows in different
//! languages do not affect each other.

pub mod error;

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::settings::WindowLanguage;

pub use error::InWords;
pub use fluent_bundle::FluentValue;

/// A language of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordsLanguage {
    #[default]
    English,
    German,
}

impl WordsLanguage {
    /// Returns the language for a setting, on a system with this language tag.
    pub fn of(setting: WindowLanguage, system: Option<&str>) -> Self {
        let is_german = |tag: &str| {
            tag.split(['-', '_', '.', '@']).next().is_some_and(|name| name.eq_ignore_ascii_case("de"))
        };
        match setting {
            WindowLanguage::English => Self::English,
            WindowLanguage::German => Self::German,
            WindowLanguage::System if system.is_some_and(is_german) => Self::German,
            WindowLanguage::System => Self::English,
        }
    }

    /// Returns the language tag for screen readers.
    pub fn tag(self) -> String {
        let locale = self.words().bundle.locales.first();
        locale.map(ToString::to_string).unwrap_or_default()
    }

    fn words(self) -> &'static Words {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }
}

static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::new("en", include_str!("en.ftl")));
static GERMAN: LazyLock<Words> = LazyLock::new(|| Words::new("de", include_str!("de.ftl")));

thread_local! {
    static CURRENT: Cell<WordsLanguage> = const { Cell::new(WordsLanguage::English) };
}

/// Sets the language of this thread.
pub fn set_language(language: WordsLanguage) {
    CURRENT.set(language);
}

/// Returns the language of this thread.
pub fn language() -> WordsLanguage {
    CURRENT.get()
}

/// Returns a detail that a library words in English only, unless this thread's language is another one.
pub fn english(detail: &str) -> Option<&str> {
    (language() == WordsLanguage::English).then_some(detail)
}

/// Runs `work` with another language set for this thread.
#[cfg(test)]
pub fn in_language<T>(language: WordsLanguage, work: impl FnOnce() -> T) -> T {
    let before = CURRENT.replace(language);
    let result = work();
    CURRENT.set(before);
    result
}

struct Words {
    bundle: FluentBundle<FluentResource>,
    /// Texts without arguments, which are used in every frame.
    fixed: HashMap<String, String>,
}

impl Words {
    /// Skips messages that cannot be parsed; a test finds them.
    fn new(tag: &str, file: &str) -> Self {
        let tag: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Isolation marks around arguments are for mixed writing directions; fonts draw them as boxes.
        bundle.set_use_isolating(false);
        let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(file.to_owned());
        let _ = bundle.add_resource(resource);
        let mut words = Self { bundle, fixed: HashMap::new() };
        let keys = file.lines().filter_map(|line| line.split_once(" =").map(|(key, _)| key));
        for key in keys.filter(|key| !key.starts_with([' ', '#', '-'])) {
            let (text, errors) = words.format(key, None);
            if let Some(text) = text.filter(|_| errors.is_empty()) {
                words.fixed.insert(key.to_owned(), text);
            }
        }
        words
    }

    /// Returns the text of a message, if there is one, and all formatting errors.
    fn format(&self, key: &str, args: Option<&FluentArgs>) -> (Option<String>, Vec<FluentError>) {
        let mut errors = Vec::new();
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        let text = pattern.map(|pattern| self.bundle.format_pattern(pattern, args, &mut errors).into_owned());
        (text, errors)
    }
}

/// Returns the text for a key, in the language of this thread.
pub fn say(key: &'static str) -> &'static str {
    let text = language().words().fixed.get(key);
    debug_assert!(text.is_some(), "{key} has no text");
    text.map_or(key, String::as_str)
}

/// Returns the text for a key with named arguments, in the language of this thread. See [`say_with!`].
pub fn format(key: &'static str, args: &[(&'static str, FluentValue)]) -> String {
    let args = args.iter().cloned().collect();
    let (text, errors) = language().words().format(key, Some(&args));
    debug_assert!(text.is_some() && errors.is_empty(), "{key}: {errors:?}");
    text.unwrap_or_else(|| key.to_owned())
}

/// Returns the text for a key with named arguments: `say_with!("cue-count", count = 3)`.
macro_rules! say_with {
    ($key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::gui::words::format(
            $key,
            &[$((stringify!($name), $crate::gui::words::FluentValue::from($value))),+],
        )
    };
}
pub(in crate::gui) use say_with;

/// Formats a number with `places` decimals in the language of this thread.
pub fn decimal(value: f64, places: usize) -> String {
    with_decimal_sign(format!("{value:.places$}"))
}

/// Formats a number with as many decimals as it needs, in the language of this thread.
pub fn short_decimal(value: f64) -> String {
    with_decimal_sign(value.to_string())
}

/// Replaces the decimal point of a number by the sign of this thread's language.
pub fn with_decimal_sign(number: String) -> String {
    match language() {
        WordsLanguage::English => number,
        WordsLanguage::German => number.replace('.', ","),
    }
}

/// Returns a number of bytes as text, in MB or GB.
pub fn file_size(bytes: u64) -> String {
    match bytes as f64 / 1e6 {
        mb if mb < 10.0 => say_with!("size-mb", number = decimal(mb, 1)),
        mb if mb < 1000.0 => say_with!("size-mb", number = decimal(mb, 0)),
        mb => say_with!("size-gb", number = decimal(mb / 1000.0, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_follows_the_setting_and_then_the_system() {
        let of = |system| WordsLanguage::of(WindowLanguage::System, system);
        for german in ["de", "de-DE", "de_AT.UTF-8", "DE-ch"] {
            assert_eq!(of(Some(german)), WordsLanguage::German, "{german}");
        }
        for other in [None, Some("en-US"), Some("C"), Some("dezh"), Some("")] {
            assert_eq!(of(other), WordsLanguage::English, "{other:?}");
        }
        assert_eq!(WordsLanguage::of(WindowLanguage::English, Some("de")), WordsLanguage::English);
        assert_eq!(WordsLanguage::of(WindowLanguage::German, None), WordsLanguage::German);
    }

    #[test]
    fn every_text_can_be_read() {
        for (language, file) in [
            (WordsLanguage::English, include_str!("en.ftl")),
            (WordsLanguage::German, include_str!("de.ftl")),
        ] {
            let wrong = FluentResource::try_new(file.to_owned()).err().map(|(_, errors)| errors);
            assert_eq!(wrong, None, "{language:?}");
            let keys = file.lines().filter_map(|line| line.split_once(" =").map(|(key, _)| key));
            for key in keys.filter(|key| !key.starts_with([' ', '#'])) {
                assert!(language.words().bundle.has_message(key), "{language:?}: {key}");
            }
        }
    }

    #[test]
    fn counts_take_the_form_of_their_number() {
        assert_eq!(say_with!("doubtful-count", count = 1), "1 doubtful word");
        assert_eq!(say_with!("doubtful-count", count = 2), "2 doubtful words");
        in_language(WordsLanguage::German, || {
            assert_eq!(say_with!("doubtful-count", count = 1), "1 unsicheres Wort");
            assert_eq!(say_with!("doubtful-count", count = 1200), "1200 unsichere Wörter");
            assert_eq!(say("menu-file"), "Datei");
            assert_eq!(decimal(12.06, 1), "12,1");
        });
    }

    #[test]
    fn each_thread_has_its_language() {
        in_language(WordsLanguage::German, || {
            assert_eq!(std::thread::spawn(|| say("menu-file")).join().unwrap(), "File");
            assert_eq!(say("menu-file"), "Datei");
        });
    }
}
