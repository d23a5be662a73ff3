//! Matches a cue's words with its text, before and after the user edits it.

use std::borrow::Cow;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

use super::Cue;
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::script::is_spaceless;
use crate::transcript::{SecondOpinion, TermPart, Word, key};

/// A word and its place in its cue's text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece<'a> {
    /// The white space between the previous word and this one.
    pub before: &'a str,
    /// The timed word.
    pub word: &'a Word,
}

/// Returns the cue's words as parts of its text; `None` if there are none or they spell another text.
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

/// Returns the words of a cue; if they are unknown, those of its text, sharing its span by length.
pub fn timed(cue: &Cue) -> Cow<'_, [Word]> {
    if pieces(cue).is_some() { Cow::Borrowed(&cue.words) } else { Cow::Owned(estimate(&cue.text, cue.span)) }
}

/// Splits `text` into words at white space, which share `span` by their number of characters. Their probability is 1,
/// since there is no reason for doubt.
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
        let space_before = before > 0 || !text.chars().next().is_some_and(is_spaceless);
        before = after;
        Word { space_before, ..Word::new(text, span) }
    };
    text.split_whitespace().map(timed).collect()
}

/// Returns the words of a cue whose text was changed into `text`. Unchanged words keep their times; new ones get the
/// time of the words they replace, or the time between their neighbours. Typed words have probability 1. If no words
/// are known, none are made up.
pub fn follow(cue: &Cue, text: &str) -> Vec<Word> {
    if cue.words.is_empty() {
        return Vec::new();
    }
    let (front, rest) = common_start(&cue.words, text);
    let (back, rest) = common_end(&cue.words[front..], rest);
    let (front, rest_words) = cue.words.split_at(front);
    let (middle, back) = rest_words.split_at(rest_words.len() - back);
    let before = front.last().map_or(cue.span.start, |word| word.span.end);
    let after = back.first().map_or(cue.span.end, |word| word.span.start);
    let around = TimeSpan::new(before, after.max(before));
    let mut words = front.to_vec();
    words.append(&mut rewritten(middle, &tokens(rest), around));
    words.extend_from_slice(back);
    respace(&mut words, text);
    words
}

/// Returns the number of words that `text` begins with, and the rest of the text.
fn common_start<'a>(words: &[Word], mut text: &'a str) -> (usize, &'a str) {
    let mut count = 0;
    while let Some(word) = words.get(count) {
        let Some(after) = text.trim_start().strip_prefix(word.text.as_str()) else { break };
        let was_glued = words.get(count + 1).is_some_and(|next| !next.space_before);
        if !was_glued && !is_boundary(&word.text, after) {
            break;
        }
        (count, text) = (count + 1, after);
    }
    (count, text)
}

/// Returns the number of words that `text` ends with, and the text before them.
fn common_end<'a>(words: &[Word], mut text: &'a str) -> (usize, &'a str) {
    let mut count = 0;
    while let Some(word) = words.len().checked_sub(count + 1).map(|last| &words[last]) {
        let Some(before) = text.trim_end().strip_suffix(word.text.as_str()) else { break };
        if word.space_before && !is_boundary(before, &word.text) {
            break;
        }
        (count, text) = (count + 1, before);
    }
    (count, text)
}

/// Returns whether a word may end between these two pieces of a text.
fn is_boundary(before: &str, after: &str) -> bool {
    match (before.chars().next_back(), after.chars().next()) {
        (Some(last), Some(first)) => {
            last.is_whitespace() || first.is_whitespace() || is_spaceless(last) || is_spaceless(first)
        }
        _ => true,
    }
}

/// Splits a typed text into words: at white space, and in scripts without spaces at the boundaries of UAX 29.
fn tokens(text: &str) -> Vec<&str> {
    let divide = |chunk| match str::contains(chunk, is_spaceless) {
        true => chunk.split_word_bounds().collect(),
        false => vec![chunk],
    };
    text.split_whitespace().flat_map(divide).collect()
}

/// Makes words for `tokens`, which replaced `old`. Inserted words that replace nothing get the gap where they were
/// typed; `around` gives the outermost ends of the gaps.
fn rewritten(old: &[Word], tokens: &[&str], around: TimeSpan) -> Vec<Word> {
    let old_keys: Vec<String> = old.iter().map(|word| key(&word.text)).collect();
    let new_keys: Vec<String> = tokens.iter().map(|token| key(token)).collect();
    let mut words = Vec::with_capacity(tokens.len());
    for difference in capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys) {
        let (old_range, new_range) = (difference.old_range(), difference.new_range());
        match (&difference, &old[old_range.clone()]) {
            (DiffOp::Insert { old_index, .. }, _) => {
                let start = old[..*old_index].last().map_or(around.start, |word| word.span.end);
                let end = old.get(*old_index).map_or(around.end, |word| word.span.start);
                words.append(&mut share(&tokens[new_range], TimeSpan::new(start, end.max(start))));
            }
            (_, replaced) if replaced.len() == new_range.len() => {
                words.extend(
                    replaced.iter().zip(&tokens[new_range]).map(|(word, token)| respelled(word, token)),
                );
            }
            (_, [first, .., last]) => {
                words.append(&mut share(&tokens[new_range], first.span.joined(last.span)));
            }
            (_, [only]) => words.append(&mut share(&tokens[new_range], only.span)),
            (_, []) => {}
        }
    }
    words
}

fn respelled(word: &Word, text: &str) -> Word {
    match word.text == text {
        true => word.clone(),
        false => Word { text: text.to_owned(), probability: 1.0, second: None, listed: None, ..word.clone() },
    }
}

/// Makes words that share a span by their number of characters.
fn share(tokens: &[&str], span: TimeSpan) -> Vec<Word> {
    estimate(&tokens.join(" "), span)
}

/// Recomputes which words follow a space. At the start of a line this is unknown, and words stay unchanged.
fn respace(words: &mut [Word], text: &str) {
    let mut rest = text;
    for (index, word) in words.iter_mut().enumerate() {
        let trimmed = rest.trim_start();
        let before = &rest[..rest.len() - trimmed.len()];
        if index > 0 && !before.contains('\n') {
            word.space_before = !before.is_empty();
        }
        rest = trimmed.strip_prefix(word.text.as_str()).unwrap_or(trimmed);
    }
}

/// Returns the words of a cue as they spell its text: unchanged if they do, otherwise as [`follow`] finds them.
pub fn spelled(cue: &Cue) -> Vec<Word> {
    if pieces(cue).is_some() { cue.words.clone() } else { follow(cue, &cue.text) }
}

/// Splits words that spell `text` at a byte position in it. A word across it becomes two that share its time.
pub fn divide(words: Vec<Word>, text: &str, at: usize) -> (Vec<Word>, Vec<Word>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut end = 0;
    for word in words {
        let start = end + (text[end..].len() - text[end..].trim_start().len());
        end = start + word.text.len();
        if end <= at {
            before.push(word);
        } else if at <= start {
            after.push(word);
        } else {
            let (left, right) = word.text.split_at(at - start);
            let [left, right] = halves(&word, left, right);
            before.push(left);
            after.push(right);
        }
    }
    (before, after)
}

fn halves(word: &Word, left: &str, right: &str) -> [Word; 2] {
    let (length, all) = (left.chars().count(), word.text.chars().count());
    let share = i128::from(word.span.duration().as_millis()) * length as i128 / all.max(1) as i128;
    let middle = word.span.start + MediaTime::from_millis(share as i64);
    let first = TimeSpan::new(word.span.start, middle);
    let rest = TimeSpan::new(middle, word.span.end);
    let second = word.second.as_ref().map(SecondOpinion::of_rest);
    let listed = word.listed.as_ref().map(TermPart::of_rest);
    [
        Word { text: left.to_owned(), span: first, ..word.clone() },
        Word { text: right.to_owned(), span: rest, space_before: false, second, listed, ..word.clone() },
    ]
}

/// Returns the words of a cue with their byte ranges in its text; empty if they spell another text.
pub fn placed(cue: &Cue) -> Vec<(Range<usize>, &Word)> {
    let mut at = 0;
    let place = |piece: &Piece<'_>| {
        let start = at + piece.before.len();
        at = start + piece.word.text.len();
        start..at
    };
    let pieces = pieces(cue).unwrap_or_default();
    let ranges: Vec<_> = pieces.iter().map(place).collect();
    ranges.into_iter().zip(&cue.words).collect()
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
