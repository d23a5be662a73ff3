//! A table with comma-separated values (`.csv`), quoted as in RFC 4180: start, end, speaker and text of each cue.
//!
//! Times are `HH:MM:SS.mmm`. A cell that a spreadsheet would take for a formula begins with an apostrophe.

use csv::Writer;

use crate::document::Document;
use crate::format::cue_timing::{self, Shape};
use crate::format::head::Head;
use crate::format::rows::{TableDialect, escaped};
use crate::format::{ReadError, Reading, WriteError, WriteOptions};

const DIALECT: TableDialect = TableDialect { title: "CSV", delimiters: b",;", is_quoted: true, unit: 1000 };

/// Writes a file in UTF-8 without byte order mark, with `\n` line ends.
pub fn write(document: &Document, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let cues = cue_timing::cues(document, &Shape::FULL, DIALECT.title)?;
    let mut rows = vec![["start", "end", "speaker", "text"].map(str::to_owned)];
    rows.extend(cues.into_iter().map(|cue| {
        let speaker = escaped(&cue.speaker.unwrap_or_default());
        [cue.span.start.to_string(), cue.span.end.to_string(), speaker, escaped(&cue.text)]
    }));
    let mut writer = Writer::from_writer(Vec::new());
    let written = rows.iter().try_for_each(|row| writer.write_record(row));
    written.map_err(|error| WriteError::refused(DIALECT.title, error))?;
    writer.into_inner().map_err(|error| WriteError::refused(DIALECT.title, error))
}

/// Reads a table with commas or semicolons. Times may also be seconds, or milliseconds in a column whose name ends in
/// `ms`.
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
    fn cells_are_quoted_and_formulas_guarded() {
        let source = "start,end,speaker,text\n00:00:01.000,00:00:02.500,Ada,\"\"\"Yes\"\", she said,\nthen\"\n\
                      00:00:03.000,00:00:04.000,'@x,'=1+1\n00:00:05.000,00:00:06.000,,''=x\n";
        let reading = read(source.as_bytes()).unwrap();
        let texts: Vec<_> = reading.document.cues.iter().map(|cue| cue.text.as_str()).collect();
        assert_eq!(texts, ["\"Yes\", she said,\nthen", "=1+1", "'=x"]);
        assert_eq!(reading.document.cues[1].speaker.as_deref(), Some("@x"));
        assert_eq!(write(&reading.document, &WriteOptions::default()).unwrap(), source.as_bytes());
    }

    #[test]
    fn tables_of_others_are_understood() {
        let told = |file: &str| -> Vec<(i64, i64, String)> {
            let cues = read(file.as_bytes()).unwrap().document.cues;
            cues.into_iter().map(|c| (c.span.start.as_millis(), c.span.end.as_millis(), c.text)).collect()
        };
        let one = [(1000, 2500, "a".to_owned())];
        assert_eq!(told("Start Time;Text;End Time\r\n1;a;2.5"), one);
        assert_eq!(told("start_ms,end_ms,text\n1000,2500,a"), one);
        assert_eq!(told("0:01,0:02.5,a"), one);
        assert_eq!(told("start,text\n1,a\nx,b\n"), [(1000, 3000, "a\nx\nb".to_owned())]);
        assert!(read(b"name,age\nAda,36\n").is_err());
    }
}
