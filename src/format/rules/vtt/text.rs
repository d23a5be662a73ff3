//! The text of a cue: tags, word times and character references.

use crate::format::Repair;
use crate::format::vtt::token::{TAGS, Tag, Token, tokens};
use crate::time::{MediaTime, TimeSpan};

/// Checks the text of a cue that lasts `span`; `first` is the line number of the text, from 1.
pub(super) fn find(first: usize, source: &str, span: TimeSpan) -> Vec<Repair> {
    let mut text = Text { latest: span.start, span, open: Vec::new(), faults: Vec::new() };
    let all = tokens(source);
    let line_at = |at: usize| first + source[..at].matches('\n').count();
    for (at, token) in &all {
        if let Some(what) = text.token(*token) {
            text.faults.push(Repair::at(line_at(*at), what));
        }
    }
    let begins_with_voice = matches!(all.first(), Some((_, Token::Open(tag))) if tag.name == "v");
    if text.open.iter().enumerate().any(|(n, name)| !(n == 0 && *name == "v" && begins_with_voice)) {
        text.faults.push(Repair::at(line_at(source.len()), "a tag is never closed"));
    }
    text.faults
}

struct Text<'a> {
    span: TimeSpan,
    /// The latest word time.
    latest: MediaTime,
    /// The names of the open tags.
    open: Vec<&'a str>,
    faults: Vec<Repair>,
}

impl<'a> Text<'a> {
    /// Returns what is wrong with a token. The reader itself reports a stray `<`.
    fn token(&mut self, token: Token<'a>) -> Option<&'static str> {
        match token {
            Token::Text(text) => wrong_reference(text),
            Token::Stray => None,
            Token::Open(tag) => self.open(tag),
            Token::Close(name) => self.close(name),
            Token::WrongTime => Some("the time of a word is not in the form MM:SS.mmm or HH:MM:SS.mmm"),
            Token::Time(time) => self.time(time),
        }
    }

    fn time(&mut self, time: MediaTime) -> Option<&'static str> {
        if time <= self.span.start || self.span.end <= time {
            return Some("the time of a word is outside its cue");
        }
        let is_late = time <= self.latest;
        self.latest = self.latest.max(time);
        is_late.then_some("the time of a word is not later than that of the word before")
    }

    fn open(&mut self, tag: Tag<'a>) -> Option<&'static str> {
        if !TAGS.contains(&tag.name) {
            return Some("a tag is not part of WebVTT");
        }
        let in_ruby = self.open.last() == Some(&"ruby");
        self.open.push(tag.name);
        let is_named = !tag.annotation.trim().is_empty();
        match tag.name {
            "v" if !is_named => Some("a voice has no name"),
            "lang" if !is_named => Some("a lang tag names no language"),
            "rt" if !in_ruby => Some("a ruby text is outside a ruby tag"),
            _ if tag.classes.split('.').skip(1).any(str::is_empty) => Some("a class of a tag has no name"),
            "v" | "lang" => wrong_reference(tag.annotation),
            _ if is_named => Some("a tag has an annotation where none is allowed"),
            _ => None,
        }
    }

    fn close(&mut self, name: &'a str) -> Option<&'static str> {
        if !TAGS.contains(&name) {
            return Some("a tag is not part of WebVTT");
        }
        // The closing tag of the last ruby text may be omitted.
        if name == "ruby" {
            self.open.pop_if(|open| *open == "rt");
        }
        match self.open.iter().rposition(|open| *open == name) {
            Some(place) if place + 1 == self.open.len() => {
                self.open.pop();
                None
            }
            Some(place) => {
                self.open.remove(place);
                Some("tags are not closed in the reverse order of opening")
            }
            None => Some("a tag is closed that was not opened"),
        }
    }
}

/// Finds an `&` that does not begin a character reference.
fn wrong_reference(text: &str) -> Option<&'static str> {
    let begins_one = |rest: &str| {
        let end = rest[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
        end.filter(|&end| rest[1 + end..].starts_with(';')).is_some_and(|end| {
            let reference = &rest[..end + 2];
            htmlize::unescape(reference) != reference
        })
    };
    let wrong = text.match_indices('&').any(|(at, _)| !begins_one(&text[at..]));
    wrong.then_some("an `&` is not the start of a character reference; write `&amp;`")
}
