//! Why there is no dictionary.

use super::{InWords, cause};
use crate::gui::words::{say, say_with};
use crate::spelling::SpellingError;

impl InWords for SpellingError {
    fn in_words(&self) -> String {
        match self {
            Self::NoDictionary(tag) if tag == "und" => say("spelling-no-language").to_owned(),
            Self::NoDictionary(tag) => say_with!("spelling-missing", language = tag),
            Self::Unreadable { path, cause: error } => {
                let path = path.display().to_string();
                say_with!("spelling-unreadable", path = path, cause = cause(error))
            }
            Self::Broken { path } => say_with!("spelling-broken", path = path.display().to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::words::{WordsLanguage, in_language};

    #[test]
    fn a_missing_dictionary_is_told_with_what_helps() {
        let missing = SpellingError::NoDictionary("fr".to_owned());
        assert!(missing.in_words().contains("“fr”") && missing.in_words().contains("Hunspell"));
        in_language(WordsLanguage::German, || assert!(missing.in_words().contains("„fr“")));
        let broken = SpellingError::Broken { path: "/usr/share/hunspell/fr.dic".into() };
        assert!(broken.in_words().starts_with("/usr/share/hunspell/fr.dic: "));
    }
}
