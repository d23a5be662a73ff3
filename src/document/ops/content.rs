//! Text and speakers.

use super::{OpError, find, label, replaced, selected};
use std::ops::Range;

use crate::document::style::{self, Style};
use crate::document::words::follow;
use crate::document::{Cue, CueId, Document, Origin, Run, Transaction};

/// Replaces the text of a cue; lines are separated by `\n`. Unchanged words keep their times. Consecutive changes to
/// the same cue are one step.
///
/// # Errors
/// [`OpError::NoSuchCue`].
pub fn set_text(document: &Document, id: CueId, text: &str) -> Result<Transaction, OpError> {
    let (_, cue) = find(document, id)?;
    let edits = replaced(cue, with_text(cue, text)).into_iter().collect();
    Ok(Transaction { run: Some(Run::Typing), ..Transaction::new("Edit text", edits) })
}

/// Returns the cue with a text that the user typed.
pub(in crate::document) fn with_text(cue: &Cue, text: &str) -> Cue {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text == cue.text {
        return cue.clone();
    }
    let mut changed = Cue { words: follow(cue, &text), origin: Origin::Edited, ..cue.clone() };
    changed.respell(text);
    changed
}

/// How to change upper and lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// lower case
    Lower,
    /// UPPER CASE
    Upper,
    /// The first letter of each word is a capital.
    Title,
    /// The first letter of each sentence is a capital; the others stay as they are.
    Sentence,
}

/// Changes the case of the selected cues.
///
/// # Errors
/// [`OpError::NothingSelected`].
pub fn change_case(document: &Document, ids: &[CueId], case: Case) -> Result<Transaction, OpError> {
    let cues = selected(document, ids)?;
    let count = cues.len();
    let mut in_sentence = false;
    let change =
        |(_, cue): (usize, &Cue)| replaced(cue, with_text(cue, &recased(&cue.text, case, &mut in_sentence)));
    let edits = cues.into_iter().filter_map(change).collect();
    Ok(Transaction::new(label("Change case of", count), edits))
}

/// `in_sentence` says whether the text continues a sentence, and is set to whether its end does.
fn recased(text: &str, case: Case, in_sentence: &mut bool) -> String {
    match case {
        Case::Lower => text.to_lowercase(),
        Case::Upper => text.to_uppercase(),
        Case::Title => {
            let mut in_word = false;
            capitalized(text, |c| {
                let first = !in_word && c.is_alphanumeric();
                in_word = c.is_alphanumeric() || in_word && matches!(c, '\'' | '’');
                (first, true)
            })
        }
        Case::Sentence => capitalized(text, |c| {
            let first = !*in_sentence && c.is_alphanumeric();
            *in_sentence = first || *in_sentence && !matches!(c, '.' | '?' | '!' | '…' | '。' | '？' | '！');
            (first, false)
        }),
    }
}

/// Changes the case of each character: `rule` returns whether to make it upper case, and otherwise whether to make it
/// lower case.
fn capitalized(text: &str, mut rule: impl FnMut(char) -> (bool, bool)) -> String {
    let mut changed = String::with_capacity(text.len());
    for c in text.chars() {
        match rule(c) {
            (true, _) => changed.extend(c.to_uppercase()),
            (false, true) => changed.extend(c.to_lowercase()),
            (false, false) => changed.push(c),
        }
    }
    changed
}

/// Adds a style to parts of cues, or removes it if all of them have it. A part is a byte range of its cue's text;
/// `None` is the whole text.
///
/// # Errors
/// [`OpError::NothingSelected`] if no part contains text.
pub fn toggle_style(
    document: &Document,
    parts: &[(CueId, Option<Range<usize>>)],
    style: &Style,
) -> Result<Transaction, OpError> {
    let found: Vec<_> =
        parts.iter().filter_map(|(id, part)| styleable(document.cue(*id)?, part.as_ref())).collect();
    if found.is_empty() {
        return Err(OpError::NothingSelected);
    }
    let takes_away = found.iter().all(|(cue, part)| style::has(&cue.styles, part, style));
    let restyled = |(cue, part): &(&Cue, Range<usize>)| {
        let styles = match takes_away {
            true => style::without(&cue.styles, part, style),
            false => style::with(&cue.styles, part.clone(), style),
        };
        replaced(cue, Cue { styles, ..(*cue).clone() })
    };
    let edits = found.iter().filter_map(restyled).collect();
    Ok(Transaction::new(label(step(style, takes_away), found.len()), edits))
}

/// The name of the step that gives a style, or takes it away.
fn step(style: &Style, takes_away: bool) -> &'static str {
    match (style, takes_away) {
        (Style::Italic, false) => "Italicize",
        (Style::Italic, true) => "Take italics from",
        (Style::Bold, false) => "Embolden",
        (Style::Bold, true) => "Take bold from",
        (Style::Underline, false) => "Underline",
        (Style::Underline, true) => "Take the underline from",
        (Style::Strike | Style::Color(_) | Style::Foreign { .. }, _) => "Style",
    }
}

/// Returns a cue with the part of its text that can have a style.
fn styleable<'a>(cue: &'a Cue, part: Option<&Range<usize>>) -> Option<(&'a Cue, Range<usize>)> {
    let part = part.cloned().unwrap_or(0..cue.text.len());
    (!cue.text.get(part.clone())?.trim().is_empty()).then_some((cue, part))
}

/// Sets the speaker of the selected cues; `None` or an empty name removes it.
///
/// # Errors
/// [`OpError::NothingSelected`].
pub fn set_speaker(
    document: &Document,
    ids: &[CueId],
    speaker: Option<&str>,
) -> Result<Transaction, OpError> {
    let cues = selected(document, ids)?;
    let count = cues.len();
    let speaker = speaker.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
    let edit = |(_, cue): (usize, &Cue)| replaced(cue, Cue { speaker: speaker.clone(), ..cue.clone() });
    Ok(Transaction::new(label("Set speaker of", count), cues.into_iter().filter_map(edit).collect()))
}

/// Returns the selected cues, and the cues after the last of them until the speaker changes.
pub fn until_speaker_changes(document: &Document, ids: &[CueId]) -> Vec<CueId> {
    let mut all = ids.to_vec();
    let Some(last) = ids.iter().filter_map(|id| document.position(*id)).max() else { return all };
    let following = document.cues[last + 1..].iter();
    let following = following.take_while(|cue| cue.speaker == document.cues[last].speaker);
    all.extend(following.map(|cue| cue.id));
    all
}

/// Gives all cues of a speaker to another one.
pub fn merge_speakers(document: &Document, from: &str, into: &str) -> Transaction {
    Transaction { label: format!("Merge speaker {from}").into(), ..rename_speaker(document, from, into) }
}

/// Renames a speaker in every cue; an empty name removes the speaker.
pub fn rename_speaker(document: &Document, from: &str, to: &str) -> Transaction {
    let speaker = Some(to.trim()).filter(|name| !name.is_empty()).map(str::to_owned);
    let cues = document.cues.iter().filter(|cue| cue.speaker.as_deref() == Some(from));
    let edits =
        cues.filter_map(|cue| replaced(cue, Cue { speaker: speaker.clone(), ..cue.clone() })).collect();
    Transaction::new(format!("Rename speaker {from}"), edits)
}
