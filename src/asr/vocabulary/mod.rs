//! Names and terms that may be spoken, as users write them down.

mod table;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use whisper_cpu::Term;

/// The names and terms of a list or table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Vocabulary(Vec<VocabularyEntry>);

/// A name or term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct VocabularyEntry {
    /// The spelling in captions.
    written: String,
    /// Other spellings that a recognizer may produce.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    heard: Vec<String>,
}

/// Why a text is not a vocabulary.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum VocabularyError {
    /// It has no terms.
    #[error("the vocabulary has no terms; write one per line")]
    Empty,
    /// A row of a table has more cells than its first row has names.
    #[error("line {line} of the vocabulary has more cells than columns; separate {columns} columns by tabs")]
    TooManyCells {
        /// Line number, from 1.
        line: usize,
        /// Number of columns of the table.
        columns: usize,
    },
}

impl Vocabulary {
    /// Reads a list with one term per line, or a table of Amazon Transcribe: columns separated by tabs, with their
    /// names, including `Phrase`, on the first line.
    ///
    /// # Errors
    /// [`VocabularyError`] if there are no terms or a row does not fit.
    pub fn read(text: &str) -> Result<Self, VocabularyError> {
        let text = text.trim_start_matches('\u{feff}');
        let entries = match table::columns(text) {
            Some(columns) => table::entries(text, &columns)?,
            None => terms(text)
                .map(|term| VocabularyEntry { written: term.to_owned(), heard: Vec::new() })
                .collect(),
        };
        if entries.is_empty() { Err(VocabularyError::Empty) } else { Ok(Self(entries)) }
    }

    /// Returns the terms as spelled in captions.
    pub fn written(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|entry| &*entry.written)
    }

    /// Returns the terms for the search of Lectern's own engine.
    pub fn terms(&self) -> Vec<Term> {
        let term =
            |entry: &VocabularyEntry| Term { written: entry.written.clone(), heard: entry.heard.clone() };
        self.0.iter().map(term).collect()
    }

    /// Returns the text that a model reads beforehand, so that it spells the terms as they are here. Models understand
    /// it best as a sentence that the speaker might have said before.
    pub fn prompt(&self) -> String {
        let terms: Vec<&str> = self.written().collect();
        format!("{}.", terms.join(", "))
    }
}

/// Returns the terms of a list, without blank lines and surrounding white space.
fn terms(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|term| !term.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_a_term_on_each_line() {
        let list = Vocabulary::read("\u{feff}\nTony Hoare\r\n  quicksort \n\n").unwrap();
        assert_eq!(list.prompt(), "Tony Hoare, quicksort.");
        assert!(list.terms().iter().all(|term| term.heard.is_empty()));
        assert_eq!(Vocabulary::read(" \n\r\n"), Err(VocabularyError::Empty));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let table =
            Vocabulary::read("Phrase\tSoundsLike\tIPA\tDisplayAs\netcd\tet-see-dee\t\tetcd\n").unwrap();
        let text = serde_json::to_string(&table).unwrap();
        assert_eq!(serde_json::from_str::<Vocabulary>(&text).unwrap(), table);
    }
}
