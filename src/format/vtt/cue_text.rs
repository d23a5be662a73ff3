//! The text of a WebVTT cue, following the "WebVTT cue text tokenizer".

use crate::document::Cue;
use crate::document::style::Style;
use crate::format::color;
use crate::format::escape::unescape;
use crate::format::lines::push_lines;
use crate::format::marks;
use crate::format::rich::Rich;
use crate::time::{MediaTime, TimeSpan};

use super::token::{TAGS, Tag, Token, tokens};

/// The text of a cue with its markup parsed and removed.
#[derive(Debug, Default)]
pub(super) struct CueText {
    parts: Vec<Part>,
    rich: Rich,
    /// Whether it contains a `<` that does not begin a tag.
    pub(super) has_stray: bool,
}

/// Text with one voice and one start.
#[derive(Debug, Default, PartialEq)]
struct Part {
    voice: Option<String>,
    /// The timestamp before the text.
    start: Option<MediaTime>,
    text: String,
}

impl CueText {
    pub(super) fn parse(source: &str) -> Self {
        let mut read = Self::default();
        let mut voice = None;
        let mut start = None;
        for (_, token) in tokens(source) {
            match token {
                Token::Text(text) => read.push(&voice, start, &htmlize::unescape(text)),
                Token::Stray => {
                    read.has_stray = true;
                    read.push(&voice, start, "<");
                }
                Token::Open(tag) if tag.name == "v" => voice = name(tag.annotation),
                Token::Close("v") => voice = None,
                Token::Time(time) => start = Some(time),
                Token::Open(tag) => read.rich.open(tag.name, style(&tag)),
                Token::Close(name) => read.rich.close(name),
                Token::WrongTime => {}
            }
        }
        read
    }

    fn push(&mut self, voice: &Option<String>, start: Option<MediaTime>, text: &str) {
        self.rich.text.push_str(&unescape(text));
        match self.parts.last_mut().filter(|part| part.voice == *voice && part.start == start) {
            Some(part) => part.text.push_str(text),
            None => self.parts.push(Part { voice: voice.clone(), start, text: text.to_owned() }),
        }
    }

    /// Makes a cue of this text. Its speaker is the voice if there is only one; several voices are named in the text.
    /// Words are known if there are timestamps.
    pub(super) fn into_cue(mut self, span: TimeSpan) -> Cue {
        let is_shared = self.is_shared();
        let first = self.voices().next().cloned().flatten();
        let mut raw = String::new();
        let mut before = &None;
        for part in &self.parts {
            if let Some(name) = part.voice.as_ref().filter(|_| is_shared && part.voice != *before) {
                raw.push_str(&format!("{name}: "));
            }
            raw.push_str(&part.text);
            before = &part.voice;
        }
        let mut text = String::new();
        push_lines(&mut text, &unescape(&raw));
        let styles = self.rich.styles_of(&text);
        let marked = self.parts.into_iter().map(|part| (part.start, part.text));
        let words = if is_shared { Vec::new() } else { marks::words(marked, span) };
        Cue { span, text, speaker: first.filter(|_| !is_shared), words, styles, ..Cue::default() }
    }

    /// Returns whether it has several voices, or only a part of it has one.
    pub(super) fn is_shared(&self) -> bool {
        let first = self.voices().next();
        self.voices().any(|voice| Some(voice) != first)
    }

    fn voices(&self) -> impl Iterator<Item = &Option<String>> {
        self.parts.iter().filter(|part| !part.text.trim().is_empty()).map(|part| &part.voice)
    }
}

/// Returns the style of a tag; `None` for tags without an effect.
fn style(tag: &Tag<'_>) -> Option<Style> {
    match (tag.name, tag.classes) {
        ("i", "") => Some(Style::Italic),
        ("b", "") => Some(Style::Bold),
        ("u", "") => Some(Style::Underline),
        ("c", "") => None,
        (name, classes) if TAGS.contains(&name) => {
            let color = color::of_class(classes.trim_start_matches('.')).filter(|_| name == "c");
            let foreign = || Style::Foreign { open: tag.source.to_owned(), close: format!("</{name}>") };
            Some(color.map_or_else(foreign, Style::Color))
        }
        _ => None,
    }
}

/// Returns the name of a voice from its tag.
fn name(annotation: &str) -> Option<String> {
    let name = htmlize::unescape(annotation).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(unescape(&name)).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cue(source: &str) -> Cue {
        CueText::parse(source).into_cue(TimeSpan::from_millis(1000, 3000))
    }

    #[test]
    fn tags_go_and_entities_are_read() {
        let cases = [
            ("<i>a</i> <c.red>b</c> <lang en>c", "a b c"),
            ("x &lt; y &amp;&amp; y &gt; z &lambda; &#x3b1;", "x < y && y > z λ α"),
            ("<ruby>漢<rt>kan</rt></ruby>", "漢kan"),
            ("if x<y", "if x<y"),
            ("if x < y, then <i>z</i>", "if x < y, then z"),
            ("a<>b</>c", "a<>b</>c"),
            (" a \n b ", "a\nb"),
        ];
        for (source, text) in cases {
            assert_eq!(cue(source).text, text, "{source}");
        }
    }

    #[test]
    fn voices_are_speakers() {
        assert_eq!(cue("<v Ada Smith>Hello\nthere</v>").speaker.as_deref(), Some("Ada Smith"));
        assert_eq!(cue("<v.loud Ada>Hello").speaker.as_deref(), Some("Ada"));
        let shared = cue("<v Ada>Hello</v>\n<v Bob>Hi");
        assert_eq!((shared.speaker, shared.text.as_str()), (None, "Ada: Hello\nBob: Hi"));
    }

    #[test]
    fn timestamps_time_words() {
        let words = cue("Good <00:00:01.500>mor<00:00:02.000>ning\n<00:00:09.000>all").words;
        let told: Vec<_> =
            words.iter().map(|w| (w.text.as_str(), w.span.start.as_millis(), w.space_before)).collect();
        assert_eq!(
            told,
            [("Good", 1000, true), ("mor", 1500, true), ("ning", 2000, false), ("all", 2571, true)]
        );
        assert_eq!(cue("no times").words, []);
    }
}
