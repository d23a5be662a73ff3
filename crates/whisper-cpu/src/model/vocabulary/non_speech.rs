//! The tokens that OpenAI's decoder never produces.

use std::collections::BTreeSet;

use super::Vocabulary;

/// Suppressed if they are one token, alone or after a space.
const SYMBOLS: [&str; 47] = [
    "\"",
    "#",
    "(",
    ")",
    "*",
    "+",
    "/",
    ":",
    ";",
    "<",
    "=",
    ">",
    "@",
    "[",
    "\\",
    "]",
    "^",
    "_",
    "`",
    "{",
    "|",
    "}",
    "~",
    "「",
    "」",
    "『",
    "』",
    "<<",
    ">>",
    "<<<",
    ">>>",
    "--",
    "---",
    "-(",
    "-[",
    "('",
    "(\"",
    "((",
    "))",
    "(((",
    ")))",
    "[[",
    "]]",
    "{{",
    "}}",
    "♪♪",
    "♪♪♪",
];
/// If they are several tokens, the first is suppressed: it starts only symbols from U+2640 to U+267F.
const NOTES: [&str; 7] = ["♩", "♪", "♫", "♬", "♭", "♮", "♯"];
/// Allowed between words.
const AT_THE_START_OF_A_WORD: [&str; 2] = [" -", " '"];

/// Computed like `non_speech_tokens` in OpenAI's tokenizer.py.
pub fn tokens(vocabulary: &Vocabulary) -> Vec<u32> {
    let mut tokens = BTreeSet::new();
    for symbol in AT_THE_START_OF_A_WORD {
        tokens.extend(vocabulary.encode(symbol).first());
    }
    for symbol in SYMBOLS.into_iter().chain(NOTES) {
        for text in [symbol.to_owned(), format!(" {symbol}")] {
            let encoded = vocabulary.encode(&text);
            if encoded.len() == 1 || NOTES.contains(&symbol) {
                tokens.extend(encoded.first());
            }
        }
    }
    tokens.into_iter().collect()
}
