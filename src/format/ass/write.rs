//! Writes ASS, with a karaoke tag for each word if requested.

use std::fmt::Write as _;

use super::{NAME_COMMA, SHAPE, TITLE};
use crate::document::style::Style;
use crate::document::{Cue, Document};
use crate::format::escape::JOINER;
use crate::format::rich::weave;
use crate::format::{WriteError, WriteOptions, clean, cue_timing, overrides, words};
use crate::time::{Clock, MediaTime};

/// Everything before the dialogue: a full HD canvas, white text with a black outline at the bottom.
const STYLES: &str = "\
ScriptType: v4.00+
WrapStyle: 0
PlayResX: 1920
PlayResY: 1080
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, \
Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, \
MarginV, Encoding
Style: Default,Arial,60,&H00FFFFFF,&H00B0B0B0,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,1,2,120,120,60,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
";

/// Writes the document in this format.
///
/// # Errors
/// [`WriteError`] if the format cannot hold it.
pub fn write(document: &Document, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let mut script = String::from("[Script Info]\n");
    let title = clean::line(&document.title);
    if !title.is_empty() {
        let _ = writeln!(script, "Title: {title}");
    }
    script.push_str(STYLES);
    for cue in cue_timing::cues(document, &SHAPE, TITLE)? {
        push_dialogue(&mut script, &cue, options);
    }
    Ok(script.into_bytes())
}

fn push_dialogue(script: &mut String, cue: &Cue, options: &WriteOptions) {
    let (start, end, name) = (stamp(cue.span.start), stamp(cue.span.end), name(cue));
    let text = payload(cue, options.word_times, false);
    let _ = writeln!(script, "Dialogue: 0,{start},{end},Default,{name},0,0,0,,{text}");
}

/// Returns the speaker of a cue, without commas, which would end the field.
pub(in crate::format) fn name(cue: &Cue) -> String {
    cue.speaker.as_deref().unwrap_or_default().replace(',', NAME_COMMA)
}

/// Returns the text of a cue with its position, its styles and, if requested, its word times. `own` adds tags that only
/// ASS knows.
pub(in crate::format) fn payload(cue: &Cue, word_times: bool, own: bool) -> String {
    let stamps = if word_times { karaoke(cue) } else { Vec::new() };
    let tags = |style: &Style| match style {
        Style::Foreign { open, close } => own.then(|| (open.clone(), close.clone())),
        style => overrides::tags(style),
    };
    overrides::anchor(cue.place.as_ref()) + &weave(&cue.text, &cue.styles, &stamps, tags, escape)
}

/// Returns a `\k` tag for each word; a tag without text is a pause. Lengths are differences of rounded times, so that
/// errors do not add up.
fn karaoke(cue: &Cue) -> Vec<(usize, String)> {
    let mut stamps = Vec::new();
    let (mut now, mut at) = (centiseconds(cue.span.start), 0);
    for piece in words::pieces(cue).unwrap_or_default() {
        let mut text = String::new();
        at += piece.before.len();
        let (begin, end) = (centiseconds(piece.word.span.start), centiseconds(piece.word.span.end));
        if begin > now {
            let _ = write!(text, "{{\\k{}}}", begin - now);
        }
        let begin = begin.max(now);
        let end = end.max(begin);
        let _ = write!(text, "{{\\k{}}}", end - begin);
        stamps.push((at, text));
        at += piece.word.text.len();
        now = end;
    }
    stamps
}

/// Braces would begin a tag, and a backslash an escape: an invisible word joiner prevents `C:\\New` from breaking the
/// line.
pub(in crate::format) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => escaped.push_str("\\N"),
            '\\' => escaped.extend([c, JOINER]),
            '{' => escaped.push_str("\\{"),
            c => escaped.push(c),
        }
    }
    escaped
}

fn centiseconds(time: MediaTime) -> i64 {
    (time + MediaTime::from_millis(5)).as_millis() / 10
}

/// Formats a time as `H:MM:SS.cc`.
pub(in crate::format) fn stamp(time: MediaTime) -> String {
    let rounded = MediaTime::from_millis(centiseconds(time) * 10);
    let Clock { hours, minutes, seconds, millis } = rounded.clock();
    format!("{hours}:{minutes:02}:{seconds:02}.{:02}", millis / 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::words::estimate;
    use crate::time::TimeSpan;

    fn dialogue(cue: Cue, word_times: bool) -> String {
        let document = Document { cues: vec![cue], ..Document::default() };
        let script = String::from_utf8(
            write(&document, &WriteOptions { word_times, ..WriteOptions::default() }).unwrap(),
        )
        .unwrap();
        script.lines().last().unwrap().to_owned()
    }

    #[test]
    fn text_cannot_become_tags() {
        let cue = Cue {
            span: TimeSpan::from_millis(996, 1_234),
            text: "{\\an8} C:\\New\na, b".to_owned(),
            speaker: Some("Smith, Ada".to_owned()),
            ..Cue::default()
        };
        assert_eq!(
            dialogue(cue, false),
            "Dialogue: 0,0:00:01.00,0:00:01.23,Default,Smith，\u{2060} Ada,0,0,0,,\\{\\\u{2060}an8} C:\\\u{2060}New\\Na, b"
        );
    }

    #[test]
    fn karaoke_tags_add_up_to_the_time_of_the_last_word() {
        let mut words = estimate("one two", TimeSpan::from_millis(1000, 2000));
        words[0].span = TimeSpan::from_millis(1104, 1408);
        words[1].span = TimeSpan::from_millis(1512, 2000);
        let span = TimeSpan::from_millis(1000, 2000);
        let cue = Cue { span, text: "one\ntwo".to_owned(), words, ..Cue::default() };
        assert!(dialogue(cue, true).ends_with(",,{\\k10}{\\k31}one\\N{\\k10}{\\k49}two"));
    }
}
