//! Slides and documents of office programs: zip packages of XML.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use super::package::Package;
use super::{MOST_TEXT, Material, MaterialError};

/// Elements of a document lie this deep within each other at most.
const MOST_DEPTH: usize = 256;

/// Which elements of a kind of document hold text, and which end a line.
struct Kind {
    text: &'static [&'static str],
    line: &'static [&'static str],
    space: &'static [&'static str],
}

/// PowerPoint and Word: text stands in `t`, paragraphs are `p`.
const OPEN_XML: Kind = Kind { text: &["t"], line: &["p", "br"], space: &["tab"] };
/// OpenDocument: text stands right in paragraphs and headings.
const OPEN_DOCUMENT: Kind = Kind { text: &["p", "h"], line: &["p", "h", "line-break"], space: &["s", "tab"] };

/// Reads a package of any of these programs.
pub(super) fn read(bytes: &[u8]) -> Result<Material, MaterialError> {
    let mut package = Package::open(bytes)?;
    let is_slide = |name: &str| {
        let is_xml = name.ends_with(".xml");
        is_xml && (name.starts_with("ppt/slides/slide") || name.starts_with("ppt/notesSlides/notesSlide"))
    };
    let is_page =
        |name: &str| matches!(name, "word/document.xml" | "word/footnotes.xml" | "word/endnotes.xml");
    let parts = package.names(|name| is_slide(name) || is_page(name));
    let (kind, parts) = match parts.is_empty() {
        false => (&OPEN_XML, parts),
        true => (&OPEN_DOCUMENT, package.names(|name| name == "content.xml")),
    };
    if parts.is_empty() {
        return Err(MaterialError::Unknown);
    }
    let mut text = String::new();
    for part in parts {
        add_text(&package.text(&part)?, kind, &mut text)?;
    }
    Ok(Material { text, ..Material::default() })
}

fn add_text(xml: &str, kind: &Kind, text: &mut String) -> Result<(), MaterialError> {
    let mut reader = Reader::from_str(xml);
    // How deep it stands, and within how many elements that hold text.
    let (mut depth, mut inside) = (0_usize, 0_usize);
    loop {
        match reader.read_event().map_err(|error| MaterialError::Damaged(error.to_string()))? {
            Event::Eof => break,
            Event::DocType(_) => return Err(MaterialError::DocumentType),
            Event::Start(tag) => {
                depth += 1;
                if depth > MOST_DEPTH {
                    return Err(MaterialError::TooDeep);
                }
                inside += usize::from(kind.text.contains(&tag.local_name().as_ref()));
                add_space(kind, tag.local_name().as_ref(), false, text);
            }
            Event::Empty(tag) => add_space(kind, tag.local_name().as_ref(), true, text),
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                inside -= usize::from(kind.text.contains(&tag.local_name().as_ref())).min(inside);
                add_space(kind, tag.local_name().as_ref(), true, text);
            }
            Event::Text(part) if inside > 0 => text.push_str(&part.xml10_content()),
            Event::CData(part) if inside > 0 => text.push_str(&part.xml10_content()),
            Event::GeneralRef(reference) if inside > 0 => {
                let name = reference.xml10_content();
                let letter = reference.resolve_char_ref().ok().flatten();
                text.extend(letter);
                text.push_str(resolve_predefined_entity(&name).unwrap_or_default());
            }
            _ => {}
        }
        if text.len() > MOST_TEXT {
            return Err(MaterialError::TooMuch);
        }
    }
    if depth > 0 {
        return Err(MaterialError::Damaged("it ends in the middle".to_owned()));
    }
    text.push('\n');
    Ok(())
}

fn add_space(kind: &Kind, name: &str, at_end: bool, text: &mut String) {
    if at_end && kind.line.contains(&name) && !text.ends_with('\n') {
        text.push('\n');
    }
    if kind.space.contains(&name) && !text.ends_with([' ', '\n']) {
        text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(xml: &str, kind: &Kind) -> Result<String, MaterialError> {
        let mut text = String::new();
        add_text(xml, kind, &mut text).map(|()| text)
    }

    #[test]
    fn paragraphs_are_lines_and_markup_is_no_text() {
        let slide = r#"<p:sld xmlns:a="a" xmlns:p="p"><a:p><a:r><a:t>Lax&amp;</a:t></a:r><a:r><a:t>Milgram</a:t></a:r></a:p>
            <a:p><a:r><a:t>Caf&#233;</a:t></a:r></a:p><p:x>not this</p:x></p:sld>"#;
        assert_eq!(text(slide, &OPEN_XML).unwrap().trim(), "Lax&Milgram\nCafé");
        let odp = r#"<o:c xmlns:o="o" xmlns:t="t"><t:p>The <t:span>Galerkin</t:span><t:s/>method</t:p><t:h>Next</t:h></o:c>"#;
        assert_eq!(text(odp, &OPEN_DOCUMENT).unwrap().trim(), "The Galerkin method\nNext");
    }

    #[test]
    fn what_no_office_program_writes_is_refused() {
        assert_eq!(text("<!DOCTYPE a [<!ENTITY b \"c\">]><a/>", &OPEN_XML), Err(MaterialError::DocumentType));
        assert_eq!(text(&"<a>".repeat(300), &OPEN_XML), Err(MaterialError::TooDeep));
        assert!(matches!(text("<a><b>", &OPEN_XML), Err(MaterialError::Damaged(_))));
        assert!(matches!(text("<a></b>", &OPEN_XML), Err(MaterialError::Damaged(_))));
    }
}
