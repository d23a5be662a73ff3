//! Reads ASS and SSA. Karaoke tags become word times; named styles are not kept.

use super::{NAME_COMMA, TITLE};
use crate::document::Document;
use crate::document::style::Place;
use crate::format::draft::{self, CueDraft};
use crate::format::encoding::{Decoded, decode};
use crate::format::escape::JOINER;
use crate::format::rich::Rich;
use crate::format::{ReadError, Reading, Repair, UnexpectedContent, clean, overrides};
use crate::time::{Clock, MediaTime, TimeSpan};
use crate::transcript::Word;
use crate::transcript::script;

/// Reads the dialogue of a script. Comments and drawings are not captions and are skipped.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let Decoded { text, repairs } = decode(bytes);
    let mut script = Script { repairs, ..Script::default() };
    for (index, line) in text.split('\n').enumerate() {
        script.line(index + 1, line);
    }
    if !script.is_ass {
        return Err(ReadError::NotThisFormat { format: TITLE, found: UnexpectedContent::NoScript });
    }
    let mut repairs = script.repairs;
    let cues = draft::assemble(script.drafts, &mut repairs);
    let document = Document { title: clean::line(&script.title), cues, ..Document::default() };
    Ok(Reading { document, repairs })
}

/// The positions of the needed fields in a dialogue line.
#[derive(Clone, Copy, Debug)]
pub(in crate::format) struct Columns {
    pub start: usize,
    pub end: usize,
    pub name: Option<usize>,
    pub count: usize,
}

impl Default for Columns {
    fn default() -> Self {
        Self { start: 1, end: 2, name: Some(4), count: 10 }
    }
}

impl Columns {
    pub fn parse(format: &str) -> Option<Self> {
        let names: Vec<String> = format.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
        let at = |wanted: &str| names.iter().position(|name| name == wanted);
        let name = at("name").or(at("actor"));
        Some(Self { start: at("start")?, end: at("end")?, name, count: names.len() })
    }
}

#[derive(Default)]
struct Script {
    is_ass: bool,
    title: String,
    in_events: bool,
    columns: Columns,
    drafts: Vec<CueDraft>,
    repairs: Vec<Repair>,
}

impl Script {
    fn line(&mut self, number: usize, line: &str) {
        let trimmed = line.trim_start();
        if trimmed.starts_with('[') {
            let section = trimmed.trim_end().to_ascii_lowercase();
            self.in_events = section == "[events]";
            self.is_ass |= self.in_events || section == "[script info]";
            return;
        }
        let Some((key, value)) = trimmed.split_once(':') else { return };
        let value = value.strip_prefix(' ').unwrap_or(value);
        match key.trim().to_ascii_lowercase().as_str() {
            "title" if !self.in_events => value.clone_into(&mut self.title),
            "format" if self.in_events => match Columns::parse(value) {
                Some(columns) => self.columns = columns,
                None => {
                    self.repair(number, "a format line without start and end; the usual order is assumed")
                }
            },
            "dialogue" => self.dialogue(number, value),
            _ => {}
        }
    }

    fn dialogue(&mut self, number: usize, value: &str) {
        self.is_ass = true;
        let fields: Vec<&str> = value.splitn(self.columns.count, ',').collect();
        if fields.len() < self.columns.count {
            self.repair(number, "a dialogue line with too few fields; its last one is read as text");
        }
        let field = |index: usize| fields.get(index).map(|field| field.trim());
        let start = field(self.columns.start).and_then(time);
        let end = field(self.columns.end).and_then(time);
        let speaker = self.columns.name.and_then(field).map(|name| name.replace(NAME_COMMA, ","));
        let text = Text::parse(fields.last().copied().unwrap_or_default(), start.unwrap_or_default());
        let Text { mut rich, words, place, .. } = text;
        let text = rich.text.clone();
        let styles = rich.styles_of(&text);
        self.drafts.push(CueDraft { line: Some(number), start, end, text, speaker, words, styles, place });
    }

    fn repair(&mut self, line: usize, what: &str) {
        self.repairs.push(Repair::at(line, what));
    }
}

/// Parses `H:MM:SS.cc`; accepts any number of digits, and a comma for the point.
pub(in crate::format) fn time(text: &str) -> Option<MediaTime> {
    let mut parts = text.split(':').rev();
    let seconds = parts.next()?.replace(',', ".");
    let is_number = !seconds.is_empty() && seconds.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let seconds = MediaTime::from_secs_f64(seconds.parse().ok().filter(|_| is_number)?);
    let mut whole = || parts.next().map_or(Some(0), |part| part.trim().parse::<u32>().ok().map(i64::from));
    let (minutes, hours) = (whole()?, whole()?);
    Some(Clock::join(hours, minutes, 0, 0) + seconds)
}

/// The text of a dialogue line, without its tags.
#[derive(Default)]
struct Text {
    rich: Rich,
    place: Option<Place>,
    words: Vec<Word>,
    /// The start of the next syllable, and the current one with its first byte.
    next: MediaTime,
    syllable: Option<(TimeSpan, usize)>,
    in_drawing: bool,
}

impl Text {
    fn parse(field: &str, start: MediaTime) -> Self {
        let mut text = Self { next: start, ..Self::default() };
        let mut rest = field;
        while let Some(at) = rest.find(['\\', '{']) {
            text.push(&rest[..at]);
            rest = &rest[at..];
            rest = if rest.starts_with('{') { text.block(rest) } else { text.escape(rest) };
        }
        text.push(rest);
        text.close_syllable();
        text
    }

    fn push(&mut self, plain: &str) {
        if !self.in_drawing {
            self.rich.text.push_str(plain);
        }
    }

    /// Reads an escape at the beginning of `text`, and returns the rest.
    fn escape<'a>(&mut self, text: &'a str) -> &'a str {
        let rest = &text[1..];
        let (plain, length) = match rest.chars().next() {
            Some('N' | 'n') => ("\n", 1),
            Some('h') => ("\u{a0}", 1),
            Some('{') => ("{", 1),
            Some('}') => ("}", 1),
            Some(JOINER) => ("\\", JOINER.len_utf8()),
            _ => ("\\", 0),
        };
        self.push(plain);
        &rest[length..]
    }

    /// Reads a block of tags at the beginning of `text`, and returns the rest. A brace that is never closed is text.
    fn block<'a>(&mut self, text: &'a str) -> &'a str {
        let Some(end) = text.find('}') else {
            self.push(text);
            return "";
        };
        let (comment, tags) = overrides::divided(&text[..=end]);
        if !comment.is_empty() {
            self.rich.point(&format!("{{{comment}}}"));
        }
        tags.into_iter().for_each(|tag| self.tag(tag.trim()));
        &text[end + 1..]
    }

    fn tag(&mut self, tag: &str) {
        let name_length = tag.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tag.len());
        let (name, value) = tag.split_at(name_length);
        match (name, value.parse::<u32>()) {
            ("p", Ok(scale)) => {
                self.in_drawing = scale > 0;
            }
            ("k" | "K" | "kf" | "ko", Ok(centiseconds)) => {
                self.close_syllable();
                let start = self.next;
                self.next += MediaTime::from_millis(i64::from(centiseconds) * 10);
                self.syllable = Some((TimeSpan::new(start, self.next), self.rich.text.len()));
            }
            _ => overrides::read(tag, &mut self.rich, &mut self.place),
        }
    }

    /// Makes a word of the text since the last karaoke tag, or adds it to the previous word if no space separates them.
    fn close_syllable(&mut self) {
        let Some((span, from)) = self.syllable.take() else { return };
        let before = self.rich.text[..from].chars().next_back();
        for (index, part) in self.rich.text[from..].split_whitespace().enumerate() {
            let first = part.chars().next().unwrap_or(' ');
            let touches = index == 0 && self.rich.text[from..].starts_with(part);
            let joins = before.filter(|last| touches && !last.is_whitespace());
            match (self.words.last_mut(), joins) {
                (Some(word), Some(last)) if script::is_spaced(last, first) => {
                    word.text.push_str(part);
                    word.span.end = span.end;
                }
                _ => self.words.push(Word::new(part, span)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "[Script Info]\nTitle: Talk\n[Events]\n";

    fn cue(text: &str) -> (String, Vec<(String, i64, i64)>) {
        let script = format!("{HEAD}Dialogue: 0,0:00:01.00,0:00:09.00,Default,,0,0,0,,{text}\n");
        let reading = read(script.as_bytes()).unwrap();
        assert!(!reading.repairs.iter().any(|repair| repair.breaks_format), "{text}");
        let cue = &reading.document.cues[0];
        let millis =
            |word: &Word| (word.text.clone(), word.span.start.as_millis(), word.span.end.as_millis());
        (cue.text.clone(), cue.words.iter().map(millis).collect())
    }

    #[test]
    fn tags_go_and_text_stays() {
        assert_eq!(cue("{\\an8}{\\i1}a{\\i0}, b\\Nc\\hd").0, "a, b\nc\u{a0}d");
        assert_eq!(cue("\\{1, 2\\} {3").0, "{1, 2} {3");
        assert_eq!(cue("C:\\\u{2060}New \\x").0, "C:\\New \\x");
        assert_eq!(cue("{\\p1}m 0 0 l 1 1{\\p0}shown").0, "shown");
    }

    #[test]
    fn karaoke_gives_words_their_times() {
        let (text, words) = cue("{\\k50}Wel{\\kf30}come {\\k20}{\\k40}back\\N{\\K10}all");
        assert_eq!(text, "Welcome back\nall");
        let expected = [("Welcome", 1000, 1800), ("back", 2000, 2400), ("all", 2400, 2500)];
        assert_eq!(words, expected.map(|(text, start, end)| (text.to_owned(), start, end)));
    }

    #[test]
    fn ssa_columns_and_bad_lines_are_repaired() {
        let script = "[Events]\nFormat: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n\
                      Dialogue: Marked=0,0:00:02,0:00:01.00,*Default,Ada,0,0,0,,late, but here\n\
                      Dialogue: lost\n";
        let reading = read(script.as_bytes()).unwrap();
        let texts: Vec<_> = reading.document.cues.iter().map(|cue| cue.text.as_str()).collect();
        assert_eq!(texts, ["late, but here", "lost"]);
        assert_eq!(reading.document.cues[0].speaker.as_deref(), Some("Ada"));
        let lines: Vec<_> = reading.repairs.iter().map(|repair| repair.line).collect();
        assert_eq!(lines, [Some(4), Some(4), Some(3), Some(4)]);
        assert!(read(b"just text").is_err());
    }
}
