//! Reads LRC in both forms.

use crate::document::{Cue, CueId, Document};
use crate::format::clock::Stamp;
use crate::format::encoding::{Decoded, decode};
use crate::format::escape::unescape;
use crate::format::{ReadError, Reading, Repair, UnexpectedContent, marks, running_text};
use crate::time::{MediaTime, TimeSpan};

/// Duration of the last line if no time clears it.
const LAST: MediaTime = MediaTime::from_millis(4000);

/// How long the last line stays after the start of its last word.
const LAST_WORD: MediaTime = MediaTime::from_millis(1000);

/// Maximum number of times that a line is shown; further times count as text.
const REPEATS: usize = 100;

/// The known tags with data about the file.
const TAGS: [&str; 13] =
    ["ti", "ar", "al", "au", "lr", "length", "by", "offset", "re", "tool", "ve", "la", "#"];

/// Reads a file in any encoding. A line that begins with several times is shown at each of them. `[offset:]` is
/// applied; tags other than the title are skipped.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let Decoded { text, repairs } = decode(bytes);
    let mut reader = Reader { repairs, ..Reader::default() };
    for (number, line) in text.split('\n').enumerate() {
        if line.contains('\0') {
            reader.repairs.push(Repair::at(number + 1, "NUL was left out"));
        }
        reader.read_line(number + 1, line.replace('\0', "").trim());
    }
    if !reader.is_known && !text.trim().is_empty() {
        return Err(ReadError::NotThisFormat {
            format: "LRC",
            found: UnexpectedContent::NoTimes("[00:01.00]"),
        });
    }
    Ok(reader.finish())
}

#[derive(Default)]
struct Reader {
    title: String,
    /// How much earlier lines appear than their times say.
    offset: MediaTime,
    /// Start and text of each line; a line without text ends the previous one.
    lines: Vec<(MediaTime, String)>,
    /// Whether a time or a known tag was found.
    is_known: bool,
    repairs: Vec<Repair>,
}

impl Reader {
    fn read_line(&mut self, number: usize, line: &str) {
        let mut text = line;
        let mut starts = Vec::new();
        while let Some(stamp) = bracketed(text, '[', ']').filter(|_| starts.len() < REPEATS) {
            starts.push(stamp.time);
            text = stamp.rest.trim_start();
        }
        if starts.is_empty() {
            return self.read_untimed(number, line);
        }
        self.is_known = true;
        self.lines.extend(starts.into_iter().map(|start| (start, text.to_owned())));
    }

    /// Reads a line such as `[ti:Sorting]`; other text belongs to the previous line.
    fn read_untimed(&mut self, number: usize, line: &str) {
        if let Some((name, value)) = tag(line) {
            self.is_known = true;
            match name.as_str() {
                "ti" => self.title = unescape(value.trim()),
                "offset" => self.offset = MediaTime::from_millis(value.trim().parse().unwrap_or(0)),
                _ => {}
            }
        } else if !line.is_empty() {
            self.repairs.push(Repair::at(number, "the line had no time; its text went to the line before"));
            match self.lines.last_mut() {
                Some((_, text)) => running_text::push(text, line),
                None => self.lines.push((MediaTime::ZERO, line.to_owned())),
            }
        }
    }

    /// Makes cues of the lines, each lasting until the next.
    fn finish(mut self) -> Reading {
        self.lines.sort_by_key(|(start, _)| *start);
        let mut cues = Vec::new();
        for (index, (start, text)) in self.lines.iter().enumerate() {
            let cue = cue(text, *start, self.lines.get(index + 1).map(|(next, _)| *next));
            if !cue.text.is_empty() {
                let id = CueId(cues.len() as u64 + 1);
                cues.push(Cue { id, ..earlier(cue, self.offset) });
            }
        }
        Reading {
            document: Document { title: self.title, cues, ..Document::default() },
            repairs: self.repairs,
        }
    }
}

/// Returns name and value if the line is one of the known tags.
fn tag(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.strip_prefix('[')?.strip_suffix(']')?.split_once(':')?;
    let name = name.to_ascii_lowercase();
    TAGS.contains(&name.as_str()).then_some((name, value))
}

/// Makes a cue from the text of a line, which may have times before its words, lasting until the `next` line.
fn cue(line: &str, start: MediaTime, next: Option<MediaTime>) -> Cue {
    let mut parts = Parts::default();
    let mut rest = line;
    while let Some(at) = rest.find('<') {
        let (text, marked) = rest.split_at(at);
        parts.push(text);
        match bracketed(marked, '<', '>') {
            Some(stamp) => {
                parts.0.push((Some(stamp.time), String::new()));
                rest = stamp.rest;
            }
            None => {
                parts.push("<");
                rest = &marked[1..];
            }
        }
    }
    parts.push(rest);
    let span = TimeSpan::new(start, next.unwrap_or_else(|| parts.end(start)));
    let text: String = parts.0.iter().map(|(_, text)| text.as_str()).collect();
    Cue { span, text: unescape(text.trim()), words: marks::words(parts.0, span), ..Cue::default() }
}

/// Text with the times before it.
#[derive(Default)]
struct Parts(Vec<(Option<MediaTime>, String)>);

impl Parts {
    /// Returns the end of the last line, which begins at `start`.
    fn end(&self, start: MediaTime) -> MediaTime {
        let marks = self.0.iter().filter_map(|(mark, _)| *mark);
        marks.map(|mark| mark + LAST_WORD).fold(start + LAST, MediaTime::max)
    }

    /// Appends text. A space on each side of a time stays one space.
    fn push(&mut self, text: &str) {
        let Some((_, part)) = self.0.last() else { return self.0.push((None, text.to_owned())) };
        let is_after_space = part.is_empty()
            && self.0.iter().rev().nth(1).is_none_or(|(_, before)| before.ends_with(char::is_whitespace));
        if let Some((_, part)) = self.0.last_mut() {
            part.push_str(if is_after_space { text.trim_start() } else { text });
        }
    }
}

fn earlier(mut cue: Cue, offset: MediaTime) -> Cue {
    let shifted = |span: TimeSpan| {
        TimeSpan::new((span.start - offset).max(MediaTime::ZERO), (span.end - offset).max(MediaTime::ZERO))
    };
    cue.span = shifted(cue.span);
    for word in &mut cue.words {
        word.span = shifted(word.span);
    }
    cue
}

/// Parses a time in brackets at the beginning of a text, with the text after the closing bracket.
pub(super) fn bracketed(text: &str, open: char, close: char) -> Option<Stamp<'_>> {
    let stamp = Stamp::parse(text.strip_prefix(open)?)?;
    let rest = stamp.rest.strip_prefix(close)?;
    Some(Stamp { rest, ..stamp })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(file: &str) -> Vec<(i64, i64, String)> {
        let cues = read(file.as_bytes()).unwrap().document.cues;
        cues.into_iter().map(|c| (c.span.start.as_millis(), c.span.end.as_millis(), c.text)).collect()
    }

    #[test]
    fn lines_end_where_the_next_begins_or_clears() {
        let file = "[ti:T]\n[ar:A]\n[61:00.50]a[0]\n\n[61:05.1]b\n[61:06.00]\n[61:07]c";
        let expected =
            [(3_660_500, 3_665_100, "a[0]"), (3_665_100, 3_666_000, "b"), (3_667_000, 3_671_000, "c")];
        assert_eq!(told(file), expected.map(|(start, end, text)| (start, end, text.to_owned())));
    }

    #[test]
    fn repeats_offsets_and_loose_text_are_understood() {
        let file = "[offset:+500]\n[00:01.00][00:03.00]again\nand more\n[00:02.00]between";
        let expected = [(500, 1500, "again"), (1500, 2500, "between"), (2500, 6500, "again and more")];
        assert_eq!(told(file), expected.map(|(start, end, text)| (start, end, text.to_owned())));
    }

    #[test]
    fn enhanced_lines_time_words() {
        let cue =
            &read(b"[00:01.00] <00:01.00> When <00:01.50> x<y <00:02.00>\n[00:03.00]").unwrap().document.cues
                [0];
        assert_eq!(cue.text, "When x<y");
        let words: Vec<_> = cue.words.iter().map(|w| (w.text.as_str(), w.span.start.as_millis())).collect();
        assert_eq!(words, [("When", 1000), ("x<y", 1500)]);
    }
}
