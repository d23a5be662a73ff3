//! SubRip (`.srt`). There is no standard; files are written as strict validators and players agree: indexes from 1,
//! `HH:MM:SS,mmm`, one blank line after each cue, no overlap. Styles use the tags that players know (`<i>`, `<font
//! color>`), and positions use ASS's `{\an8}`.
//!
//! SRT cannot escape text and has no field for speakers: see `escape` for text that looks like markup; a speaker is
//! named in the text where the speaker changes. Every known reader expects two digits for hours, so 100 hours and more
//! are rejected.

use std::fmt::Write;

use crate::document::{Cue, Document};
use crate::format::blocks::{Syntax, timing};
use crate::format::cue_timing::{self, Shape};
use crate::format::head::Head;
use crate::format::{ReadError, Reading, WriteError, WriteOptions};
use crate::time::{Clock, MediaTime};

pub(crate) const SHAPE: Shape = Shape {
    limit: MediaTime::from_millis(100 * 3_600_000),
    // ffmpeg splits lines of 4096 bytes and more at any point.
    longest_line: 600,
    overlaps: false,
    names_in_text: true,
    ..Shape::FULL
};

const SYNTAX: Syntax =
    Syntax { title: "SRT", timing: timing::srt, has_index: true, example: "00:00:01,000 --> 00:00:02,000" };

/// Writes a file in UTF-8 without byte order mark, with `\n` line ends.
pub fn write(document: &Document, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut file = String::new();
    for (index, cue) in cue_timing::cues(document, &SHAPE, "SRT")?.iter().enumerate() {
        let (start, end) = (stamp(cue.span.start), stamp(cue.span.end));
        let _ = writeln!(file, "{}\n{start} --> {end}\n{}", index + 1, payload(cue, false) + "\n");
    }
    Ok(file.into_bytes())
}

/// Reads a file in any encoding and in all known variants of SRT.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    SYNTAX.read(bytes)
}

/// Returns the text of a cue with its position and styles. `own` includes tags that no other format has.
pub(super) fn payload(cue: &Cue, own: bool) -> String {
    SYNTAX.marked(cue, own).trim_end_matches('\n').to_owned()
}

pub(super) fn stamp(time: MediaTime) -> String {
    let Clock { hours, minutes, seconds, millis } = time.clock();
    format!("{hours:02}:{minutes:02}:{seconds:02},{millis:03}")
}

pub(crate) fn looks_like(head: &Head) -> bool {
    !head.text.starts_with("WEBVTT") && SYNTAX.looks_like(&head.text)
}
