//! A second recognizer's results, attached to the words of the first.

use serde::{Deserialize, Serialize};

use crate::time::TimeSpan;

/// What a second recognizer recognized in place of a word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondOpinion {
    /// The same word, apart from case and punctuation.
    Same,
    /// This text; empty for nothing. If adjacent words differ, their texts together are what was recognized in their
    /// place, so one of them may have all of it.
    Other(String),
}

impl SecondOpinion {
    /// Returns the opinion on a later part of a word that is split; its first part keeps the text.
    pub fn of_rest(&self) -> Self {
        match self {
            Self::Same => Self::Same,
            Self::Other(_) => Self::Other(String::new()),
        }
    }
}

/// Words that only the second recognizer recognized.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// When they are spoken, as far as known.
    pub span: TimeSpan,
    /// The recognized text.
    pub text: String,
}
