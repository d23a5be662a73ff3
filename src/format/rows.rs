//! Reads tables with one cue per row, such as CSV and TSV.

use csv::{ReaderBuilder, StringRecord};

use crate::document::{Cue, Document};
use crate::format::clock::Stamp;
use crate::format::encoding::{Decoded, decode};
use crate::format::lines::push_lines;
use crate::format::{ReadError, Reading, Repair, UnexpectedContent};
use crate::time::{MediaTime, TimeSpan};

/// Duration of a cue without an end time, unless the next one begins earlier.
const UNTIMED: MediaTime = MediaTime::from_millis(2000);

/// How the formats of this kind differ.
#[derive(Clone, Copy)]
pub(crate) struct TableDialect {
    pub title: &'static str,
    pub delimiters: &'static [u8],
    pub is_quoted: bool,
    /// Unit of times without colons or a point, in milliseconds, unless the column is named `ms`.
    pub unit: i64,
}

/// The columns with the parts of a cue, from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Columns {
    start: usize,
    end: Option<usize>,
    speaker: Option<usize>,
    text: usize,
    /// See [`TableDialect::unit`].
    unit: i64,
}

impl TableDialect {
    /// Reads a table in any encoding, with a header or with start, end and text in this order.
    pub fn read(self, bytes: &[u8]) -> Result<Reading, ReadError> {
        let Decoded { text, repairs } = decode(bytes);
        let mut rows = self.rows(&text, self.delimiter(&text));
        if rows.is_empty() {
            return Ok(Reading { document: Document::default(), repairs });
        }
        let (columns, is_header) = self
            .columns(&rows[0].1)
            .ok_or(ReadError::NotThisFormat { format: self.title, found: UnexpectedContent::NoColumns })?;
        if is_header {
            rows.remove(0);
        }
        let mut reader = Reader { columns, cues: Vec::new(), open: Vec::new(), repairs };
        for (line, row) in &rows {
            reader.read_row(*line, row);
        }
        Ok(reader.finish())
    }

    pub fn looks_like(self, text: &str) -> bool {
        let first = text.lines().next().unwrap_or_default();
        let rows = self.rows(first, self.delimiter(first));
        rows.first().is_some_and(|(_, row)| row.len() >= 3 && self.columns(row).is_some())
    }

    /// Returns the delimiter that is most frequent in the first line.
    fn delimiter(self, text: &str) -> u8 {
        let first = text.lines().next().unwrap_or_default();
        let count = |delimiter: &&u8| first.bytes().filter(|byte| byte == *delimiter).count();
        self.delimiters.iter().rev().max_by_key(count).copied().unwrap_or(b',')
    }

    /// Returns the rows that are not empty, with their first lines.
    fn rows(self, text: &str, delimiter: u8) -> Vec<(usize, StringRecord)> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .quoting(self.is_quoted)
            .from_reader(text.as_bytes());
        let line = |row: &StringRecord| row.position().map_or(1, |position| position.line() as usize);
        reader.records().filter_map(Result::ok).map(|row| (line(&row), row)).collect()
    }

    /// Returns the columns, and whether the row is a header.
    fn columns(self, first: &StringRecord) -> Option<(Columns, bool)> {
        let names: Vec<String> = first.iter().map(plain_name).collect();
        let find = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
        let start = find(&["start", "startms", "starttime", "begin", "from", "in", "intime", "timecode"]);
        let text = find(&["text", "caption", "subtitle", "transcript", "content", "body"]);
        if let Some((start, text)) = start.zip(text) {
            let end = find(&["end", "endms", "endtime", "to", "out", "outtime", "stop"]);
            let speaker = find(&["speaker", "name", "voice"]);
            let unit = if names[start].ends_with("ms") { 1 } else { self.unit };
            return Some((Columns { start, end, speaker, text, unit }, true));
        }
        let time = |column: usize| first.get(column).and_then(|cell| time(cell, self.unit));
        let end = time(1).map(|_| 1);
        let text = first.len().checked_sub(1).filter(|&text| text > end.unwrap_or(0))?;
        let speaker = (text == 3 && end.is_some()).then_some(2);
        time(0).map(|_| (Columns { start: 0, end, speaker, text, unit: self.unit }, false))
    }
}

/// Returns a column's name in lower case, with letters and digits only.
fn plain_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Parses a time with colons, a number of seconds with a point, or a whole number of `unit` milliseconds.
fn time(cell: &str, unit: i64) -> Option<MediaTime> {
    let cell = cell.trim();
    if let Some(stamp) = Stamp::parse(cell).filter(|stamp| stamp.rest.is_empty()) {
        return Some(stamp.time);
    }
    let is_number = cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && cell.len() <= 20;
    let number: f64 = if is_number { cell.parse().ok()? } else { return None };
    let millis = if cell.contains('.') { 1000 } else { unit };
    Some(MediaTime::from_millis((number * millis as f64).round() as i64))
}

struct Reader {
    columns: Columns,
    cues: Vec<Cue>,
    /// The cues without an end time.
    open: Vec<usize>,
    repairs: Vec<Repair>,
}

impl Reader {
    fn read_row(&mut self, line: usize, row: &StringRecord) {
        let cell = |column: Option<usize>| column.and_then(|column| row.get(column)).unwrap_or_default();
        let written = cell(Some(self.columns.text));
        if row.iter().any(|cell| cell.contains('\0')) {
            self.repairs.push(Repair::at(line, "NUL was left out"));
        }
        let mut text = String::new();
        push_lines(&mut text, unguarded(&written.replace('\0', "")));
        let Some(start) = time(cell(Some(self.columns.start)), self.columns.unit) else {
            return self.read_untimed(line, row);
        };
        let end = time(cell(self.columns.end), self.columns.unit);
        if end.is_none() {
            self.open.push(self.cues.len());
        }
        let mut span = TimeSpan::new(start, end.unwrap_or(start));
        if span.end < span.start {
            self.repairs.push(Repair::at(line, "the end time lay before the start; the two were exchanged"));
            span = TimeSpan::new(span.end, span.start);
        }
        let speaker = unguarded(cell(self.columns.speaker)).trim().replace('\0', "");
        let speaker = Some(speaker).filter(|name| !name.is_empty());
        self.cues.push(Cue { span, text, speaker, ..Cue::default() });
    }

    /// Appends the text of a row without a start to the previous cue.
    fn read_untimed(&mut self, line: usize, row: &StringRecord) {
        let mut text = String::new();
        for cell in row {
            push_lines(&mut text, unguarded(&cell.replace('\0', "")));
        }
        if text.is_empty() {
            return;
        }
        self.repairs.push(Repair::at(line, "the row had no start time; its text went to the cue before"));
        match self.cues.last_mut() {
            Some(cue) => push_lines(&mut cue.text, &text),
            None => self.cues.push(Cue { text, ..Cue::default() }),
        }
    }

    fn finish(mut self) -> Reading {
        for &index in &self.open {
            let next = self.cues.get(index + 1).map(|next| next.span.start);
            let span = &mut self.cues[index].span;
            let latest = span.start + UNTIMED;
            span.end = next.filter(|next| *next > span.start).map_or(latest, |next| next.min(latest));
        }
        Reading::of_cues(self.cues, self.repairs)
    }
}

/// Puts an apostrophe before a cell that a spreadsheet would take for a formula.
pub(crate) fn escaped(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// Reverses [`escaped`].
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|bare| is_formula(bare)).unwrap_or(cell)
}

/// Returns whether a cell begins like a formula, after any number of apostrophes.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@'])
}
