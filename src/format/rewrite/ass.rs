//! Advanced SubStation.

use super::retold::{self, Node, retold};
use super::{Change, Slot, lines, patched};
use crate::document::Cue;
use crate::format::ass::{self, Columns};
use crate::format::escape::JOINER;
use crate::time::TimeSpan;

pub(super) fn slots(text: &str) -> Vec<Slot> {
    let mut columns = Columns::default();
    let mut in_events = false;
    let mut slots = Vec::new();
    for (at, line) in lines(text) {
        let trimmed = line.trim_start();
        if trimmed.starts_with('[') {
            in_events = trimmed.trim_end().eq_ignore_ascii_case("[events]");
        }
        let Some((key, value)) = trimmed.split_once(':') else { continue };
        match key.trim().to_ascii_lowercase().as_str() {
            "format" if in_events => columns = Columns::parse(value).unwrap_or(columns),
            "dialogue" => slots.extend(slot(at, line, value, columns)),
            _ => {}
        }
    }
    slots
}

fn slot(at: usize, line: &str, value: &str, columns: Columns) -> Option<Slot> {
    let mut from = at + line.len() - value.len();
    let fields = value.splitn(columns.count, ',').map(|field| {
        let range = from..from + field.len();
        from = range.end + 1;
        (field, range)
    });
    let fields: Vec<_> = fields.collect();
    let (start, start_range) = fields.get(columns.start)?;
    let (end, end_range) = fields.get(columns.end)?;
    let (_, text) = fields.get(columns.count - 1)?;
    Some(Slot {
        span: TimeSpan::new(ass::time(start.trim())?, ass::time(end.trim())?),
        whole: at..at + line.len() + 1,
        start: start_range.clone(),
        end: end_range.clone(),
        text: text.clone(),
        index: columns.name.and_then(|name| fields.get(name)).map(|(_, range)| range.clone()),
    })
}

pub(super) fn changed(text: &str, slot: &Slot, change: Change<'_>) -> Option<String> {
    let whole = slot.whole.start..slot.whole.end.min(text.len());
    let mut patches = Vec::new();
    if change.has_span() {
        patches.extend(slot.times(change.new.span, ass::stamp));
    }
    if let (true, Some(name)) = (change.old.speaker != change.new.speaker, &slot.index) {
        patches.push((name.clone(), ass::name(change.new)));
    }
    if change.has_text() {
        let words = !change.old.words.is_empty();
        let anew = || vec![(slot.text.clone(), ass::payload(change.new, words, true))];
        patches.extend(retold(&nodes(text, slot), change, ass::escape).unwrap_or_else(anew));
    }
    Some(patched(text, whole, patches))
}

/// Returns the words of a dialogue line in the file.
fn nodes(text: &str, slot: &Slot) -> Vec<Node> {
    let content = &text[slot.text.clone()];
    let mut words = Vec::new();
    let mut at = 0;
    while at < content.len() {
        let (rest, place) = (&content[at..], slot.text.start + at);
        let shown = |shown: &str, length| {
            (length, vec![Node { place: place..place + length, shown: shown.to_owned() }])
        };
        let (length, found) = match rest.as_bytes() {
            [b'{', ..] if rest.contains('}') => (rest.find('}').unwrap_or(0) + 1, Vec::new()),
            [b'\\', b'N' | b'n', ..] => shown("\n", 2),
            [b'\\', b'h', ..] => shown("\u{a0}", 2),
            [b'\\', b'{', ..] => shown("{", 2),
            [b'\\', b'}', ..] => shown("}", 2),
            [b'\\', ..] if rest[1..].starts_with(JOINER) => shown("\\", 1 + JOINER.len_utf8()),
            _ => {
                let length = rest[1..].find(['\\', '{']).map_or(rest.len(), |end| end + 1);
                (length, retold::nodes(place, &rest[..length], str::to_owned))
            }
        };
        words.extend(found);
        at += length;
    }
    words
}

/// Returns a new line with the style and margins of the one before it.
pub(super) fn new(text: &str, like: Option<&Slot>, cue: &Cue, _: usize) -> Option<String> {
    let slot = like?;
    let mut patches: Vec<_> = slot.times(cue.span, ass::stamp).into();
    patches.extend(slot.index.clone().map(|name| (name, ass::name(cue))));
    patches.push((slot.text.clone(), ass::payload(cue, !cue.words.is_empty(), true)));
    let line = patched(text, slot.whole.start..slot.whole.end.min(text.len()), patches);
    Some(if line.ends_with('\n') { line } else { line + "\n" })
}
