//! Writes changed captions into the file that they were opened from, and leaves everything else in it as it was: notes,
//! style blocks, identifiers, settings, regions, named styles, and every cue that nobody touched.
//!
//! The file is read again; what was read of each cue tells what has changed since. What was written is read once more,
//! so that nothing is said to be saved that is not there.

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

/// How one format finds and writes its cues.
pub(crate) struct Rewriter {
    /// The cues of a file in its order; those that are not shown may be among them.
    slots: fn(&str) -> Vec<Slot>,
    /// A cue of the file with what has changed.
    changed: fn(&str, &Slot, Change<'_>) -> Option<String>,
    /// A cue that is new, which may take after the one before it.
    new: fn(&str, Option<&Slot>, &Cue, usize) -> Option<String>,
    /// What stands between two cues.
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

/// Where a cue stands in a file, as bytes of its text.
#[derive(Clone, Debug, Default)]
struct Slot {
    span: TimeSpan,
    /// All of it, with the end of its last line.
    whole: Range<usize>,
    start: Range<usize>,
    end: Range<usize>,
    text: Range<usize>,
    /// The number above it.
    index: Option<Range<usize>>,
}

impl Slot {
    /// What takes the place of its times; `stamp` writes a time as the format does.
    fn times(&self, span: TimeSpan, stamp: impl Fn(MediaTime) -> String) -> [(Range<usize>, String); 2] {
        [(self.start.clone(), stamp(span.start)), (self.end.clone(), stamp(span.end))]
    }
}

/// What became of a cue.
#[derive(Clone, Copy)]
struct Change<'a> {
    old: &'a Cue,
    new: &'a Cue,
    /// Its number in the file, where numbers have changed.
    number: Option<usize>,
    /// Whether its text is written as a whole, not word by word.
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
    /// The file that these bytes are; `None` where its format cannot be written so, or where the file is too broken to
    /// find its cues in it again.
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

    /// The format of the file.
    pub fn format(&self) -> &'static Format {
        self.format
    }

    /// What the file cannot hold of a document that it was changed into.
    pub fn losses(&self, document: &Document) -> Vec<Loss> {
        let told = [Detail::WordTimes, Detail::Probabilities, Detail::Segments, Detail::Speakers];
        let options = WriteOptions { word_times: true };
        let losses = self.format.losses(document, &options);
        losses.into_iter().filter(|loss| told.contains(&loss.detail)).collect()
    }

    /// The file with what has changed, in UTF-8.
    ///
    /// # Errors
    /// [`Mismatch`] where the file would not say what the document does.
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

    /// The slots of the cues with these, in the order of the file; `None` where a cue is not found.
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

    /// What stands before each cue that is still there, such as blank lines and notes, with the notes of those that are
    /// gone; and what is left of such notes at the end.
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

/// A piece of the file with other texts in some places, which come in order and do not meet.
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

/// The lines of a text with the bytes where they begin.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let line = |line| {
        let start = at;
        at += str::len(line) + 1;
        (start, line)
    };
    text.split('\n').map(line).collect()
}
