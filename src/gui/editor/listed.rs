//! What the window says of words from the vocabulary.

use crate::document::Cue;
use crate::document::ops::listed_terms;
use crate::gui::words::{say, say_with};

/// What there is to say of the word at byte `at` of a cue's text, in lines, if it came from the vocabulary. `keys` take it
/// back.
pub fn remark(cue: &Cue, at: usize, keys: &str) -> Option<String> {
    let term = listed_terms(cue).into_iter().find(|term| term.range.start <= at && at <= term.range.end)?;
    let other = match term.instead {
        Some(text) => say_with!("listed-instead", text = text, keys = keys),
        None => say_with!("listed-take-back", keys = keys),
    };
    Some(format!("{}\n{other}", say("listed-word")))
}
