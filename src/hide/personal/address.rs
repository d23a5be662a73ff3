//! Postal addresses: a street with its number, and the place after it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

const CAPITAL: &str = r"\p{Lu}[\p{L}’'-]*";

/// The match of a rule is its first group, or everything if it has none.
static RULES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let rules = [
        english(),
        american_place(),
        british_place(),
        german(),
        german_named(),
        german_place(),
        french(),
        french_place(),
    ];
    rules.iter().map(|rule| Regex::new(rule).expect("the rule is part of the program")).collect()
});

/// Words before a street that are not part of its name.
const NO_STREETS: &[&str] = &[
    "Der", "Die", "Das", "Den", "Dem", "Ein", "Eine", "Einen", "Einem", "Diese", "Dieser", "Diesen", "Jede",
    "Jeder", "Keine", "Kein", "The", "This", "That", "His", "Her", "Our", "My", "Your", "Their",
];

fn english() -> String {
    let spoken = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|\
                  seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\
                  (?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?";
    let street = "Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Blvd|Court|Square|Terrace|Crescent|Parkway|\
                  Highway|Gardens|Mews|Close|Way|Place";
    let flat = r"(?:,?\s+(?i:apartment|apt\.?|suite|flat|unit)\s+\w{1,5})?";
    let code = r"(?:,?\s+(?:[A-Z]{2}\s+)?(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}))?";
    let place = format!(r"(?:,\s+{CAPITAL}(?:\s+{CAPITAL}){{0,2}}{code})?");
    let name = format!(r"(?:(?:{CAPITAL}\.?|\d{{1,3}}(?:st|nd|rd|th))\s+){{1,3}}");
    format!(r"\b(?:\d{{1,5}}[A-Za-z]?|(?i:{spoken})),?\s+{name}(?:{street})\b{flat}{place}")
}

fn american_place() -> String {
    let states = "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|\
                  ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC";
    format!(r"\b{CAPITAL}(?:\s+{CAPITAL}){{0,2}},?\s+(?:{states})\s+\d{{5}}(?:-\d{{4}})?\b")
}

/// Returns a pattern for a postcode of the UK (BS 7666, without the ranges of each area).
fn british_place() -> String {
    r"\b(?:[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKPSTUW]?)\s\d[ABD-HJLNP-UW-Z]{2}\b".to_owned()
}

fn german() -> String {
    let joined = r"\p{Lu}\p{Ll}+(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|chaussee)";
    let apart = r"(?:\p{Lu}\p{L}+[- ]){1,3}(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer)";
    let before = r"(?:(?:Am|An der|Im|In der|Auf der)\s+)?";
    format!(r"\b{before}(?:{joined}|{apart})\s+(?:Nummer\s+)?{}", german_rest())
}

/// Returns a pattern for German streets without a suffix for street: `Unter den Linden 6`, `Platz der Republik 1`.
fn german_named() -> String {
    let street = "Straße|Platz|Allee|Weg|Ufer";
    let named = format!(r"(?:Unter den|(?:{street})\s+(?:der|des|am|zum|zur))\s+(?:{CAPITAL}\s+){{1,3}}");
    format!(r"\b{named}{}", german_rest())
}

fn german_rest() -> String {
    format!(r"\d{{1,4}}(?:\s?[a-z]\b)?(?:,?\s+(?:in\s+)?(?:D-)?\d{{5}}\s+{CAPITAL}|,?\s+in\s+{CAPITAL})?")
}

fn german_place() -> String {
    let before = r"(?i:\b(?:wohne|wohnhaft|wohnt|postleitzahl|plz|adresse)\b[^.?!\d]{0,40})";
    format!(r"\bD-\d{{5}}\s+{CAPITAL}|{before}\b(\d{{5}}\s+{CAPITAL})")
}

fn french() -> String {
    let street = "(?i:rue|avenue|boulevard|chemin|impasse|allée|quai|cours|place|route|square)";
    let joint = r"(?:(?:de la|de l['’]|des|du|de|d['’]|la|le|les|l['’]|aux|au)\s*)?";
    let place = format!(r"(?:,?\s+(?:à\s+)?\d{{5}}\s+{CAPITAL}|,\s+(?:à\s+)?{CAPITAL}|\s+à\s+{CAPITAL})?");
    let name = format!(r"{joint}{CAPITAL}(?:\s+{joint}{CAPITAL}){{0,3}}");
    format!(r"\b\d{{1,4}}(?:\s?(?:bis|ter))?,?\s+{street}\s+{name}{place}")
}

fn french_place() -> String {
    let before = r"(?i:\b(?:habite|domicilié|domiciliée|code postal|adresse)\b[^.?!\d]{0,40})";
    format!(r"{before}\b(\d{{5}}\s+{CAPITAL})")
}

/// Returns the ranges of addresses.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let found = RULES.iter().flat_map(|rule| rule.captures_iter(text));
    let stretch = found.filter_map(|found| found.get(1).or_else(|| found.get(0)));
    let is_street = |found: &regex::Match| {
        !found.as_str().split_whitespace().next().is_some_and(|first| NO_STREETS.contains(&first))
    };
    stretch.filter(is_street).map(|found| found.range()).collect()
}
