//! Reads files of blocks that begin with a timing line, including files that break the rules.

pub(in crate::format) mod markup;
pub(crate) mod timing;

use std::ops::Range;

use crate::document::Cue;
use crate::document::style::{BOTTOM, Place};
use crate::format::encoding::{Decoded, decode};
use crate::format::escape::{Angles, JOINER, escape, unescape};
use crate::format::lines::push_lines;
use crate::format::rich::{Rich, weave};
use crate::format::{ReadError, Reading, Repair, UnexpectedContent, overrides};
use crate::time::{MediaTime, TimeSpan};

use timing::Timing;

/// Duration of a cue without an end time, unless the next one begins earlier.
const UNTIMED: MediaTime = MediaTime::from_millis(2000);

/// How the formats of this kind differ.
pub(crate) struct Syntax {
    pub title: &'static str,
    /// Parses the line that begins a block.
    pub timing: fn(&str) -> Option<Timing<'_>>,
    /// Whether a number precedes the timing line.
    pub has_index: bool,
    /// A sample timing line for messages.
    pub example: &'static str,
}

impl Syntax {
    /// Reads a file in any encoding. Everything between two timing lines, except the index, is text.
    pub fn read(&self, bytes: &[u8]) -> Result<Reading, ReadError> {
        let Decoded { text, repairs } = decode(bytes);
        let lines: Vec<&str> = text.split('\n').collect();
        let mut reader = Reader { syntax: self, lines: &lines, cues: Vec::new(), repairs };
        let blocks = reader.blocks();
        if blocks.is_empty() && !text.trim().is_empty() {
            let found = UnexpectedContent::NoTimes(self.example);
            return Err(ReadError::NotThisFormat { format: self.title, found });
        }
        reader.read_preamble(&blocks);
        for (number, block) in blocks.iter().enumerate() {
            reader.read_block(block, blocks.get(number + 1));
        }
        Ok(reader.finish())
    }

    /// Returns clean text in which nothing looks like markup or times to players or to [`read`](Self::read).
    pub fn escape(&self, text: &str) -> String {
        self.guard(&escape(text, Angles::Bare))
    }

    /// Returns the text of a cue as [`escape`](Self::escape) does, with its position and styles as tags. `own` includes
    /// tags that only this format knows.
    pub fn marked(&self, cue: &Cue, own: bool) -> String {
        let text = weave(
            &cue.text,
            &cue.styles,
            &[],
            |style| markup::tags(style, own),
            |text| escape(text, Angles::Bare),
        );
        self.guard(&(overrides::anchor(cue.place.as_ref()) + &text))
    }

    /// Returns the lines of a text, each with a line end; none of them can begin a block.
    fn guard(&self, text: &str) -> String {
        let mut escaped = String::with_capacity(text.len());
        for line in text.split('\n') {
            let begins_block = (self.timing)(line).is_some();
            // ffmpeg mistakes an SBV line that begins with a bracket, such as `[applause]`, for a header and drops it.
            if begins_block || line.starts_with('[') && !self.has_index {
                escaped.push(JOINER);
            }
            escaped.push_str(line);
            escaped.push('\n');
        }
        escaped
    }

    pub fn looks_like(&self, text: &str) -> bool {
        text.lines().any(|line| (self.timing)(line).is_some())
    }
}

struct Reader<'a> {
    syntax: &'a Syntax,
    lines: &'a [&'a str],
    cues: Vec<Cue>,
    repairs: Vec<Repair>,
}

/// A cue as lines of the file, counted from 0.
struct Block<'a> {
    /// The index, or the timing line if there is none.
    first: usize,
    timing_line: usize,
    timing: Timing<'a>,
    /// The index that the next cue should have.
    next_index: u64,
}

impl<'a> Reader<'a> {
    fn repair(&mut self, line: usize, what: impl Into<String>) {
        self.repairs.push(Repair::at(line + 1, what));
    }

    /// Finds the timing lines and the indexes above them.
    fn blocks(&mut self) -> Vec<Block<'a>> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut expected = 1;
        for (line, timing) in
            self.lines.iter().enumerate().filter_map(|(n, line)| Some((n, (self.syntax.timing)(line)?)))
        {
            let earliest = blocks.last().map_or(0, |block| block.timing_line + 1);
            let index = self.index_above(line, earliest, expected);
            match index {
                Some((at, index)) if index != expected => {
                    self.repair(at, format!("the index was {index}, not {expected}"));
                }
                None if self.syntax.has_index => self.repair(line, "the cue had no index"),
                _ => {}
            }
            let (first, index) = index.unwrap_or((line, expected));
            if first > earliest && !self.is_blank(first - 1) {
                self.repair(first, "no blank line stood before the cue");
            }
            expected = index.saturating_add(1);
            blocks.push(Block { first, timing_line: line, timing, next_index: expected });
        }
        blocks
    }

    /// Returns the index above a timing line, and its line. A number directly below other text, or separated from the
    /// times by blank lines, is an index only if it is the expected one; otherwise it is text.
    fn index_above(&self, timing_line: usize, earliest: usize, expected: u64) -> Option<(usize, u64)> {
        let mut above = (earliest..timing_line).rev().filter(|_| self.syntax.has_index);
        let line = above.find(|&line| !self.is_blank(line))?;
        let index = self.number(line)?;
        let stands_alone = line == 0 || self.is_blank(line - 1);
        let touches = line + 1 == timing_line;
        (touches && stands_alone || index == expected).then_some((line, index))
    }

    /// Returns the number on a line that contains nothing else.
    fn number(&self, line: usize) -> Option<u64> {
        let text = self.lines[line].trim();
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().unwrap_or(u64::MAX))
    }

    fn is_blank(&self, line: usize) -> bool {
        self.lines[line].trim_matches(|c: char| c.is_whitespace() || c == '\0').is_empty()
    }

    /// Turns text before the first cue into a cue.
    fn read_preamble(&mut self, blocks: &[Block]) {
        let Some(first) = blocks.first() else { return };
        let lines = 0..first.first;
        let Some(line) = lines.clone().find(|&line| !self.is_blank(line)) else { return };
        let cue = self.cue(lines, None);
        if !cue.text.is_empty() {
            self.repair(line, "text stood before the first cue; it became a cue");
            let span = TimeSpan::new(MediaTime::ZERO, first.timing.start);
            self.cues.push(Cue { span, ..cue });
        }
    }

    fn read_block(&mut self, block: &Block<'a>, next: Option<&Block>) {
        for fault in &block.timing.faults {
            self.repair(block.timing_line, *fault);
        }
        let lines = block.timing_line + 1..next.map_or(self.lines.len(), |next| next.first);
        let beside = self.read_rest(block);
        let lines = if next.is_none() { self.without_fragment(lines, block.next_index) } else { lines };
        let cue = self.cue(lines, beside);
        if cue.text.is_empty() && next.is_none() && block.timing.end.is_none() {
            return self.repair(block.timing_line, "the file ends inside a cue, which had no text yet");
        }
        if cue.text.is_empty() {
            self.repair(block.timing_line, "the cue had no text");
        }
        let span = self.span(block, next);
        if self.cues.last().is_some_and(|last| span.start < last.span.start) {
            self.repair(block.timing_line, "the cue begins before the one above it");
        }
        self.cues.push(Cue { span, ..cue });
    }

    /// Returns the text beside the times; coordinates and settings are dropped.
    fn read_rest(&mut self, block: &Block<'a>) -> Option<&'a str> {
        let rest = Some(block.timing.rest).filter(|rest| !rest.is_empty() && !timing::is_fragment(rest))?;
        let is_setting = |word: &str| {
            word.split_once(':').is_some_and(|(name, value)| {
                name.starts_with(|c: char| c.is_ascii_alphabetic()) && !value.is_empty()
            })
        };
        if rest.split_whitespace().all(is_setting) {
            let what = format!("the position \u{201c}{rest}\u{201d} was left out");
            self.repairs.push(Repair::left_out(block.timing_line + 1, what));
            return None;
        }
        self.repair(block.timing_line, "text stood beside the times");
        Some(rest)
    }

    /// Returns the lines without a final cue that was cut off inside its index or times.
    fn without_fragment(&mut self, lines: Range<usize>, index: u64) -> Range<usize> {
        let Some(last) = lines.clone().rev().find(|&line| !self.is_blank(line)) else { return lines };
        let first = if timing::is_fragment(self.lines[last]) { last - 1 } else { last };
        let is_cut = first > lines.start
            && self.syntax.has_index
            && self.number(first) == Some(index)
            && self.is_blank(first - 1);
        if !is_cut {
            return lines;
        }
        self.repair(last, "the file ends before the times of a cue are whole");
        lines.start..first
    }

    /// Returns the start and end of a block.
    fn span(&mut self, block: &Block, next: Option<&Block>) -> TimeSpan {
        let Timing { start, end, .. } = block.timing;
        let Some(end) = end else {
            self.repair(block.timing_line, "the end time was missing");
            let latest = start + UNTIMED;
            let end = next.map_or(latest, |next| next.timing.start.clamp(start, latest.max(start)));
            return TimeSpan::new(start, end);
        };
        if end < start {
            self.repair(block.timing_line, "the end time lay before the start; the two were exchanged");
            return TimeSpan::new(end, start);
        }
        if end == start {
            self.repair(block.timing_line, "the cue ends when it starts");
        }
        TimeSpan::new(start, end)
    }

    /// Makes a cue from the text of some lines, after the text `beside` the times.
    fn cue(&mut self, lines: Range<usize>, beside: Option<&str>) -> Cue {
        let mut rich = Rich::default();
        rich.text = unescape(beside.unwrap_or_default());
        let mut place = None;
        let mut blank = None;
        for line in lines {
            let has_text = !rich.text.trim().is_empty();
            if self.is_blank(line) {
                blank = blank.or(Some(line).filter(|_| has_text));
                continue;
            }
            if let Some(blank) = blank.take() {
                self.repair(blank, "a blank line stood inside the text");
            }
            rich.text.push('\n');
            self.read_line(line, &mut rich, &mut place);
        }
        let mut text = String::new();
        push_lines(&mut text, &rich.text);
        let styles = rich.styles_of(&text);
        Cue { text, styles, place: place.filter(|place| place.anchor != BOTTOM), ..Cue::default() }
    }

    fn read_line(&mut self, line: usize, rich: &mut Rich, place: &mut Option<Place>) {
        let mut shown = self.lines[line].to_owned();
        if shown.contains('\0') {
            self.repair(line, "NUL was left out");
            shown = shown.replace('\0', "");
        }
        markup::read(&shown, rich, place);
    }

    fn finish(mut self) -> Reading {
        self.cues.sort_by_key(|cue| cue.span.start);
        let mut reading = Reading::of_cues(self.cues, self.repairs);
        reading.repairs.sort_by_key(|repair| repair.line);
        reading
    }
}
