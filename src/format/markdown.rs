//! Markdown transcript (CommonMark): a heading with the title, and paragraphs with their times.

use std::fmt::Write as _;

use crate::document::Document;
use crate::format::paragraphs::{self, Paragraph};
use crate::format::{WriteError, WriteOptions, clean};

/// Writes the document in this format.
///
/// # Errors
/// [`WriteError`] if the format cannot hold it.
pub fn write(document: &Document, _options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let cues = clean::cues(document);
    let paragraphs = paragraphs::paragraphs(&cues);
    let sections = paragraphs::sections(&paragraphs);
    let mut page = String::new();
    let title = clean::line(&document.title);
    if !title.is_empty() {
        let _ = writeln!(page, "# {}", escape(&title));
    }
    for section in &sections {
        if sections.len() > 1 {
            let start = section[0].span().start;
            let _ = writeln!(page, "\n## {}", paragraphs::stamp(start));
        }
        for paragraph in *section {
            push_paragraph(&mut page, paragraph);
        }
    }
    Ok(page.trim_start().as_bytes().to_vec())
}

fn push_paragraph(page: &mut String, paragraph: &Paragraph) {
    page.push('\n');
    if let Some(speaker) = paragraph.label() {
        let _ = write!(page, "**{}** ", escape(speaker));
    }
    let stamp = paragraphs::stamp(paragraph.span().start);
    let _ = writeln!(page, "[{stamp}] {}", escape(&paragraph.text()));
}

/// Escapes what has a meaning inside a line. A paragraph never begins with its text, so marks that only count at the
/// start of a line need no escape.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~' | '$') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Cue;
    use crate::time::TimeSpan;

    #[test]
    fn markup_in_speech_stays_text() {
        let cue = Cue {
            span: TimeSpan::from_millis(83_000, 85_000),
            text: "use *args\n& a[i] <b> # 1".to_owned(),
            speaker: Some("Dr. A_B".to_owned()),
            ..Cue::default()
        };
        let document = Document { title: "C# basics".to_owned(), cues: vec![cue], ..Document::default() };
        let page = write(&document, &WriteOptions::default()).unwrap();
        assert_eq!(
            String::from_utf8(page).unwrap(),
            "# C\\# basics\n\n**Dr. A\\_B** [00:01:23] use \\*args \\& a\\[i\\] \\<b\\> \\# 1\n"
        );
    }
}
