//! Opens dictionaries and finds suggestions, which takes up to a second.

use std::path::PathBuf;
use std::sync::Arc;

use super::Workers;
use crate::gui::news::EditorNews;
use crate::spelling::{Speller, SpellingError, Wanted};

/// With a smaller share of known words, the captions are in another language.
const LEAST_SHARE: f64 = 0.75;

/// A request for a dictionary.
pub struct DictionaryJob {
    pub number: u64,
    /// The language of the captions, where that is known.
    pub language: Option<String>,
    /// The spoken language in the settings.
    pub spoken: Option<String>,
    /// The language of the computer.
    pub system: Option<String>,
    /// Words by which the language is detected if it is not known.
    pub sample: Vec<String>,
    pub folders: Vec<PathBuf>,
}

impl Workers {
    pub fn look_for_dictionary(&self, job: DictionaryJob) {
        self.start("dictionary", move |post| {
            let number = job.number;
            post.tell(EditorNews::Dictionary { number, result: open(&job).map(Arc::new) });
        });
    }

    pub fn look_for_suggestions(&self, speller: Arc<Speller>, word: String) {
        self.start("suggestions", move |post| {
            let found = speller.suggestions(&word);
            post.tell(EditorNews::SpellingSuggestions { word, found });
        });
    }
}

fn open(job: &DictionaryJob) -> Result<Speller, SpellingError> {
    let open =
        |language: &str| Speller::open(&Wanted { language, near: job.system.as_deref() }, &job.folders);
    if let Some(language) = &job.language {
        return open(language);
    }
    let languages = [job.spoken.as_deref(), job.system.as_deref(), Some("en"), Some("de")];
    let spellers = languages.into_iter().flatten().filter_map(|language| {
        let language = language.split(['-', '_', '.', '@']).next()?;
        let speller = open(language).ok()?;
        Some((speller.share_of(job.sample.iter().map(String::as_str)), speller))
    });
    let best = spellers
        .filter(|(share, _)| *share >= LEAST_SHARE)
        .max_by(|(one, _), (other, _)| one.total_cmp(other));
    best.map(|(_, speller)| speller).ok_or_else(|| SpellingError::NoDictionary("und".to_owned()))
}
