//! Turns almost-JSON into JSON: numbers that are not JSON, trailing commas, raw control characters, and a missing end.

use crate::format::Repair;

/// Repairs common mistakes of other programs, in one pass, and reports them. Text that is not JSON at all stays
/// invalid.
///
/// Python writes `NaN` and `Infinity`; a crash truncates the file; older tools leave control characters and halves of
/// surrogate pairs in strings.
pub fn repaired(json: &str, repairs: &mut Vec<Repair>) -> String {
    let mut reading = NearJson { rest: json, ..NearJson::default() };
    while let Some(c) = reading.rest.chars().next() {
        reading.step(c);
    }
    reading.finish(repairs)
}

#[derive(Default)]
struct NearJson<'a> {
    rest: &'a str,
    out: String,
    /// The brackets that would close everything open.
    closers: Vec<char>,
    /// The last character outside strings that is not white space; `"` after a string.
    last: char,
    /// The position up to which everything is complete, and the number of open brackets there.
    whole: (usize, usize),
    changed: bool,
    is_cut: bool,
}

impl NearJson<'_> {
    fn step(&mut self, c: char) {
        match c {
            '"' => return self.string(),
            '{' => self.closers.push('}'),
            '[' => self.closers.push(']'),
            '}' | ']' => {
                self.drop_trailing_comma();
                self.closers.pop();
            }
            ',' => self.mark_whole(),
            'N' | 'I' | '-' if self.not_a_number() => return,
            _ => {}
        }
        self.take(c.len_utf8());
        if !c.is_whitespace() {
            self.last = c;
        }
        if matches!(c, '}' | ']') {
            self.mark_whole();
        }
    }

    fn take(&mut self, length: usize) {
        self.out.push_str(&self.rest[..length]);
        self.rest = &self.rest[length..];
    }

    fn mark_whole(&mut self) {
        self.whole = (self.out.len(), self.closers.len());
    }

    fn drop_trailing_comma(&mut self) {
        if self.last == ',' {
            self.out.truncate(self.out.trim_end().len() - 1);
            self.changed = true;
        }
    }

    fn not_a_number(&mut self) -> bool {
        let found = ["NaN", "-Infinity", "Infinity"].into_iter().find(|name| self.rest.starts_with(name));
        let Some(name) = found else { return false };
        self.rest = &self.rest[name.len()..];
        self.out.push_str("null");
        self.last = 'l';
        self.changed = true;
        true
    }

    /// Copies a string, up to its closing quotation mark.
    fn string(&mut self) {
        let is_key = self.closers.last() == Some(&'}') && matches!(self.last, '{' | ',');
        self.last = '"';
        self.take(1);
        while let Some(c) = self.rest.chars().next() {
            match c {
                '"' => {
                    self.take(1);
                    if !is_key {
                        self.mark_whole();
                    }
                    return;
                }
                '\\' => self.escape(),
                c if c < ' ' => {
                    self.out.push_str(&format!("\\u{:04x}", c as u32));
                    self.rest = &self.rest[1..];
                    self.changed = true;
                }
                c => self.take(c.len_utf8()),
            }
        }
        self.is_cut = true;
        if !is_key {
            self.out.push('"');
            self.mark_whole();
        }
    }

    fn escape(&mut self) {
        match self.rest.as_bytes().get(1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.take(2),
            Some(b'u') => self.unicode_escape(),
            Some(_) => {
                self.out.push_str("\\\\");
                self.rest = &self.rest[1..];
                self.changed = true;
            }
            None => self.rest = "",
        }
    }

    fn unicode_escape(&mut self) {
        let unit = |at: usize| {
            let digits = self.rest.get(at..at + 6)?.strip_prefix("\\u")?;
            u16::from_str_radix(digits, 16).ok()
        };
        let (first, second) = (unit(0), unit(6));
        let whole = |units: &[u16]| char::decode_utf16(units.iter().copied()).all(|c| c.is_ok());
        match (first, second) {
            (Some(first), _) if whole(&[first]) => self.take(6),
            (Some(first), Some(second)) if whole(&[first, second]) => self.take(12),
            (first, _) => {
                self.out.push_str("\\ufffd");
                self.rest = first.and(self.rest.get(6..)).unwrap_or(&self.rest[2..]);
                self.changed = true;
            }
        }
    }

    /// Closes everything open, after dropping incomplete parts.
    fn finish(mut self, repairs: &mut Vec<Repair>) -> String {
        if !self.closers.is_empty() {
            self.is_cut = true;
            self.out.truncate(self.whole.0);
            self.closers.truncate(self.whole.1);
            self.out.extend(self.closers.iter().rev());
        }
        let mut tell = |what: &str| repairs.push(Repair::of_file(what));
        if self.is_cut {
            tell("the file ends early; what is whole in it was read");
        }
        if self.changed {
            tell("the file is not quite JSON; repaired");
        }
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn almost_json_becomes_json() {
        for (json, expected) in [
            (r#"{"a": NaN, "b": [-Infinity, 1,],}"#, r#"{"a": null, "b": [null, 1]}"#),
            ("{\"a\": \"x\ty\\q\"}", r#"{"a": "x\u0009y\\q"}"#),
            (r#"["\ud83d", "\ud83d\ude00", "\u12"]"#, r#"["\ufffd", "\ud83d\ude00", "\ufffd12"]"#),
            (r#"{"a": {"b": "cut o"#, r#"{"a": {"b": "cut o"}}"#),
            (r#"{"a": [{"b": 1}, {"c": 2, "d"#, r#"{"a": [{"b": 1}, {"c": 2}]}"#),
            (r#"{"a": [{"b": 1}, {"c": 12"#, r#"{"a": [{"b": 1}]}"#),
            (r#"{"a": "x\"#, r#"{"a": "x"}"#),
        ] {
            let mut repairs = Vec::new();
            assert_eq!(repaired(json, &mut repairs), expected);
            assert_eq!(repairs.len(), 1, "{json}");
        }
    }

    #[test]
    fn what_is_right_stays() {
        let mut repairs = Vec::new();
        let json = r#" {"a": [1, "N", {"-": "I,]}"}], "b": null} "#;
        assert_eq!(repaired(json, &mut repairs), json);
        assert_eq!(repairs, []);
    }
}
