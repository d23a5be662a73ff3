//! Terms of the vocabulary in cues, and taking them back.

use std::ops::Range;

use super::content::with_text;
use super::{OpError, find};
use crate::document::words::placed;
use crate::document::{Cue, CueId, Document, Edit, Transaction};
use crate::transcript::{TermPart, Word};

/// A term of the vocabulary in a cue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedTerm {
    /// Bytes of the cue's text, from the first word of the term to the end of the last.
    pub range: Range<usize>,
    /// What stands there without the vocabulary, with the marks around the term; `None` where it is not known.
    pub instead: Option<String>,
    /// Indices of the cue's words.
    words: Range<usize>,
}

/// The terms of the vocabulary in a cue, in order. Words that a person has typed are of none.
pub fn listed_terms(cue: &Cue) -> Vec<ListedTerm> {
    let words = placed(cue);
    let mut terms: Vec<ListedTerm> = Vec::new();
    for (at, (range, word)) in words.iter().enumerate() {
        match (&word.listed, terms.last_mut()) {
            (Some(TermPart::Next), Some(term)) if term.words.end == at => {
                (term.range.end, term.words.end) = (range.end, at + 1);
            }
            (Some(listed), _) => {
                let instead = match listed {
                    TermPart::First { instead } => instead.clone(),
                    TermPart::Next => None,
                };
                terms.push(ListedTerm { range: range.clone(), instead, words: at..at + 1 });
            }
            (None, _) => {}
        }
    }
    for term in &mut terms {
        term.instead = term.instead.take().map(|text| with_marks_of(&text, &cue.text[term.range.clone()]));
    }
    terms
}

/// The term at a byte of a cue's text; the first of the cue where none is given or there.
pub fn listed_term(cue: &Cue, at: Option<usize>) -> Option<ListedTerm> {
    let terms = listed_terms(cue);
    let here = |term: &&ListedTerm| at.is_some_and(|at| term.range.start <= at && at <= term.range.end);
    terms.iter().find(here).or(terms.first()).cloned()
}

/// Takes a term back, that at a byte of the cue's text or the first: what stands there without the vocabulary takes its
/// place, if that is known, and its words are no longer marked.
///
/// # Errors
/// [`OpError::NoSuchCue`], and [`OpError::NoTerm`] where the cue has no term.
pub fn take_back_term(document: &Document, id: CueId, at: Option<usize>) -> Result<Transaction, OpError> {
    let (place, cue) = find(document, id)?;
    let term = listed_term(cue, at).ok_or(OpError::NoTerm)?;
    let next = document.cues.get(place + 1).and_then(|cue| cue.words.first());
    let goes_on =
        term.words.end == cue.words.len() && next.is_some_and(|word| word.listed == Some(TermPart::Next));
    let changed = match &term.instead {
        // What stands there for the whole term cannot be divided between cues.
        Some(instead) if !goes_on => {
            let (before, after) = (&cue.text[..term.range.start], &cue.text[term.range.end..]);
            with_text(cue, &format!("{before}{instead}{after}"))
        }
        _ => unmarked(cue, &term),
    };
    let changed = if changed.text == cue.text { unmarked(cue, &term) } else { changed };
    Ok(Transaction::new("Take back a term", vec![Edit::Replace(changed)]))
}

fn unmarked(cue: &Cue, term: &ListedTerm) -> Cue {
    let plain = |(at, word): (usize, &Word)| match term.words.contains(&at) {
        true => Word { listed: None, ..word.clone() },
        false => word.clone(),
    };
    Cue { words: cue.words.iter().enumerate().map(plain).collect(), ..cue.clone() }
}

/// A text between the marks at both ends of another.
fn with_marks_of(text: &str, old: &str) -> String {
    let is_mark = |c: char| !c.is_alphanumeric();
    let bare = text.trim_matches(is_mark);
    let start = old.len() - old.trim_start_matches(is_mark).len();
    let end = old.trim_end_matches(is_mark).len().max(start);
    format!("{}{bare}{}", &old[..start], &old[end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::words::estimate;
    use crate::document::{Editor, Origin};
    use crate::time::TimeSpan;

    /// A cue of a text whose words with these indices are of terms.
    fn document(text: &str, listed: &[(usize, TermPart)]) -> Document {
        let span = TimeSpan::from_millis(0, 3000);
        let mut words = estimate(text, span);
        for (at, place) in listed {
            words[*at].listed = Some(place.clone());
        }
        let origin = Origin::Recognized;
        let cue = Cue { id: CueId(1), span, text: text.to_owned(), words, origin, ..Cue::default() };
        Document { cues: vec![cue], ..Document::default() }
    }

    fn first(instead: &str) -> TermPart {
        TermPart::First { instead: Some(instead.to_owned()) }
    }

    #[test]
    fn a_term_gives_way_to_what_was_recognized_in_one_step() {
        let listed = [(1, first("lacks mill gram")), (2, TermPart::Next), (4, first("gallery"))];
        let text = "The (Lax-Milgram lemma), says Galerkin.";
        let mut editor = Editor::new(document(text, &listed));
        let step = take_back_term(editor.document(), CueId(1), Some(7)).unwrap();
        editor.apply(step).unwrap();
        let cue = &editor.document().cues[0];
        assert_eq!(cue.text, "The (lacks mill gram), says Galerkin.");
        assert_eq!(listed_terms(cue).len(), 1, "the other one stays");
        editor.undo().unwrap();
        assert_eq!(editor.document().cues[0], document(text, &listed).cues[0]);
    }

    #[test]
    fn without_another_text_only_the_mark_goes() {
        let before = document("Galerkin said so", &[(0, TermPart::FIRST)]);
        let mut editor = Editor::new(before.clone());
        editor.apply(take_back_term(&before, CueId(1), None).unwrap()).unwrap();
        let cue = &editor.document().cues[0];
        assert_eq!((cue.text.as_str(), cue.origin), ("Galerkin said so", Origin::Recognized));
        assert!(listed_terms(cue).is_empty());
        assert_eq!(take_back_term(editor.document(), CueId(1), None), Err(OpError::NoTerm));
    }

    #[test]
    fn a_term_that_goes_on_in_the_next_cue_keeps_its_words() {
        let mut before = document("the Lax-Milgram", &[(1, first("lacks mill gram"))]);
        let mut next = document("lemma holds", &[(0, TermPart::Next)]).cues.remove(0);
        next.id = CueId(2);
        before.cues.push(next);
        let mut editor = Editor::new(before.clone());
        editor.apply(take_back_term(&before, CueId(1), None).unwrap()).unwrap();
        assert_eq!(editor.document().cues[0].text, "the Lax-Milgram");
        assert_eq!(listed_term(&before.cues[1], None).unwrap().range, 0..5);
    }
}
