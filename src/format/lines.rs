//! Lines of text that was read.

/// Appends the lines of `more` to a cue's text, without white space at their ends and without blank ones.
pub(crate) fn push_lines(text: &mut String, more: &str) {
    for line in more.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
}
