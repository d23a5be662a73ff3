//! Spelling by the dictionaries that are on this computer, which LibreOffice, Firefox and others share: pairs of `.aff`
//! and `.dic` files as Hunspell reads them.
//!
//! ```no_run
//! use lectern::spelling::{Speller, Wanted, folders};
//!
//! let wanted = Wanted { language: "en", near: Some("en_GB") };
//! let speller = Speller::open(&wanted, &folders())?;
//! assert!(speller.knows("caption") && !speller.knows("capshun"));
//! # Ok::<(), lectern::spelling::SpellingError>(())
//! ```

mod dictionaries;
mod words;

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use spellbook::Dictionary;
use thiserror::Error;

pub use dictionaries::{Wanted, folders};
pub use words::{bare, words};

/// Words whose answers are remembered, which is more than the captions of a long lecture have.
const MOST_REMEMBERED: usize = 50_000;
/// Suggestions for one word.
const MOST_SUGGESTIONS: usize = 5;

/// Why there is no dictionary.
#[derive(Debug, Error)]
pub enum SpellingError {
    /// None is installed for the language.
    #[error("there is no dictionary for the language {0:?} on this computer")]
    NoDictionary(String),
    /// A file could not be read.
    #[error("{}: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A pair of files is no dictionary.
    #[error("{}: this dictionary cannot be used", path.display())]
    Broken {
        /// The file with the words.
        path: PathBuf,
    },
}

/// A dictionary. It may be used on several threads.
pub struct Speller {
    /// The name of its files, such as `en_GB`.
    name: String,
    dictionary: Dictionary,
    /// Answers so far.
    known: Mutex<HashMap<String, bool>>,
}

impl Speller {
    /// Opens the dictionary that fits best. Takes up to a second.
    ///
    /// # Errors
    /// [`SpellingError`].
    pub fn open(wanted: &Wanted, folders: &[PathBuf]) -> Result<Self, SpellingError> {
        let found = dictionaries::find(wanted, folders);
        let pair = found.ok_or_else(|| SpellingError::NoDictionary(wanted.language.to_owned()))?;
        let (rules, list) = pair.read()?;
        let dictionary =
            Dictionary::new(&rules, &list).map_err(|_| SpellingError::Broken { path: pair.list.clone() })?;
        Ok(Self { name: pair.name, dictionary, known: Mutex::default() })
    }

    /// The name of its files, such as `en_GB`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the dictionary has this word, as it stands in a text.
    pub fn knows(&self, word: &str) -> bool {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(word) {
            return *known;
        }
        let answer = self.dictionary.check(&word.replace('’', "'"));
        if known.len() < MOST_REMEMBERED {
            known.insert(word.to_owned(), answer);
        }
        answer
    }

    /// What may have been meant, the most likely first. Takes up to a second.
    pub fn suggestions(&self, word: &str) -> Vec<String> {
        let mut suggestions = Vec::new();
        self.dictionary.suggest(&word.replace('’', "'"), &mut suggestions);
        suggestions.truncate(MOST_SUGGESTIONS);
        suggestions
    }

    /// The share of words that the dictionary has, from 0 to 1; 0 without words.
    pub fn share_of<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> f64 {
        let (mut all, mut known) = (0_u32, 0_u32);
        for word in words {
            all += 1;
            known += u32::from(self.knows(word));
        }
        f64::from(known) / f64::from(all.max(1))
    }
}

impl std::fmt::Debug for Speller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Speller").field(&self.name).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with small dictionaries, as they are installed.
    fn installed(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let rules = "SET ISO8859-1\nTRY esianrtolcdugmphbyfvkwz\nSFX S Y 1\nSFX S 0 s .\n";
            std::fs::write(folder.path().join(format!("{name}.aff")), rules).unwrap();
            // "café" as this encoding has it, and a word of its own for each dictionary.
            let mut list =
                format!("4\nleaf/S\nlight/S\n{}\n", name.replace('_', "").to_lowercase()).into_bytes();
            list.extend(b"caf\xe9\n");
            std::fs::write(folder.path().join(format!("{name}.dic")), list).unwrap();
        }
        folder
    }

    fn open(
        folder: &tempfile::TempDir,
        language: &str,
        near: Option<&str>,
    ) -> Result<Speller, SpellingError> {
        Speller::open(&Wanted { language, near }, &[folder.path().to_owned()])
    }

    #[test]
    fn words_are_known_with_their_endings_in_any_encoding() {
        let folder = installed(&["en_US"]);
        let speller = open(&folder, "en", None).unwrap();
        let known = ["leaf", "Leafs", "LIGHT", "café", "leave"].map(|word| speller.knows(word));
        assert_eq!(known, [true, true, true, true, false]);
        assert_eq!(speller.suggestions("lihgt").first().map(String::as_str), Some("light"));
        assert_eq!(speller.share_of(["leaf", "light", "tree", "sun"]), 0.5);
        assert_eq!(speller.share_of([]), 0.0);
    }

    #[test]
    fn the_region_of_the_captions_comes_before_that_of_the_computer() {
        let folder = installed(&["de_AT", "en_AU", "en_GB", "en_US"]);
        let name =
            |language, near| open(&folder, language, near).map(|speller| speller.name().to_owned()).ok();
        let cases = [
            ("en-GB", Some("en_AU"), Some("en_GB")),
            ("en", Some("en_AU.UTF-8"), Some("en_AU")),
            ("en", Some("de-DE"), Some("en_US")),
            ("en-ZA", None, Some("en_US")),
            ("de", None, Some("de_AT")),
            ("fr", Some("en_GB"), None),
        ];
        for (language, near, expected) in cases {
            assert_eq!(name(language, near).as_deref(), expected, "{language}, {near:?}");
        }
    }

    #[test]
    fn what_is_no_dictionary_is_told() {
        let folder = installed(&["en_US"]);
        assert!(matches!(open(&folder, "und", None), Err(SpellingError::NoDictionary(tag)) if tag == "und"));
        std::fs::write(folder.path().join("en_US.aff"), "FLAG nonsense\n").unwrap();
        assert!(matches!(open(&folder, "en", None), Err(SpellingError::Broken { .. })));
        std::fs::remove_file(folder.path().join("en_US.dic")).unwrap();
        assert!(
            matches!(open(&folder, "en", None), Err(SpellingError::NoDictionary(_))),
            "half a dictionary"
        );
    }
}
