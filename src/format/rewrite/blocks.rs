//! SubRip.

use super::retold::{self, Node, retold};
use super::{Change, Slot, lines, patched};
use crate::document::Cue;
use crate::format::blocks::markup::{self, Piece};
use crate::format::blocks::timing;
use crate::format::escape::{Angles, escape, unescape};
use crate::format::srt;
use crate::time::TimeSpan;

pub(super) fn slots(text: &str) -> Vec<Slot> {
    let lines = lines(text);
    let mut slots: Vec<Slot> = Vec::new();
    let is_blank = |n: usize| lines.get(n).is_none_or(|(_, line)| line.trim().is_empty());
    for (n, (at, line)) in lines.iter().enumerate() {
        let Some(timing) = timing::srt(line) else { continue };
        let Some(end) = timing.end else { continue };
        let index = n.checked_sub(1).map(|n| lines[n]).filter(|(_, line)| is_number(line));
        // Text extends to the last line that is not blank before the index or the times of the next cue.
        let next = (n + 1..lines.len()).find(|&n| timing::srt(lines[n].1).is_some());
        let mut last = next.map_or(lines.len(), |next| next - usize::from(is_number(lines[next - 1].1)));
        while last > n + 1 && is_blank(last - 1) {
            last -= 1;
        }
        let text_start = lines.get(n + 1).map_or(text.len(), |(at, _)| *at);
        let text_end = if last > n + 1 { lines[last - 1].0 + lines[last - 1].1.len() } else { text_start };
        let arrow = line.find("-->").unwrap_or(0);
        let stamp = |part: &str, from: usize| {
            let start = at + from + (part.len() - part.trim_start().len());
            start..start + part.trim_start().find([' ', '\t']).unwrap_or(part.trim_start().len())
        };
        slots.push(Slot {
            span: TimeSpan::new(timing.start, end),
            whole: index.map_or(*at, |(at, _)| at)..(text_end + 1).min(text.len()),
            start: stamp(&line[..arrow], 0),
            end: stamp(&line[(arrow + 3).min(line.len())..], arrow + 3),
            text: text_start..text_end,
            index: index.map(|(at, line)| at..at + line.len()),
        });
    }
    slots
}

fn is_number(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn changed(text: &str, slot: &Slot, change: Change<'_>) -> Option<String> {
    let mut patches = Vec::new();
    if let (Some(number), Some(index)) = (change.number, &slot.index) {
        patches.push((index.clone(), number.to_string()));
    }
    if change.has_span() {
        patches.extend(slot.times(change.new.span, srt::stamp));
    }
    if change.has_text() {
        let retold = retold(&nodes(text, slot), change, |text| escape(text, Angles::Bare));
        patches.extend(retold.unwrap_or_else(|| vec![(slot.text.clone(), srt::payload(change.new, true))]));
    }
    Some(patched(text, slot.whole.clone(), patches))
}

/// Returns the words of a cue in the file.
fn nodes(text: &str, slot: &Slot) -> Vec<Node> {
    let content = &text[slot.text.clone()];
    let mut words = Vec::new();
    let mut at = slot.text.start;
    for line in content.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, 0), |line| (line, 1));
        for (start, piece) in markup::pieces(line) {
            if let Piece::Text(text) = piece {
                words.extend(retold::nodes(at + start, text, unescape));
            }
        }
        at += line.len();
        words.extend((end > 0).then(|| Node { place: at..at + 1, shown: "\n".to_owned() }));
        at += end;
    }
    words
}

pub(super) fn new(_: &str, _: Option<&Slot>, cue: &Cue, number: usize) -> Option<String> {
    let (start, end) = (srt::stamp(cue.span.start), srt::stamp(cue.span.end));
    Some(format!("{number}\n{start} --> {end}\n{}\n", srt::payload(cue, true)))
}
