//! Cleans text and times for strict formats: the first step of every writer.

use crate::document::{Cue, Document, style};
use crate::format::words;
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{Language, Word};

/// Returns the visible cues in order of start, each with clean text and a span of at least a millisecond.
///
/// Cues without text are left out. Words are kept if they spell the text, and limited to the cue's span.
pub fn cues(document: &Document) -> Vec<Cue> {
    let mut cues: Vec<Cue> = document.cues.iter().filter_map(cue).collect();
    cues.sort_by_key(|cue| cue.span.start);
    cues
}

fn cue(cue: &Cue) -> Option<Cue> {
    let text = text(&cue.text);
    if text.is_empty() {
        return None;
    }
    let span = visible(cue.span);
    let speaker = cue.speaker.as_deref().map(line).filter(|name| !name.is_empty());
    let styles = style::follow(&cue.styles, &cue.text, &text);
    let words = clean_words(&cue.words, span);
    let mut cue = Cue { text, speaker, words, styles, span, ..cue.clone() };
    if words::pieces(&cue).is_none() {
        cue.words.clear();
    }
    Some(cue)
}

/// Returns a span that starts at zero or later and ends at least a millisecond after.
fn visible(span: TimeSpan) -> TimeSpan {
    let shortest = MediaTime::from_millis(1);
    let start = span.start.clamp(MediaTime::ZERO, MediaTime::MAX - shortest);
    TimeSpan::new(start, span.end.max(start + shortest))
}

/// Puts words in order and limits them to `span`.
fn clean_words(words: &[Word], span: TimeSpan) -> Vec<Word> {
    let mut earliest = span.start;
    let clean = |word: &Word| {
        let start = word.span.start.clamp(earliest, span.end);
        let end = word.span.end.clamp(start, span.end);
        earliest = end;
        let probability = if word.probability.is_finite() { word.probability.clamp(0.0, 1.0) } else { 0.0 };
        Word { text: line(&word.text), span: TimeSpan::new(start, end), probability, ..word.clone() }
    };
    words.iter().map(clean).filter(|word| !word.text.is_empty()).collect()
}

/// Returns text that every format can hold: lines separated by `\n`, none of them blank or with white space at its
/// ends.
///
/// Tabs become spaces. These are dropped: control characters, Unicode noncharacters, U+FFFD, byte order marks, word
/// joiners (which mark escaped text), and the bidirectional embeddings, overrides and isolates, which could reorder
/// text around a cue. Marks that only state a direction (U+200E, U+200F, U+061C) stay.
pub fn text(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for line in text.split(is_line_break) {
        let line: String = line.chars().filter_map(printable).collect();
        let line = line.trim();
        if !clean.is_empty() && !line.is_empty() {
            clean.push('\n');
        }
        clean.push_str(line);
    }
    clean
}

/// Returns text on one line, such as a title or a name.
pub fn line(line: &str) -> String {
    text(line).replace('\n', " ")
}

/// Returns whether cleaning drops more than white space.
pub fn drops_characters(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace() && printable(c).is_none())
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn printable(c: char) -> Option<char> {
    let is_no_character = (c as u32 & 0xfffe) == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&c);
    match c {
        '\t' => Some(' '),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2060}' | '\u{feff}' | '\u{fffd}' => None,
        c if c.is_control() || is_no_character => None,
        c => Some(c),
    }
}

/// Returns the tag in the form that XML and HTML accept, such as `pt-BR`; `und` if it has no such form.
pub fn language_tag(language: &Language) -> String {
    let tag = line(language.tag()).replace('_', "-");
    let is_subtag =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let starts_with_letters =
        tag.split('-').next().is_some_and(|primary| primary.bytes().all(|byte| byte.is_ascii_alphabetic()));
    if starts_with_letters && tag.split('-').all(is_subtag) { tag } else { "und".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_keeps_what_people_read_and_drops_what_breaks_files() {
        assert_eq!(text("a\rb\r\n\r\n c\u{2028}d \n"), "a\nb\nc\nd");
        assert_eq!(text("nul\0 \u{1b}[31m\u{fffe}\u{7f}\tend"), "nul [31m end");
        assert_eq!(text("e\u{301} \u{200f}שלום {\\an8} <b> -->"), "e\u{301} \u{200f}שלום {\\an8} <b> -->");
        assert_eq!(text("\0 \n\u{1}\n"), "");
        assert_eq!(text("a\u{202e}b\u{2069}c\u{fffd}d\u{feff}\u{2060}"), "abcd");
        assert!(drops_characters("a\0") && !drops_characters("a\t\r\n b\u{2028}"));
        assert_eq!(line("Dr.\nAda \n Smith"), "Dr. Ada Smith");
    }

    #[test]
    fn spans_become_visible_and_sorted() {
        let cue = |start, end, text: &str| Cue {
            span: TimeSpan::from_millis(start, end),
            text: text.to_owned(),
            ..Cue::default()
        };
        let document = Document {
            cues: vec![cue(9, 3, "b"), cue(-5, -1, "a"), cue(1, 2, " \0")],
            ..Document::default()
        };
        let spans: Vec<_> = cues(&document).into_iter().map(|cue| (cue.text, cue.span)).collect();
        assert_eq!(
            spans,
            [("a".to_owned(), TimeSpan::from_millis(0, 1)), ("b".to_owned(), TimeSpan::from_millis(9, 10))]
        );
    }

    #[test]
    fn words_that_no_longer_spell_the_text_are_dropped() {
        let word = |text: &str, start, end| Word {
            probability: 0.5,
            ..Word::new(text, TimeSpan::from_millis(start, end))
        };
        let mut cue = Cue {
            span: TimeSpan::from_millis(100, 200),
            text: "Good\nmorning".to_owned(),
            words: vec![word("Good", 90, 150), word("morning", 140, 250)],
            ..Cue::default()
        };
        let document = |cue: &Cue| Document { cues: vec![cue.clone()], ..Document::default() };
        let spans: Vec<_> = cues(&document(&cue))[0].words.iter().map(|word| word.span).collect();
        assert_eq!(spans, [TimeSpan::from_millis(100, 150), TimeSpan::from_millis(150, 200)]);
        cue.text = "Good evening".to_owned();
        assert!(cues(&document(&cue))[0].words.is_empty());
    }

    #[test]
    fn language_tags_are_well_formed() {
        for (tag, clean) in [
            ("en", "en"),
            ("pt_BR", "pt-BR"),
            ("zh-Hant", "zh-Hant"),
            ("\0nd", "nd"),
            ("portuguese", "und"),
            ("a\"b", "und"),
        ] {
            assert_eq!(language_tag(&Language::new(tag)), clean);
        }
    }
}
