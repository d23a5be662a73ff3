//! From segments to one list of words, none wider than a line.

use std::collections::HashSet;

use super::scripts;
use super::wrap::{columns, pieces};
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{Segment, Word};

/// The words of all segments, and for each whether a word of the language ends with it. Only in scripts
/// without spaces does that say more than the space before the next word.
pub(super) fn flatten(segments: &[Segment], line_length: usize) -> (Vec<Word>, Vec<bool>) {
    let mut words = Vec::new();
    let mut boundaries = Vec::new();
    for segment in segments {
        let first = words.len();
        words.extend(segment.words.iter().flat_map(|word| parts(word, line_length)));
        boundaries.extend(word_boundaries(&words[first..]));
    }
    (words, boundaries)
}

/// A word without white space inside it and cut to the length of a line, its time shared out by width.
fn parts(word: &Word, line_length: usize) -> Vec<Word> {
    let total = columns(&word.text).max(1) as i64;
    let duration = word.span.duration().as_millis().max(0);
    let at = |column: i64| word.span.start + MediaTime::from_millis(duration.saturating_mul(column) / total);
    let mut column = 0;
    let mut parts = Vec::new();
    for spaced in word.text.split_whitespace() {
        for (cut, piece) in pieces(spaced, line_length).into_iter().enumerate() {
            let end = column + columns(piece) as i64;
            parts.push(Word {
                text: piece.to_owned(),
                span: TimeSpan::new(at(column), at(end)),
                probability: word.probability,
                space_before: cut == 0 && (word.space_before || !parts.is_empty()),
            });
            column = end;
        }
    }
    if let [whole] = parts.as_mut_slice() {
        whole.span = word.span;
    }
    parts
}

fn word_boundaries(words: &[Word]) -> Vec<bool> {
    let mut boundaries = vec![false; words.len()];
    let mut first = 0;
    for last in 0..words.len() {
        let run_ends = words.get(last + 1).is_none_or(|next| next.space_before);
        if run_ends {
            mark_boundaries(&words[first..=last], &mut boundaries[first..=last]);
            first = last + 1;
        }
    }
    boundaries
}

/// Marks the words of a run without spaces whose end is a boundary. The end of the run always is one.
fn mark_boundaries(run: &[Word], boundaries: &mut [bool]) {
    if let Some(last) = boundaries.last_mut() {
        *last = true;
    }
    if run.len() < 2 {
        return;
    }
    let text: String = run.iter().map(|word| word.text.as_str()).collect();
    if !scripts::is_spaceless(&text) {
        return;
    }
    let ends: HashSet<usize> = scripts::boundaries(&text).into_iter().collect();
    let mut end = 0;
    for (word, boundary) in run.iter().zip(boundaries) {
        end += word.text.len();
        *boundary |= ends.contains(&end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(texts: &[&str], space_before: bool) -> Segment {
        let word = |(n, text): (usize, &&str)| Word {
            text: (*text).to_owned(),
            span: TimeSpan::from_millis(n as i64 * 100, n as i64 * 100 + 100),
            probability: 1.0,
            space_before,
        };
        Segment { words: texts.iter().enumerate().map(word).collect(), ..Segment::default() }
    }

    #[test]
    fn a_long_word_shares_its_time_with_its_pieces() {
        let (words, boundaries) = flatten(&[segment(&["Rhein-Main-Donau"], true)], 10);
        let spans: Vec<_> =
            words.iter().map(|word| (word.text.as_str(), word.span, word.space_before)).collect();
        assert_eq!(
            spans,
            [
                ("Rhein-", TimeSpan::from_millis(0, 37), true),
                ("Main-", TimeSpan::from_millis(37, 68), false),
                ("Donau", TimeSpan::from_millis(68, 100), false),
            ]
        );
        assert_eq!(boundaries, [false, false, true]);
    }

    #[test]
    fn tokens_inside_a_japanese_word_are_no_boundary() {
        let (_, boundaries) = flatten(&[segment(&["日", "本語", "の", "字幕", "。"], false)], 26);
        assert_eq!(boundaries, [false, true, true, false, true]);
    }

    #[test]
    fn white_space_inside_a_word_divides_it_and_empty_words_vanish() {
        let (words, _) = flatten(&[segment(&["New\nYork", " ", ""], false)], 37);
        assert_eq!(
            words.iter().map(|word| (&*word.text, word.space_before)).collect::<Vec<_>>(),
            [("New", false), ("York", true)]
        );
    }
}
