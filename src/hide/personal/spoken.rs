//! Spoken numbers, digit by digit or in pairs: "four two", "forty-two", "zweiundvierzig", "double five".

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::{Tongue, Words};
use crate::transcript::numerals::{ENGLISH, ENGLISH_TENS};

/// Maximum number of words in a number: "quatre vingt dix neuf".
const MOST_WORDS: usize = 4;

const GERMAN: [&str; 20] = [
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
];
const GERMAN_TENS: [&str; 8] =
    ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];
const FRENCH: [&str; 20] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize", "dix sept", "dix huit", "dix neuf",
];
/// Each with how many of the numbers from one to nineteen are added to it.
const FRENCH_TENS: [(&str, usize); 6] = [
    ("vingt", 10),
    ("trente", 10),
    ("quarante", 10),
    ("cinquante", 10),
    ("soixante", 20),
    ("quatre vingt", 20),
];

type Numbers = HashMap<String, String>;

static NUMBERS: LazyLock<[Numbers; 3]> = LazyLock::new(|| [english(), german(), french()]);

fn english() -> Numbers {
    let mut numbers = counted(&ENGLISH);
    // "one eight hundred" begins telephone numbers.
    numbers.extend((1..10).map(|unit| (format!("{} hundred", ENGLISH[unit]), format!("{unit}00"))));
    for (ten, name) in (2..).zip(ENGLISH_TENS) {
        numbers.insert(name.to_owned(), format!("{ten}0"));
        let pairs = (1..10).map(|unit| (format!("{name} {}", ENGLISH[unit]), format!("{ten}{unit}")));
        numbers.extend(pairs);
    }
    numbers
}

fn german() -> Numbers {
    let mut numbers = counted(&GERMAN);
    numbers.insert("zwo".to_owned(), "2".to_owned());
    for (ten, name) in (2..).zip(GERMAN_TENS) {
        numbers.insert(name.to_owned(), format!("{ten}0"));
        for (unit, spoken) in GERMAN.iter().enumerate().take(10).skip(1) {
            let one = if unit == 1 { "ein" } else { spoken };
            numbers.insert(format!("{one}und{name}"), format!("{ten}{unit}"));
        }
    }
    numbers
}

fn french() -> Numbers {
    let mut numbers = counted(&FRENCH);
    let mut tens = 20;
    for (name, count) in FRENCH_TENS {
        numbers.insert(name.to_owned(), tens.to_string());
        for (unit, spoken) in FRENCH.iter().enumerate().take(count).skip(1) {
            let number = (tens + unit).to_string();
            numbers.insert(format!("{name} et {spoken}"), number.clone());
            numbers.insert(format!("{name} {spoken}"), number);
        }
        tens += count;
    }
    numbers.insert("quatre vingts".to_owned(), "80".to_owned());
    numbers
}

fn counted(names: &[&str]) -> Numbers {
    names.iter().enumerate().map(|(number, name)| ((*name).to_owned(), number.to_string())).collect()
}

/// Returns the digits spoken from a token on, and the number of tokens; the longest number counts.
pub(super) fn digits(words: &Words, index: usize) -> Option<(String, usize)> {
    if let Some(times) = repeats(&words.lower[index], words.tongue) {
        let next = words.lower.get(index + 1)?;
        let zero = || is_zero(next, words.tongue).then(|| ("0".to_owned(), 1));
        let (digit, length) =
            number(words, index + 1).or_else(zero).filter(|(digits, _)| digits.len() == 1)?;
        return Some((digit.repeat(times), length + 1));
    }
    number(words, index)
}

fn repeats(word: &str, tongue: Tongue) -> Option<usize> {
    match (tongue, word) {
        (Tongue::English, "double") | (Tongue::German, "doppel") => Some(2),
        (Tongue::English, "triple" | "treble") => Some(3),
        _ => None,
    }
}

fn number(words: &Words, index: usize) -> Option<(String, usize)> {
    let written = words.tokens.get(index)?.text;
    if written.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((written.to_owned(), 1));
    }
    let numbers = &NUMBERS[words.tongue as usize];
    (1..=MOST_WORDS.min(words.lower.len() - index)).rev().find_map(|length| {
        let joined = (index + 1..index + length).all(|next| matches!(words.gap(next), " " | "-"));
        let spoken = words.lower[index..index + length].join(" ");
        numbers.get(&spoken).filter(|_| joined).map(|digits| (digits.clone(), length))
    })
}

/// Returns whether a word may stand for zero between digits.
pub(super) fn is_zero(word: &str, tongue: Tongue) -> bool {
    tongue == Tongue::English && matches!(word, "oh" | "o")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(text: &str, tongue: Tongue) -> Option<(String, usize)> {
        digits(&Words::of(text, tongue), 0)
    }

    #[test]
    fn numbers_are_as_long_as_they_can_be() {
        let cases = [
            (Tongue::English, "Forty-two seven", "42", 2),
            (Tongue::English, "double five six", "55", 2),
            (Tongue::German, "siebenunddreißig", "37", 1),
            (Tongue::German, "zwo drei", "2", 1),
            (Tongue::French, "quatre-vingt-dix-sept un", "97", 4),
            (Tongue::French, "soixante et onze", "71", 3),
            (Tongue::French, "vingt-huit", "28", 2),
            (Tongue::English, "0176", "0176", 1),
        ];
        for (tongue, text, number, length) in cases {
            assert_eq!(spoken(text, tongue), Some((number.to_owned(), length)), "{text}");
        }
        assert_eq!(spoken("hundred", Tongue::English), None);
        assert_eq!(spoken("double click", Tongue::English), None);
    }

    #[test]
    fn every_number_below_a_hundred_is_known() {
        for numbers in NUMBERS.iter() {
            let known: std::collections::HashSet<_> = numbers.values().collect();
            assert!((0..100).all(|number| known.contains(&number.to_string())));
        }
    }
}
