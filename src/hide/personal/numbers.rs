//! Decides which runs of digits and codes are personal data.

use super::check_digits::{aba, german_insurance, german_tax, iban, luhn};
use super::kind::Kind;
use super::phone;
use super::runs::Run;
use super::words::{Words, names_any};

/// Number of words before a number that may show what it is.
const REACH: usize = 9;
const NEAR: usize = 5;

const CARD: &[&str] = &[
    "card",
    "visa",
    "mastercard",
    "amex",
    "credit",
    "debit",
    "karte",
    "kreditkarte",
    "kartennummer",
    "kreditkartennummer",
    "carte",
    "carte bancaire",
];
const CVV: &[&str] = &[
    "cvv",
    "cvc",
    "cvv2",
    "cvc2",
    "security code",
    "prüfnummer",
    "prüfziffer",
    "kartenprüfnummer",
    "sicherheitscode",
    "cryptogramme",
    "code de sécurité",
];
const EXPIRY: &[&str] = &[
    "expires",
    "expiry",
    "expiration",
    "expiring",
    "valid until",
    "valid thru",
    "valid through",
    "gültig bis",
    "ablaufdatum",
    "läuft ab",
    "abläuft",
    "verfällt",
    "expire",
    "expiration",
    "valable jusqu",
    "date d expiration",
];
const ACCOUNT: &[&str] = &[
    "account number",
    "account no",
    "bank account",
    "checking account",
    "savings account",
    "account is",
    "kontonummer",
    "kontonr",
    "konto nummer",
    "bankkonto",
    "konto lautet",
    "numéro de compte",
    "compte bancaire",
    "compte numéro",
    "compte est",
];
const ROUTING: &[&str] = &["routing", "routing number", "aba", "transit number"];
const SORT_CODE: &[&str] = &["sort code", "sortcode"];
const GERMAN_BANK: &[&str] = &["bankleitzahl", "blz"];
const SOCIAL: &[&str] = &["social security", "ssn", "social", "itin", "taxpayer", "tax id"];
const LAST_OF_SOCIAL: &[&str] =
    &["my social", "your social", "his social", "her social", "ssn", "social security"];
const GERMAN_TAX: &[&str] = &[
    "steuer id",
    "steueridentifikationsnummer",
    "steuernummer",
    "steuer identifikationsnummer",
    "idnr",
    "steuer nummer",
    "identifikationsnummer",
    "tax id",
];
const GERMAN_INSURANCE: &[&str] = &[
    "sozialversicherungsnummer",
    "rentenversicherungsnummer",
    "versicherungsnummer",
    "sv nummer",
    "sozialversicherung",
    "rentenversicherung",
];
const NATIONAL_INSURANCE: &[&str] = &["national insurance", "ni number", "nino"];
const FRENCH_INSURANCE: &[&str] = &["sécurité sociale", "numéro de sécu", "sécu"];
const PIN: &[&str] = &[
    "pin number",
    "pin code",
    "pin is",
    "my pin",
    "your pin",
    "his pin",
    "her pin",
    "our pin",
    "their pin",
    "the pin",
    "pin ist",
    "pin lautet",
    "geheimzahl",
    "geheimnummer",
    "pin nummer",
    "meine pin",
    "die pin",
    "code pin",
    "code secret",
    "code confidentiel",
    "code personnel",
];

/// A run with its surroundings.
pub(super) struct Place<'a> {
    pub run: Run,
    pub code: String,
    pub words: &'a Words<'a>,
    /// Whether it is the whole run in which it was found.
    pub is_whole: bool,
}

impl Place<'_> {
    /// Returns whether one of the phrases precedes it, within a few words.
    pub fn after(&self, phrases: &[&str]) -> bool {
        names_any(&self.words.before(self.run.tokens().start, REACH), phrases)
    }

    pub fn close_after(&self, phrases: &[&str]) -> bool {
        names_any(&self.words.before(self.run.tokens().start, NEAR), phrases)
    }

    /// Returns whether one of the phrases follows at once.
    pub fn followed_by(&self, phrases: &[&str]) -> bool {
        names_any(&self.words.from(self.run.tokens().end, NEAR), phrases)
    }

    fn has_digits(&self, lengths: std::ops::RangeInclusive<usize>) -> bool {
        lengths.contains(&self.code.len())
    }
}

/// Returns whether a run of digits is of a kind.
type Check = fn(&Place) -> bool;

/// Returns the kind of a run of digits, if it is personal.
pub(super) fn of_digits(place: &Place) -> Option<Kind> {
    let checks: [(Check, Kind); 9] = [
        (is_pin, Kind::Pin),
        (is_cvv, Kind::CreditDebitCvv),
        (is_expiry, Kind::CreditDebitExpiry),
        (is_routing, Kind::BankRouting),
        (is_social, Kind::Ssn),
        (is_account, Kind::BankAccountNumber),
        (is_card, Kind::CreditDebitNumber),
        (is_german_tax, Kind::Ssn),
        (phone::is_phone, Kind::Phone),
    ];
    checks.into_iter().find(|(is, _)| is(place)).map(|(_, kind)| kind)
}

/// Returns the kind of a code of letters and digits, if it is personal.
pub(super) fn of_code(place: &Place) -> Option<Kind> {
    let code = place.code.as_str();
    if is_iban(place) {
        return Some(Kind::BankAccountNumber);
    }
    let national = is_national_insurance(code)
        || german_insurance(code)
        || place.is_whole && code.len() == 12 && place.after(GERMAN_INSURANCE)
        || place.is_whole && code.len() == 9 && place.after(NATIONAL_INSURANCE)
        || place.is_whole && matches!(code.len(), 13 | 15) && place.after(FRENCH_INSURANCE);
    national.then_some(Kind::Ssn)
}

fn is_card(place: &Place) -> bool {
    let code = place.code.as_str();
    let number =
        |from: usize, to: usize| code.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let issued = match code.len() {
        13 | 19 => code.starts_with('4'),
        14 => matches!(number(0, 2), 36 | 38 | 39) || matches!(number(0, 3), 300..=305),
        15 => matches!(number(0, 2), 34 | 37),
        16 => {
            matches!(number(0, 2), 40..=49 | 51..=55 | 35 | 65)
                || matches!(number(0, 4), 2221..=2720 | 6011)
                || matches!(number(0, 3), 644..=649)
        }
        _ => false,
    };
    let named = || place.is_whole && place.has_digits(12..=19) && place.after(CARD);
    issued && luhn(code) || named()
}

fn is_cvv(place: &Place) -> bool {
    place.is_whole && place.has_digits(3..=4) && place.close_after(CVV)
}

/// Returns whether it is a month and a year: `04/27`, `04/2027`, or four spoken digits.
fn is_expiry(place: &Place) -> bool {
    let month = place.code.get(..2).and_then(|month| month.parse().ok());
    let written =
        matches!(place.run.shape()[..], [2, 2 | 4]) || place.run.is_dictated() && place.code.len() == 4;
    written && place.is_whole && matches!(month, Some(1..=12)) && place.after(EXPIRY)
}

fn is_account(place: &Place) -> bool {
    place.is_whole && place.has_digits(5..=17) && place.after(ACCOUNT)
}

fn is_routing(place: &Place) -> bool {
    let length = place.code.len();
    place.is_whole
        && (length == 9 && (place.close_after(ROUTING) || aba(&place.code) && place.after(ROUTING))
            || length == 6 && place.close_after(SORT_CODE)
            || length == 8 && place.close_after(GERMAN_BANK))
}

/// Returns whether it can be a US social security number: areas 000, 666 and 900 to 999, groups 00 and numbers 0000
/// were never issued (Social Security Administration).
fn is_social(place: &Place) -> bool {
    let code = place.code.as_str();
    if code.len() == 4 {
        return place.is_whole && place.close_after(LAST_OF_SOCIAL);
    }
    if code.len() != 9 {
        return false;
    }
    let given = !matches!(&code[..3], "000" | "666")
        && !code.starts_with('9')
        && &code[3..5] != "00"
        && &code[5..] != "0000";
    let written = place.run.shape() == [3, 2, 4] && place.run.has_gap(&['-']);
    place.is_whole && place.after(SOCIAL) || given && written
}

fn is_german_tax(place: &Place) -> bool {
    place.code.len() == 11 && (german_tax(&place.code) || place.is_whole && place.after(GERMAN_TAX))
}

fn is_pin(place: &Place) -> bool {
    let in_capitals = || {
        let start = place.run.tokens().start;
        place.words.tokens[start.saturating_sub(NEAR)..start].iter().any(|token| token.text == "PIN")
    };
    let named = || place.after(PIN) || in_capitals() || place.followed_by(&["is my pin", "ist meine pin"]);
    place.is_whole && place.has_digits(4..=8) && named()
}

/// Returns whether it is an IBAN. European lengths by country are those of the SWIFT registry; for other countries any
/// length from 15 to 34 is accepted.
fn is_iban(place: &Place) -> bool {
    let code = place.code.as_str();
    let begins = code.len() >= 15
        && code[..2].bytes().all(|byte| byte.is_ascii_uppercase())
        && code[2..4].bytes().all(|byte| byte.is_ascii_digit());
    let length = match code.get(..2) {
        Some("NO") => 15..=15,
        Some("BE") => 16..=16,
        Some("DK" | "FI" | "NL") => 18..=18,
        Some("AT" | "EE" | "LT" | "LU") => 20..=20,
        Some("CH" | "LI") => 21..=21,
        Some("DE" | "GB" | "IE") => 22..=22,
        Some("CZ" | "ES" | "SE") => 24..=24,
        Some("FR" | "IT") => 27..=27,
        Some("PL") => 28..=28,
        _ => 15..=34,
    };
    let named = || place.close_after(&["iban"]) && code.len() <= 34;
    begins && (length.contains(&code.len()) && iban(code) || named())
}

/// Returns whether the code is two letters, six digits and a letter from A to D, with a prefix that is issued (HMRC,
/// NIM39110).
fn is_national_insurance(code: &str) -> bool {
    let Some((prefix, rest)) = code.split_at_checked(2).filter(|_| code.len() == 9) else { return false };
    let letter = |c: char| c.is_ascii_uppercase() && !"DFIQUV".contains(c);
    prefix.chars().all(letter)
        && !prefix.ends_with('O')
        && !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(&prefix)
        && rest[..6].bytes().all(|byte| byte.is_ascii_digit())
        && matches!(&rest[6..], "A" | "B" | "C" | "D")
}
