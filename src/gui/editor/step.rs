//! Names of the steps that can be undone.

use crate::gui::words::{say, say_with};

/// Returns whether screen readers follow such a step while it is done: text that is typed, times that move.
pub fn is_followed(label: &str) -> bool {
    matches!(label, "Edit text" | "Retime cue")
}

/// Returns the name of a step in the language of the window, to follow "Undo: ". The document labels its steps in
/// English: `Shift 3 cues`, or `Shift cue` for one.
pub fn name(label: &str) -> String {
    if let Some(name) = label.strip_prefix("Rename speaker ") {
        return say_with!("step-rename-speaker", name = name);
    }
    if let Some(name) = label.strip_prefix("Merge speaker ") {
        return say_with!("step-merge-speaker", name = name);
    }
    if let Some(name) = label.strip_prefix("Split speaker ") {
        return say_with!("step-split-speaker", name = name);
    }
    let count = label.split(' ').find_map(|word| word.parse::<usize>().ok());
    let what: Vec<_> = label.split(' ').filter(|word| word.parse::<usize>().is_err()).collect();
    let what = what.join(" ").replace("cues", "cue");
    let counted = |key| say_with!(key, count = count.unwrap_or(1));
    match what.as_str() {
        "Edit text" => say("step-edit-text").to_owned(),
        "Italicize cue" => counted("step-italic"),
        "Take italics from cue" => counted("step-no-italic"),
        "Embolden cue" => counted("step-bold"),
        "Take bold from cue" => counted("step-no-bold"),
        "Underline cue" => counted("step-underline"),
        "Take the underline from cue" => counted("step-no-underline"),
        "Style cue" => counted("step-style"),
        "Change case of cue" => counted("step-change-case"),
        "Set speaker of cue" => counted("step-set-speaker"),
        "Split cue" => say("step-split").to_owned(),
        "Merge cue" => counted("step-merge"),
        "Insert cue" => say("step-insert").to_owned(),
        "Cut cue" => counted("step-cut"),
        "Paste cue" => counted("step-paste"),
        "Delete cue" => counted("step-delete"),
        "Complete the captions" => say("step-complete").to_owned(),
        "Replace cue" => counted("step-replace-cues"),
        "Transcribe again cue" => counted("step-recognize-again"),
        "Find speakers" => say("step-find-speakers").to_owned(),
        "Forget the voices" => say("step-forget-voices").to_owned(),
        "Retime cue" => say("step-retime").to_owned(),
        "Shift cue" => counted("step-shift"),
        "Replace" => say("step-replace").to_owned(),
        "Replace all" => say("step-replace-all").to_owned(),
        "Insert passage" => say("step-insert-left-out").to_owned(),
        "Dismiss passage" => say("step-dismiss-left-out").to_owned(),
        "Take back a term" => say("step-take-back-term").to_owned(),
        "Repair cue" => counted("step-repair"),
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::words::{WordsLanguage, in_language};

    #[test]
    fn steps_are_named_in_the_language_of_the_window() {
        assert_eq!(name("Shift 3 cues"), "shift 3 cues");
        assert_eq!(name("Change case of cue"), "change case of cue");
        assert_eq!(name("Italicize 2 cues"), "italics in 2 cues");
        assert_eq!(name("Take the underline from cue"), "no underline in cue");
        assert_eq!(name("Rename speaker Ada"), "rename speaker Ada");
        in_language(WordsLanguage::German, || {
            assert_eq!(name("Shift 3 cues"), "3 Untertitel verschieben");
            assert_eq!(name("Delete cue"), "Untertitel löschen");
        });
    }
}
