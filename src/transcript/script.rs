//! Scripts written without spaces between words.

/// Returns whether a character belongs to a script without spaces between words: Chinese, Japanese, Thai, Lao, Burmese,
/// Khmer, with their punctuation and full-width forms. Korean has spaces between words.
pub fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}'      // Thai, Lao
        | '\u{1000}'..='\u{109f}'    // Burmese
        | '\u{1780}'..='\u{17ff}'    // Khmer
        | '\u{2e80}'..='\u{30ff}'    // radicals, CJK marks, kana
        | '\u{3100}'..='\u{312f}'    // Bopomofo
        | '\u{31a0}'..='\u{9fff}'    // CJK ideographs, without the Korean letters before them
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff9f}'    // full-width Latin, half-width kana
        | '\u{20000}'..='\u{3ffff}')
}

/// Returns whether a space belongs between two words, of which one ends with `last` and the next begins with `first`.
pub fn is_spaced(last: char, first: char) -> bool {
    !(is_spaceless(last) && is_spaceless(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_and_latin_have_spaces() {
        assert!("한국어 ㅋ text 123 !".chars().all(|c| !is_spaceless(c)));
        assert!("日本語、ひらがなカタカナ「」ｶﾅＡ１ไทยລາວမြန်ខ្មែរ".chars().all(is_spaceless));
    }

    #[test]
    fn a_space_stands_where_one_of_two_scripts_has_it() {
        assert!(is_spaced('a', 'b') && is_spaced('は', 'R') && is_spaced('t', '字'));
        assert!(!is_spaced('は', '字'));
    }
}
