//! Finds the paths that Rust source names: in `use` trees, with groups taken apart, and inline. Comments,
//! strings and lifetimes are skipped. Not a parser: just enough to see who names whom.

use std::iter::Peekable;
use std::str::Chars;

/// A path as it was resolved: `crate::a::b` is `["crate", "a", "b"]`, a library's begins with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPath {
    pub segments: Vec<String>,
    /// From 1.
    pub line: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    /// `::`
    Separator,
    Mark(char),
}

/// Every path of two segments or more that `source` names, `self` and `super` resolved against `module`: the
/// names that lead to the file from the crate's root.
pub fn named_paths(source: &str, module: &[&str]) -> Vec<NamedPath> {
    let mut scan = Scan {
        tokens: tokens(source),
        at: 0,
        module: module.iter().map(|name| (*name).to_owned()).collect(),
        blocks: Vec::new(),
        found: Vec::new(),
    };
    scan.run();
    scan.found
}

/// The lines with an error that is a text: `Result<…, String>`, `Result<…, &str>`, or `type Error = String`.
pub fn text_errors(source: &str) -> Vec<usize> {
    let tokens = tokens(source);
    let is =
        |at: usize, wanted: &str| matches!(tokens.get(at), Some((Token::Word(word), _)) if word == wanted);
    let is_text = |at: usize| match tokens.get(at) {
        Some((Token::Mark('&'), _)) => is(at + 1, "str"),
        _ => is(at, "String"),
    };
    let is_offence = |at: usize| match &tokens[at].0 {
        Token::Word(word) if word == "Result" => last_argument(&tokens, at + 1).is_some_and(is_text),
        Token::Word(word) if word == "type" => {
            (is(at + 1, "Error") || is(at + 1, "Err"))
                && tokens.get(at + 2).is_some_and(|(token, _)| *token == Token::Mark('='))
                && is_text(at + 3)
        }
        _ => false,
    };
    (0..tokens.len()).filter(|at| is_offence(*at)).map(|at| tokens[at].1).collect()
}

/// The names of types, traits and type aliases that are `pub` without a restriction.
pub fn public_types(source: &str) -> Vec<String> {
    const KINDS: [&str; 5] = ["struct", "enum", "union", "trait", "type"];
    let tokens = tokens(source);
    let name = |window: &[(Token, usize)]| match window {
        [(Token::Word(public), _), (Token::Word(kind), _), (Token::Word(name), _)]
            if public == "pub" && KINDS.contains(&&**kind) =>
        {
            Some(name.clone())
        }
        _ => None,
    };
    tokens.windows(3).filter_map(name).collect()
}

/// Where the last of several generic arguments begins, whose `<` is at `open`.
fn last_argument(tokens: &[(Token, usize)], open: usize) -> Option<usize> {
    if tokens.get(open)?.0 != Token::Mark('<') {
        return None;
    }
    let (mut depth, mut last) = (0_u32, None);
    for at in open..tokens.len() {
        let is_arrow = at > 0 && tokens[at - 1].0 == Token::Mark('-');
        match tokens[at].0 {
            Token::Mark('<' | '(' | '[') => depth += 1,
            Token::Mark('>') if is_arrow => {}
            Token::Mark('>' | ')' | ']') => depth -= 1,
            Token::Mark(',') if depth == 1 && tokens.get(at + 1)?.0 != Token::Mark('>') => {
                last = Some(at + 1)
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    last
}

struct Scan {
    tokens: Vec<(Token, usize)>,
    at: usize,
    module: Vec<String>,
    /// For every open brace, whether it is that of an inline module.
    blocks: Vec<bool>,
    found: Vec<NamedPath>,
}

impl Scan {
    fn run(&mut self) {
        while self.at < self.tokens.len() {
            match self.token(0).cloned() {
                Some(Token::Word(word)) if word == "mod" && self.token(2) == Some(&Token::Mark('{')) => {
                    if let Some(Token::Word(name)) = self.token(1).cloned() {
                        self.module.push(name);
                    }
                    self.blocks.push(true);
                    self.at += 3;
                }
                Some(Token::Word(word)) if word == "use" && self.token(1) != Some(&Token::Mark('<')) => {
                    self.at += 1;
                    self.use_tree(Vec::new());
                }
                Some(Token::Word(_)) => self.inline_path(),
                Some(Token::Mark('{')) => {
                    self.blocks.push(false);
                    self.at += 1;
                }
                Some(Token::Mark('}')) => {
                    if self.blocks.pop() == Some(true) {
                        self.module.pop();
                    }
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
    }

    fn token(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead).map(|(token, _)| token)
    }

    fn line(&self) -> usize {
        self.tokens.get(self.at).or(self.tokens.last()).map_or(0, |(_, line)| *line)
    }

    fn inline_path(&mut self) {
        let line = self.line();
        let mut segments = Vec::new();
        while let Some(Token::Word(word)) = self.token(0).cloned() {
            segments.push(word);
            self.at += 1;
            if self.token(0) != Some(&Token::Separator) {
                break;
            }
            self.at += 1;
        }
        if segments.len() > 1 {
            self.add(segments, line);
        }
    }

    /// One branch of a `use`, up to the comma, brace or semicolon that ends it.
    fn use_tree(&mut self, mut prefix: Vec<String>) {
        let line = self.line();
        loop {
            match self.token(0).cloned() {
                Some(Token::Word(word)) if word == "as" => {
                    self.at += 2;
                    return self.add(prefix, line);
                }
                Some(Token::Word(word)) => prefix.push(word),
                Some(Token::Mark('*')) => prefix.push("*".to_owned()),
                Some(Token::Separator) => {}
                Some(Token::Mark('{')) => return self.use_group(&prefix),
                _ => return self.add(prefix, line),
            }
            self.at += 1;
        }
    }

    fn use_group(&mut self, prefix: &[String]) {
        self.at += 1;
        loop {
            match self.token(0) {
                Some(Token::Mark('}')) => {
                    self.at += 1;
                    return;
                }
                Some(Token::Mark(',')) => self.at += 1,
                None | Some(Token::Mark(_)) => return,
                Some(_) => self.use_tree(prefix.to_vec()),
            }
        }
    }

    fn add(&mut self, segments: Vec<String>, line: usize) {
        let mut segments = segments.into_iter().peekable();
        let mut from = match segments.peek().map(String::as_str) {
            Some("self" | "super") => self.module.clone(),
            Some(_) => return self.found.push(NamedPath { segments: segments.collect(), line }),
            None => return,
        };
        while let Some(step) = segments.next_if(|step| step == "self" || step == "super") {
            if step == "super" {
                from.pop();
            }
        }
        let root = ["crate".to_owned()];
        self.found.push(NamedPath { segments: root.into_iter().chain(from).chain(segments).collect(), line });
    }
}

fn tokens(source: &str) -> Vec<(Token, usize)> {
    let mut chars = source.chars().peekable();
    let mut tokens = Vec::new();
    let mut line = 1;
    while let Some(c) = chars.next() {
        let here = line;
        match c {
            '\n' => line += 1,
            '/' if chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
            '/' if chars.peek() == Some(&'*') => line += skip_block_comment(&mut chars),
            '"' => line += skip_string(&mut chars),
            '\'' => skip_char_or_lifetime(&mut chars),
            ':' if chars.next_if_eq(&':').is_some() => tokens.push((Token::Separator, here)),
            c if c.is_alphabetic() || c == '_' => {
                let word = word(c, &mut chars);
                let raw = matches!(word.as_str(), "r" | "br" | "cr");
                match chars.peek() {
                    // After `r#name`, no string, the name follows.
                    Some('"' | '#') if raw => line += skip_raw_string(&mut chars).unwrap_or(0),
                    Some('"') if matches!(word.as_str(), "b" | "c") => {}
                    _ => tokens.push((Token::Word(word), here)),
                }
            }
            c if c.is_whitespace() => {}
            c => tokens.push((Token::Mark(c), here)),
        }
    }
    tokens
}

fn word(first: char, chars: &mut Peekable<Chars>) -> String {
    let mut word = String::from(first);
    while let Some(c) = chars.next_if(|c| c.is_alphanumeric() || *c == '_') {
        word.push(c);
    }
    word
}

/// These three give the number of lines that they passed.
fn skip_block_comment(chars: &mut Peekable<Chars>) -> usize {
    chars.next();
    let (mut depth, mut lines) = (1, 0);
    while let Some(c) = chars.next() {
        match c {
            '\n' => lines += 1,
            '/' if chars.next_if_eq(&'*').is_some() => depth += 1,
            '*' if chars.next_if_eq(&'/').is_some() => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    lines
}

fn skip_string(chars: &mut Peekable<Chars>) -> usize {
    let mut lines = 0;
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\n' => lines += 1,
            '\\' => lines += usize::from(chars.next() == Some('\n')),
            _ => {}
        }
    }
    lines
}

fn skip_raw_string(chars: &mut Peekable<Chars>) -> Option<usize> {
    let mut hashes = 0;
    while chars.next_if_eq(&'#').is_some() {
        hashes += 1;
    }
    chars.next_if_eq(&'"')?;
    let mut lines = 0;
    while let Some(c) = chars.next() {
        lines += usize::from(c == '\n');
        if c == '"' && (0..hashes).all(|_| chars.next_if_eq(&'#').is_some()) {
            break;
        }
    }
    Some(lines)
}

fn skip_char_or_lifetime(chars: &mut Peekable<Chars>) {
    match chars.next() {
        Some('\\') => {
            chars.next();
            while chars.next().is_some_and(|c| c != '\'') {}
        }
        // `'a'` is a character, `'a` and `'static` are lifetimes.
        Some(first) if chars.next_if_eq(&'\'').is_none() && (first.is_alphabetic() || first == '_') => {
            word(first, chars);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(source: &str) -> Vec<String> {
        named_paths(source, &["audio", "decode"]).into_iter().map(|path| path.segments.join("::")).collect()
    }

    #[test]
    fn use_trees_are_taken_apart() {
        assert_eq!(
            names("pub use crate::{time::{self, MediaTime as T}, vad, asr::*};\nuse ::egui::Ui;"),
            ["crate::time::self", "crate::time::MediaTime", "crate::vad", "crate::asr::*", "egui::Ui"]
        );
        assert_eq!(names("use egui;"), ["egui"]);
    }

    #[test]
    fn inline_paths_are_found() {
        assert_eq!(
            names("#[derive(clap::Parser)] struct A(Vec<crate::vad::B>); fn f() { $crate::time::g(x.y) }"),
            ["clap::Parser", "crate::vad::B", "crate::time::g"]
        );
        assert_eq!(
            names("fn f<'a>() -> impl Sized + use<'a> { std::mem::take(&mut x) }"),
            ["std::mem::take"]
        );
    }

    #[test]
    fn super_is_resolved_through_inline_modules() {
        assert_eq!(names("use super::super::gui::App;"), ["crate::gui::App"]);
        assert_eq!(
            names("mod tests { use super::*; fn f() { if x { super::g() } } } use super::open;"),
            ["crate::audio::decode::*", "crate::audio::decode::g", "crate::audio::open"]
        );
    }

    #[test]
    fn errors_that_are_texts_are_found() {
        let lines = |source| text_errors(source).len();
        for source in [
            "fn f() -> Result<(), String> {}",
            "fn f() -> Result<Vec<(u8, [u8; 2])>, String,> {}",
            "fn f(g: impl Fn(u8) -> u8) -> std::result::Result<Box<dyn Fn() -> u8>, &'static str> {}",
            "impl FromStr for A { type Err = String; }",
        ] {
            assert_eq!(lines(source), 1, "{source}");
        }
        for source in [
            "fn f() -> Result<String, Error> {}",
            "fn f() -> io::Result<String> {}",
            "fn f() -> Result<Option<Result<u8, Error>>, Error> { let x: (u8, String); }",
            "type Output = String; // Result<(), String>",
        ] {
            assert_eq!(lines(source), 0, "{source}");
        }
        assert_eq!(text_errors("\n\nfn f() -> Result<\n    u8, String> {}"), [3]);
    }

    #[test]
    fn comments_and_literals_name_nothing() {
        let source = r####"
            // crate::a::b
            /* crate::a /* nested */ crate::b */
            const A: &str = "crate::a \" crate::b"; const B: &[u8] = b"crate::c::d";
            const C: &str = r#"crate::a " crate::b"#; const D: char = '"'; const E: char = '\''; const F: char = '\u{41}';
            fn f<'a>(r#type: &'a str, x: &'static str) { }
            use crate::seen;"####;
        assert_eq!(
            named_paths(source, &[]),
            [NamedPath { segments: vec!["crate".into(), "seen".into()], line: 7 }]
        );
    }
}
