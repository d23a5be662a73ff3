//! Running text from lines and cues: separated by spaces, except in scripts that have none.

use crate::transcript::script::is_spaced;

/// Appends `more` to running text, after a space if the adjoining scripts use spaces.
pub fn push(text: &mut String, more: &str) {
    if let (Some(last), Some(first)) = (text.chars().next_back(), more.chars().next())
        && is_spaced(last, first)
    {
        text.push(' ');
    }
    text.push_str(more);
}

/// Joins parts to running text.
pub fn join<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for part in parts {
        push(&mut text, part);
    }
    text
}

/// Returns the lines of a cue as running text.
pub fn unwrap_lines(text: &str) -> String {
    join(text.split('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_join_as_their_script_is_written() {
        assert_eq!(unwrap_lines("linear\nalgebra"), "linear algebra");
        assert_eq!(unwrap_lines("線形\n代数"), "線形代数");
        assert_eq!(unwrap_lines("선형\n대수"), "선형 대수");
        assert_eq!(join(["これは", "Rust"]), "これは Rust");
    }
}
