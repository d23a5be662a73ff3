//! Measures how wide text is, and cuts words that are too wide for a line.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::rules::Profile;
use super::turns::is_dialogue;

/// Returns the width of one line of text in half-width columns: one per grapheme cluster, two if it is East Asian wide
/// or an emoji, zero if it is invisible.
///
/// For alphabets this is the number of characters that caption rules call CPL.
pub fn columns(text: &str) -> usize {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.len();
    }
    text.graphemes(true).map(grapheme_columns).sum()
}

fn grapheme_columns(grapheme: &str) -> usize {
    // Limited to two: a cluster of several spacing characters, as in Devanagari, is one to the reader.
    let mut widths = grapheme.chars().map(|c| c.width().unwrap_or(0));
    widths.clone().max().unwrap_or(0).min(2).max(usize::from(widths.any(|width| width > 0)))
}

/// Returns whether the text has characters of two columns, as in Chinese, Japanese and Korean.
pub(super) fn has_wide(text: &str) -> bool {
    text.chars().any(|c| c.width() == Some(2))
}

/// Returns whether words, with spaces between them, fit the lines of a profile. A change of speaker begins a line.
pub(super) fn fits<'a>(words: impl IntoIterator<Item = &'a str>, profile: &Profile) -> bool {
    let limit = profile.line_length.hard.unwrap_or(usize::MAX);
    let (mut lines, mut line, mut total) = (1, 0, 0);
    let mut previous = None;
    for word in words {
        let width = columns(word);
        let on_this_line = if line == 0 { width } else { line + 1 + width };
        let goes_on = line == 0 || !is_dialogue(previous, word);
        previous = Some(word);
        if goes_on && on_this_line <= limit {
            line = on_this_line;
        } else {
            lines += 1;
            line = width;
        }
        total += width + 1;
        if width > limit || lines > profile.max_lines {
            return false;
        }
    }
    profile.max_characters.is_none_or(|limit| total <= limit + lines)
}

/// Cuts a word into pieces of at most `limit` columns: after punctuation such as a hyphen or slash if possible,
/// otherwise between any two characters.
///
/// A single character wider than `limit` stays whole.
pub(super) fn pieces(word: &str, limit: usize) -> Vec<&str> {
    if columns(word) <= limit {
        return vec![word];
    }
    split_at(word, &after_marks(word)).into_iter().flat_map(|piece| even_pieces(piece, limit)).collect()
}

/// Returns where a long word can best be cut: after a run of punctuation that is not at its start.
fn after_marks(word: &str) -> Vec<usize> {
    let is_mark = |c: char| "-‐–—/\\_.,;:?&=+|@#".contains(c);
    let mut cuts = Vec::new();
    let mut chars = word.char_indices().skip_while(|(_, c)| is_mark(*c)).peekable();
    while let Some((at, c)) = chars.next() {
        let next_is_mark = chars.peek().is_none_or(|(_, next)| is_mark(*next));
        if is_mark(c) && !next_is_mark {
            cuts.push(at + c.len_utf8());
        }
    }
    cuts
}

/// Splits a text at byte offsets, which are in order.
pub(super) fn split_at<'a>(text: &'a str, cuts: &[usize]) -> Vec<&'a str> {
    let inner = || cuts.iter().copied().filter(|cut| (1..text.len()).contains(cut));
    let starts = std::iter::once(0).chain(inner());
    let ends = inner().chain(std::iter::once(text.len()));
    starts.zip(ends).map(|(start, end)| &text[start..end]).collect()
}

/// Splits text into pieces of nearly the same width, as few as `limit` allows.
fn even_pieces(text: &str, limit: usize) -> Vec<&str> {
    let total = columns(text);
    if total <= limit {
        return vec![text];
    }
    // One column is spared, so that wide characters that do not divide evenly still fit.
    let count = total.div_ceil(limit.max(2) - 1);
    let target = total.div_ceil(count);
    let mut cuts = Vec::new();
    let mut width = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        let next = grapheme_columns(grapheme);
        if width > 0 && width + next > target {
            cuts.push(at);
            width = 0;
        }
        width += next;
    }
    split_at(text, &cuts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_what_a_reader_sees() {
        assert_eq!(columns("naïve"), 5);
        assert_eq!(columns("nai\u{308}ve"), 5);
        assert_eq!(columns("字幕 ABC"), 8);
        assert_eq!(columns("한글"), 4);
        assert_eq!(columns("กำลัง"), 3);
        assert_eq!(columns("\u{200f}مرحبا"), 5);
        assert_eq!(columns("👩‍🏫"), 2);
        assert_eq!(columns(""), 0);
    }

    #[test]
    fn long_words_are_cut_at_marks_first() {
        assert_eq!(pieces("short", 10), ["short"]);
        assert_eq!(pieces("Rhein-Main-Donau-Kanal", 10), ["Rhein-", "Main-", "Donau-", "Kanal"]);
        assert_eq!(pieces("--output-directory", 10), ["--output-", "directory"]);
        assert_eq!(pieces("https://example.org/", 12), ["https://", "example.", "org/"]);
    }

    #[test]
    fn words_without_marks_are_cut_evenly() {
        let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
        let cut = pieces(word, 37);
        assert_eq!(cut.concat(), word);
        assert_eq!(cut.iter().map(|piece| columns(piece)).collect::<Vec<_>>(), [27, 27, 26]);
    }

    #[test]
    fn pieces_never_exceed_the_limit() {
        for limit in 8..30 {
            for word in [
                "字幕字幕字幕字幕字幕字幕字幕字幕字幕字幕",
                "a字b字c字d字e字f字g字h字i字j字",
                &"é".repeat(99),
            ] {
                let cut = pieces(word, limit);
                assert_eq!(cut.concat(), word);
                assert!(cut.iter().all(|piece| columns(piece) <= limit), "{cut:?}");
            }
        }
    }
}
