//! A written word as the break rules see it: its punctuation, its case and its roles.

use super::lexicon::{Lexicon, Role, Roles};
use super::scripts;

/// What the punctuation at the end of a word closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Sentence,
    Clause,
    None,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) stop: Stop,
    pub(super) roles: Roles,
    /// The roles of the part before an apostrophe: *d'* in *d'eau*.
    pub(super) opening: Roles,
    /// Begins with an upper-case letter.
    pub(super) is_capital: bool,
    /// Begins with a lower-case letter.
    pub(super) is_lower: bool,
    pub(super) is_number: bool,
    /// Only punctuation that belongs to the next word, such as an opening bracket.
    pub(super) is_opening: bool,
    /// Only punctuation that belongs to the previous word.
    pub(super) is_closing: bool,
    /// Only mathematical signs.
    pub(super) is_operator: bool,
    pub(super) looks_like_modifier: bool,
    /// A word of one or two letters.
    pub(super) is_tiny: bool,
    /// Begins with a bracket or a quotation mark.
    pub(super) begins_quoted: bool,
    /// Ends with a hyphen that joins it to the next word.
    pub(super) ends_in_hyphen: bool,
    pub(super) is_spaceless: bool,
    pub(super) begins_hiragana: bool,
    pub(super) ends_hiragana: bool,
}

const SENTENCE_MARKS: &str = ".!?…。．！？｡؟۔।॥։።᙮‼⁇⁈⁉";
const CLAUSE_MARKS: &str = ",;:–—،؛、，；：､·՝፣၊။·";
const CLOSING_MARKS: &str = ")]}\"'”’»›」』）］｝】〉》〕";
const OPENING_MARKS: &str = "([{“‘«‹「『（［｛【〈《〔¿¡";
const OPERATORS: &str = "=+−-*/×÷<>≤≥≠≈→←⇒∈∪∩^|&%·±∝~";

impl Token {
    pub(super) fn new(text: &str, lexicon: &Lexicon) -> Self {
        let core = text.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = core.to_lowercase().replace('’', "'");
        let opening = lower.find('\'').map_or(Roles::default(), |at| lexicon.roles(&lower[..=at]));
        let mut letters = core.chars();
        let first = letters.next();
        let roles = lexicon.roles(&lower).join(unit_sign(text));
        Self {
            stop: stop(text, core, &lower, roles, lexicon),
            roles,
            opening,
            is_capital: first.is_some_and(char::is_uppercase),
            is_lower: first.is_some_and(char::is_lowercase),
            is_number: is_number(text),
            is_opening: core.is_empty() && text.chars().all(|c| OPENING_MARKS.contains(c)),
            is_closing: core.is_empty() && is_closing(text),
            is_operator: core.is_empty() && text.chars().all(|c| OPERATORS.contains(c)),
            looks_like_modifier: lexicon.looks_like_modifier(&lower),
            is_tiny: first.is_some_and(char::is_alphabetic) && letters.nth(1).is_none(),
            begins_quoted: text.starts_with(|c| OPENING_MARKS.contains(c) || c == '"'),
            ends_in_hyphen: !core.is_empty() && text.ends_with(['-', '‐', '/']),
            is_spaceless: scripts::is_spaceless(text),
            begins_hiragana: text.starts_with(scripts::is_hiragana),
            ends_hiragana: text.ends_with(scripts::is_hiragana),
        }
    }
}

fn stop(text: &str, core: &str, lower: &str, roles: Roles, lexicon: &Lexicon) -> Stop {
    let bare = text.trim_end_matches(|c| CLOSING_MARKS.contains(c));
    let Some(last) = bare.chars().next_back() else { return Stop::None };
    if CLAUSE_MARKS.contains(last) || bare.ends_with("--") {
        return Stop::Clause;
    }
    if !SENTENCE_MARKS.contains(last) {
        return Stop::None;
    }
    if last == '.' && !bare.ends_with("..") && is_abbreviation(core, lower, roles, lexicon) {
        return Stop::None;
    }
    Stop::Sentence
}

/// Returns whether a full stop after the word belongs to it: a listed abbreviation, an initial, letters with full stops
/// between them, or an ordinal in a language that writes those with one.
fn is_abbreviation(core: &str, lower: &str, roles: Roles, lexicon: &Lexicon) -> bool {
    let is_initial = core.chars().count() == 1 && core.chars().all(char::is_uppercase) && core != "I";
    let is_dotted = core.contains('.') && core.split('.').all(|part| part.chars().count() == 1);
    let is_ordinal =
        lexicon.ordinal_stop && lower.len() <= 2 && lower.bytes().all(|byte| byte.is_ascii_digit());
    roles.has(Role::Abbreviation)
        || roles.has(Role::Title)
        || is_initial
        || is_dotted
        || (is_ordinal && !core.is_empty())
}

fn is_closing(text: &str) -> bool {
    text.chars().all(|c| [SENTENCE_MARKS, CLAUSE_MARKS, CLOSING_MARKS].iter().any(|marks| marks.contains(c)))
}

/// Returns whether the text is digits, optionally after a sign or currency, without a unit or punctuation after them.
fn is_number(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| "+-−±$€£¥~≈#".contains(c));
    digits.starts_with(char::is_numeric) && digits.chars().all(|c| c.is_numeric() || ".,:/'’^".contains(c))
}

/// Returns the roles of signs that stand alone after a number.
fn unit_sign(text: &str) -> Roles {
    let mut roles = Roles::default();
    if matches!(
        text.trim_end_matches(['.', ',', ';', ':', '?', '!']),
        "%" | "‰" | "°" | "€" | "$" | "£" | "¥" | "°C" | "°F"
    ) {
        roles.add(Role::Unit);
    }
    roles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Language;

    fn token(language: &str, text: &str) -> Token {
        Token::new(text, Lexicon::of(&Language::new(language)))
    }

    #[test]
    fn stops() {
        let stops = |language, texts: &[&str], stop| {
            for text in texts {
                assert_eq!(token(language, text).stop, stop, "{text}");
            }
        };
        stops("en", &["end.", "end!\"", "end…", "1985.", "終わり。", "what?)", "i..."], Stop::Sentence);
        stops("en", &["first,", "so:", "word–", "--", "、"], Stop::Clause);
        stops("en", &["word", "-", "Dr.", "e.g.", "J.", "U.S.", "x-ray", "3.5", ")"], Stop::None);
        stops("de", &["z.B.", "3.", "bzw."], Stop::None);
        stops("de", &["1985.", "Ende."], Stop::Sentence);
        stops("ar", &["لماذا؟"], Stop::Sentence);
        stops("hi", &["है।"], Stop::Sentence);
    }

    #[test]
    fn numbers_and_units() {
        assert!(
            token("en", "3.5").is_number && token("en", "$12.5").is_number && token("en", "10,000").is_number
        );
        assert!(!token("en", "3.5%").is_number && !token("en", "2nd").is_number);
        assert!(token("xx", "%,").roles.has(Role::Unit) && token("en", "kg.").roles.has(Role::Unit));
    }

    #[test]
    fn elided_words_keep_their_opening() {
        assert!(token("fr", "d’eau").opening.has(Role::Preposition));
        assert!(token("fr", "qu'elle").opening.has(Role::Conjunction));
    }
}
