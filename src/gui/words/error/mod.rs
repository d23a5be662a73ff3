//! Errors in the words of the window: what happened to which file, and which button or setting helps.
//!
//! Libraries report facts, in English for the log and the command line. The window words them in its own language and
//! in its own terms.

mod audio;
mod captions;
mod document;
mod download;
mod live;
mod material;
mod model;
mod picture;
mod project;
mod queue;
mod speakers;
mod spelling;
mod system;

use std::path::Path;

pub(in crate::gui) use queue::failure_in_words;
pub(in crate::gui) use system::cause;

/// Describes an error in one or two sentences.
pub trait InWords {
    /// Returns the sentences, in the language of this thread.
    fn in_words(&self) -> String;
}

impl<T: InWords + ?Sized> InWords for &T {
    fn in_words(&self) -> String {
        (**self).in_words()
    }
}

/// Formats a path for a sentence.
fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::words::{WordsLanguage, in_language};

    /// Checks that each error has its own words in each language: whole sentences without keys, flags or gaps.
    #[track_caller]
    pub fn check(errors: &[&dyn InWords]) {
        let say_all = |language| in_language(language, || errors.iter().map(|e| e.in_words()).collect());
        let (english, german): (Vec<_>, Vec<_>) =
            (say_all(WordsLanguage::English), say_all(WordsLanguage::German));
        for (one, other) in english.iter().zip(&german) {
            assert_ne!(one, other, "not translated");
        }
        for text in english.iter().chain(&german) {
            assert!(text.ends_with(['.', '?', '!']), "no sentence: {text}");
            assert!(text.starts_with(|c: char| !c.is_lowercase()), "no sentence: {text}");
            for wrong in ["error-", "--", "{", "  ", "..", "()"] {
                assert!(!text.contains(wrong), "{wrong:?} in: {text}");
            }
        }
        for texts in [english, german] {
            let count = texts.len();
            let own: std::collections::BTreeSet<_> = texts.into_iter().collect();
            assert_eq!(own.len(), count, "two errors have the same words: {own:#?}");
        }
    }

    #[test]
    #[should_panic(expected = "not translated")]
    fn an_untranslated_text_is_found() {
        struct Stub;
        impl InWords for Stub {
            fn in_words(&self) -> String {
                "The same.".to_owned()
            }
        }
        check(&[&Stub]);
    }
}
