//! Word transcript (Office Open XML) with real heading styles, a title and a language, so that it is accessible to
//! screen readers as it is.

use std::io::Cursor;

use docx_rs::{Docx, Paragraph as DocxParagraph, Run};
use quick_xml::escape::partial_escape;

use crate::document::Document;
use crate::format::paragraphs::{self, Paragraph};
use crate::format::{WriteError, WriteOptions, clean};

/// The styles, with `LANGUAGE` in place of the language tag. docx-rs cannot set a language.
const STYLES: &str = include_str!("styles.xml");

/// Writes the document in this format.
///
/// # Errors
/// [`WriteError`] if the format cannot hold it.
pub fn write(document: &Document, _options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let language = clean::language_tag(&document.language);
    let title = clean::line(&document.title);
    let mut package = body(document, &title).build();
    package.styles = STYLES.replace("LANGUAGE", &language).into_bytes();
    package.doc_props.core = core_properties(&title, &language).into_bytes();
    let mut file = Cursor::new(Vec::new());
    package.pack(&mut file).map_err(|error| WriteError::refused("DOCX", error))?;
    Ok(file.into_inner())
}

fn body(document: &Document, title: &str) -> Docx {
    let cues = clean::cues(document);
    let paragraphs = paragraphs::paragraphs(&cues);
    let sections = paragraphs::sections(&paragraphs);
    let mut docx = Docx::new();
    if !title.is_empty() {
        docx = docx.add_paragraph(heading("Heading1", title));
    }
    for section in &sections {
        if sections.len() > 1 {
            let start = section[0].span().start;
            docx = docx.add_paragraph(heading("Heading2", &paragraphs::stamp(start)));
        }
        for paragraph in *section {
            docx = docx.add_paragraph(spoken(paragraph));
        }
    }
    docx
}

fn heading(style: &str, text: &str) -> DocxParagraph {
    DocxParagraph::new().style(style).add_run(Run::new().add_text(text))
}

fn spoken(paragraph: &Paragraph) -> DocxParagraph {
    let stamp = format!("[{}] ", paragraphs::stamp(paragraph.span().start));
    let mut spoken = DocxParagraph::new();
    if let Some(speaker) = paragraph.label() {
        spoken = spoken.add_run(Run::new().style("Speaker").add_text(format!("{speaker} ")));
    }
    spoken.add_run(Run::new().style("Time").add_text(stamp)).add_run(Run::new().add_text(paragraph.text()))
}

/// Returns the part of the package with the title and the language, which docx-rs cannot set. It has no dates, so that
/// the same captions give the same file.
fn core_properties(title: &str, language: &str) -> String {
    let title = partial_escape(title);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:language>{language}</dc:language></cp:coreProperties>"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Cue;
    use crate::time::TimeSpan;
    use crate::transcript::Language;

    fn lecture() -> Document {
        let cue = Cue {
            span: TimeSpan::from_millis(83_000, 85_000),
            text: "x < y\n& z\0".to_owned(),
            speaker: Some("Ada".to_owned()),
            ..Cue::default()
        };
        Document {
            title: "R&D".to_owned(),
            language: Language::new("pt_BR"),
            cues: vec![cue],
            ..Document::default()
        }
    }

    #[test]
    fn title_language_headings_and_text_are_in_the_package() {
        // docx-rs does not compress its parts, so their text can be found in the file.
        let file = write(&lecture(), &WriteOptions::default()).unwrap();
        let file = String::from_utf8_lossy(&file);
        for part in [
            "<dc:title>R&amp;D</dc:title><dc:language>pt-BR</dc:language>",
            r#"<w:lang w:val="pt-BR""#,
            r#"<w:pStyle w:val="Heading1" />"#,
            "[00:01:23] ",
            "x &lt; y &amp; z</w:t>",
        ] {
            assert!(file.contains(part), "{part}");
        }
    }

    #[test]
    fn the_same_captions_give_the_same_file() {
        let options = WriteOptions::default();
        assert_eq!(write(&lecture(), &options), write(&lecture(), &options));
    }
}
