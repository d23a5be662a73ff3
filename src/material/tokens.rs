//! The words of a text, with what tells names and acronyms from other words.

use unicode_segmentation::UnicodeSegmentation as _;

/// A word where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub text: &'a str,
    /// It begins a line or a sentence, where every word has a capital.
    pub begins: bool,
    /// The word before it, in the same sentence, is parted from it by one space or hyphen alone.
    pub follows: bool,
    /// What parts them.
    pub joint: char,
}

/// The words of a line. Addresses, numbers and formulas are none, and part those beside them.
pub(super) fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut begins, mut last_end) = (true, None);
    for (at, word) in line.unicode_word_indices() {
        let between = last_end.map(|end| &line[end..at]);
        let joint = between.and_then(|between| between.chars().next()).unwrap_or(' ');
        let follows = matches!(between, Some(" " | "-" | "‑"));
        begins |= between.is_some_and(|between| between.contains(['.', '!', '?', ':', '•', '–']));
        last_end = Some(at + word.len());
        if is_noise(line, at, word) {
            (begins, last_end) = (false, None);
            continue;
        }
        tokens.push(Token { text: word, begins, follows, joint });
        begins = false;
    }
    tokens
}

/// Whether a word is a number, or of an address, a path or a command.
fn is_noise(line: &str, at: usize, word: &str) -> bool {
    let start = line[..at].rfind(char::is_whitespace).map_or(0, |space| space + 1);
    let end = line[at..].find(char::is_whitespace).map_or(line.len(), |space| at + space);
    let chunk = &line[start..end];
    let is_address = ["@", "://", "www.", "_", "\\", "="].iter().any(|sign| chunk.contains(sign))
        || chunk.trim_end_matches(['.', ',', ';']).contains('/') && chunk.contains('.');
    // Names of files, and numbers with units.
    let is_file = word.contains('.') && word.contains(char::is_lowercase);
    let digits = word.chars().filter(char::is_ascii_digit).count();
    is_address || is_file || 2 * digits > word.chars().count() || !word.chars().any(char::is_alphabetic)
}

/// Capitals, perhaps with digits and a plural: `DNA`, `H2O`, `PDEs`, `mRNA`.
pub(super) fn is_acronym(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let others = word.chars().filter(|c| c.is_lowercase()).count();
    let is_roman = word.chars().all(|c| "IVXLCDM".contains(c));
    (2..=6).contains(&capitals) && others <= 1 && word.chars().count() <= 8 && !is_roman
}

pub(super) fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Joins words that were divided at the ends of lines, as in PDF files.
pub(super) fn undivided(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().and_then(|next| next.chars().next());
        match line.strip_suffix(['-', '\u{ad}']).filter(|_| next.is_some_and(char::is_lowercase)) {
            Some(front) if front.ends_with(char::is_alphabetic) => joined.push_str(front),
            _ => {
                joined.push_str(line);
                joined.push('\n');
            }
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_addresses_are_no_words() {
        let words: Vec<_> = tokens("See https://a.org/b, mail x@y.org: 42 cells of H2O in a.txt.")
            .iter()
            .map(|t| t.text)
            .collect();
        assert_eq!(words, ["See", "mail", "cells", "of", "H2O", "in"]);
    }

    #[test]
    fn sentences_begin_and_words_follow_each_other() {
        let told: Vec<_> =
            tokens("The Lax-Milgram lemma. It holds").iter().map(|t| (t.text, t.begins, t.follows)).collect();
        let wanted = [
            ("The", true, false),
            ("Lax", false, true),
            ("Milgram", false, true),
            ("lemma", false, true),
            ("It", true, false),
            ("holds", false, true),
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn acronyms_are_capitals_but_no_roman_numbers() {
        for (word, wanted) in [
            ("DNA", true),
            ("mRNA", true),
            ("PDEs", true),
            ("H2O", true),
            ("XIV", false),
            ("Lax", false),
            ("INTRODUCTION", false),
        ] {
            assert_eq!(is_acronym(word), wanted, "{word}");
        }
        assert_eq!(undivided("the stoma-\nta of Lax-\nMilgram"), "the stomata of Lax-\nMilgram\n");
    }
}
