//! Appends lines to the text of a cue.

/// Appends the lines of `more` to a cue's text, trimmed and without blank ones.
pub(crate) fn push_lines(text: &mut String, more: &str) {
    for line in more.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
}
