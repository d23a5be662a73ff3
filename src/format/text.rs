//! Plain-text transcript (`.txt`): paragraphs separated by blank lines, without times.

use std::fmt::Write;

use crate::document::{Cue, CueId, Document};
use crate::format::cue_timing::{Shape, named_cues};
use crate::format::encoding::{Decoded, decode};
use crate::format::paragraphs::paragraphs;
use crate::format::{ReadError, Reading, Repair, WriteError, WriteOptions, running_text};

pub(crate) const SHAPE: Shape = Shape { names_in_text: true, ..Shape::FULL };

/// Writes one line per paragraph, in UTF-8 without byte order mark. A speaker is named where the speaker changes.
pub fn write(document: &Document, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut file = String::new();
    for (index, paragraph) in paragraphs(&named_cues(document, &SHAPE)).iter().enumerate() {
        let divider = if index == 0 { "" } else { "\n" };
        let _ = writeln!(file, "{divider}{}", paragraph.text());
    }
    Ok(file.into_bytes())
}

/// Reads any text: one cue per paragraph, all of them without times.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let Decoded { text, mut repairs } = decode(bytes);
    let mut cues: Vec<Cue> = Vec::new();
    let mut is_open = false;
    for (number, line) in text.split('\n').enumerate() {
        if line.contains('\0') {
            repairs.push(Repair::at(number + 1, "NUL was left out"));
        }
        let line = line.replace('\0', "");
        let line = line.trim();
        match cues.last_mut().filter(|_| is_open) {
            Some(cue) if !line.is_empty() => running_text::push(&mut cue.text, line),
            None if !line.is_empty() => {
                let id = CueId(cues.len() as u64 + 1);
                cues.push(Cue { id, text: line.to_owned(), ..Cue::default() });
            }
            _ => {}
        }
        is_open = !line.is_empty();
    }
    Ok(Reading { document: Document { cues, ..Document::default() }, repairs })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;

    #[test]
    fn paragraphs_come_back() {
        let cue = |start, text: &str, speaker: Option<&str>| Cue {
            span: TimeSpan::from_millis(start, start + 1000),
            text: text.to_owned(),
            speaker: speaker.map(str::to_owned),
            ..Cue::default()
        };
        let cues = vec![
            cue(0, "Good\nmorning.", Some("Ada")),
            cue(1000, "Sit down.", Some("Ada")),
            cue(2000, "Hello.", Some("Bob")),
        ];
        let file = write(&Document { cues, ..Document::default() }, &WriteOptions::default()).unwrap();
        assert_eq!(String::from_utf8(file.clone()).unwrap(), "Ada: Good morning. Sit down.\n\nBob: Hello.\n");
        let read = read(&file).unwrap();
        let texts: Vec<_> = read.document.cues.iter().map(|cue| cue.text.as_str()).collect();
        assert_eq!(texts, ["Ada: Good morning. Sit down.", "Bob: Hello."]);
        assert_eq!(read.repairs, []);
    }
}
