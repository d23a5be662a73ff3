//! Scripts written without spaces between words.

use icu_segmenter::options::{LineBreakOptions, WordBreakInvariantOptions};
use icu_segmenter::{LineSegmenter, WordSegmenter};

use crate::transcript::script;

/// Returns whether the text has characters of a script without spaces.
pub(super) fn is_spaceless(text: &str) -> bool {
    text.chars().any(script::is_spaceless)
}

pub(super) fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309F}' | 'ー')
}

/// Returns byte offsets inside the text, in order, where a line may break without cutting a word: word boundaries (UAX
/// 29) that the line rules (UAX 14) also allow, so that no closing mark begins a line.
///
/// Thai, Lao, Khmer and Burmese have no such rules, so a trained model finds words and a dictionary finds line breaks.
/// Where both agree they are seldom wrong, and the dictionary costs almost no time.
pub(super) fn boundaries(text: &str) -> Vec<usize> {
    let words = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    let lines = LineSegmenter::new_dictionary(LineBreakOptions::default());
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
        assert_eq!(parts("กระบวนการเก็บน้ำตาล"), "กระบวนการ|เก็บ|น้ำตาล");
    }
}
