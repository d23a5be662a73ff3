//! A text as words, with the text between them.

use crate::transcript::Language;

/// A run of letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub text: &'a str,
    /// First byte in the text.
    pub start: usize,
}

impl Token<'_> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The words of a text.
pub(super) struct Words<'a> {
    pub text: &'a str,
    pub tokens: Vec<Token<'a>>,
    /// The tokens in lower case.
    pub lower: Vec<String>,
    pub tongue: Tongue,
}

/// The language in which numbers are spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    German,
    French,
}

impl Tongue {
    /// Returns the tongue of a language; English for languages whose words are unknown.
    pub fn of(language: &Language) -> Self {
        match language.primary().as_str() {
            "de" => Self::German,
            "fr" => Self::French,
            _ => Self::English,
        }
    }
}

impl<'a> Words<'a> {
    pub fn of(text: &'a str, tongue: Tongue) -> Self {
        let mut tokens: Vec<Token> = Vec::new();
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            match tokens.last_mut().filter(|last| last.end() == at) {
                Some(last) => last.text = &text[last.start..at + c.len_utf8()],
                None => tokens.push(Token { text: &text[at..at + c.len_utf8()], start: at }),
            }
        }
        let lower = tokens.iter().map(|token| token.text.to_lowercase()).collect();
        Self { text, tokens, lower, tongue }
    }

    /// Returns the text between a token and the previous one, or the beginning of the text.
    pub fn gap(&self, index: usize) -> &'a str {
        let start = index.checked_sub(1).map_or(0, |before| self.tokens[before].end());
        &self.text[start..self.tokens[index].start]
    }

    /// Returns up to `count` words before a token, in lower case, with spaces around each.
    pub fn before(&self, index: usize, count: usize) -> String {
        format!(" {} ", self.lower[index.saturating_sub(count)..index].join(" "))
    }

    /// Returns up to `count` words from a token on, in lower case, with spaces around each.
    pub fn from(&self, index: usize, count: usize) -> String {
        let end = (index + count).min(self.lower.len());
        format!(" {} ", self.lower[index.min(end)..end].join(" "))
    }
}

/// Returns whether one of the phrases occurs among words, which have spaces around each.
pub(super) fn names_any(words: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| words.match_indices(phrase).any(|(at, _)| is_whole(words, at, phrase)))
}

fn is_whole(words: &str, at: usize, phrase: &str) -> bool {
    words[..at].ends_with(' ') && words[at + phrase.len()..].starts_with(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_what_is_between_them() {
        let words = Words::of("(212) 555-0123, Zürich’s", Tongue::English);
        let told: Vec<_> = (0..words.tokens.len()).map(|i| (words.gap(i), words.tokens[i].text)).collect();
        assert_eq!(told, [("(", "212"), (") ", "555"), ("-", "0123"), (", ", "Zürich"), ("’", "s")]);
        assert_eq!(words.before(3, 2), " 555 0123 ");
        assert!(
            names_any(&words.from(0, 9), &["0123 zürich"]) && !names_any(&words.from(0, 9), &["0123 zü"])
        );
    }
}
