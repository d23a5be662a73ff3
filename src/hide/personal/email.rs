//! E-mail addresses, written or spoken: "alice dot smith at example dot com".

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::words::{Words, names_any};

static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{L}\p{N}._%+-]*[\p{L}\p{N}]@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}")
        .expect("the rule is part of the program")
});

/// Top-level domains that are recognized in speech; others are too similar to words.
const TOP_LEVEL: &[&str] = &[
    "com", "org", "net", "edu", "gov", "info", "io", "eu", "de", "uk", "fr", "ch", "at", "us", "ca", "ie",
    "es", "it", "nl", "be", "pl",
];
/// Words that join parts of a name.
const JOINS: &[&str] = &[
    "dot",
    "underscore",
    "hyphen",
    "dash",
    "minus",
    "plus",
    "punkt",
    "unterstrich",
    "bindestrich",
    "point",
    "tiret",
];
const DOTS: &[&str] = &["dot", "punkt", "point"];
const AT: &[&str] =
    &["at", "ät", "et", "klammeraffe", "affenschwanz", "arobase", "arrobase", "arobas", "arobaz"];
/// Words that announce an address.
const MAIL: &[&str] = &[
    "email",
    "e mail",
    "mail",
    "emails",
    "e mails",
    "write to",
    "write me",
    "reach me",
    "contact",
    "mailadresse",
    "schreiben",
    "schreibt",
    "schreib",
    "courriel",
    "mél",
    "écrire",
    "écrivez",
    "adresse",
];
/// Words before "at" that are not names: "look at example dot com".
const NO_NAMES: &[&str] = &[
    "look",
    "looking",
    "looks",
    "work",
    "works",
    "working",
    "worked",
    "is",
    "are",
    "was",
    "me",
    "us",
    "it",
    "him",
    "them",
    "you",
    "available",
    "found",
    "online",
    "arrive",
    "site",
    "website",
    "page",
    "here",
    "there",
    "be",
    "read",
    "one",
    "more",
    "stay",
    "and",
    "or",
    "hosted",
    "start",
    "started",
    "out",
    "up",
    "download",
    "post",
    "posted",
];

/// Returns the ranges of addresses.
pub(super) fn find(words: &Words) -> Vec<Range<usize>> {
    let written = WRITTEN.find_iter(words.text).map(|found| found.range());
    let spoken = (1..words.tokens.len()).filter_map(|at| spoken(words, at));
    written.chain(spoken).collect()
}

/// Returns the address around an "at".
fn spoken(words: &Words, at: usize) -> Option<Range<usize>> {
    let word = words.lower[at].as_str();
    if !AT.contains(&word) || !is_near(words, at) || !is_near(words, at + 1) {
        return None;
    }
    let end = domain_end(words, at + 1)?;
    let start = local_start(words, at - 1);
    let is_certain = start < at - 1
        || !matches!(word, "at" | "et")
        || words.lower[start].contains(|c: char| c.is_numeric());
    let named = names_any(&words.before(start, 10), MAIL);
    let is_name = !NO_NAMES.contains(&words.lower[at - 1].as_str());
    (is_name && (is_certain || named || is_domain_spoken(words, at + 1, end)))
        .then(|| words.tokens[start].start..words.tokens[end - 1].end())
}

/// Returns whether only a space precedes a word, or a comma as between dictated words.
fn is_near(words: &Words, index: usize) -> bool {
    index < words.tokens.len() && words.gap(index).trim().chars().all(|c| matches!(c, ',' | '-' | '@'))
}

/// Returns the token after the domain that begins at a token.
fn domain_end(words: &Words, start: usize) -> Option<usize> {
    let mut end = start + 1;
    let mut last = None;
    while end < words.tokens.len() {
        let name = match words.lower[end].as_str() {
            _ if words.gap(end) == "." => end,
            dot if DOTS.contains(&dot) && is_near(words, end + 1) => end + 1,
            join if JOINS.contains(&join) && is_near(words, end + 1) => {
                end += 2;
                continue;
            }
            // Names of several words: "at my university dot edu".
            word if last.is_none() && end < start + 3 && words.gap(end) == " " && !AT.contains(&word) => {
                end += 1;
                continue;
            }
            _ => break,
        };
        end = name + 1;
        if TOP_LEVEL.contains(&words.lower[name].as_str()) {
            last = Some(end);
        }
    }
    last
}

/// Returns whether a dot of the domain is spoken, which nobody does for a page they read about.
fn is_domain_spoken(words: &Words, start: usize, end: usize) -> bool {
    words.lower[start..end].iter().any(|word| DOTS.contains(&word.as_str()))
}

/// Returns the token at which the part before "at" begins: joined words, and spelled letters and digits.
fn local_start(words: &Words, last: usize) -> usize {
    let mut start = last;
    loop {
        let is_joined =
            start >= 2 && JOINS.contains(&words.lower[start - 1].as_str()) && is_near(words, start);
        let is_dotted = start >= 1 && matches!(words.gap(start), "." | "_" | "-");
        let is_spelled = start >= 1
            && is_near(words, start)
            && words.lower[start].chars().count() == 1
            && words.lower[start - 1].chars().count() == 1;
        let is_number =
            start >= 1 && is_near(words, start) && is_digits(&words.lower[start]) && words.gap(start) == " ";
        start = match () {
            () if is_joined => start - 2,
            () if is_dotted || is_spelled || is_number => start - 1,
            () => return start,
        };
    }
}

fn is_digits(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
