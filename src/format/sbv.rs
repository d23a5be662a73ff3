//! YouTube's captions (`.sbv`): `0:00:01.000,0:00:02.000`, text, a blank line.
//!
//! As in SRT, text that looks like markup or times is escaped, and speakers are named in the text.

use std::fmt::Write;

use crate::document::Document;
use crate::format::blocks::{Syntax, timing};
use crate::format::cue_timing::{self, Shape};
use crate::format::head::Head;
use crate::format::{ReadError, Reading, WriteError, WriteOptions};
use crate::time::{Clock, MediaTime};

pub(crate) const SHAPE: Shape = Shape { overlaps: false, names_in_text: true, ..Shape::FULL };

const SYNTAX: Syntax =
    Syntax { title: "SBV", timing: timing::sbv, has_index: false, example: "0:00:01.000,0:00:02.000" };

/// Writes a file in UTF-8 without byte order mark, with `\n` line ends.
pub fn write(document: &Document, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut file = String::new();
    for cue in cue_timing::cues(document, &SHAPE, "SBV")? {
        let (start, end) = (stamp(cue.span.start), stamp(cue.span.end));
        let _ = writeln!(file, "{start},{end}\n{}", SYNTAX.escape(&cue.text));
    }
    Ok(file.into_bytes())
}

/// Reads a file in any encoding; formatting tags are dropped.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    SYNTAX.read(bytes)
}

fn stamp(time: MediaTime) -> String {
    let Clock { hours, minutes, seconds, millis } = time.clock();
    format!("{hours}:{minutes:02}:{seconds:02}.{millis:03}")
}

pub(crate) fn looks_like(head: &Head) -> bool {
    SYNTAX.looks_like(&head.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_come_back() {
        let source = "0:00:01.000,0:00:02.500\nGood\nmorning\n\n12:00:03.000,12:00:04.000\n\u{2060}[x]\n0:\u{2060}01.0,0:\u{2060}02.0\n\n";
        let reading = read(source.as_bytes()).unwrap();
        assert_eq!(reading.document.cues[1].text, "[x]\n0:01.0,0:02.0");
        assert_eq!(reading.repairs, []);
        assert_eq!(write(&reading.document, &WriteOptions::default()).unwrap(), source.as_bytes());
    }
}
