//! Escapes text that looks like markup or syntax, for formats without a way to do so.
//!
//! SRT and similar formats cannot express that a `<` is a `<`. Players then hide `vector<int>`, `{1, 2}` or `\nabla`
//! partly or completely. An invisible word joiner (U+2060) after the character that would begin markup keeps such text
//! visible. Braces need more: anything between `{` and `}` is hidden, so they become full-width braces, each marked by
//! a joiner. [`unescape`] reverses all of this.

pub(crate) const JOINER: char = '\u{2060}';

/// Whether the format itself escapes angle brackets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Angles {
    /// `<` and `>` are written as they are and could be taken for tags and arrows.
    Bare,
    /// The format escapes them.
    Escaped,
}

/// Escapes clean text, which contains no joiners.
pub(crate) fn escape(text: &str, angles: Angles) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            escaped.push('\n');
        }
        guard_line(line, angles, &mut escaped);
    }
    escaped
}

fn guard_line(line: &str, angles: Angles, escaped: &mut String) {
    let stamps =
        line.char_indices().filter(|&(at, c)| c == ':' && divides_a_stamp(line, at)).nth(1).is_some();
    let bare = angles == Angles::Bare;
    let mut previous = '\0';
    for (at, c) in line.char_indices() {
        let next = line[at + c.len_utf8()..].chars().next();
        if bare && c == '>' && matches!(previous, '>' | '-') {
            escaped.push(JOINER);
        }
        escaped.push(match c {
            '{' => '｛',
            '}' => '｝',
            c => c,
        });
        let begins_markup = match c {
            '<' => bare,
            '{' | '}' => true,
            '\\' => matches!(next, Some('n' | 'N' | 'h')),
            ':' => stamps && divides_a_stamp(line, at),
            '&' => is_reference(&line[at..]),
            _ => false,
        };
        if begins_markup {
            escaped.push(JOINER);
        }
        previous = c;
    }
    // Some readers take a number on a line of its own for the index of the next cue.
    if !line.is_empty() && line.chars().all(char::is_numeric) {
        escaped.push(JOINER);
    }
}

/// Escapes a name for use inside a tag, where `&`, `<` and `>` have a meaning.
pub(crate) fn escape_name(name: &str) -> String {
    let escaped = |c| match c {
        // A dash at the end of a name would form an arrow with the end of its tag.
        '-' => "-\u{2060}".to_owned(),
        '&' => "＆\u{2060}".to_owned(),
        '<' => "＜\u{2060}".to_owned(),
        '>' => "＞\u{2060}".to_owned(),
        c => String::from(c),
    };
    name.chars().map(escaped).collect()
}

/// Returns whether the colon at `at` precedes the seconds of a time such as `1:02.5`.
fn divides_a_stamp(line: &str, at: usize) -> bool {
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let seconds = &line[at + 1..];
    let fraction = seconds.trim_start_matches(char::is_numeric);
    digit(line[..at].chars().next_back())
        && (1..=2).contains(&seconds.chars().take_while(|c| c.is_numeric()).take(3).count())
        && fraction.starts_with(['.', ','])
        && digit(fraction.chars().nth(1))
}

/// Returns whether the text begins with something like `&lt;` or `&#60;`.
fn is_reference(text: &str) -> bool {
    let name =
        text.as_bytes()[1..].iter().take(32).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
    name > 0 && text.as_bytes().get(1 + name) == Some(&b';')
}

/// Reverses [`escape`] and [`escape_name`].
pub(crate) fn unescape(text: &str) -> String {
    if !text.contains(JOINER) {
        return text.to_owned();
    }
    let pairs = [("｛", "{"), ("｝", "}"), ("＆", "&"), ("＜", "<"), ("＞", ">")];
    let mut text = text.to_owned();
    for (wide, plain) in pairs {
        text = text.replace(&format!("{wide}{JOINER}"), plain);
    }
    text.replace(JOINER, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_markup_is_guarded() {
        let cases = [
            ("vector<int> x", "vector<|int> x"),
            ("a --> b >> c", "a --|> b >|> c"),
            ("{\\an8}", "｛|\\an8｝|"),
            ("open { only", "open ｛| only"),
            ("\\nabla \\alpha", "\\|nabla \\alpha"),
            ("in\n1942", "in\n1942|"),
            ("0:01.0 to 0:02.0", "0:|01.0 to 0:|02.0"),
            ("at 9:30, ratio 1:2.5", "at 9:30, ratio 1:2.5"),
            ("&lt; R&D Q&A", "&|lt; R&D Q&A"),
        ];
        for (text, shown) in cases {
            let escaped = escape(text, Angles::Bare);
            assert_eq!(escaped.replace(JOINER, "|"), shown);
            assert_eq!(unescape(&escaped), text);
        }
    }

    #[test]
    fn braces_of_other_scripts_come_back() {
        let text = "｛全角｝ and {ascii}";
        assert_eq!(unescape(&escape(text, Angles::Escaped)), text);
        let name = "R&D <＆>";
        assert!(!escape_name(name).contains(['&', '<', '>']));
        assert_eq!(unescape(&escape_name(name)), name);
    }
}
