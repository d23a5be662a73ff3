//! Splits the text of a WebVTT cue into text and tags, following the "WebVTT cue text tokenizer".
//!
//! Browsers take every `<` for the beginning of a tag and hide the text after it, as in `if x < y`. Here it begins a
//! tag only if a known tag name and a `>` follow, so that no readable text is lost.

use super::timestamp;
use crate::time::MediaTime;

/// The tags of WebVTT.
pub(crate) const TAGS: [&str; 8] = ["c", "i", "b", "u", "ruby", "rt", "v", "lang"];
/// HTML tags that occur in WebVTT by mistake, where they have no effect.
const FOREIGN_TAGS: [&str; 8] = ["font", "s", "em", "strong", "strike", "span", "br", "p"];

/// A part of a cue's text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Token<'a> {
    /// Text with its character references unchanged.
    Text(&'a str),
    /// A `<` that does not begin a tag.
    Stray,
    Open(Tag<'a>),
    /// A closing tag, by name.
    Close(&'a str),
    Time(MediaTime),
    /// Something like a time that is invalid.
    WrongTime,
}

/// An opening tag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tag<'a> {
    pub name: &'a str,
    /// The text after the name, from its first dot: `.loud.red`.
    pub classes: &'a str,
    /// The text after white space, such as the name of a voice.
    pub annotation: &'a str,
    /// The source of the tag.
    pub source: &'a str,
}

/// Returns the tokens of a cue's text, each with its first byte.
pub(crate) fn tokens(source: &str) -> Vec<(usize, Token<'_>)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < source.len() {
        let rest = &source[at..];
        let (length, token) = match rest.find('<') {
            Some(0) => tag(rest).unwrap_or((1, Token::Stray)),
            Some(end) => (end, Token::Text(&rest[..end])),
            None => (rest.len(), Token::Text(rest)),
        };
        tokens.push((at, token));
        at += length;
    }
    tokens
}

/// Parses the tag at the beginning of `text`, and returns its length.
fn tag(text: &str) -> Option<(usize, Token<'_>)> {
    let end = text[1..].find(['<', '>']).map(|end| end + 1)?;
    let inside = &text[1..end];
    if !text[end..].starts_with('>') {
        return None;
    }
    let token = match inside.strip_prefix('/') {
        Some(name) if is_tag(name.trim_end()) => Token::Close(name.trim_end()),
        Some(_) => return None,
        None => open(inside, &text[..=end])?,
    };
    Some((end + 1, token))
}

fn open<'a>(inside: &'a str, source: &'a str) -> Option<Token<'a>> {
    if let Some((time, "")) = timestamp::collect(inside) {
        return Some(Token::Time(time));
    }
    if inside.contains(':') && inside.bytes().all(|byte| byte.is_ascii_digit() || b":.,".contains(&byte)) {
        return Some(Token::WrongTime);
    }
    let (head, annotation) = inside.split_once([' ', '\t', '\u{c}', '\n']).unwrap_or((inside, ""));
    let (name, classes) = head.split_at(head.find('.').unwrap_or(head.len()));
    let name = name.trim_end_matches('/');
    is_tag(name).then_some(Token::Open(Tag { name, classes, annotation, source }))
}

fn is_tag(name: &str) -> bool {
    TAGS.contains(&name) || FOREIGN_TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_are_tags() {
        for text in ["x < y", "if x<y then", "vector<int> v", "a <> b", "<- here", "a<b", "1<2>0", "<i"] {
            let is_tag =
                tokens(text).iter().any(|(_, token)| !matches!(token, Token::Text(_) | Token::Stray));
            assert!(!is_tag, "{text}: {:?}", tokens(text));
        }
        let tags = tokens("<v.loud Ada>Hi <i>you</i> <00:01.000>now<00:1>");
        let kinds: Vec<_> = tags.iter().filter(|(_, token)| !matches!(token, Token::Text(_))).collect();
        assert_eq!(kinds.len(), 5);
        let Token::Open(tag) = kinds[0].1 else { panic!("{kinds:?}") };
        assert_eq!((tag.name, tag.classes, tag.annotation), ("v", ".loud", "Ada"));
        assert_eq!((kinds[2].1, kinds[4].1), (Token::Close("i"), Token::WrongTime));
    }
}
