//! English number words as digits: `nineteen sixty five` is 1965, `two hundred and five` 205, `one oh one` 101,
//! `twenty first` 21st, `three point one` 3.1, `five per cent` 5 %, `ten dollars` $10.

use crate::transcript::numerals::{ENGLISH, ENGLISH_TENS};

/// A number being assembled from words.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Whole(u128),
    /// Digits that were spelled one after the other, possibly with a point.
    Digits(String),
}

impl Value {
    fn text(&self) -> String {
        match self {
            Self::Whole(number) => number.to_string(),
            Self::Digits(digits) => digits.clone(),
        }
    }
}

/// What a word adds to a number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// 0 to 19.
    Unit(u128),
    /// 20 to 90.
    Ten(u128),
    /// 100 and powers of 1000.
    Power(u128),
}

const POWERS: [(&str, u32); 5] =
    [("hundred", 2), ("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12)];
const SIGNS: [(&str, char); 4] = [("minus", '-'), ("negative", '-'), ("plus", '+'), ("positive", '+')];
const CURRENCIES: [(&str, char); 8] = [
    ("dollar", '$'),
    ("dollars", '$'),
    ("euro", '€'),
    ("euros", '€'),
    ("pound", '£'),
    ("pounds", '£'),
    ("cent", '¢'),
    ("cents", '¢'),
];

/// Replaces every spelled-out number by its digits, and keeps the other words.
pub fn as_digits(words: &[String]) -> Vec<String> {
    let mut speller =
        NumberSpeller { words, at: 0, sign: None, value: None, done: Vec::with_capacity(words.len()) };
    while speller.at < words.len() {
        speller.step();
        speller.at += 1;
    }
    speller.finish("");
    speller.done
}

struct NumberSpeller<'a> {
    words: &'a [String],
    at: usize,
    sign: Option<char>,
    value: Option<Value>,
    done: Vec<String>,
}

impl<'a> NumberSpeller<'a> {
    fn step(&mut self) {
        let word = self.word(0);
        if let Some((kind, suffix)) = numeral(word) {
            self.add(kind);
            if !suffix.is_empty() {
                self.finish(suffix);
            }
        } else if let Some((sign, digits)) = arabic(word) {
            self.add_arabic(sign, digits);
        } else if let Some(sign) = find(&SIGNS, word).filter(|_| is_number(self.word(1))) {
            self.finish("");
            self.sign = Some(sign);
        } else if self.value.is_some() {
            self.after_number();
        } else if word == "point" && is_number(self.word(1)) {
            self.value = Some(Value::Digits(".".to_owned()));
        } else {
            self.done.push(word.to_owned());
        }
    }

    /// Returns the word `ahead` of the current one; empty beyond the last.
    fn word(&self, ahead: usize) -> &'a str {
        self.words.get(self.at + ahead).map_or("", String::as_str)
    }

    fn previous(&self) -> Option<Kind> {
        let previous = self.words.get(self.at.checked_sub(1)?)?;
        numeral(previous).filter(|(_, suffix)| suffix.is_empty()).map(|(kind, _)| kind)
    }

    /// Handles a word that adds nothing to the number before it, but may belong to it.
    fn after_number(&mut self) {
        let (word, next) = (self.word(0), self.word(1));
        let half = word == "and" && next == "a" && self.word(2) == "half";
        match word {
            "and" if half => {
                self.append(".5");
                self.at += 2;
            }
            "and" if matches!(self.previous(), Some(Kind::Power(_))) && is_number(next) => {}
            "point" if is_number(next) => self.append("."),
            "percent" => self.finish("%"),
            "per" if next == "cent" => {
                self.finish("%");
                self.at += 1;
            }
            other => match find(&CURRENCIES, other) {
                Some(currency) => {
                    self.sign = Some(currency);
                    self.finish("");
                }
                None => {
                    self.finish("");
                    self.done.push(word.to_owned());
                }
            },
        }
    }

    fn add(&mut self, kind: Kind) {
        let Some(value) = self.value.take() else {
            let (Kind::Unit(number) | Kind::Ten(number) | Kind::Power(number)) = kind;
            // Zeros are digits from the start: `oh seven` is 07.
            self.value = Some(if number == 0 { Value::Digits("0".to_owned()) } else { Value::Whole(number) });
            return;
        };
        self.value = Some(match (kind, value) {
            (Kind::Unit(0), value) => Value::Digits(value.text() + "0"),
            (Kind::Unit(unit), Value::Whole(number)) if self.leaves_room(unit, number) => {
                Value::Whole(number + unit)
            }
            (Kind::Ten(ten), Value::Whole(number)) if number.is_multiple_of(100) => {
                Value::Whole(number + ten)
            }
            (Kind::Unit(unit), value) => Value::Digits(self.spelled(value, unit)),
            (Kind::Ten(ten), value) => Value::Digits(format!("{}{ten}", value.text())),
            (Kind::Power(power), value) => match times(&value, power) {
                Some(number) => Value::Whole(number),
                None => {
                    self.value = Some(value);
                    self.finish("");
                    Value::Whole(power)
                }
            },
        });
    }

    /// Returns whether `unit` fits the last digits of `number`, as 5 fits those of 60 and 15 those of 1900.
    fn leaves_room(&self, unit: u128, number: u128) -> bool {
        let digits = if unit < 10 { 10 } else { 100 };
        number.is_multiple_of(digits) && !matches!(self.previous(), Some(Kind::Unit(_)))
    }

    /// Joins `nineteen sixty` and `five`: the 5 replaces the last zero.
    fn spelled(&self, value: Value, unit: u128) -> String {
        let mut digits = value.text();
        if unit < 10 && matches!(self.previous(), Some(Kind::Ten(_))) && digits.ends_with('0') {
            digits.pop();
        }
        digits + &unit.to_string()
    }

    fn add_arabic(&mut self, sign: Option<char>, digits: &str) {
        let digits = digits.to_owned();
        match &mut self.value {
            Some(Value::Digits(before)) if before.ends_with('.') => before.push_str(&digits),
            _ => {
                self.finish("");
                self.sign = sign.or(self.sign);
                self.value = Some(digits.parse().map_or(Value::Digits(digits), Value::Whole));
            }
        }
    }

    fn append(&mut self, text: &str) {
        if let Some(value) = self.value.take() {
            self.value = Some(Value::Digits(value.text() + text));
        }
    }

    /// Writes down the number, if there is one.
    fn finish(&mut self, suffix: &str) {
        if let Some(value) = self.value.take() {
            let sign = self.sign.take().map(String::from).unwrap_or_default();
            self.done.push(format!("{sign}{}{suffix}", value.text()));
        }
    }
}

/// Multiplies: `two thousand` times 1; `two thousand five` times a hundred is 2500. `None` if the result is not a whole
/// number.
fn times(value: &Value, power: u128) -> Option<u128> {
    match value {
        Value::Whole(number) => (number / 1000 * 1000).checked_add((number % 1000).checked_mul(power)?),
        Value::Digits(digits) => {
            let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
            let scale = 10_u128.checked_pow(fraction.len().try_into().ok()?)?;
            let product = format!("{whole}{fraction}").parse::<u128>().ok()?.checked_mul(power)?;
            product.is_multiple_of(scale).then_some(product / scale)
        }
    }
}

fn find(list: &[(&str, char)], word: &str) -> Option<char> {
    list.iter().find(|(name, _)| *name == word).map(|(_, sign)| *sign)
}

fn is_number(word: &str) -> bool {
    numeral(word).is_some() || arabic(word).is_some_and(|(sign, _)| sign.is_none())
}

/// Splits digits, possibly with a point, from a currency sign before them.
fn arabic(word: &str) -> Option<(Option<char>, &str)> {
    let sign = word.chars().next().filter(|c| matches!(c, '$' | '£' | '€' | '¢'));
    let digits = &word[sign.map_or(0, char::len_utf8)..];
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (all_digits(whole) && all_digits(fraction)).then_some((sign, digits))
}

/// Returns what a number word adds, and the ending that a plural or an ordinal gives to its digits.
fn numeral(word: &str) -> Option<(Kind, &'static str)> {
    let (stem, suffix) = match word {
        "o" | "oh" => return Some((Kind::Unit(0), "")),
        "first" => ("one".to_owned(), "st"),
        "second" => ("two".to_owned(), "nd"),
        "third" => ("three".to_owned(), "rd"),
        "fifth" => ("five".to_owned(), "th"),
        "eighth" => ("eight".to_owned(), "th"),
        "ninth" => ("nine".to_owned(), "th"),
        "twelfth" => ("twelve".to_owned(), "th"),
        "sixes" => ("six".to_owned(), "s"),
        _ => stem(word),
    };
    Some((cardinal(&stem)?, suffix))
}

fn stem(word: &str) -> (String, &'static str) {
    for (ending, replaced, suffix) in
        [("ieth", "y", "th"), ("ies", "y", "s"), ("th", "", "th"), ("s", "", "s")]
    {
        if let Some(stem) = word.strip_suffix(ending) {
            return (format!("{stem}{replaced}"), suffix);
        }
    }
    (word.to_owned(), "")
}

fn cardinal(word: &str) -> Option<Kind> {
    let position = |list: &[&str]| list.iter().position(|name| *name == word).map(|at| at as u128);
    let unit = position(&ENGLISH).map(Kind::Unit);
    let ten = || position(&ENGLISH_TENS).map(|at| Kind::Ten((at + 2) * 10));
    let power =
        || POWERS.iter().find(|(name, _)| *name == word).map(|(_, zeros)| Kind::Power(10_u128.pow(*zeros)));
    unit.or_else(ten).or_else(power)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words: Vec<_> = text.split(' ').map(str::to_owned).collect();
        assert_eq!(super::as_digits(&words).join(" "), expected, "{text}");
    }

    #[test]
    fn cardinals() {
        check("about seventy four kilograms", "about 74 kilograms");
        check("two hundred and five", "205");
        check("one million two hundred thousand and twelve", "1200012");
        check("three thousand and one nights and two days", "3001 nights and 2 days");
        check("fifteen hundred", "1500");
    }

    #[test]
    fn spelled_digits_and_years() {
        check("one oh one", "101");
        check("nineteen sixty five", "1965");
        check("twenty twenty five", "2025");
        check("nineteen oh seven", "1907");
        check("one two three", "123");
    }

    #[test]
    fn ordinals_and_plurals() {
        check("the twenty first of the nineties", "the 21st of the 90s");
        check("second eighth twelfth twentieth hundredth", "2nd 8th 12th 20th 100th");
    }

    #[test]
    fn fractions_signs_and_units() {
        check("three point one four", "3.14");
        check("minus five and a plus", "-5 and a plus");
        check("two and a half million", "2500000");
        check("five percent of ten per cent", "5% of 10%");
        check("twenty dollars", "$20");
        check("$2.5 million", "$2500000");
        check("what is the point", "what is the point");
    }

    #[test]
    fn words_that_look_like_numbers_stay() {
        check("months path series and this", "months path series and this");
    }

    /// Returns `number` in words, up to 999 999.
    fn spell(number: u128) -> String {
        let unit = |n: u128| super::ENGLISH[n as usize].to_owned();
        let ten = |n: u128| super::ENGLISH_TENS[n as usize / 10 - 2].to_owned();
        let join = |before: String, rest: u128| match rest {
            0 => before,
            _ => format!("{before} {}", spell(rest)),
        };
        match number {
            0..20 => unit(number),
            20..100 => join(ten(number), number % 10),
            100..1000 => join(format!("{} hundred", unit(number / 100)), number % 100),
            _ => join(format!("{} thousand", spell(number / 1000)), number % 1000),
        }
    }

    proptest! {
        #[test]
        fn every_cardinal_comes_back(number in 0_u128..1_000_000) {
            let words: Vec<_> = spell(number).split(' ').map(str::to_owned).collect();
            prop_assert_eq!(super::as_digits(&words), [number.to_string()]);
        }

        #[test]
        fn no_words_make_it_panic(
            words in prop::collection::vec("(oh|one|ten|twenty|hundred|trillion|point|and|a|half|per|cent|minus|[0-9]{1,40}|[$][0-9.]{1,9}|third)", 0..30)
        ) {
            super::as_digits(&words);
        }
    }
}
