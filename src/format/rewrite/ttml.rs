//! TTML: changes the text of a paragraph between its tags, which stay unchanged.

use std::ops::Range;

use quick_xml::escape::partial_escape;

use super::retold::{self, Node, retold};
use super::{Change, Slot, patched};
use crate::document::Cue;
use crate::document::style::Style;
use crate::format::rich::{Tags, weave};
use crate::format::ttml::time::{self, Rates};
use crate::format::xml::{self, Element};
use crate::time::TimeSpan;

pub(super) fn slots(text: &str) -> Vec<Slot> {
    let Ok(elements) = xml::elements(text) else { return Vec::new() };
    let Some(root) = elements.first() else { return Vec::new() };
    let value = |name| root.attributes.iter().find(|own| own.name == name).map(|own| own.value.as_str());
    let rates = Rates::new(value("frameRate"), value("frameRateMultiplier"), value("tickRate"));
    let paragraphs =
        elements.iter().filter(|element| element.name == "p" && !is_in_timed(&elements, element));
    paragraphs.filter_map(|paragraph| slot(text, paragraph, rates)).collect()
}

/// Returns whether times are relative to those of an enclosing element.
fn is_in_timed(elements: &[Element], element: &Element) -> bool {
    let Some(parent) = element.parent.map(|place| &elements[place]) else { return false };
    let is_timed = ["begin", "end", "dur"].iter().any(|name| parent.attribute("", name).is_some());
    is_timed || is_in_timed(elements, parent)
}

fn slot(text: &str, paragraph: &Element, rates: Rates) -> Option<Slot> {
    let value = |name| paragraph.attribute("", name).and_then(|value| time::parse(value, rates));
    let (start, end) = (value("begin")?.time, value("end")?.time);
    Some(Slot {
        span: TimeSpan::new(start, end),
        whole: paragraph.tag.start..paragraph.end,
        start: attribute(text, paragraph, "begin")?,
        end: attribute(text, paragraph, "end")?,
        text: paragraph.inside.clone(),
        index: None,
    })
}

/// Returns the byte range of an attribute's value in the tag of an element.
fn attribute(text: &str, element: &Element, name: &str) -> Option<Range<usize>> {
    let tag = &text[element.tag.clone()];
    let is_start = |at: usize| tag[..at].ends_with(char::is_whitespace);
    let (at, _) = tag.match_indices(name).find(|(at, _)| is_start(*at))?;
    let after = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let length = after[1..].find(quote)?;
    let start = element.tag.start + tag.len() - after.len() + 1;
    Some(start..start + length)
}

pub(super) fn changed(text: &str, slot: &Slot, change: Change<'_>) -> Option<String> {
    let mut patches = Vec::new();
    if change.has_span() {
        patches.extend(slot.times(change.new.span, |time| time.to_string()));
    }
    if change.has_text() {
        patches.extend(match retold(&nodes(text, slot), change, escaped) {
            Some(retold) => retold,
            None => vec![(slot.text.clone(), restyled(text, slot, change.new)?)],
        });
    }
    Some(patched(text, slot.whole.clone(), patches))
}

/// Returns the text of a paragraph with new styles; `None` if it already has elements, which they might overlap.
fn restyled(text: &str, slot: &Slot, cue: &Cue) -> Option<String> {
    let content = &text[slot.text.clone()];
    let is_plain = content.match_indices('<').all(|(at, _)| content[at..].starts_with("<br"));
    (is_plain && text.contains("xmlns:tts=")).then(|| weave(&cue.text, &cue.styles, &[], tags, escaped))
}

fn tags(style: &Style) -> Option<Tags> {
    let what = match style {
        Style::Italic => r#"fontStyle="italic""#.to_owned(),
        Style::Bold => r#"fontWeight="bold""#.to_owned(),
        Style::Underline => r#"textDecoration="underline""#.to_owned(),
        Style::Strike => r#"textDecoration="lineThrough""#.to_owned(),
        Style::Color(color) => format!("color=\"{color}\""),
        Style::Foreign { .. } => return None,
    };
    Some((format!("<span tts:{what}>"), "</span>".to_owned()))
}

fn escaped(text: &str) -> String {
    text.split('\n').map(|line| partial_escape(line).into_owned()).collect::<Vec<_>>().join("<br/>")
}

/// Returns the words and line breaks of a paragraph in the file.
fn nodes(text: &str, slot: &Slot) -> Vec<Node> {
    let content = &text[slot.text.clone()];
    let shown = |text: &str| quick_xml::escape::unescape(text).unwrap_or_default().replace('\n', " ");
    let (mut nodes, mut at, mut hidden) = (Vec::new(), 0, 0_usize);
    while at < content.len() {
        let (rest, place) = (&content[at..], slot.text.start + at);
        let until = |end: &str| rest.find(end).map_or(rest.len(), |at| at + end.len());
        let length = match rest {
            rest if rest.starts_with("<![CDATA[") => until("]]>"),
            rest if rest.starts_with("<!--") => until("-->"),
            rest if rest.starts_with('<') => until(">"),
            rest => rest.find('<').unwrap_or(rest.len()),
        };
        let piece = &rest[..length];
        let name = local_name(piece);
        let change = if piece.starts_with("</") { -1 } else { isize::from(!piece.ends_with("/>")) };
        if HIDDEN.contains(&name) {
            hidden = hidden.saturating_add_signed(change);
        } else if let Some(literal) = piece.strip_prefix("<![CDATA[").filter(|_| hidden == 0) {
            let shown = literal.trim_end_matches("]]>").to_owned();
            nodes.push(Node { place: place..place + length, shown });
        } else if name == "br" {
            nodes.push(Node { place: place..place + length, shown: "\n".to_owned() });
        } else if !piece.starts_with('<') && hidden == 0 {
            nodes.extend(retold::nodes(place, piece, shown));
        }
        at += length;
    }
    nodes
}

/// Elements whose text is not shown.
const HIDDEN: [&str; 5] = ["metadata", "desc", "copyright", "title", "name"];

/// Returns the name of a tag without its prefix.
fn local_name(tag: &str) -> &str {
    let Some(inside) = tag.strip_prefix('<') else { return "" };
    let name = inside.trim_start_matches('/').split([' ', '\t', '\n', '/', '>']).next().unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default()
}

/// Returns a new paragraph like the one before it.
pub(super) fn new(text: &str, like: Option<&Slot>, cue: &Cue, _: usize) -> Option<String> {
    let slot = like?;
    let tag = &text[slot.whole.start..slot.text.start];
    // Identifiers must be unique.
    if tag.contains("xml:id") {
        return None;
    }
    let patches = vec![
        (slot.start.clone(), cue.span.start.to_string()),
        (slot.end.clone(), cue.span.end.to_string()),
        (slot.text.clone(), escaped(&cue.text)),
    ];
    Some(patched(text, slot.whole.clone(), patches))
}
