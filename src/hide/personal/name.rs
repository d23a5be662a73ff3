//! Names of people, if the words around them show that they are names.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A capital, then letters, possibly after a hyphen or an apostrophe: `O’Neill`, `Anne-Marie`, `J.`
const NAME: &str = r"\p{Lu}(?:\.|[\p{L}]*(?:[-’'][\p{Lu}\p{L}][\p{L}]*)*)";
/// Words between names: `van der`, `de la`, `von`.
const PARTICLE: &str = r"(?:(?:van|von|der|den|de|la|le|du|da|dos|di|del|bin|ibn|zu|zur|ter)\s+){0,3}";
/// Phrases before a name.
const ANNOUNCED: &str = r"(?i:\b(?:my name is|my name['’]s|my name was|his name is|her name is|name is spelled|i am called|they call me|call me|mein name ist|mein name lautet|ich hei(?:ß|ss)e|er hei(?:ß|ss)t|sie hei(?:ß|ss)t|(?:ihr|sein) name ist|je m['’]appelle|il s['’]appelle|elle s['’]appelle|mon nom est|son nom est|(?:patient|student|customer|caller)(?:['’]s)? name is|name:|nom\s?:)[\s,:]+)";
/// Titles before a name.
const TITLE: &str = r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Doctor|Sir|Dame|Herr|Herrn|Frau|Fräulein|Doktor|Professorin|Monsieur|Madame|Mademoiselle|Mme|Mlle|M|Docteur|Maître)\.?\s+(?:(?:Dr|Prof|Professor|Doktor|Doctor)\.?\s+)*";

/// Phrases before a full name; a single word after them is not a name: `I'm late`, `ich bin Lehrer`.
const INTRODUCED: &str =
    r"(?:\bI['’]m|\bI am|\b[Ii]ch bin|\b[Jj]e suis|\b(?:guest|speaker|lecturer) (?:today )?is)\s+";

static ANNOUNCEMENT: LazyLock<Regex> = LazyLock::new(|| rule(ANNOUNCED, 4));
static TITLED: LazyLock<Regex> = LazyLock::new(|| rule(TITLE, 3));
static INTRODUCTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"{INTRODUCED}({NAME}\s+{PARTICLE}{NAME})")).expect("the rule is part of the program")
});

/// Returns a pattern for a name of up to `most` parts after `before`, as its only group.
fn rule(before: &str, most: usize) -> Regex {
    let more = most - 1;
    Regex::new(&format!(r"{before}(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Herr|Frau|Madame|Monsieur)\.?\s+)*({PARTICLE}{NAME}(?:\s+{PARTICLE}{NAME}){{0,{more}}})")).expect("the rule is part of the program")
}

/// Words after titles and announcements that are not names.
const NO_NAMES: &[&str] = &[
    "I",
    "The",
    "And",
    "But",
    "So",
    "What",
    "Who",
    "Not",
    "Emeritus",
    "Professor",
    "President",
    "Präsident",
    "Präsidentin",
    "Doktor",
    "Minister",
    "Ministerin",
    "Chair",
    "Speaker",
    "Vorsitzende",
    "Vorsitzender",
    "Kollege",
    "Kollegin",
    "Nachbarin",
    "Nachbar",
    "Holle",
    "Right",
    "Today",
    "It",
    "We",
    "You",
    "He",
    "She",
    "Und",
    "Ich",
    "Sie",
    "Er",
    "Das",
    "Et",
    "Je",
    "Il",
    "Elle",
    "Nous",
    "Vous",
    "If",
    "When",
    "Then",
    "This",
    "That",
    "There",
    "Now",
    "Yes",
    "No",
    "Aber",
    "Wir",
    "Es",
    "Die",
    "Der",
    "Mais",
    "Le",
    "La",
    "Les",
];

/// Returns the ranges of names.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let found = [&ANNOUNCEMENT, &TITLED, &INTRODUCTION]
        .into_iter()
        .flat_map(|rule| rule.captures_iter(text))
        .filter_map(|found| found.get(1));
    found.filter_map(|name| until_other(text, name.range())).collect()
}

/// Returns a name up to a word that is not a name, or that begins a sentence: `my name is Ada. Today`.
fn until_other(text: &str, name: Range<usize>) -> Option<Range<usize>> {
    let mut end = name.start;
    for part in text[name.clone()].split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        if NO_NAMES.contains(&word) {
            break;
        }
        end += part.len();
    }
    let kept = text[name.start..end].trim_end();
    kept.contains(char::is_uppercase).then(|| name.start..name.start + kept.len())
}

/// Returns the parts of a name that identify a person, for finding it elsewhere.
pub(super) fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split_whitespace().filter(|part| part.chars().count() > 2 && part.starts_with(char::is_uppercase))
}
