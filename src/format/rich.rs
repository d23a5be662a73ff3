//! Text with styles, read and written piece by piece.

use std::cmp::Reverse;

use crate::document::style::{self, Style, Styled};

/// The text of a cue while a reader goes through its markup.
#[derive(Debug, Default)]
pub(crate) struct Rich {
    pub text: String,
    pub styles: Vec<Styled>,
    /// Open styles: tag name and starting byte of each.
    open: Vec<(String, usize, Option<Style>)>,
}

impl Rich {
    /// Opens a tag; one without a style has no effect.
    pub fn open(&mut self, tag: &str, style: Option<Style>) {
        self.open.push((tag.to_owned(), self.text.len(), style));
    }

    /// Closes the innermost tag with this name, if there is one.
    pub fn close(&mut self, tag: &str) {
        if let Some(place) = self.open.iter().rposition(|(open, ..)| open == tag) {
            let (_, start, style) = self.open.remove(place);
            self.put(start, style);
        }
    }

    /// Closes all tags with this name.
    pub fn close_every(&mut self, tag: &str) {
        while self.open.iter().any(|(open, ..)| open == tag) {
            self.close(tag);
        }
    }

    /// Closes everything open.
    pub fn close_all(&mut self) {
        while let Some((_, start, style)) = self.open.pop() {
            self.put(start, style);
        }
    }

    /// Adds markup at a single position.
    pub fn point(&mut self, source: &str) {
        let at = self.text.len();
        let style = Style::Foreign { open: source.to_owned(), close: String::new() };
        self.styles.push(Styled { range: at..at, style });
    }

    fn put(&mut self, start: usize, style: Option<Style>) {
        if let Some(style) = style.filter(|_| start < self.text.len()) {
            self.styles.push(Styled { range: start..self.text.len(), style });
        }
    }

    /// Returns the styles for the text once it is cleaned to `text`, ordered by start.
    pub fn styles_of(&mut self, text: &str) -> Vec<Styled> {
        self.close_all();
        let mut styles = joined(&style::follow(&self.styles, &self.text, text));
        styles.sort_by(|a, b| order(a).cmp(&order(b)));
        styles
    }
}

/// Outer styles come before inner ones.
fn order(styled: &Styled) -> (usize, Reverse<usize>, &Style) {
    (styled.range.start, Reverse(styled.range.end), &styled.style)
}

/// The tags before and after text with a style.
pub(crate) type Tags = (String, String);

/// Writes text with its styles: `tags` returns the tags of a style, `escape` escapes the text between them. `stamps`
/// are pieces of markup with the bytes of the text that they precede, in order. Tags are nested.
pub(crate) fn weave(
    text: &str,
    styles: &[Styled],
    stamps: &[(usize, String)],
    tags: impl Fn(&Style) -> Option<Tags>,
    escape: impl Fn(&str) -> String,
) -> String {
    let mut spans: Vec<_> = joined(styles)
        .into_iter()
        .filter(|styled| text.get(styled.range.clone()).is_some())
        .filter_map(|styled| Some((styled.range, tags(&styled.style)?)))
        .collect();
    spans.sort_by_key(|(range, _)| (range.start, Reverse(range.end)));
    let mut cuts: Vec<usize> = spans.iter().flat_map(|(range, _)| [range.start, range.end]).collect();
    cuts.extend(stamps.iter().map(|(at, _)| *at).chain([0, text.len()]));
    cuts.sort_unstable();
    cuts.dedup();
    let mut written = String::with_capacity(text.len());
    let mut open: Vec<(usize, &Tags)> = Vec::new();
    for (n, &at) in cuts.iter().enumerate() {
        close_to(at, &mut open, &mut written);
        for (range, tags) in spans.iter().filter(|(range, _)| range.start == at) {
            written.push_str(&tags.0);
            match range.end > at {
                true => open.push((range.end, tags)),
                false => written.push_str(&tags.1),
            }
        }
        stamps.iter().filter(|(stamp, _)| *stamp == at).for_each(|(_, stamp)| written.push_str(stamp));
        if let Some(&next) = cuts.get(n + 1) {
            written.push_str(&escape(&text[at..next]));
        }
    }
    written
}

/// Merges adjacent parts with the same style, because a tag inside one of the same kind would end both.
fn joined(styles: &[Styled]) -> Vec<Styled> {
    let (foreign, plain): (Vec<_>, Vec<_>) =
        styles.iter().cloned().partition(|styled| matches!(styled.style, Style::Foreign { .. }));
    let with = |all: Vec<Styled>, own: Styled| style::with(&all, own.range, &own.style);
    let mut all = plain.into_iter().fold(Vec::new(), with);
    all.extend(foreign);
    all
}

/// Closes the tags that end at a position; tags inside them are closed and reopened.
fn close_to(at: usize, open: &mut Vec<(usize, &Tags)>, written: &mut String) {
    let Some(first) = open.iter().position(|(end, _)| *end <= at) else { return };
    open[first..].iter().rev().for_each(|(_, tags)| written.push_str(&tags.1));
    let inner: Vec<_> = open.drain(first..).filter(|(end, _)| *end > at).collect();
    for tag in inner {
        written.push_str(&tag.1.0);
        open.push(tag);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(style: &Style) -> Option<Tags> {
        let name = match style {
            Style::Italic => "i",
            Style::Bold => "b",
            Style::Foreign { open, close } => return Some((open.clone(), close.clone())),
            _ => return None,
        };
        Some((format!("<{name}>"), format!("</{name}>")))
    }

    #[test]
    fn tags_are_nested_whatever_the_styles() {
        let mut rich = Rich::default();
        rich.open("i", Some(Style::Italic));
        rich.text.push_str("a ");
        rich.open("b", Some(Style::Bold));
        rich.point("{x}");
        rich.text.push('b');
        rich.close("i");
        rich.open("u", Some(Style::Underline));
        rich.text.push_str(" c");
        rich.close("none");
        let text = rich.text.clone();
        let styles = rich.styles_of(&text);
        let written = weave(&text, &styles, &[(2, "@".to_owned())], tags, str::to_uppercase);
        assert_eq!(written, "<i>A <b>{x}@B</b></i><b> C</b>");
        assert_eq!(weave("plain", &[], &[], tags, str::to_owned), "plain");
    }
}
