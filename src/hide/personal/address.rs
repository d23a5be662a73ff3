//! Postal addresses: a street with its number, and the place behind it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

const CAPITAL: &str = r"\p{Lu}[\p{L}’'-]*\.?";

static RULES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let rules =
        [english(), american_place(), british_place(), german(), german_place(), french(), french_place()];
    rules.iter().filter_map(|rule| Regex::new(rule).ok()).collect()
});

fn english() -> String {
    let number = r"(?:\d{1,5}[A-Za-z]?|(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?))";
    let street = r"(?i:Street|St\b|Avenue|Ave\b|Road|Rd\b|Lane|Drive|Boulevard|Blvd\b|Court|Square|Terrace|Crescent|Parkway|Highway|Gardens|Mews|Close|Way\b|Place)";
    let ordinal = r"\d{1,3}(?:st|nd|rd|th)";
    let flat = r"(?:,?\s+(?i:apartment|apt\.?|suite|flat|unit)\s+\w{1,5})?";
    let place = format!(
        r"(?:,?\s+(?:in\s+)?{CAPITAL}(?:\s+{CAPITAL}){{0,2}}(?:,?\s+(?:[A-Z]{{2}}\s+)?(?:\d{{5}}(?:-\d{{4}})?|[A-Z]{{1,2}}\d[A-Z\d]?\s\d[A-Z]{{2}}))?)?"
    );
    format!(r"\b{number},?\s+(?:(?:{CAPITAL}|{ordinal})\s+){{1,3}}{street}\.?{flat}{place}")
}

fn american_place() -> String {
    format!(
        r"\b{CAPITAL}(?:\s+{CAPITAL}){{0,2}},?\s+(?:AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC)\s+\d{{5}}(?:-\d{{4}})?\b"
    )
}

fn british_place() -> String {
    r"\b(?:[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKPSTUW]?)\s\d[ABD-HJLNP-UW-Z]{2}\b".to_owned()
}

fn german() -> String {
    let joined = r"\p{Lu}\p{Ll}+(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|chaussee)";
    let apart = r"(?:\p{Lu}\p{L}+[- ]){1,3}(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer)";
    format!(
        r"\b(?:(?:Am|An der|Im|In der|Auf der|Unter den)\s+)?(?:{joined}|{apart})\s+(?:Nummer\s+)?\d{{1,4}}(?:\s?[a-z]\b)?(?:,?\s+(?:in\s+)?(?:D-)?\d{{5}}\s+{CAPITAL}|,?\s+in\s+{CAPITAL})?"
    )
}

fn german_place() -> String {
    format!(
        r"\bD-\d{{5}}\s+{CAPITAL}|(?i:\b(?:wohne|wohnhaft|wohnt|postleitzahl|plz|adresse)\b[^.?!]{{0,40}}?)\b\d{{5}}\s+{CAPITAL}"
    )
}

fn french() -> String {
    let street = r"(?i:rue|avenue|boulevard|chemin|impasse|allée|quai|cours|place|route|square)";
    let joint = r"(?:(?:de la|de l['’]|des|du|de|d['’]|la|le|les|l['’]|aux|au)\s*)?";
    format!(
        r"\b\d{{1,4}}(?:\s?(?:bis|ter))?,?\s+{street}\s+{joint}(?:{CAPITAL}|\d{{1,2}})(?:\s+(?:{joint}){CAPITAL}){{0,3}}(?:,?\s+(?:à\s+)?(?:\d{{5}}\s+)?{CAPITAL})?"
    )
}

fn french_place() -> String {
    format!(
        r"(?i:\b(?:habite|domicilié|domiciliée|code postal|adresse)\b[^.?!]{{0,40}}?)\b\d{{5}}\s+{CAPITAL}"
    )
}

/// Where addresses stand.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    RULES.iter().flat_map(|rule| rule.find_iter(text)).map(|found| found.range()).collect()
}
