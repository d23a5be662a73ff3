//! Names of file formats in the language of the window.

use super::words::say;
use crate::format::Format;

/// Returns the title of a format. A name that is the same in every language comes from the format itself.
pub fn title(format: &Format) -> &'static str {
    match format.name {
        "srt" => say("format-srt"),
        "vtt" => say("format-vtt"),
        "ttml" => say("format-ttml"),
        "ebuttd" => say("format-ebuttd"),
        "sbv" => say("format-sbv"),
        "lrc" => say("format-lrc"),
        "csv" => say("format-csv"),
        "tsv" => say("format-tsv"),
        "text" => say("format-text"),
        "json" => say("format-json"),
        "markdown" => say("format-markdown"),
        "html" => say("format-html"),
        "docx" => say("format-docx"),
        _ => format.title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_says_in_english_what_the_format_says() {
        for format in crate::format::all() {
            assert_eq!(title(format), format.title);
        }
    }
}
