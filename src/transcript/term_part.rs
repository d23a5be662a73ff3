//! Which words are those of a name or term from the vocabulary.

use serde::{Deserialize, Serialize};

/// The place of a word in a listed term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermPart {
    /// The first word.
    First {
        /// What stands here without the vocabulary, where that is known and is another text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead: Option<String>,
    },
    /// A later word.
    Next,
}

impl TermPart {
    /// A first word of which nothing else is known.
    pub const FIRST: Self = Self::First { instead: None };

    /// The place of a later part of a word that is divided; its first part stays what it is.
    pub fn of_rest(&self) -> Self {
        Self::Next
    }
}
