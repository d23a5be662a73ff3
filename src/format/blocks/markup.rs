//! The markup found in SRT files, although SRT defines none: HTML's formatting tags and ASS overrides.

use crate::document::style::{Place, Style};
use crate::format::escape::unescape;
use crate::format::rich::{Rich, Tags};
use crate::format::{color, overrides};

/// The tags that players know; anything else between `<` and `>` is text.
const TAGS: [&str; 11] = ["i", "b", "u", "s", "em", "strong", "strike", "font", "c", "span", "br"];

/// A part of a line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece<'a> {
    Text(&'a str),
    /// An opening tag: its name in lower case, and its source.
    Open {
        name: String,
        source: &'a str,
    },
    /// A closing tag.
    Close {
        name: String,
    },
    /// `<br>`
    Break,
    /// The source of an ASS override such as `{\an8}`.
    Override(&'a str),
}

/// Splits a line into text and markup, each with its first byte.
pub(crate) fn pieces(line: &str) -> Vec<(usize, Piece<'_>)> {
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    let text = |from: usize, to: usize| (from < to).then(|| (from, Piece::Text(&line[from..to])));
    while let Some(next) = line[at..].find(['<', '{']).map(|next| at + next) {
        match markup(&line[next..]) {
            Some((length, piece)) => {
                pieces.extend(text(from, next));
                pieces.push((next, piece));
                (from, at) = (next + length, next + length);
            }
            None => at = next + 1,
        }
    }
    pieces.extend(text(from, line.len()));
    pieces
}

/// Parses the markup at the beginning of `text`, and returns its length.
fn markup(text: &str) -> Option<(usize, Piece<'_>)> {
    if text.starts_with('{') { override_tag(text) } else { tag(text) }
}

/// Parses an override. It contains no brace, so the search stays short.
fn override_tag(text: &str) -> Option<(usize, Piece<'_>)> {
    let inside = text.strip_prefix("{\\")?;
    let end = inside.find(['{', '}'])?;
    inside[end..].starts_with('}').then(|| (end + 3, Piece::Override(&text[..end + 3])))
}

/// Parses a tag. It contains no `<`.
fn tag(text: &str) -> Option<(usize, Piece<'_>)> {
    let inside = text.strip_prefix('<')?;
    let end = inside.find(['<', '>'])?;
    let is_end = inside.starts_with('/');
    let inside = inside[..end].trim_start_matches('/').trim_end().trim_end_matches('/').trim_end();
    let name = inside.split([' ', '.', '\t']).next().unwrap_or_default().to_ascii_lowercase();
    if !text[1 + end..].starts_with('>') || !TAGS.contains(&name.as_str()) {
        return None;
    }
    let piece = match name.as_str() {
        "br" => Piece::Break,
        _ if is_end => Piece::Close { name },
        _ => Piece::Open { name, source: &text[..end + 2] },
    };
    Some((end + 2, piece))
}

/// Reads a line with its markup.
pub(super) fn read(line: &str, rich: &mut Rich, place: &mut Option<Place>) {
    for (_, piece) in pieces(line) {
        match piece {
            Piece::Text(text) => rich.text.push_str(&unescape(text)),
            Piece::Break => rich.text.push('\n'),
            Piece::Open { name, source } => {
                let style = style(&name, source);
                rich.open(&name, Some(style));
            }
            Piece::Close { name } => rich.close(&name),
            Piece::Override(source) => {
                let (_, tags) = overrides::divided(source);
                tags.into_iter().for_each(|tag| overrides::read(tag, rich, place));
            }
        }
    }
}

/// Returns the style of a tag. A `font` tag with a colour and nothing else is that colour.
fn style(name: &str, source: &str) -> Style {
    let foreign = || Style::Foreign { open: source.to_owned(), close: format!("</{name}>") };
    match name {
        "i" | "em" => Style::Italic,
        "b" | "strong" => Style::Bold,
        "u" => Style::Underline,
        "s" | "strike" => Style::Strike,
        "font" => {
            let inside =
                source[1..source.len() - 1].trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim();
            let value = inside.strip_prefix("color").and_then(|rest| rest.trim_start().strip_prefix('='));
            value.and_then(color::parse).map_or_else(foreign, Style::Color)
        }
        _ => foreign(),
    }
}

/// Returns the tags for a style; `own` includes tags that no other format has.
pub(super) fn tags(style: &Style, own: bool) -> Option<Tags> {
    let tag = |name| Some((format!("<{name}>"), format!("</{name}>")));
    match style {
        Style::Italic => tag("i"),
        Style::Bold => tag("b"),
        Style::Underline => tag("u"),
        Style::Strike => tag("s"),
        Style::Color(color) => Some((format!("<font color=\"{color}\">"), "</font>".to_owned())),
        Style::Foreign { open, close } => own.then(|| (open.clone(), close.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_text_stays() {
        let cases = [
            ("<i>a</i> < b > <B>c</b >", "a < b > c"),
            ("<font color=\"#fff\">a</font>", "a"),
            ("{\\an8}{\\pos(10,20)}a{\\i0}", "a"),
            ("a<br/>b<BR>c", "a\nb\nc"),
            (
                "vector<int> <div> <script>x</script> {1, 2} {an8}",
                "vector<int> <div> <script>x</script> {1, 2} {an8}",
            ),
            ("<i", "<i"),
            ("{\\an8", "{\\an8"),
            ("<<i>>", "<>"),
        ];
        for (line, text) in cases {
            let mut rich = Rich::default();
            read(line, &mut rich, &mut None);
            assert_eq!(rich.text, text, "{line}");
        }
    }
}
