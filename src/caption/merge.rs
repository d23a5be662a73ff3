//! Merges cues and breaks the lines of the result.

use super::layout::{LayoutSearch, Lines};
use super::lexicon::Lexicon;
use super::passage::Passage;
use super::rules::Profile;
use crate::document::ops::{self, OpError};
use crate::document::{Cue, CueId, Document, Edit, Transaction, words};
use crate::transcript::{Language, Segment, join_words};

/// Merges the selected cues, or one with the next, as [`ops::merge`] and [`ops::merge_with_next`] do, and breaks the
/// lines of the new cue by the profile.
///
/// # Errors
/// [`OpError::NothingSelected`], [`OpError::NoSuchCue`], [`OpError::NoNext`], [`OpError::OneCue`].
pub fn merge(document: &Document, ids: &[CueId], profile: &Profile) -> Result<Transaction, OpError> {
    let mut transaction = match ids {
        [only] => ops::merge_with_next(document, *only),
        _ => ops::merge(document, ids),
    }?;
    for edit in &mut transaction.edits {
        if let Edit::Replace(cue) = edit {
            wrap_anew(cue, &document.language, profile);
        }
    }
    Ok(transaction)
}

/// Breaks the lines of a cue again: as many as the profile allows, or the fewest that hold the text. A text with a word
/// wider than a line is left as it is.
fn wrap_anew(cue: &mut Cue, language: &Language, profile: &Profile) {
    let lexicon = Lexicon::of(language);
    let words = words::timed(cue).into_owned();
    let count = words.len();
    let segment = Segment { words, speaker: cue.speaker.clone(), ..Segment::default() };
    let width = Lines::new(profile, lexicon.max_cpl).max_columns as usize;
    let passage = Passage::new(&[segment], lexicon, width, profile.speaker_labels);
    if count == 0 || passage.len() != count {
        return;
    }
    let found = (profile.max_lines.max(1)..=count.max(profile.max_lines)).find_map(|max_lines| {
        let roomy = Profile { max_lines, max_characters: None, ..profile.clone() };
        let mut search = LayoutSearch::new(&passage, Lines::new(&roomy, lexicon.max_cpl));
        search.begin(0);
        Some(search.lines(count - 1)).filter(|lines| !lines.is_empty())
    });
    let Some(lines) = found else { return };
    let lines: Vec<_> = lines.into_iter().map(|line| join_words(&passage.words[line])).collect();
    cue.respell(lines.join("\n"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::style::{Style, Styled};
    use crate::time::TimeSpan;

    fn merged(texts: &[&str], profile: &str) -> Cue {
        let cue = |(n, text): (usize, &&str)| Cue {
            id: CueId(n as u64 + 1),
            span: TimeSpan::from_millis(n as i64 * 2000, n as i64 * 2000 + 2000),
            text: (*text).to_owned(),
            styles: vec![Styled {
                range: 0..text.find([' ', '\n']).unwrap_or(text.len()),
                style: Style::Italic,
            }],
            ..Cue::default()
        };
        let cues: Vec<Cue> = texts.iter().enumerate().map(cue).collect();
        let ids: Vec<CueId> = cues.iter().map(|cue| cue.id).collect();
        let language = Language::new("en");
        let mut document = Document { cues, language, ..Document::default() };
        let step = merge(&document, &ids, &Profile::named(profile).unwrap()).unwrap();
        let before = document.clone();
        let (back, _) = document.apply(step).unwrap();
        let cue = document.cues[0].clone();
        document.apply(back).unwrap();
        assert_eq!(document, before, "it can be taken back");
        cue
    }

    #[test]
    fn lines_are_broken_anew() {
        let cue = merged(&["Plants eat\nthe light", "of the sun."], "lecture");
        assert_eq!(cue.text, "Plants eat the light of the sun.");
        let cue = merged(&["We begin with the\nleaves of a tree,", "and go on with its roots."], "lecture");
        assert_eq!(cue.text, "We begin with the leaves of a tree,\nand go on with its roots.");
        let italic: Vec<_> = cue.styles.iter().map(|styled| &cue.text[styled.range.clone()]).collect();
        assert_eq!(italic, ["We", "and"], "styles stay with their words");
    }

    #[test]
    fn text_that_is_too_long_gets_more_lines_and_none_is_lost() {
        let long = "These are the words of a line that is long enough";
        let cue = merged(&[long, long, "And an end."], "lecture");
        assert!(
            cue.text.lines().count() > 2 && cue.text.lines().all(|line| line.len() <= 42),
            "{}",
            cue.text
        );
        assert_eq!(cue.text.replace('\n', " "), format!("{long} {long} And an end."));
    }

    #[test]
    fn each_person_keeps_a_line_and_long_words_stay_whole() {
        assert_eq!(merged(&["- Who is there?", "- Me."], "lecture").text, "- Who is there?\n- Me.");
        let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk";
        assert_eq!(merged(&[word, "is long"], "lecture").text, format!("{word}\nis long"));
    }
}
