//! Scripts that are written without spaces between words.

use icu_segmenter::options::{LineBreakOptions, WordBreakInvariantOptions};
use icu_segmenter::{LineSegmenter, WordSegmenter};

/// Whether the text has characters of a script without spaces: Chinese, Japanese, Thai, Lao, Khmer or
/// Burmese. Korean puts spaces between words.
pub(super) fn is_spaceless(text: &str) -> bool {
    text.chars().any(is_spaceless_char)
}

fn is_spaceless_char(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}'      // Thai, Lao
        | '\u{1000}'..='\u{109F}'    // Myanmar
        | '\u{1780}'..='\u{17FF}'    // Khmer
        | '\u{2E80}'..='\u{30FF}'    // radicals, CJK punctuation, kana
        | '\u{31F0}'..='\u{31FF}'    // kana extensions
        | '\u{3400}'..='\u{9FFF}'    // CJK ideographs
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FFEF}'    // full-width forms
        | '\u{20000}'..='\u{3FFFF}')
}

pub(super) fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309F}' | 'ー')
}

/// Byte offsets inside the text, in order, where a line may break without cutting a word: the
/// dictionary's word boundaries (UAX 29) that the line rules (UAX 14) also allow, so that no closing mark
/// begins a line.
pub(super) fn boundaries(text: &str) -> Vec<usize> {
    let words = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    let lines = LineSegmenter::new_auto(LineBreakOptions::default());
    let mut line_breaks = lines.segment_str(text).peekable();
    let mut shared = Vec::new();
    for at in words.segment_str(text) {
        while line_breaks.next_if(|line| *line < at).is_some() {}
        if line_breaks.peek() == Some(&at) && at > 0 && at < text.len() {
            shared.push(at);
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> String {
        let mut text = text.to_owned();
        for at in boundaries(&text.clone()).into_iter().rev() {
            text.insert(at, '|');
        }
        text
    }

    #[test]
    fn words_stay_whole_and_marks_stay_with_them() {
        assert_eq!(parts("日本語の字幕です。"), "日本語|の|字幕|です。");
        assert_eq!(parts("「光合成」という"), "「光合成」|という");
        assert_eq!(parts("我们学习光合作用。"), "我们|学习|光合作用。");
        assert_eq!(parts("การสังเคราะห์ด้วยแสง"), "การ|สังเคราะห์|ด้วย|แสง");
    }

    #[test]
    fn korean_and_latin_have_spaces() {
        assert!(!is_spaceless("한국어 text"));
        assert!(is_spaceless("text 字"));
    }
}
