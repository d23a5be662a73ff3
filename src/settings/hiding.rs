//! What is hidden in captions when they are written.

use serde::{Deserialize, Serialize};

/// What is hidden in captions when they are written. Projects keep every word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HidingSettings {
    /// Words to hide: one or a phrase per line, with its inflections after commas.
    pub words: String,
    /// What is written in their place.
    pub how: HiddenWords,
    /// Whether personal data are replaced by labels.
    pub personal: bool,
}

/// What is written in place of hidden words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HiddenWords {
    /// Asterisks.
    #[default]
    Masked,
    /// Nothing.
    LeftOut,
    /// The words; formats for programs say that they are listed.
    Tagged,
}
