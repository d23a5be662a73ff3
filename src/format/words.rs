//! A cue's words against its text.

use std::borrow::Cow;

use crate::document::Cue;
use crate::format::flow;
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::Word;

/// A word where it stands in its cue's text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece<'a> {
    /// The white space between the previous word and this one.
    pub before: &'a str,
    pub word: &'a Word,
}

/// The cue's words as they divide its text; `None` where there are none or where they spell another text.
pub fn pieces(cue: &Cue) -> Option<Vec<Piece<'_>>> {
    let mut rest = cue.text.as_str();
    let mut pieces = Vec::with_capacity(cue.words.len());
    for word in &cue.words {
        let trimmed = rest.trim_start();
        let before = &rest[..rest.len() - trimmed.len()];
        rest = trimmed.strip_prefix(word.text.as_str())?;
        pieces.push(Piece { before, word });
    }
    (!pieces.is_empty() && rest.trim().is_empty()).then_some(pieces)
}

/// Whether each word has a space before it; where it begins the cue or a line, its script tells.
pub fn spaces(pieces: &[Piece]) -> Vec<bool> {
    let space = |(index, piece): (usize, &Piece)| match piece.before {
        before if index == 0 || before.contains('\n') => !piece.word.text.starts_with(flow::is_unspaced),
        before => !before.is_empty(),
    };
    pieces.iter().enumerate().map(space).collect()
}

/// The words of a cue as Whisper's tools write them, each with the space before it; `None` as for [`pieces`].
pub fn spaced(cue: &Cue) -> Option<Vec<(String, &Word)>> {
    let pieces = pieces(cue)?;
    let text = |(piece, space): (&Piece, bool)| {
        if space { format!(" {}", piece.word.text) } else { piece.word.text.clone() }
    };
    let texts: Vec<String> = pieces.iter().zip(spaces(&pieces)).map(text).collect();
    Some(texts.into_iter().zip(&cue.words).collect())
}

/// The words of a cue; where they are not known, those of its text, sharing its span by their lengths.
pub fn timed(cue: &Cue) -> Cow<'_, [Word]> {
    if pieces(cue).is_some() { Cow::Borrowed(&cue.words) } else { Cow::Owned(estimate(&cue.text, cue.span)) }
}

/// The words of `text`, divided at white space, with a share of `span` by the number of their characters.
/// Their probability is 1, for nothing is known against them.
pub fn estimate(text: &str, span: TimeSpan) -> Vec<Word> {
    let total: usize = text.split_whitespace().map(|word| word.chars().count()).sum();
    let at = |characters: usize| {
        let share = i128::from(span.duration().as_millis()) * characters as i128 / total.max(1) as i128;
        span.start + MediaTime::from_millis(share as i64)
    };
    let mut before = 0;
    let timed = |text: &str| {
        let after = before + text.chars().count();
        let span = TimeSpan::new(at(before), at(after));
        let space_before = before > 0 || !text.chars().next().is_some_and(flow::is_unspaced);
        before = after;
        Word { text: text.to_owned(), span, probability: 1.0, space_before }
    };
    text.split_whitespace().map(timed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_spell_the_text() {
        let span = TimeSpan::from_millis(0, 1000);
        let mut cue = Cue { span, text: "one two\nthree".to_owned(), ..Cue::default() };
        assert_eq!(pieces(&cue), None);
        cue.words = estimate(&cue.text, span);
        let spelled: String =
            pieces(&cue).unwrap().iter().flat_map(|piece| [piece.before, &piece.word.text]).collect();
        assert_eq!(spelled, cue.text);
        cue.text.push_str(" four");
        assert_eq!(pieces(&cue), None);
    }

    #[test]
    fn estimated_words_fill_the_span_by_length() {
        let words = estimate("a bbb", TimeSpan::from_millis(1000, 2000));
        assert_eq!(words[0].span, TimeSpan::from_millis(1000, 1250));
        assert_eq!(words[1].span, TimeSpan::from_millis(1250, 2000));
    }
}
