//! Converts the recognizer's tokens to words.

use crate::time::{MediaTime, TimeSpan};
use crate::transcript::script::is_spaceless;
use crate::transcript::{Certainty, TermPart, Word};

/// A piece of text from the model: often less than a word, sometimes less than a character.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// UTF-8, possibly cut inside a character.
    pub bytes: Vec<u8>,
    /// From 0 to 1.
    pub probability: f32,
    /// Start of the token in speech; it lasts until the next one begins.
    pub start: MediaTime,
    /// Its place in a term of the vocabulary.
    pub listed: Option<TermPart>,
}

/// Joins tokens to words. A word begins at a space; in scripts without spaces, at every complete character or token.
/// Punctuation belongs to the adjacent word. Bytes that never become valid UTF-8 are replaced. The last word ends at
/// `end`.
pub fn words_of(tokens: &[Token], end: MediaTime) -> Vec<Word> {
    let mut words: Vec<Draft> = Vec::new();
    for piece in whole_characters(tokens, end) {
        match words.last_mut() {
            Some(word) if continues(word, &piece) => word.append(piece),
            _ => words.push(piece),
        }
    }
    words.into_iter().filter_map(Draft::finish).collect()
}

/// A word under construction; its text still includes the spaces of the tokens.
struct Draft {
    text: String,
    span: TimeSpan,
    certainty: Certainty,
    listed: Option<TermPart>,
}

impl Draft {
    fn append(&mut self, other: Self) {
        self.listed = listed_together(self, &other);
        self.text.push_str(&other.text);
        self.span = self.span.joined(other.span);
        self.certainty = self.certainty.and(other.certainty);
    }

    fn finish(self) -> Option<Word> {
        let text = self.text.trim();
        (!text.is_empty()).then(|| Word {
            text: text.to_owned(),
            span: self.span,
            probability: self.certainty.probability(),
            space_before: self.text.starts_with(char::is_whitespace),
            second: None,
            listed: self.listed,
        })
    }
}

/// What is known of the terms in two parts of a word. What stands in a term's place without the vocabulary keeps the
/// letters around the term; marks at the ends of a word belong to no text.
fn listed_together(one: &Draft, other: &Draft) -> Option<TermPart> {
    let letters = |text: &str| {
        if text.contains(char::is_alphanumeric) { text.trim().to_owned() } else { String::new() }
    };
    match (&one.listed, &other.listed) {
        (Some(TermPart::First { instead: Some(instead) }), None) => {
            Some(TermPart::First { instead: Some(format!("{instead}{}", letters(&other.text))) })
        }
        (None, Some(TermPart::First { instead: Some(instead) })) => {
            Some(TermPart::First { instead: Some(format!("{}{instead}", letters(&one.text))) })
        }
        (one, other) => one.clone().or_else(|| other.clone()),
    }
}

/// Joins tokens until their bytes are complete characters.
fn whole_characters(tokens: &[Token], end: MediaTime) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut bytes = Vec::new();
    let mut open: Option<(TimeSpan, f32, Option<TermPart>)> = None;
    for (index, token) in tokens.iter().enumerate() {
        bytes.extend_from_slice(&token.bytes);
        let span = TimeSpan::new(token.start, tokens.get(index + 1).map_or(end, |next| next.start));
        let (joined, product, listed) = open.take().unwrap_or((span, 1.0, None));
        let (span, probability) = (joined.joined(span), product * token.probability);
        let listed = listed.or_else(|| token.listed.clone());
        let is_last = index + 1 == tokens.len();
        if is_last || !ends_inside_character(&bytes) {
            let certainty = Certainty::of_token(&bytes, probability);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            drafts.push(Draft { text, span, certainty, listed });
            bytes.clear();
        } else {
            open = Some((span, probability, listed));
        }
    }
    drafts
}

fn ends_inside_character(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

fn continues(word: &Draft, next: &Draft) -> bool {
    let Some(first) = next.text.chars().next() else { return true };
    if first.is_whitespace() {
        return false;
    }
    let text = word.text.trim();
    let opens = text.chars().all(is_opening_mark);
    let closes = next.text.trim().chars().all(is_closing_mark);
    let last_letter = text.chars().rfind(|c| c.is_alphanumeric());
    let is_spaced = !is_spaceless(first) && !last_letter.is_some_and(is_spaceless);
    opens || closes || is_spaced
}

fn is_opening_mark(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '"' | '\'' | '«' | '“' | '‘' | '„' | '¿' | '¡' | '「' | '『' | '（' | '【' | '《'
    )
}

fn is_closing_mark(c: char) -> bool {
    !c.is_alphanumeric() && !is_opening_mark(c) && !c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Joins pieces that are spoken a tenth of a second apart, and marks words without a space before them with `|`.
    fn joined(pieces: &[&[u8]]) -> Vec<String> {
        let token = |(index, bytes): (usize, &&[u8])| Token {
            bytes: bytes.to_vec(),
            probability: 1.0,
            start: MediaTime::from_millis(index as i64 * 100),
            listed: None,
        };
        let tokens: Vec<_> = pieces.iter().enumerate().map(token).collect();
        let words = words_of(&tokens, MediaTime::from_millis(pieces.len() as i64 * 100));
        words.iter().map(|w| if w.space_before { w.text.clone() } else { format!("|{}", w.text) }).collect()
    }

    #[test]
    fn a_space_begins_a_word_and_punctuation_ends_it() {
        assert_eq!(joined(&[b" Phot", b"osynth", b"esis", b",", b" then"]), ["Photosynthesis,", "then"]);
        assert_eq!(joined(&[b" \"", b"Yes", b"\"", b" (", b"no", b")."]), ["\"Yes\"", "(no)."]);
        assert_eq!(joined(&[b" 1", b"-", b"12", b" %"]), ["1-12", "%"]);
        assert_eq!(joined(&[b" ", b" a", b" ", b"b"]), ["a", "b"]);
    }

    #[test]
    fn characters_cut_between_tokens_are_joined() {
        let smile = "\u{1F600}".as_bytes();
        assert_eq!(joined(&[b" a", b" ", &smile[..2], &smile[2..], b"!"]), ["a", "\u{1F600}!"]);
        assert_eq!(joined(&[b" caf", &[0xC3], &[0xA9]]), ["caf\u{e9}"]);
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced_and_nothing_is_lost() {
        assert_eq!(joined(&[b" ok", &[0xFF], b"ay"]), ["ok\u{FFFD}ay"]);
        assert_eq!(joined(&[b" end", &[0xE3, 0x81]]), ["end\u{FFFD}"]);
    }

    #[test]
    fn scripts_without_spaces_keep_their_tokens() {
        let pieces = ["光", "合成", "とは", "、", "「", "糖", "」", "です", "。"].map(str::as_bytes);
        assert_eq!(joined(&pieces), ["|光", "|合成", "|とは、", "|「糖」", "|です。"]);
        let mixed = [" Rust", "（", "言語", "）"].map(str::as_bytes);
        assert_eq!(joined(&mixed), ["Rust", "|（言語）"]);
    }

    #[test]
    fn a_word_lasts_until_the_next_begins() {
        let token = |text: &str, start, probability| Token {
            bytes: text.into(),
            probability,
            start: MediaTime::from_millis(start),
            listed: None,
        };
        let tokens =
            [token(" ab", 0, 0.5), token("c", 300, 0.5), token(",", 400, 1.0), token(" d", 500, 0.9)];
        let words = words_of(&tokens, MediaTime::from_millis(800));
        assert_eq!(words[0].span, TimeSpan::from_millis(0, 500));
        assert_eq!(words[0].probability, 0.25, "the product, and the comma does not count");
        assert_eq!(words[1].span, TimeSpan::from_millis(500, 800));
    }
}
