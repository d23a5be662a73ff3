//! Changes the text of a cue word by word, so that the markup between the words stays unchanged.

use std::ops::Range;

use super::Change;
use crate::document::style;

/// A piece of a file that shows text, and the text it shows.
#[derive(Debug)]
pub(super) struct Node {
    pub place: Range<usize>,
    pub shown: String,
}

/// Splits text without markup into nodes: one per word, character reference or white space. `shown` returns the text
/// that a piece shows.
pub(super) fn nodes(from: usize, text: &str, shown: impl Fn(&str) -> String) -> Vec<Node> {
    let kind = |c: char| (c == '\n', c.is_whitespace());
    let mut nodes = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let reference = rest.starts_with('&').then(|| rest.find(';')).flatten();
        let length = match reference.filter(|&end| shown(&rest[..=end]) != rest[..=end]) {
            Some(end) => end + 1,
            None => {
                let goes_on = |(n, c): (usize, char)| n > 0 && (kind(c) != kind(first) || c == '&');
                rest.char_indices().find(|&found| goes_on(found)).map_or(rest.len(), |(n, _)| n)
            }
        };
        nodes.push(Node { place: from + at..from + at + length, shown: shown(&rest[..length]) });
        at += length;
    }
    nodes
}

/// Returns the replacements for nodes that change; `None` if the styles change too, or there is no text yet.
pub(super) fn retold(
    nodes: &[Node],
    change: Change<'_>,
    escaped: impl Fn(&str) -> String,
) -> Option<Vec<(Range<usize>, String)>> {
    let Change { old, new, is_anew, .. } = change;
    let is_restyled = new.styles != style::follow(&old.styles, &old.text, &new.text);
    if is_anew || is_restyled || new.speaker != old.speaker || nodes.is_empty() {
        return None;
    }
    let shown: String = nodes.iter().map(|node| node.shown.as_str()).collect();
    let mut at = 0;
    let ends = nodes.iter().map(|node| {
        at += node.shown.len();
        at
    });
    let in_old = to_end(style::moved(&shown, &old.text, &ends.collect::<Vec<_>>()), &old.text);
    let in_new = to_end(style::moved(&old.text, &new.text, &in_old), &new.text);
    let mut from = (0, 0);
    let mut patches = Vec::new();
    for (node, to) in nodes.iter().zip(in_old.into_iter().zip(in_new)) {
        let (before, after) = (&old.text[from.0..to.0], &new.text[from.1..to.1]);
        if before != after {
            patches.push((node.place.clone(), escaped(after)));
        }
        from = to;
    }
    Some(patches)
}

/// Returns the ends, with the last one moved to the end of the text.
fn to_end(mut ends: Vec<usize>, text: &str) -> Vec<usize> {
    if let Some(last) = ends.last_mut() {
        *last = text.len();
    }
    ends
}
