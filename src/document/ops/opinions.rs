//! Adding the results of a second recognizer.

use std::collections::HashMap;

use crate::document::{Cue, Document, Edit, Transaction};
use crate::time::MediaTime;
use crate::transcript::{SecondOpinion, Segment, Word};

/// Adds a second recognizer's opinions to the words that are unchanged since recognition. `second` are segments of the
/// document with opinions; words recognized again since then keep theirs. For
/// [`Editor::add`](crate::document::Editor::add).
pub fn note_opinions(document: &Document, second: &[Segment]) -> Transaction {
    let segments = document.segments.iter().zip(second).enumerate();
    let segments = segments.filter(|(_, (own, second))| own != second && are_same_words(own, second));
    let splice = |(at, (_, second)): (usize, (_, &Segment))| Edit::SpliceSegments {
        at,
        removed: 1,
        inserted: vec![second.clone()],
    };
    let opinions = opinions(second);
    let cues = document.cues.iter().filter_map(|cue| with_opinions(cue, &opinions)).map(Edit::Replace);
    Transaction::new("Note the second opinion", segments.map(splice).chain(cues).collect())
}

fn are_same_words(one: &Segment, other: &Segment) -> bool {
    let spoken = |segment: &Segment| -> Vec<_> {
        segment.words.iter().map(|word| (word.span, word.text.clone())).collect()
    };
    spoken(one) == spoken(other)
}

/// Opinions by the start and the text of their words.
type Opinions<'a> = HashMap<(MediaTime, &'a str), &'a SecondOpinion>;

fn opinions(second: &[Segment]) -> Opinions<'_> {
    let words = second.iter().flat_map(|segment| &segment.words);
    words.filter_map(|word| Some(((word.span.start, word.text.as_str()), word.second.as_ref()?))).collect()
}

/// Returns the cue with opinions on its words, if there are new ones.
fn with_opinions(cue: &Cue, opinions: &Opinions) -> Option<Cue> {
    let with = |word: &Word| {
        let second = opinions.get(&(word.span.start, word.text.as_str())).copied().cloned();
        Word { second: second.or_else(|| word.second.clone()), ..word.clone() }
    };
    let words: Vec<Word> = cue.words.iter().map(with).collect();
    (words != cue.words).then(|| Cue { words, ..cue.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::CueId;
    use crate::document::words::estimate;
    use crate::time::TimeSpan;

    #[test]
    fn opinions_reach_words_that_are_as_they_were() {
        let span = TimeSpan::from_millis(0, 1000);
        let words = estimate("some wrong words", span);
        let mut typed = words.clone();
        "right".clone_into(&mut typed[1].text);
        let cue = |id, words: Vec<Word>| Cue { id: CueId(id), span, words, ..Cue::default() };
        let segment = Segment { words: words.clone(), ..Segment::default() };
        let mut second = segment.clone();
        for (word, text) in second.words.iter_mut().zip(["sum", "long", "words"]) {
            word.second = Some(SecondOpinion::Other(text.to_owned()));
        }
        let other = Segment { words: estimate("anything else", span), ..Segment::default() };
        let mut document = Document {
            cues: vec![cue(1, words), cue(2, typed)],
            segments: vec![segment, other.clone()],
            ..Document::default()
        };
        let transaction = note_opinions(&document, &[second.clone(), second.clone()]);
        document.apply(transaction).unwrap();
        assert_eq!(document.segments, [second.clone(), other]);
        assert_eq!(document.cues[0].words, second.words);
        let known: Vec<_> = document.cues[1].words.iter().map(|word| word.second.is_some()).collect();
        assert_eq!(known, [true, false, true], "nobody doubts what a person typed");
    }
}
