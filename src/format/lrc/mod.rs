//! Lyrics (`.lrc`): `[mm:ss.xx]text`, one line per cue; with word times in the enhanced form, `[mm:ss.xx]<mm:ss.xx>word
//! <mm:ss.xx>word`.
//!
//! LRC states when a line begins, not when it ends; a time without text clears the screen, which is used only for long
//! pauses. Times have hundredths of a second, and minutes may exceed 59.

mod read;

use std::fmt::Write;

use crate::document::{Cue, Document};
use crate::format::cue_timing::{self, Shape};
use crate::format::escape::{Angles, JOINER, escape};
use crate::format::head::Head;
use crate::format::words::pieces;
use crate::format::{WriteError, WriteOptions, clean, running_text};
use crate::time::{Clock, MediaTime};
use crate::transcript::script;

pub use read::read;

pub(crate) const SHAPE: Shape =
    Shape { step: MediaTime::from_millis(10), overlaps: false, names_in_text: true, ..Shape::FULL };

/// Minimum pause for clearing the screen.
const PAUSE: MediaTime = MediaTime::from_millis(5000);

/// Writes a file in UTF-8 without byte order mark, with `\n` line ends.
pub fn write(document: &Document, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut file = String::new();
    let title = clean::line(&document.title);
    if !title.is_empty() {
        let _ = writeln!(file, "[ti:{title}]");
    }
    let cues = cue_timing::cues(document, &SHAPE, "LRC")?;
    for (index, cue) in cues.iter().enumerate() {
        let _ = writeln!(file, "[{}]{}", stamp(cue.span.start), text(cue, options));
        if cues.get(index + 1).is_some_and(|next| next.span.start - cue.span.end >= PAUSE) {
            let _ = writeln!(file, "[{}]", stamp(cue.span.end));
        }
    }
    Ok(file.into_bytes())
}

fn text(cue: &Cue, options: &WriteOptions) -> String {
    let Some(pieces) = pieces(cue).filter(|_| options.word_times) else {
        return escaped(&running_text::unwrap_lines(&cue.text));
    };
    let mut latest = cue.span.start;
    let mut text = format!("<{}>", stamp(latest));
    let mut last = None;
    for piece in pieces {
        let (word, start) = (&piece.word.text, piece.word.span.start);
        text.push_str(gap(piece.before, last, word));
        if latest < start && start < cue.span.end {
            let _ = write!(text, "<{}>", stamp(start));
            latest = start;
        }
        text.push_str(&escaped(word));
        last = word.chars().next_back();
    }
    text
}

/// Returns the white space before a word when lines are joined.
fn gap<'a>(before: &'a str, last: Option<char>, word: &str) -> &'a str {
    let is_joined = before.contains('\n');
    match last.zip(word.chars().next()) {
        Some((last, first)) if is_joined => {
            if script::is_spaced(last, first) {
                " "
            } else {
                ""
            }
        }
        _ => before,
    }
}

/// Returns text in which nothing looks like a time in brackets.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for part in escape(text, Angles::Bare).split_inclusive('[') {
        if escaped.ends_with('[') && part.starts_with(char::is_numeric) {
            escaped.push(JOINER);
        }
        escaped.push_str(part);
    }
    escaped
}

fn stamp(time: MediaTime) -> String {
    let Clock { hours, minutes, seconds, millis } = time.clock();
    format!("{:02}:{seconds:02}.{:02}", hours * 60 + i64::from(minutes), millis / 10)
}

pub(crate) fn looks_like(head: &Head) -> bool {
    head.text
        .lines()
        .any(|line| read::bracketed(line, '[', ']').is_some_and(|stamp| stamp.fraction.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::words;
    use crate::time::TimeSpan;

    #[test]
    fn lines_and_words_are_written_with_hundredths() {
        let span = TimeSpan::from_millis(3_661_004, 3_663_000);
        let text = "a[0] is\nold";
        let cue = Cue { span, text: text.to_owned(), words: words::estimate(text, span), ..Cue::default() };
        let later = Cue {
            span: TimeSpan::from_millis(3_670_000, 3_671_000),
            text: "end".to_owned(),
            ..Cue::default()
        };
        let document = Document { title: "Arrays".to_owned(), cues: vec![cue, later], ..Document::default() };
        let written = |word_times| {
            String::from_utf8(
                write(&document, &WriteOptions { word_times, ..WriteOptions::default() }).unwrap(),
            )
            .unwrap()
        };
        assert_eq!(written(false), "[ti:Arrays]\n[61:01.00]a[\u{2060}0] is old\n[61:03.00]\n[61:10.00]end\n");
        assert_eq!(
            written(true),
            "[ti:Arrays]\n[61:01.00]<61:01.00>a[\u{2060}0] <61:01.89>is <61:02.33>old\n[61:03.00]\n[61:10.00]end\n"
        );
    }
}
