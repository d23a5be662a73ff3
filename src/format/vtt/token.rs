//! Divides the text of a WebVTT cue into text and tags, after the "WebVTT cue text tokenizer".
//!
//! Browsers take every `<` for the beginning of a tag and hide what follows, as in `if x < y`. Here it begins a tag only
//! where the name is that of a tag and a `>` follows, so that nothing which people can read is lost.

use super::timestamp;
use crate::time::MediaTime;

/// The tags of WebVTT.
pub(crate) const TAGS: [&str; 8] = ["c", "i", "b", "u", "ruby", "rt", "v", "lang"];
/// Tags of HTML that stray into WebVTT, where they mean nothing.
const FOREIGN_TAGS: [&str; 8] = ["font", "s", "em", "strong", "strike", "span", "br", "p"];

/// A part of a cue's text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Token<'a> {
    /// Text with its character references as they stand.
    Text(&'a str),
    /// A `<` that begins no tag.
    Stray,
    Open(Tag<'a>),
    /// The name of the tag that ends.
    Close(&'a str),
    Time(MediaTime),
    /// What looks like a time and is none.
    WrongTime,
}

/// A tag that begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tag<'a> {
    pub name: &'a str,
    /// What follows the name, from its first dot: `.loud.red`.
    pub classes: &'a str,
    /// What follows white space, as the name of a voice does.
    pub annotation: &'a str,
    /// The tag as it stands.
    pub source: &'a str,
}

/// The tokens of a cue's text, each with the byte where it begins.
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

/// The tag at the beginning of `text`, and its length.
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
