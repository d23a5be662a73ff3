//! Standard output and standard error.
//!
//! Readers may close these at any time: a terminal is closed, `head` has read enough, or the disk of a log is full. No
//! work is stopped by that, so only writing a whole file returns an error. File names may contain anything: in lines
//! for people, control characters are shown as escapes, so that they cannot control a terminal or forge a line.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use serde_json::Value;

/// Writes a line for people to standard output.
pub fn print_line(line: &str) {
    write(io::stdout(), format!("{}\n", visible(line)).as_bytes());
}

/// Writes a line for people to standard error.
pub fn eprint_line(line: &str) {
    write(io::stderr(), format!("{}\n", visible(line)).as_bytes());
}

/// Writes text to standard output without a line end.
pub fn print_text(text: &str) {
    write(io::stdout(), text.as_bytes());
}

/// Writes text to standard error unchanged, including terminal control sequences.
pub fn eprint_text(text: &str) {
    write(io::stderr(), text.as_bytes());
}

/// Writes a file to standard output unchanged.
///
/// # Errors
/// Those of writing: the output is then incomplete.
pub fn print_file(bytes: &[u8]) -> io::Result<()> {
    let mut output = io::stdout();
    output.write_all(bytes)?;
    output.flush()
}

/// Writes the path of a result to standard output: unchanged for programs, as a line for people on a terminal.
pub fn print_path(path: &Path) {
    if io::stdout().is_terminal() {
        return print_line(&path.display().to_string());
    }
    let mut line = path.as_os_str().as_encoded_bytes().to_vec();
    line.push(b'\n');
    write(io::stdout(), &line);
}

/// Writes an object to standard output, as one line of JSON.
pub fn print_json(object: &Value) {
    write(io::stdout(), format!("{}\n", escaped(&object.to_string())).as_bytes());
}

fn write(mut output: impl Write, bytes: &[u8]) {
    // In one write, so that lines of several processes in one log stay whole.
    let _ = output.write_all(bytes).and_then(|()| output.flush());
}

/// Returns text with escapes for characters that a terminal would interpret.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return text.into();
    }
    let shown = |c: char| if is_unsafe(c) { c.escape_default().to_string() } else { c.to_string() };
    text.chars().map(shown).collect::<String>().into()
}

/// Returns whether a character is a control character, or reverses the text after it.
fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// JSON leaves the upper control characters in strings unchanged; some terminals obey them.
fn escaped(json: &str) -> Cow<'_, str> {
    if !json.contains(char::is_control) {
        return json.into();
    }
    let shown = |c: char| if c.is_control() { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    json.chars().map(shown).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_cannot_steer_a_terminal_or_forge_a_line() {
        assert_eq!(visible("Woche 1 – 講義.srt"), "Woche 1 – 講義.srt");
        assert_eq!(visible("\u{1b}[31mx\na: done\u{9b}0m"), r"\u{1b}[31mx\na: done\u{9b}0m");
        assert_eq!(visible("a\u{202e}trs.exe"), r"a\u{202e}trs.exe");
    }

    #[test]
    fn json_stays_json() {
        let object = json!({ "file": "a\u{9b}31m\u{1b}\u{7f}\n" });
        let line = escaped(&object.to_string()).into_owned();
        assert!(!line.contains(char::is_control), "{line}");
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), object);
    }
}
