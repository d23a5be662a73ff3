//! A table with tabs (`.tsv`), as whisper writes it: start and end in whole milliseconds, and the text on one line.
//! Speakers are named in the text; a cell that a spreadsheet would take for a formula begins with an apostrophe.

use std::fmt::Write;

use crate::document::Document;
use crate::format::cue_timing::{self, Shape};
use crate::format::head::Head;
use crate::format::rows::{TableDialect, escaped};
use crate::format::{ReadError, Reading, WriteError, WriteOptions, running_text};

pub(crate) const SHAPE: Shape = Shape { names_in_text: true, ..Shape::FULL };

const DIALECT: TableDialect = TableDialect { title: "TSV", delimiters: b"\t", is_quoted: false, unit: 1 };

/// Writes a file in UTF-8 without byte order mark, with `\n` line ends.
pub fn write(document: &Document, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut file = "start\tend\ttext\n".to_owned();
    for cue in cue_timing::cues(document, &SHAPE, DIALECT.title)? {
        let (start, end) = (cue.span.start.as_millis(), cue.span.end.as_millis());
        let _ = writeln!(file, "{start}\t{end}\t{}", escaped(&running_text::unwrap_lines(&cue.text)));
    }
    Ok(file.into_bytes())
}

/// Reads a table with tabs. Times are whole milliseconds, seconds with a point, or have colons.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    DIALECT.read(bytes)
}

pub(crate) fn looks_like(head: &Head) -> bool {
    DIALECT.looks_like(&head.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back() {
        let source = "start\tend\ttext\n1000\t2500\tGood \"morning\"\n3000\t4000\t'-x, \"y\n";
        let reading = read(source.as_bytes()).unwrap();
        assert_eq!(reading.document.cues[1].text, "-x, \"y");
        assert_eq!(write(&reading.document, &WriteOptions::default()).unwrap(), source.as_bytes());
    }
}
