//! Removes from text what does not count as a word error: case, punctuation, and ways to write the same thing.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::english;
use crate::transcript::Language;

/// Languages written without spaces, for which characters are compared instead of words, as in the Whisper paper
/// (Radford et al. 2022, section 4.1).
const BY_CHARACTER: [&str; 7] = ["zh", "yue", "ja", "th", "lo", "km", "my"];

/// Returns the words of `text` for comparison. English essentially follows the normalizer of the Whisper paper
/// (appendix C); other languages lose case, punctuation and text in brackets.
pub fn normalize(text: &str, language: &Language) -> Vec<String> {
    let text = without_brackets(&text.to_lowercase());
    let language = language.primary();
    if language == "en" {
        return english::words(&text);
    }
    let by_character = BY_CHARACTER.contains(&language.as_str());
    let mut spaced = String::with_capacity(text.len());
    for c in text.nfkc() {
        if is_combining_mark(c) {
            spaced.push(c);
        } else if !c.is_alphanumeric() {
            spaced.push(' ');
        } else {
            spaced.extend(by_character.then_some(' '));
            spaced.push(c);
        }
    }
    spaced.to_lowercase().split_whitespace().map(str::to_owned).collect()
}

/// Drops `[sound notes]`, `<markup>` and `(asides)`. A bracket that is never closed is kept.
fn without_brackets(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some(open) = rest.find(['[', '<', '(']) {
        let closing = if rest[open..].starts_with('(') { &[')'][..] } else { &[']', '>'][..] };
        let Some(length) = rest[open..].find(closing) else { break };
        kept.push_str(&rest[..open]);
        rest = &rest[open + length + 1..];
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: &str, text: &str, expected: &str) {
        assert_eq!(normalize(text, &Language::new(language)).join(" "), expected);
    }

    #[test]
    fn case_punctuation_and_brackets_go() {
        check("de", "Grüß Gott! [Lachen] Das ist (leise) 12,5 %.", "grüß gott das ist 12 5");
        check("fr", "L\u{2019}e\u{301}tude", "l étude");
        check("pt-BR", "a <i>b</i> [c", "a b c");
    }

    #[test]
    fn scripts_without_spaces_are_compared_by_character() {
        check("ja", "光合成、とは。", "光 合 成 と は");
        check("th", "กินข้าว", "กิ น ข้ า ว");
        check("ko", "광합성 이란?", "광합성 이란");
    }

    #[test]
    fn marks_that_make_words_stay() {
        check("hi", "हिन्दी", "हिन्दी");
    }
}
