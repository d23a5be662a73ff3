//! Telephone numbers.

use super::numbers::Place;
use super::runs::is_date;

/// Words that announce a telephone number.
const PHONE: &[&str] = &[
    "phone",
    "telephone",
    "mobile",
    "cell",
    "cellphone",
    "call",
    "text",
    "fax",
    "hotline",
    "dial",
    "ring",
    "whatsapp",
    "my number",
    "our number",
    "his number",
    "her number",
    "reach me",
    "reach us",
    "telefon",
    "telefonnummer",
    "handy",
    "handynummer",
    "mobil",
    "mobilnummer",
    "mobilfunknummer",
    "rufnummer",
    "durchwahl",
    "ruf",
    "rufen",
    "anrufen",
    "erreichen",
    "erreichbar",
    "meine nummer",
    "seine nummer",
    "ihre nummer",
    "unsere nummer",
    "telefonisch",
    "téléphone",
    "tel",
    "portable",
    "mon numéro",
    "son numéro",
    "notre numéro",
    "appelez",
    "appeler",
    "joindre",
    "joignable",
    "fixe",
];
/// Words that announce another kind of number.
const OTHER: &[&str] = &[
    "network",
    "netz",
    "réseau",
    "order",
    "invoice",
    "ticket",
    "isbn",
    "article",
    "version",
    "serial",
    "reference",
    "case",
    "part",
    "model",
    "bestellnummer",
    "artikelnummer",
    "rechnung",
    "rechnungsnummer",
    "seriennummer",
    "matrikelnummer",
    "aktenzeichen",
    "commande",
    "facture",
    "référence",
    "dossier",
    "série",
];

pub(super) fn is_phone(place: &Place) -> bool {
    let digits = place.code.len();
    if !(6..=15).contains(&digits) || is_date(&place.run) || place.close_after(OTHER) {
        return false;
    }
    let said = ["is my number", "is my phone", "ist meine nummer", "est mon numéro"];
    let named = place.after(PHONE) || place.followed_by(&said);
    place.is_whole && (named || is_international(place) || is_american(place) || is_national(place))
}

/// Returns whether it begins with a plus, or with two zeros before a country code.
fn is_international(place: &Place) -> bool {
    let digits = place.code.len();
    let dialled = |code: &&str| place.code.strip_prefix("00").is_some_and(|rest| rest.starts_with(*code));
    place.run.plus && digits >= 8 || digits >= 11 && ["1", "33", "41", "43", "44", "49"].iter().any(dialled)
}

/// Returns whether it has three, three and four digits, with neither of the first two groups beginning with 0 or 1
/// (North American Numbering Plan).
fn is_american(place: &Place) -> bool {
    let groups: Vec<_> = place.run.groups.iter().map(|group| group.code.as_str()).collect();
    let groups = match groups[..] {
        ["1", ..] => &groups[1..],
        _ => &groups[..],
    };
    let [area, exchange, line] = groups else { return false };
    let is_valid = |group: &str| group.len() == 3 && !group.starts_with(['0', '1']);
    is_valid(area) && is_valid(exchange) && line.len() == 4 && place.run.has_gap(&['-', '.', ')'])
}

/// Returns whether it is a zero, an area code and a number, as in Germany, the UK and France, and not a row of bits.
fn is_national(place: &Place) -> bool {
    let code = place.code.as_str();
    let is_begun = code.starts_with('0') && !code.starts_with("00");
    let first = place.run.groups.first().map_or(0, |group| group.code.len());
    let is_written = place.run.is_dictated() || matches!(first, 2..=5) || place.run.groups.len() == 1;
    let least = if place.run.groups.len() == 1 || place.run.is_dictated() { 10 } else { 9 };
    is_begun && is_written && (least..=12).contains(&code.len()) && code.contains(|c: char| c > '1')
}
