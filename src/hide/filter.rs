//! The filter: a list of words to mask, remove or tag.

use std::collections::HashMap;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use unicode_segmentation::UnicodeSegmentation as _;

/// Replaces a masked word, as in Amazon Transcribe.
pub const MASK: &str = "***";

/// What happens to a listed word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilterMethod {
    /// It is replaced by [`MASK`].
    #[default]
    Mask,
    /// It is removed.
    Remove,
    /// It stays, and formats that support it mark it as listed.
    Tag,
}

/// There is no method with this name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("there is no filter method \"{0}\"; choose mask, remove or tag")]
pub struct UnknownMethod(
    /// The name.
    pub String,
);

impl FromStr for FilterMethod {
    type Err = UnknownMethod;

    fn from_str(name: &str) -> Result<Self, UnknownMethod> {
        match name.to_ascii_lowercase().as_str() {
            "mask" => Ok(Self::Mask),
            "remove" => Ok(Self::Remove),
            "tag" => Ok(Self::Tag),
            _ => Err(UnknownMethod(name.to_owned())),
        }
    }
}

/// Words and phrases, and what happens to them in captions. Only whole words count, in any case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// What happens to them.
    pub method: FilterMethod,
    /// The words of each phrase, in the form of [`folded`].
    phrases: Vec<Vec<String>>,
}

impl Filter {
    /// Parses a list: one word or phrase per line, with its inflections after commas. Empty lines and lines that begin
    /// with `#` are skipped. `None` if the list is empty.
    pub fn parse(text: &str, method: FilterMethod) -> Option<Self> {
        let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
        let forms = lines.filter(|line| !line.starts_with('#')).flat_map(|line| line.split(','));
        let phrase = |form: &str| words(form).map(|(_, word)| folded(word)).collect::<Vec<_>>();
        let mut phrases: Vec<_> = forms.map(phrase).filter(|phrase| !phrase.is_empty()).collect();
        phrases.sort();
        phrases.dedup();
        (!phrases.is_empty()).then_some(Self { method, phrases })
    }

    /// Returns where listed words and phrases occur in a text, in order; of phrases that begin together the longest.
    pub(super) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut by_first: HashMap<&str, Vec<&[String]>> = HashMap::new();
        for phrase in &self.phrases {
            by_first.entry(&phrase[0]).or_default().push(phrase);
        }
        let spoken: Vec<_> =
            words(text).map(|(start, word)| (start..start + word.len(), folded(word))).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some((range, first)) = spoken.get(at) {
            let begins = |phrase: &&&[String]| {
                let here = spoken[at..].iter().map(|(_, word)| word);
                phrase.len() <= spoken.len() - at && phrase.iter().zip(here).all(|(one, other)| one == other)
            };
            let phrases = by_first.get(first.as_str()).into_iter().flatten();
            let length = phrases.filter(begins).map(|phrase| phrase.len()).max().unwrap_or(0);
            if length > 0 {
                found.push(range.start..spoken[at + length - 1].0.end);
            }
            at += length.max(1);
        }
        found
    }
}

/// Returns words with their first bytes, by the boundaries of UAX 29; a hyphen separates words.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.unicode_word_indices()
}

/// Returns a word in lower case, and with one kind of apostrophe.
fn folded(word: &str) -> String {
    word.to_lowercase().replace('ß', "ss").replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(list: &str, text: &'a str) -> Vec<&'a str> {
        let filter = Filter::parse(list, FilterMethod::Mask).unwrap();
        filter.find(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn whole_words_count_in_any_case() {
        assert_eq!(found("ass\nDAMN", "A class passed; Damn, an Ass."), ["Damn", "Ass"]);
        assert_eq!(found("scheiße", "SCHEISSE! Scheißegal."), ["SCHEISSE"]);
    }

    #[test]
    fn inflections_are_listed_behind_commas() {
        assert_eq!(
            found("# mild\ndarn, darned, darning\n\n", "darned, darns, Darning"),
            ["darned", "Darning"]
        );
    }

    #[test]
    fn the_longest_phrase_counts() {
        assert_eq!(found("son\nson of a gun", "The son of a gun and his son."), ["son of a gun", "son"]);
    }

    #[test]
    fn a_list_without_words_is_none() {
        assert_eq!(Filter::parse("# only this\n , \n", FilterMethod::Tag), None);
    }
}
