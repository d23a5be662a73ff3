//! Writes changed captions into the file that they were opened from, and leaves everything else in it unchanged: notes,
//! style blocks, identifiers, settings, regions, named styles, and every cue without changes.
//!
//! The original file is parsed again, and each cue in it is compared with the document to find the changes. The result
//! is read back, so that nothing is reported as saved that is not in the file.

mod ass;
mod blocks;
mod retold;
mod ttml;
mod vtt;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::document::{Cue, CueId, Document};
use crate::format::encoding::decode;
use crate::format::losses::Detail;
use crate::format::{Format, Loss, Mismatch, WriteOptions};
use crate::time::{MediaTime, TimeSpan};

/// A file that captions were opened from.
#[derive(Clone, Debug)]
pub struct Original {
    format: &'static Format,
    /// Its text, with `\n` line ends.
    text: String,
    has_mark: bool,
    has_returns: bool,
    /// Its cues as they were read.
    cues: Vec<Cue>,
}

/// How a format finds and writes its cues.
pub(crate) struct Rewriter {
    /// Finds the cues of a file in its order; invisible ones may be among them.
    slots: fn(&str) -> Vec<Slot>,
    /// Writes the changes of a cue in the file.
    changed: fn(&str, &Slot, Change<'_>) -> Option<String>,
    /// Writes a new cue, which may copy properties of the one before it.
    new: fn(&str, Option<&Slot>, &Cue, usize) -> Option<String>,
    /// The text between two cues.
    between: &'static str,
}

pub(crate) const SRT: Rewriter =
    Rewriter { slots: blocks::slots, changed: blocks::changed, new: blocks::new, between: "\n" };
pub(crate) const VTT: Rewriter =
    Rewriter { slots: vtt::slots, changed: vtt::changed, new: vtt::new, between: "\n" };
pub(crate) const ASS: Rewriter =
    Rewriter { slots: ass::slots, changed: ass::changed, new: ass::new, between: "" };
pub(crate) const TTML: Rewriter =
    Rewriter { slots: ttml::slots, changed: ttml::changed, new: ttml::new, between: "" };

/// The place of a cue in a file, as byte ranges of its text.
#[derive(Clone, Debug, Default)]
struct Slot {
    span: TimeSpan,
    /// The whole cue, including the end of its last line.
    whole: Range<usize>,
    start: Range<usize>,
    end: Range<usize>,
    text: Range<usize>,
    /// The number above it.
    index: Option<Range<usize>>,
}

impl Slot {
    /// Returns the replacements for its times; `stamp` formats a time.
    fn times(&self, span: TimeSpan, stamp: impl Fn(MediaTime) -> String) -> [(Range<usize>, String); 2] {
        [(self.start.clone(), stamp(span.start)), (self.end.clone(), stamp(span.end))]
    }
}

/// The change of a cue.
#[derive(Clone, Copy)]
struct Change<'a> {
    old: &'a Cue,
    new: &'a Cue,
    /// Its number in the file, if numbers have changed.
    number: Option<usize>,
    /// Whether its text is written as a whole rather than word by word.
    is_anew: bool,
}

impl Change<'_> {
    fn has_span(&self) -> bool {
        self.old.span != self.new.span
    }

    fn has_text(&self) -> bool {
        let (old, new) = (self.old, self.new);
        old.text != new.text || old.speaker != new.speaker || old.styles != new.styles
    }
}

impl Original {
    /// Parses the file; `None` if its format cannot be changed in place, or if the file is too damaged to locate its
    /// cues.
    pub fn of(format: &'static Format, bytes: &[u8]) -> Option<Self> {
        let text = decode(bytes).text;
        let cues = (format.read?)(bytes).ok()?.document.cues;
        let original = Self {
            format,
            text,
            has_mark: bytes.starts_with(b"\xef\xbb\xbf"),
            has_returns: bytes.windows(2).any(|pair| pair == b"\r\n"),
            cues,
        };
        original.slots()?;
        Some(original)
    }

    /// Returns the format of the file.
    pub fn format(&self) -> &'static Format {
        self.format
    }

    /// Returns what the file cannot hold of its document after changes.
    pub fn losses(&self, document: &Document) -> Vec<Loss> {
        let told = [Detail::WordTimes, Detail::Probabilities, Detail::Segments, Detail::Speakers];
        let options = WriteOptions { word_times: true, ..WriteOptions::default() };
        let losses = self.format.losses(document, &options);
        losses.into_iter().filter(|loss| told.contains(&loss.detail)).collect()
    }

    /// Returns the file with the changes, in UTF-8.
    ///
    /// # Errors
    /// [`Mismatch`] if the file would differ from the document.
    pub fn rewrite(&self, document: &Document) -> Result<Vec<u8>, Mismatch> {
        self.attempt(document, false).or_else(|_| self.attempt(document, true))
    }

    fn attempt(&self, document: &Document, is_anew: bool) -> Result<Vec<u8>, Mismatch> {
        let text = self.rewritten(document, is_anew).ok_or(Mismatch::NotInPlace)?;
        let text = if self.has_returns { text.replace('\n', "\r\n") } else { text };
        let bytes = [if self.has_mark { "\u{feff}" } else { "" }, &text].concat().into_bytes();
        self.format.verify_rewritten(document, &bytes)?;
        Ok(bytes)
    }

    /// Returns the slots of the cues, in the order of the file; `None` if a cue is not found.
    fn slots(&self) -> Option<Vec<(Slot, &Cue)>> {
        let rewriter = self.format.rewriter()?;
        let mut slots = (rewriter.slots)(&self.text);
        slots.sort_by_key(|slot| (slot.span.start, Reverse(slot.span.end)));
        let mut slots = slots.into_iter();
        let mut in_time: Vec<&Cue> = self.cues.iter().collect();
        in_time.sort_by_key(|cue| (cue.span.start, Reverse(cue.span.end)));
        let found = in_time.into_iter().map(|cue| Some((slots.find(|slot| slot.span == cue.span)?, cue)));
        let mut found: Vec<_> = found.collect::<Option<_>>()?;
        found.sort_by_key(|(slot, _)| slot.whole.start);
        let are_apart = found.windows(2).all(|pair| pair[0].0.whole.end <= pair[1].0.whole.start);
        are_apart.then_some(found)
    }

    fn rewritten(&self, document: &Document, is_anew: bool) -> Option<String> {
        let rewriter = self.format.rewriter()?;
        let slots = self.slots()?;
        let ids: HashSet<CueId> = document.cues.iter().map(|cue| cue.id).collect();
        let places: HashMap<CueId, usize> =
            slots.iter().enumerate().map(|(n, (_, old))| (old.id, n)).collect();
        let order: Vec<_> = document.cues.iter().map(|cue| places.get(&cue.id)).collect();
        let is_numbered = !order.iter().map(|place| place.copied()).eq((0..slots.len()).map(Some));
        let (leads, last_lead) = self.leads(&slots, &ids);
        let mut file = self.text[..slots.first().map_or(0, |(slot, _)| slot.whole.start)].to_owned();
        let mut before = None;
        for (number, (cue, place)) in (1..).zip(document.cues.iter().zip(order)) {
            if before.is_some() && !file.ends_with('\n') && !rewriter.between.is_empty() {
                file.push('\n');
            }
            if let Some((slot, old)) = place.map(|&place| &slots[place]) {
                let lead = leads.get(&old.id).filter(|lead| !lead.is_empty()).map(String::as_str);
                file.push_str(lead.unwrap_or(if before.is_some() && is_numbered {
                    rewriter.between
                } else {
                    ""
                }));
                let change = Change { old, new: cue, number: is_numbered.then_some(number), is_anew };
                file.push_str(&(rewriter.changed)(&self.text, slot, change)?);
                before = Some(slot);
                continue;
            }
            let like = before.or(slots.first().map(|(slot, _)| slot));
            let block = (rewriter.new)(&self.text, like, cue, number)?;
            let parts =
                if before.is_some() { [rewriter.between, &block] } else { [&block, rewriter.between] };
            file.push_str(&parts.concat());
        }
        file.push_str(&last_lead);
        file.push_str(&self.text[slots.last().map_or(self.text.len(), |(slot, _)| slot.whole.end)..]);
        Some(file)
    }

    /// Returns the text before each remaining cue, such as blank lines and notes, including the notes of removed cues;
    /// and the notes that are left at the end.
    fn leads(&self, slots: &[(Slot, &Cue)], ids: &HashSet<CueId>) -> (HashMap<CueId, String>, String) {
        let (mut leads, mut left) = (HashMap::new(), String::new());
        for pair in slots.windows(2) {
            let lead = &self.text[pair[0].0.whole.end..pair[1].0.whole.start];
            let id = pair[1].1.id;
            if ids.contains(&id) {
                leads.insert(id, std::mem::take(&mut left) + lead);
            } else if !lead.trim().is_empty() {
                left.push_str(lead.trim_end_matches('\n'));
                left.push('\n');
            }
        }
        (leads, left)
    }
}

/// Returns a piece of the file with some ranges replaced, which must be disjoint.
fn patched(text: &str, whole: Range<usize>, mut patches: Vec<(Range<usize>, String)>) -> String {
    patches.sort_by_key(|(range, _)| range.start);
    let mut patched = String::new();
    let mut at = whole.start;
    for (range, with) in patches {
        patched.push_str(&text[at..range.start]);
        patched.push_str(&with);
        at = range.end;
    }
    patched + &text[at..whole.end]
}

/// Returns the lines of a text with their first bytes.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let line = |line| {
        let start = at;
        at += str::len(line) + 1;
        (start, line)
    };
    text.split('\n').map(line).collect()
}
