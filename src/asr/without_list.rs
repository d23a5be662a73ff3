//! What would stand in the place of listed terms without the vocabulary, as far as the other texts of the search tell.

use std::ops::Range;

use super::counterpart::Counterpart;
use super::readings::Text;
use crate::transcript::{TermPart, Word, join_words, key};

/// Notes beside each listed term the first of the `others`, which come best first, that has something else there.
pub(super) fn note_what_stands_without(words: &mut [Word], others: &[Text]) {
    let terms: Vec<Range<usize>> = terms(words);
    if terms.is_empty() {
        return;
    }
    let places: Vec<_> = others.iter().map(|(other, _)| (other, Counterpart::new(words, other))).collect();
    for term in terms {
        let keys = |words: &[Word]| words.iter().map(|word| key(&word.text)).collect::<String>();
        let own = keys(&words[term.clone()]);
        let found = places.iter().find_map(|(other, place)| {
            let there = &other[place.around(term.clone())?];
            (!there.is_empty() && keys(there) != own).then(|| join_words(there))
        });
        if let Some(instead) = found {
            words[term.start].listed = Some(TermPart::First { instead: Some(instead) });
        }
    }
}

/// The words of each term.
fn terms(words: &[Word]) -> Vec<Range<usize>> {
    let is_first = |word: &Word| matches!(word.listed, Some(TermPart::First { .. }));
    let is_next = |word: &&Word| word.listed == Some(TermPart::Next);
    let starts = (0..words.len()).filter(|at| is_first(&words[*at]));
    starts.map(|start| start..start + 1 + words[start + 1..].iter().take_while(is_next).count()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;

    /// Words of which those with a star are the first of a term, and those with a plus further ones.
    fn words(text: &str) -> Vec<Word> {
        let word = |text: &str| Word {
            text: text.trim_start_matches(['*', '+']).to_owned(),
            span: TimeSpan::default(),
            probability: 1.0,
            space_before: true,
            second: None,
            listed: match text.chars().next() {
                Some('*') => Some(TermPart::FIRST),
                Some('+') => Some(TermPart::Next),
                _ => None,
            },
        };
        text.split_whitespace().map(word).collect()
    }

    fn noted(text: &str, others: &[&str]) -> Vec<Option<String>> {
        let mut found = words(text);
        note_what_stands_without(
            &mut found,
            &others.iter().map(|other| (words(other), 0.0)).collect::<Vec<_>>(),
        );
        let instead = |word: &Word| match &word.listed {
            Some(TermPart::First { instead }) => Some(instead.clone()),
            _ => None,
        };
        found.iter().filter_map(instead).collect()
    }

    #[test]
    fn the_best_other_text_with_something_else_there_tells() {
        let text = "the *Lax-Milgram +lemma, and *Galerkin";
        let others = [
            "the Lax-Milgram lemma and Galerkin.",
            "the lacks mill gram lemma, and Galerkin",
            "the lacks milk and gallery",
        ];
        assert_eq!(
            noted(text, &others),
            [Some("lacks mill gram lemma,".to_owned()), Some("gallery".to_owned())]
        );
        assert_eq!(noted(text, &["the lax-milgram lemma and"]), [None, None], "nothing is no text");
    }
}
