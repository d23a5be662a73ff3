//! Splits text into the pieces that byte pair encoding works on.

use std::iter;
use std::sync::LazyLock;

use regex::Regex;

/// GPT-2's pattern (`pat_str` in OpenAI's tokenizer.py) without its look-ahead `\s+(?!\S)`, which
/// [`words`] implements.
static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+")
        .expect("the pattern is valid: it is a constant and tests use it")
});

/// The words of a text with the space before each, numbers, punctuation, and white space. Together they are
/// the text.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    iter::from_fn(move || {
        let length = PATTERN.find(rest)?.end();
        let (word, after) = rest.split_at(length);
        let length = if after.is_empty() { length } else { without_last_space(word) };
        let (word, after) = rest.split_at(length);
        rest = after;
        Some(word)
    })
}

/// The length of a piece. If it is several characters of white space, the last one is left out: before a word, it
/// belongs to the word.
fn without_last_space(piece: &str) -> usize {
    let mut characters = piece.char_indices();
    match characters.next_back() {
        Some((last, character)) if last > 0 && character.is_whitespace() => last,
        _ => piece.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_take_the_space_before_them() {
        let split = |text| words(text).collect::<Vec<_>>();
        assert_eq!(
            split("It's 42  pages,\n\n  isn't it? "),
            ["It", "'s", " 42", " ", " pages", ",", "\n\n ", " isn", "'t", " it", "?", " "]
        );
        assert_eq!(split("a \t\u{a0}b   "), ["a", " \t", "\u{a0}", "b", "   "]);
        // Vowel signs are not letters here, unlike in `char::is_alphabetic`.
        assert_eq!(split("हिन्दी"), ["ह", "ि", "न", "्", "द", "ी"]);
        assert!(split("").is_empty());
    }
}
