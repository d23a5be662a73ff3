//! What a second recognizer heard, beside the words of the first.

use serde::{Deserialize, Serialize};

use crate::time::TimeSpan;

/// What a second recognizer heard where a word is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondOpinion {
    /// The same word, apart from case and punctuation.
    Same,
    /// This text; empty for nothing. Where words in a row differ, what was heard in their place is what they have
    /// together, so one of them may have all of it.
    Other(String),
}

impl SecondOpinion {
    /// The opinion on a later part of a word that is divided; its first part keeps the text.
    pub fn of_rest(&self) -> Self {
        match self {
            Self::Same => Self::Same,
            Self::Other(_) => Self::Other(String::new()),
        }
    }
}

/// Words that only the second recognizer heard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// When they are spoken, as far as it is known.
    pub span: TimeSpan,
    /// What was heard.
    pub text: String,
}
