//! Runs of digits, and of digits with letters, written in groups or spoken one by one.

use std::ops::Range;

use super::spoken::{digits, is_zero};
use super::words::Words;

/// A group of digits, or of letters and digits in a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// ASCII digits; in codes also upper-case letters.
    pub code: String,
    /// The tokens that spell it.
    pub tokens: Range<usize>,
    /// The text between it and the previous group.
    pub gap: String,
}

/// Groups that may belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub groups: Vec<Group>,
    /// Whether a plus precedes it.
    pub plus: bool,
}

impl Run {
    /// Returns the run with only some of its groups.
    pub fn part(&self, range: Range<usize>) -> Self {
        Self { plus: self.plus && range.start == 0, groups: self.groups[range].to_vec() }
    }

    /// Returns all groups joined.
    pub fn code(&self) -> String {
        self.groups.iter().map(|group| group.code.as_str()).collect()
    }

    /// Returns the lengths of the groups.
    pub fn shape(&self) -> Vec<usize> {
        self.groups.iter().map(|group| group.code.len()).collect()
    }

    /// Returns the tokens from the first to the last.
    pub fn tokens(&self) -> Range<usize> {
        let end = self.groups.last().map_or(0, |last| last.tokens.end);
        self.groups.first().map_or(0, |first| first.tokens.start)..end
    }

    /// Returns its range, including a plus and a parenthesis before it.
    pub fn range(&self, words: &Words) -> Range<usize> {
        let tokens = self.tokens();
        let first = words.tokens[tokens.start].start;
        let marks = words.gap(tokens.start).chars().rev().take_while(|c| matches!(c, '+' | '(')).count();
        let spoken = self.plus && marks == 0 && tokens.start > 0;
        let start = if spoken { words.tokens[tokens.start - 1].start } else { first - marks };
        start..words.tokens[tokens.end - 1].end()
    }

    /// Returns whether each digit stands alone, as in speech.
    pub fn is_dictated(&self) -> bool {
        self.groups.len() > 3 && self.groups.iter().all(|group| group.code.len() == 1)
    }

    /// Returns whether one of the marks occurs between two of its groups.
    pub fn has_gap(&self, marks: &[char]) -> bool {
        self.groups.iter().skip(1).any(|group| group.gap.contains(marks))
    }
}

/// Returns the runs of digits in a text, without decimal numbers and numbers with thousands separators.
pub(super) fn digit_runs(words: &Words) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut end = None;
    let mut index = 0;
    while index < words.tokens.len() {
        let joins = end == Some(index) && runs.last().is_some_and(|run| joins(words, index, run));
        let Some((code, length)) = digits(words, index).or_else(|| zero(words, index, joins)) else {
            index += 1;
            continue;
        };
        let group = Group { code, tokens: index..index + length, gap: words.gap(index).to_owned() };
        index += length;
        end = Some(index);
        match runs.last_mut() {
            Some(run) if joins => run.groups.push(group),
            _ => runs.push(Run { plus: has_plus(words, &group), groups: vec![group] }),
        }
    }
    runs.retain(|run| !is_amount(run));
    runs
}

/// Returns the zero for a word that means zero beside digits, and may mean something else elsewhere.
fn zero(words: &Words, index: usize, joins: bool) -> Option<(String, usize)> {
    let is_before_digits = || index + 1 < words.tokens.len() && digits(words, index + 1).is_some();
    (is_zero(&words.lower[index], words.tongue) && (joins || is_before_digits())).then(|| ("0".to_owned(), 1))
}

fn has_plus(words: &Words, first: &Group) -> bool {
    let before = first.tokens.start.checked_sub(1).map(|before| words.lower[before].as_str());
    let spoken = first.gap.trim().is_empty() && before == Some("plus");
    first.gap.trim_end_matches('(').ends_with('+') || spoken
}

/// Returns whether a group continues the run before it.
fn joins(words: &Words, index: usize, run: &Run) -> bool {
    let gap = words.gap(index);
    let Some(last) = run.groups.last() else { return false };
    let (before, after) = (last.code.len(), words.tokens[index].text.len());
    let marks: String = gap.chars().filter(|c| !c.is_whitespace()).collect();
    match marks.as_str() {
        "" => true,
        // Punctuation between dictated digits; between numbers it separates them.
        "," | "." if gap.len() > 1 => before < 3 && (after < 3 || words.lower[index].parse::<u64>().is_err()),
        "," => false,
        "." | "-" | "‐" | "‑" | "–" | "/" | ")" | "(" | ")-" | ")(" => true,
        _ => false,
    }
}

/// Returns whether these are decimals, thousands or an IP address, whose groups are separated by dots.
fn is_amount(run: &Run) -> bool {
    let dots = run.groups.iter().skip(1).filter(|group| group.gap == ".").count();
    let thousands = || run.groups.iter().skip(1).all(|group| group.gap == "." && group.code.len() == 3);
    dots > 0 && (dots == 1 && run.groups.len() == 2 || thousands())
}

/// Returns the runs of letters and digits that may be a code such as an IBAN: groups with a digit, groups in capitals,
/// and single letters.
pub(super) fn code_runs(words: &Words) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut end = None;
    let mut index = 0;
    while index < words.tokens.len() {
        let Some((code, length)) = code(words, index) else {
            index += 1;
            continue;
        };
        let gap = words.gap(index);
        let joins = end == Some(index)
            && gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | ',' | '.' | '/'));
        let group = Group { code, tokens: index..index + length, gap: gap.to_owned() };
        index += length;
        end = Some(index);
        match runs.last_mut() {
            Some(run) if joins => run.groups.push(group),
            _ => runs.push(Run { groups: vec![group], plus: false }),
        }
    }
    runs.retain(|run| run.groups.iter().any(|group| group.code.contains(|c: char| c.is_ascii_digit())));
    runs
}

fn code(words: &Words, index: usize) -> Option<(String, usize)> {
    if let Some(found) = digits(words, index) {
        return Some(found);
    }
    let token = words.tokens[index].text;
    let is_code = token.is_ascii()
        && (token.len() == 1
            || token.contains(|c: char| c.is_ascii_digit())
            || token.len() < 5 && is_upper(token));
    is_code.then(|| (token.to_ascii_uppercase(), 1))
}

fn is_upper(token: &str) -> bool {
    token.chars().all(|c| c.is_ascii_uppercase())
}

/// Returns whether these are a day, a month and a year.
pub(super) fn is_date(run: &Run) -> bool {
    let written = run.groups.iter().skip(1).all(|group| matches!(group.gap.trim(), "." | "/" | "-" | ""));
    written && matches!(run.shape()[..], [1 | 2, 1 | 2, 4] | [4, 2, 2])
}

#[cfg(test)]
mod tests {
    use super::super::words::Tongue;
    use super::*;

    fn runs(text: &str, tongue: Tongue) -> Vec<String> {
        let words = Words::of(text, tongue);
        digit_runs(&words)
            .iter()
            .map(|run| format!("{}{}", if run.plus { "+" } else { "" }, run.code()))
            .collect()
    }

    #[test]
    fn digits_belong_together_as_people_write_and_say_them() {
        let cases = [
            ("Call (212) 555-0123 now", "2125550123"),
            ("+49 (0)30 1234567", "+490301234567"),
            ("five five five, oh one two three", "5550123"),
            ("4, 1, 1, 1", "4111"),
            ("555.123.4567", "5551234567"),
            ("plus four nine", "+49"),
        ];
        for (text, run) in cases {
            assert_eq!(runs(text, Tongue::English), [run], "{text}");
        }
        assert_eq!(runs("null eins sieben sechs zwölf", Tongue::German), ["017612"]);
    }

    #[test]
    fn numbers_of_other_kinds_stay_apart() {
        assert_eq!(runs("in 2019, 2020 and 2021", Tongue::English), ["2019", "2020", "2021"]);
        for text in ["3.14159", "0.6931471805", "1.299.000", "192.168.100.200"] {
            assert!(runs(text, Tongue::English).is_empty(), "{text}");
        }
        assert_eq!(runs("1,299,000", Tongue::English), ["1", "299", "000"]);
    }

    #[test]
    fn codes_may_be_spelled() {
        let code = |text: &str| {
            let words = Words::of(text, Tongue::English);
            code_runs(&words).iter().map(Run::code).collect::<Vec<_>>()
        };
        assert_eq!(code("IBAN DE89 3704 0044"), ["IBANDE8937040044"]);
        assert_eq!(code("Q Q, one two 34 56 C"), ["QQ123456C"]);
    }
}
