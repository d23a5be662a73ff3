//! HTML transcript: a single page without other files, except the recording for playback.
//!
//! Without scripts it is a plain transcript whose times are links into the recording (W3C Media Fragments). With
//! scripts, clicking a word seeks, the spoken word is highlighted, and a field searches the text.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use crate::document::{Cue, Document, Media};
use crate::format::paragraphs::{self, Paragraph};
use crate::format::{WriteError, WriteOptions, clean, running_text, words};
use crate::time::MediaTime;
use crate::transcript::script;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Browsers and search engines show no more of a page's title. Unit: characters.
const LONGEST_TITLE: usize = 70;

/// Writes the page. A click on a cue, or on a word if word times are requested, seeks.
pub fn write(document: &Document, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let cues = clean::cues(document);
    let heading = heading(document);
    let recording = document.media.as_ref().and_then(LinkedRecording::new);
    let mut page = String::new();
    push_head(&mut page, &heading, &clean::language_tag(&document.language));
    push_header(&mut page, &heading, recording.as_ref());
    push_transcript(&mut page, &cues, recording.as_ref(), options);
    let _ = write!(page, "<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
    Ok(page.into_bytes())
}

/// Returns the title, or the name of the recording, or a general heading.
fn heading(document: &Document) -> String {
    let title = clean::line(&document.title);
    let file_name = || document.media.as_ref().map(|media| clean::line(&media.file_name));
    let name = if title.is_empty() { file_name().unwrap_or_default() } else { title };
    if name.is_empty() { "Transcript".to_owned() } else { name }
}

/// The recording beside the page.
struct LinkedRecording {
    /// `audio` or `video`.
    element: &'static str,
    /// Relative and percent-encoded.
    url: String,
}

impl LinkedRecording {
    fn new(media: &Media) -> Option<Self> {
        if media.file_name.is_empty() {
            return None;
        }
        let extension = media.file_name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let is_video = matches!(extension.as_str(), "mp4" | "m4v" | "mov" | "webm" | "mkv" | "avi" | "ogv");
        let element = if is_video { "video" } else { "audio" };
        Some(Self { element, url: percent_encode(&media.file_name) })
    }
}

/// Returns a file name as a relative reference: characters reserved by RFC 3986 are encoded, so that nothing is taken
/// for a scheme, a folder or a query.
fn percent_encode(file_name: &str) -> String {
    let mut url = String::with_capacity(file_name.len());
    for byte in file_name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url
}

fn push_head(page: &mut String, heading: &str, language: &str) {
    let title = short_title(heading);
    let _ = write!(
        page,
        r#"<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{STYLE}</style>
</head>
<body>
"#
    );
}

/// Shortens the heading to a title; references such as `&amp;` count as they are written.
fn short_title(heading: &str) -> String {
    let title = escape(heading);
    if title.chars().count() <= LONGEST_TITLE {
        return title.into_owned();
    }
    let mut title = String::new();
    let mut length = 1;
    for c in heading.chars() {
        let written = escape(c.encode_utf8(&mut [0; 4]) as &str).into_owned();
        length += written.chars().count();
        if length > LONGEST_TITLE {
            break;
        }
        title.push_str(&written);
    }
    title + "…"
}

/// The page's own texts are English whatever the language of the lecture.
fn push_header(page: &mut String, heading: &str, recording: Option<&LinkedRecording>) {
    let heading = escape(heading);
    let _ = write!(page, "<header>\n<h1 dir=\"auto\">{heading}</h1>\n<div class=\"tools\" lang=\"en\">\n");
    if let Some(LinkedRecording { element, url }) = recording {
        let _ = writeln!(
            page,
            r#"<{element} controls preload="metadata" src="{url}" aria-label="Recording"></{element}>
<p id="missing" role="status" hidden>The recording is not beside this page, so it cannot be played.</p>"#
        );
    }
    page.push_str(
        r#"<form role="search" hidden>
<label for="query">Search the transcript</label>
<input id="query" type="search" autocomplete="off" spellcheck="false">
<button type="button" id="previous">Previous</button>
<button type="submit">Next</button>
<output id="found" for="query"></output>
</form>
</div>
</header>
"#,
    );
}

fn push_transcript(
    page: &mut String,
    cues: &[Cue],
    recording: Option<&LinkedRecording>,
    options: &WriteOptions,
) {
    let paragraphs = paragraphs::paragraphs(cues);
    let sections = paragraphs::sections(&paragraphs);
    page.push_str("<main>\n");
    for section in &sections {
        if sections.len() > 1 {
            let start = section[0].span().start;
            let _ = writeln!(page, "<h2>{}</h2>", time_element(start));
        }
        for paragraph in *section {
            push_paragraph(page, paragraph, recording, options);
        }
    }
    page.push_str("</main>\n");
}

fn push_paragraph(
    page: &mut String,
    paragraph: &Paragraph,
    recording: Option<&LinkedRecording>,
    options: &WriteOptions,
) {
    let start = paragraph.span().start;
    page.push_str("<div class=\"turn\">\n<p class=\"when\">");
    match recording {
        Some(LinkedRecording { url, .. }) => {
            let (time, seconds) = (time_element(start), seconds(start));
            let _ = write!(page, r#"<a href="{url}#t={seconds}" data-start="{seconds}">{time}</a>"#);
        }
        None => page.push_str(&time_element(start)),
    }
    page.push_str("</p>\n<p class=\"text\" dir=\"auto\">");
    if let Some(speaker) = paragraph.label() {
        let _ = write!(page, r#"<cite dir="auto">{}</cite> "#, escape(speaker));
    }
    let mut previous = None;
    for cue in paragraph.cues {
        push_cue(page, cue, &mut previous, options);
    }
    page.push_str("</p>\n</div>\n");
}

/// Appends the spans that seek. `previous` is the last character of the text before the cue.
fn push_cue(page: &mut String, cue: &Cue, previous: &mut Option<char>, options: &WriteOptions) {
    match words::pieces(cue) {
        Some(pieces) if options.word_times => {
            for (index, piece) in pieces.iter().enumerate() {
                let is_apart = index == 0 || !piece.before.is_empty();
                push_span(page, &piece.word.text, piece.word.span.start, is_apart, previous);
            }
        }
        _ => push_span(page, &running_text::unwrap_lines(&cue.text), cue.span.start, true, previous),
    }
}

fn push_span(page: &mut String, text: &str, start: MediaTime, is_apart: bool, previous: &mut Option<char>) {
    if let (Some(last), Some(first), true) = (*previous, text.chars().next(), is_apart)
        && script::is_spaced(last, first)
    {
        page.push(' ');
    }
    let _ = write!(page, r#"<span data-start="{}">{}</span>"#, seconds(start), escape(text));
    *previous = text.chars().next_back();
}

fn time_element(time: MediaTime) -> String {
    format!(r#"<time datetime="PT{}S">{}</time>"#, seconds(time), paragraphs::stamp(time))
}

/// Formats seconds with up to three decimals, as many as needed.
fn seconds(time: MediaTime) -> String {
    let millis = time.as_millis();
    let decimals = format!("{}.{:03}", millis / 1000, millis % 1000);
    decimals.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::words::estimate;
    use crate::time::TimeSpan;

    fn page(document: &Document, word_times: bool) -> String {
        String::from_utf8(write(document, &WriteOptions { word_times, ..WriteOptions::default() }).unwrap())
            .unwrap()
    }

    fn lecture() -> Document {
        let span = TimeSpan::from_millis(83_500, 85_500);
        let text = "a <b>\n& c".to_owned();
        let cue =
            Cue { span, words: estimate(&text, span), text, speaker: Some("Ada".into()), ..Cue::default() };
        let media = Media { file_name: "Vorlesung 1: \"π\".mp4".to_owned(), duration: MediaTime::ZERO };
        Document { title: "</script>".to_owned(), media: Some(media), cues: vec![cue], ..Document::default() }
    }

    #[test]
    fn times_are_links_into_the_recording() {
        let page = page(&lecture(), false);
        assert!(page.contains(
            "<a href=\"Vorlesung%201%3A%20%22%CF%80%22.mp4#t=83.5\" data-start=\"83.5\">\
             <time datetime=\"PT83.5S\">00:01:23</time></a>"
        ));
        assert!(page.contains("<video controls"));
        assert!(page.contains(
            "<cite dir=\"auto\">Ada</cite> <span data-start=\"83.5\">a &lt;b&gt; &amp; c</span></p>"
        ));
    }

    #[test]
    fn words_seek_on_request() {
        assert!(page(&lecture(), true).contains("<span data-start=\"83.5\">a</span> <span data-start="));
    }

    #[test]
    fn text_cannot_become_markup() {
        let page = page(&lecture(), false);
        assert_eq!(page.matches("</script>").count(), 1);
        assert!(page.contains("<title>&lt;/script&gt;</title>"));
    }

    #[test]
    fn long_titles_are_cut_in_the_head_only() {
        let title = "x".repeat(100);
        let page = page(&Document { title: title.clone(), ..Document::default() }, false);
        assert!(page.contains(&format!("<title>{}…</title>", "x".repeat(69))));
        assert_eq!(short_title(&"&".repeat(15)).matches("&amp;").count(), 13, "five characters each");
        assert!(page.contains(&format!("<h1 dir=\"auto\">{title}</h1>")));
    }
}
