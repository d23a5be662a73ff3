//! Turns segments into one list of words, none wider than a line.

use super::scripts;
use super::wrap::{columns, pieces, split_at};
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{SecondOpinion, Segment, TermPart, Word};

/// A word, and whether a line may end after it without cutting a word of the language.
type Part = (Word, bool);

/// The words of all segments as one list, with their properties.
#[derive(Default)]
pub(super) struct Flat {
    pub(super) words: Vec<Word>,
    /// Whether a line may end after the word without cutting a word of the language.
    pub(super) boundaries: Vec<bool>,
    /// The index of the segment that the word comes from.
    pub(super) segments: Vec<usize>,
}

/// In scripts without spaces, a dictionary finds the words, and text with several of them is cut.
pub(super) fn flatten(segments: &[Segment], line_length: usize) -> Flat {
    let mut flat = Flat::default();
    for (index, segment) in segments.iter().enumerate() {
        let words: Vec<Word> = segment.words.iter().flat_map(split_at_spaces).collect();
        for run in words.chunk_by(|_, next| !next.space_before) {
            for (word, boundary) in split_run(run).into_iter().flat_map(|part| split_long(part, line_length))
            {
                flat.words.push(word);
                flat.boundaries.push(boundary);
                flat.segments.push(index);
            }
        }
    }
    flat
}

fn split_at_spaces(word: &Word) -> Vec<Word> {
    let texts: Vec<&str> = word.text.split_whitespace().collect();
    let mut words = split(word, &texts);
    words.iter_mut().skip(1).for_each(|word| word.space_before = true);
    words
}

/// Splits words that follow each other without a space at the boundaries that the dictionary finds inside them.
fn split_run(run: &[Word]) -> Vec<Part> {
    let text: String = run.iter().map(|word| word.text.as_str()).collect();
    let cuts = if scripts::is_spaceless(&text) { scripts::boundaries(&text) } else { Vec::new() };
    let is_boundary = |at: usize| at == text.len() || cuts.binary_search(&at).is_ok();
    let mut parts = Vec::new();
    let mut start = 0;
    for word in run {
        let end = start + word.text.len();
        let inside = cuts.partition_point(|cut| *cut <= start)..cuts.partition_point(|cut| *cut < end);
        let inner: Vec<usize> = cuts[inside].iter().map(|cut| cut - start).collect();
        for part in split(word, &split_at(&word.text, &inner)) {
            start += part.text.len();
            parts.push((part, is_boundary(start)));
        }
    }
    parts
}

fn split_long((word, is_boundary): Part, line_length: usize) -> Vec<Part> {
    let mut parts: Vec<Part> =
        split(&word, &pieces(&word.text, line_length)).into_iter().map(|piece| (piece, false)).collect();
    if let Some(last) = parts.last_mut() {
        last.1 = is_boundary;
    }
    parts
}

/// Splits a word into several without spaces between them, which share its time by width.
fn split(word: &Word, texts: &[&str]) -> Vec<Word> {
    // The whole text is never copied: a malicious file may contain one word of megabytes, which becomes thousands.
    let part = |text: &str, span, space_before| Word {
        text: text.to_owned(),
        span,
        space_before,
        probability: word.probability,
        second: word.second.clone(),
        listed: word.listed.clone(),
    };
    if let [text] = texts {
        return vec![part(text, word.span, word.space_before)];
    }
    let total = texts.iter().map(|text| columns(text)).sum::<usize>().max(1) as i64;
    let duration = word.span.duration().as_millis().max(0);
    let at = |column: i64| word.span.start + MediaTime::from_millis(duration.saturating_mul(column) / total);
    let mut column = 0;
    let share = |(n, text): (usize, &&str)| {
        let start = column;
        column += columns(text) as i64;
        let span = TimeSpan::new(at(start), at(column));
        match n {
            0 => part(text, span, word.space_before),
            _ => Word {
                second: word.second.as_ref().map(SecondOpinion::of_rest),
                listed: word.listed.as_ref().map(TermPart::of_rest),
                ..part(text, span, false)
            },
        }
    };
    texts.iter().enumerate().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(texts: &[&str], space_before: bool) -> Segment {
        let word = |(n, text): (usize, &&str)| Word {
            space_before,
            ..Word::new(*text, TimeSpan::from_millis(n as i64 * 100, n as i64 * 100 + 100))
        };
        Segment { words: texts.iter().enumerate().map(word).collect(), ..Segment::default() }
    }

    #[test]
    fn a_long_word_shares_its_time_with_its_pieces() {
        let Flat { words, boundaries, .. } = flatten(&[segment(&["Rhein-Main-Donau"], true)], 10);
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
    fn the_dictionary_tells_where_japanese_words_end() {
        let Flat { words, boundaries, .. } =
            flatten(&[segment(&["日", "本語", "の字", "幕", "。"], false)], 26);
        let parts: Vec<_> = words.iter().map(|word| word.text.as_str()).zip(boundaries).collect();
        assert_eq!(
            parts,
            [("日", false), ("本語", true), ("の", true), ("字", false), ("幕", false), ("。", true)]
        );
        assert_eq!(words[2].span, TimeSpan::from_millis(200, 250));
    }

    #[test]
    fn white_space_inside_a_word_divides_it_and_empty_words_vanish() {
        let Flat { words, .. } = flatten(&[segment(&["New\nYork", " ", ""], false)], 37);
        assert_eq!(
            words.iter().map(|word| (&*word.text, word.space_before)).collect::<Vec<_>>(),
            [("New", false), ("York", true)]
        );
    }
    /// Copying the word for each of its pieces would take hours.
    #[test]
    fn a_word_of_megabytes_becomes_its_pieces() {
        let text = "abcdefghij".repeat(1_600_000);
        let Flat { words, .. } = flatten(&[segment(&[&text], true)], 10);
        assert_eq!(words.iter().map(|word| word.text.as_str()).collect::<String>(), text);
        assert!(words.iter().all(|word| columns(&word.text) <= 10));
    }
}
