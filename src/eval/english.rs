//! Normalizes English text for comparison: contractions and titles written out, numbers as digits, one spelling.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::numbers;

const FILLERS: [&str; 6] = ["hmm", "mm", "mhm", "mmm", "uh", "um"];

/// Words that stand for others.
const WHOLE: [(&str, &str); 34] = [
    ("won't", "will not"),
    ("can't", "can not"),
    ("let's", "let us"),
    ("ain't", "aint"),
    ("y'all", "you all"),
    ("i'ma", "i am going to"),
    ("imma", "i am going to"),
    ("ma'am", "madam"),
    ("wanna", "want to"),
    ("gonna", "going to"),
    ("gotta", "got to"),
    ("kinda", "kind of"),
    ("sorta", "sort of"),
    ("dunno", "do not know"),
    ("woulda", "would have"),
    ("coulda", "could have"),
    ("shoulda", "should have"),
    ("cause", "because"),
    ("mr", "mister"),
    ("mrs", "missus"),
    ("st", "saint"),
    ("dr", "doctor"),
    ("prof", "professor"),
    ("capt", "captain"),
    ("gov", "governor"),
    ("gen", "general"),
    ("sen", "senator"),
    ("rep", "representative"),
    ("rev", "reverend"),
    ("asst", "assistant"),
    ("lt", "lieutenant"),
    ("col", "colonel"),
    ("jr", "junior"),
    ("sr", "senior"),
];

/// Endings of contractions.
const ENDINGS: [(&str, &str); 8] = [
    ("n't", "not"),
    ("'re", "are"),
    ("'s", "is"),
    ("'d", "would"),
    ("'ll", "will"),
    ("'t", "not"),
    ("'ve", "have"),
    ("'m", "am"),
];

/// Prefixes of words with a British spelling; both spellings become the second. Other words with the same prefix change
/// on both sides of a comparison.
const SPELLINGS: [(&str, &str); 45] = [
    ("aluminium", "aluminum"),
    ("analys", "analyz"),
    ("armour", "armor"),
    ("behaviour", "behavior"),
    ("calibre", "caliber"),
    ("cancell", "cancel"),
    ("catalogue", "catalog"),
    ("catalys", "catalyz"),
    ("centimetre", "centimeter"),
    ("centre", "center"),
    ("cheque", "check"),
    ("colour", "color"),
    ("defence", "defense"),
    ("dialogue", "dialog"),
    ("disc", "disk"),
    ("endeavour", "endeavor"),
    ("favour", "favor"),
    ("fibre", "fiber"),
    ("flavour", "flavor"),
    ("grey", "gray"),
    ("harbour", "harbor"),
    ("honour", "honor"),
    ("humour", "humor"),
    ("kilometre", "kilometer"),
    ("labell", "label"),
    ("labour", "labor"),
    ("litre", "liter"),
    ("manoeuvre", "maneuver"),
    ("metre", "meter"),
    ("millimetre", "millimeter"),
    ("modell", "model"),
    ("mould", "mold"),
    ("neighbour", "neighbor"),
    ("odour", "odor"),
    ("offence", "offense"),
    ("paralys", "paralyz"),
    ("plough", "plow"),
    ("programme", "program"),
    ("rumour", "rumor"),
    ("sulphur", "sulfur"),
    ("theatre", "theater"),
    ("travell", "travel"),
    ("tumour", "tumor"),
    ("vapour", "vapor"),
    ("vigour", "vigor"),
];

/// Returns the words of a text in lower case and without brackets.
pub fn words(text: &str) -> Vec<String> {
    let text = spaced(text);
    let tokens: Vec<_> = text.split_whitespace().filter(|token| !FILLERS.contains(token)).collect();
    let mut words = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        expand(token, tokens.get(index + 1).copied(), &mut words);
    }
    numbers::as_digits(&words).into_iter().filter_map(|word| american(&word)).collect()
}

/// Keeps letters, digits, apostrophes and number signs; everything else becomes a space. Digits and letters are
/// separated, except for the endings of ordinals and decades.
fn spaced(text: &str) -> String {
    let chars: Vec<char> = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut spaced = String::with_capacity(text.len());
    for (at, &c) in chars.iter().enumerate() {
        let after_digit = at > 0 && is_digit(at - 1);
        match c {
            ',' if after_digit && is_digit(at + 1) => {}
            '.' | '$' | '£' | '€' | '¢' if is_digit(at + 1) => {
                spaced.extend((c != '.').then_some(' '));
                spaced.push(c);
            }
            '%' if after_digit => spaced.push_str("% "),
            '\'' | '\u{2019}' => {
                spaced.truncate(spaced.trim_end().len());
                spaced.push('\'');
            }
            c if c.is_alphanumeric() => {
                let parts = at > 0 && chars[at - 1].is_alphanumeric() && after_digit != c.is_ascii_digit();
                let ending = after_digit && is_number_ending(&chars[at..]);
                spaced.extend((parts && !ending).then_some(' '));
                push_letter(c, &mut spaced);
            }
            _ => spaced.push(' '),
        }
    }
    spaced
}

fn is_number_ending(rest: &[char]) -> bool {
    let word: String = rest.iter().take(3).take_while(|c| c.is_alphanumeric()).collect();
    matches!(word.as_str(), "st" | "nd" | "rd" | "th" | "s")
}

/// Replaces special Latin letters that Unicode does not decompose by plain ones.
fn push_letter(c: char, to: &mut String) {
    match c {
        'œ' => to.push_str("oe"),
        'æ' => to.push_str("ae"),
        'ß' => to.push_str("ss"),
        'þ' => to.push_str("th"),
        'ø' => to.push('o'),
        'ð' | 'đ' => to.push('d'),
        'ł' => to.push('l'),
        c => to.push(c),
    }
}

/// Writes out an abbreviated `token`.
fn expand(token: &str, next: Option<&str>, words: &mut Vec<String>) {
    if let Some((_, long)) = WHOLE.iter().find(|(short, _)| *short == token) {
        return words.extend(long.split(' ').map(str::to_owned));
    }
    let participle = |list: &[&str]| next.is_some_and(|next| list.contains(&next));
    for (ending, long) in ENDINGS {
        let Some(start) = token.strip_suffix(ending) else { continue };
        expand(start, None, words);
        let long = match ending {
            "'d" if participle(&["been", "gone", "done"]) => "had",
            "'s" if participle(&["been", "gone", "got"]) => "has",
            _ => long,
        };
        return words.push(long.to_owned());
    }
    words.extend(token.split('\'').filter(|part| !part.is_empty()).map(str::to_owned));
}

fn american(word: &str) -> Option<String> {
    let word = word.trim_matches('.');
    let word = match SPELLINGS
        .iter()
        .find_map(|(british, american)| Some((word.strip_prefix(british)?, american)))
    {
        Some((rest, american)) => format!("{american}{rest}"),
        None => word.to_owned(),
    };
    (!word.is_empty()).then(|| with_z(&word))
}

/// Spells `organise` and its forms with a z. Words that always have an s change too, which does not affect comparisons.
fn with_z(word: &str) -> String {
    for ending in ["ise", "ised", "ises", "ising", "isation", "isations"] {
        if let Some(start) = word.strip_suffix(ending).filter(|start| start.len() > 2) {
            return format!("{start}iz{}", &ending[2..]);
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(super::words(&text.to_lowercase()).join(" "), expected, "{text}");
    }

    #[test]
    fn contractions_are_written_out() {
        check(
            "I'm sure they won't; he'd been, she's gone, it's us.",
            "i am sure they will not he had been she has gone it is us",
        );
        check("don\u{2019}t y'all wouldn't've", "do not you all would not have");
        check("the plant 's leaves, o'clock", "the plant is leaves 0 clock");
    }

    #[test]
    fn titles_fillers_and_accents() {
        check(
            "Um, Dr. Smith and Mrs. Jones, uh, at St. Mary's café",
            "doctor smith and missus jones at saint mary is cafe",
        );
    }

    #[test]
    fn one_spelling() {
        check("colours organised analysing the centre", "colors organized analyzing the center");
        check("two discs", "2 disks");
        check("colors organized analyzing the center", "colors organized analyzing the center");
        check("Our hour, four courses, the court", "our hour 4 courses the court");
    }

    #[test]
    fn punctuation_goes_and_numbers_stay() {
        check("U.S.A. is 1,000,000 - 3.5% ... of $5, A.T.P.!", "u s a is 1000000 3.5% of $5 a t p");
        check("H2 and CO2 in the 1960s, on the 21st", "h 2 and co 2 in the 1960s on the 21st");
    }
}
