//! Reads WebVTT as browsers do, following the "WebVTT parser algorithm".

use std::cmp::Reverse;

use crate::document::{Cue, CueId, Document};
use crate::format::encoding::{Decoded, decode};
use crate::format::{ReadError, Reading, Repair, UnexpectedContent};

use super::cue_text::CueText;
use super::place;
use super::timestamp::{self, Timings};

/// How much of a skipped block is quoted. Unit: characters.
const QUOTE: usize = 60;

/// Blocks that are not cues: their first word, and what they are.
const KNOWN_BLOCKS: [(&str, &str); 3] = [("NOTE", "a note"), ("STYLE", "a style"), ("REGION", "a region")];

/// Reads a file in any encoding, although WebVTT is UTF-8. Notes, styles, regions and blocks that browsers do not show
/// are skipped.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let Decoded { text, repairs } = decode(bytes);
    let text = text.replace('\0', "\u{fffd}");
    let Some(body) = after_signature(&text) else {
        return Err(ReadError::NotThisFormat {
            format: "WebVTT",
            found: UnexpectedContent::NoSignature("WEBVTT"),
        });
    };
    let mut reader = Reader { lines: body.split('\n').collect(), next: 1, cues: Vec::new(), repairs };
    reader.read();
    Ok(reader.finish())
}

/// Returns the text after the signature, beginning with the rest of its line.
pub(super) fn after_signature(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("WEBVTT")?;
    (rest.is_empty() || rest.starts_with([' ', '\t', '\n'])).then_some(rest)
}

struct Reader<'a> {
    /// The lines of the file; the first contains only the rest of the signature's line.
    lines: Vec<&'a str>,
    /// The next line to read, from 0.
    next: usize,
    cues: Vec<Cue>,
    repairs: Vec<Repair>,
}

/// Lines up to a blank line or the next cue.
#[derive(Default)]
struct Block {
    /// The timing line, from 0, and its times.
    timing: Option<(usize, Timings)>,
    text: String,
}

impl Reader<'_> {
    fn read(&mut self) {
        if self.lines.get(1).is_some_and(|line| !line.is_empty()) {
            self.collect(true);
        }
        loop {
            while self.lines.get(self.next).is_some_and(|line| line.is_empty()) {
                self.next += 1;
            }
            if self.next >= self.lines.len() {
                break;
            }
            let first = self.next;
            let block = self.collect(false);
            self.keep(first, block);
        }
    }

    /// Collects a block; in the header no line counts as a timing line.
    fn collect(&mut self, in_header: bool) -> Block {
        let mut block = Block::default();
        let mut seen_arrow = false;
        let first = self.next;
        while let Some(line) = self.lines.get(self.next) {
            let number = self.next - first + 1;
            if line.contains("-->") {
                let begins_cue = !in_header && (number == 1 || number == 2 && !seen_arrow);
                if !begins_cue {
                    break;
                }
                seen_arrow = true;
                if let Some(timings) = timestamp::timings(line) {
                    block = Block { timing: Some((self.next, timings)), text: String::new() };
                }
            } else if line.is_empty() {
                break;
            } else {
                if !block.text.is_empty() {
                    block.text.push('\n');
                }
                block.text.push_str(line);
            }
            self.next += 1;
        }
        block
    }

    fn keep(&mut self, first: usize, block: Block) {
        let Some((line, timings)) = block.timing else { return self.pass_over(first, &block.text) };
        let Timings { span, settings } = timings;
        if self.cues.last().is_some_and(|last| span.start < last.span.start) {
            self.repairs.push(Repair::at(line + 1, "the cue begins before the one above it"));
        }
        if span.end <= span.start {
            self.repairs.push(Repair::at(line + 1, "the cue does not end after it starts"));
        }
        let text = CueText::parse(&block.text);
        if text.has_stray {
            self.repairs.push(Repair::at(line + 1, "a `<` that begins no tag was read as text"));
        }
        if text.is_shared() {
            self.repairs
                .push(Repair::at(line + 1, "the cue had several speakers; they are named in its text"));
        }
        self.cues.push(Cue { place: place::read(&settings), ..text.into_cue(span) });
    }

    fn pass_over(&mut self, first: usize, text: &str) {
        let opening = text.lines().next().unwrap_or_default();
        let known = KNOWN_BLOCKS.iter().find(|(name, _)| {
            opening.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        });
        self.repairs.push(match known {
            Some((_, what)) => Repair::left_out(first + 1, format!("{what} was left out")),
            None => {
                let quote: String = self.lines[first..self.next].join(" / ").chars().take(QUOTE).collect();
                let what = format!("a block without valid times was left out: \u{201c}{quote}\u{201d}");
                Repair::at(first + 1, what)
            }
        });
    }

    /// Sorts the cues as browsers do: by start, the longer first.
    fn finish(mut self) -> Reading {
        self.cues.sort_by_key(|cue| (cue.span.start, Reverse(cue.span.end)));
        for (id, cue) in (1..).zip(&mut self.cues) {
            cue.id = CueId(id);
        }
        self.repairs.sort_by_key(|repair| repair.line);
        Reading { document: Document { cues: self.cues, ..Document::default() }, repairs: self.repairs }
    }
}
