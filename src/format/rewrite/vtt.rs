//! WebVTT.

use super::retold::{self, Node, retold};
use super::{Change, Slot, lines, patched};
use crate::document::Cue;
use crate::format::escape::unescape;
use crate::format::vtt;
use crate::format::vtt::timestamp::{self, Timings};
use crate::format::vtt::token::{Token, tokens};

pub(super) fn slots(text: &str) -> Vec<Slot> {
    let lines = lines(text);
    let mut slots = Vec::new();
    for (n, (at, line)) in lines.iter().enumerate() {
        let Some(Timings { span, .. }) = timestamp::timings(line) else { continue };
        let count =
            lines[n + 1..].iter().take_while(|(_, line)| !line.is_empty() && !line.contains("-->")).count();
        let text_start = lines.get(n + 1).map_or(text.len(), |(at, _)| *at);
        let text_end = if count == 0 { text_start } else { lines[n + count].0 + lines[n + count].1.len() };
        let is_name = |line: &str| !line.is_empty() && !line.contains("-->");
        let has_name = n > 1 && is_name(lines[n - 1].1) && lines[n - 2].1.is_empty();
        let arrow = line.find("-->").unwrap_or(0);
        let start = at + (line.len() - line.trim_start().len());
        let after = &line[arrow + 3..];
        let end = at + arrow + 3 + (after.len() - after.trim_start().len());
        let end_length = after.trim_start().find([' ', '\t']).unwrap_or(after.trim_start().len());
        slots.push(Slot {
            span,
            whole: if has_name { lines[n - 1].0 } else { *at }..(text_end + 1).min(text.len()),
            start: start..at + line[..arrow].trim_end().len(),
            end: end..end + end_length,
            text: text_start..text_end,
            index: None,
        });
    }
    slots
}

pub(super) fn changed(text: &str, slot: &Slot, change: Change<'_>) -> Option<String> {
    let mut patches = Vec::new();
    if change.has_span() {
        patches.extend(slot.times(change.new.span, |time| time.to_string()));
    }
    if change.has_text() {
        let retold = retold(&nodes(text, slot), change, vtt::escaped);
        patches.extend(retold.unwrap_or_else(|| vec![(slot.text.clone(), payload(change))]));
    }
    Some(patched(text, slot.whole.clone(), patches))
}

/// Returns the words of a cue in the file.
fn nodes(text: &str, slot: &Slot) -> Vec<Node> {
    let shown = |text: &str| unescape(&htmlize::unescape(text));
    let node = |(at, token): (usize, Token<'_>)| match token {
        Token::Text(text) => retold::nodes(slot.text.start + at, text, shown),
        Token::Stray => retold::nodes(slot.text.start + at, "<", shown),
        _ => Vec::new(),
    };
    tokens(&text[slot.text.clone()]).into_iter().flat_map(node).collect()
}

/// Returns the text of a cue; word times are written if the cue had some.
fn payload(change: Change<'_>) -> String {
    vtt::payload(change.new, !change.old.words.is_empty(), true)
}

pub(super) fn new(_: &str, _: Option<&Slot>, cue: &Cue, _: usize) -> Option<String> {
    let settings = vtt::settings(cue);
    let text = vtt::payload(cue, !cue.words.is_empty(), true);
    Some(format!("{} --> {}{settings}\n{text}\n", cue.span.start, cue.span.end))
}
