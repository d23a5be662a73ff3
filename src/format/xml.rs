//! Parses XML to a list of its elements, for rules that check the whole file. XML that is not well-formed has none.

use std::ops::Range;

use quick_xml::events::attributes::AttrError;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};
use thiserror::Error;

/// The namespace of attributes such as `xml:id`.
pub(crate) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// An element, in the order of opening tags.
#[derive(Debug)]
pub(crate) struct Element {
    /// The byte range of its opening tag, and the range between it and its closing tag.
    pub tag: Range<usize>,
    pub inside: Range<usize>,
    /// The first byte after its closing tag.
    pub end: usize,
    /// The index of the enclosing element.
    pub parent: Option<usize>,
    /// Its namespace; may be empty.
    pub space: String,
    /// Its name without a prefix.
    pub name: String,
    pub attributes: Vec<Attribute>,
    /// Whether it directly contains text other than white space.
    pub has_text: bool,
}

#[derive(Debug)]
pub(crate) struct Attribute {
    pub space: String,
    pub name: String,
    pub value: String,
}

impl Element {
    /// Returns the value of an attribute.
    pub fn attribute(&self, space: &str, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|own| own.space == space && own.name == name)?;
        Some(&found.value)
    }
}

/// Where XML is not well-formed, and why.
#[derive(Debug, PartialEq)]
pub(crate) struct NotWellFormed {
    /// A byte position in the file.
    pub at: usize,
    pub what: Malformation,
}

/// Why XML is not well-formed.
#[derive(Debug, Error, PartialEq)]
pub(crate) enum Malformation {
    #[error("there is a second root element")]
    SecondElement,
    #[error("the character U+{:04X} is not allowed in XML", u32::from(*.0))]
    Character(char),
    #[error("there is text outside the root element")]
    TextOutside,
    #[error("the file ends, and `{0}` is still open")]
    Open(String),
    #[error("there is no element")]
    NoElement,
    #[error("an attribute contains `<`")]
    LessThan,
    #[error("the prefix `{0}` is not declared")]
    Prefix(String),
    #[error("the entity &{0}; is not known")]
    Entity(String),
    /// The parser's message.
    #[error("{0}")]
    Syntax(String),
}

impl From<quick_xml::Error> for Malformation {
    fn from(error: quick_xml::Error) -> Self {
        Self::Syntax(error.to_string())
    }
}

impl From<AttrError> for Malformation {
    fn from(error: AttrError) -> Self {
        Self::Syntax(error.to_string())
    }
}

/// Returns the elements of a document.
///
/// # Errors
/// [`NotWellFormed`] at the first position that XML 1.0 or its namespaces forbid.
pub(crate) fn elements(xml: &str) -> Result<Vec<Element>, NotWellFormed> {
    let mut parser = Parser { elements: Vec::new(), open: Vec::new() };
    let mut reader = NsReader::from_str(xml);
    loop {
        let from = position(reader.buffer_position(), xml);
        let failed = |what: Malformation| NotWellFormed { at: place(&what, from, xml), what };
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let at = position(reader.error_position(), xml);
                return Err(NotWellFormed { at, what: error.into() });
            }
        };
        let tag = from..position(reader.buffer_position(), xml);
        let tag_end = tag.end;
        match event {
            Event::Eof => return parser.finish(xml),
            Event::Start(start) => parser.start(&reader, &start, tag).map_err(failed)?,
            Event::Empty(start) => {
                parser.start(&reader, &start, tag).map_err(failed)?;
                parser.end(tag_end..tag_end);
            }
            Event::End(_) => parser.end(tag),
            Event::Text(text) => parser.text(&text.xml10_content()).map_err(failed)?,
            Event::CData(text) => parser.text(&text.xml10_content()).map_err(failed)?,
            Event::GeneralRef(reference) => {
                let name = reference.xml10_content();
                let is_known = quick_xml::escape::resolve_predefined_entity(&name).is_some()
                    || reference.resolve_char_ref().is_ok_and(|c| c.is_some());
                if !is_known {
                    return Err(failed(Malformation::Entity(name.into_owned())));
                }
                parser.text("x").map_err(failed)?;
            }
            _ => {}
        }
    }
}

/// Returns the position of a fault in markup that begins at byte `from`. A stray `<` itself is further on.
fn place(what: &Malformation, from: usize, xml: &str) -> usize {
    let stray = || xml.get(from + 1..)?.find('<').map(|at| from + 1 + at);
    if *what == Malformation::LessThan { stray().unwrap_or(from) } else { from }
}

fn position(at: u64, xml: &str) -> usize {
    usize::try_from(at).unwrap_or(xml.len()).min(xml.len())
}

struct Parser {
    elements: Vec<Element>,
    /// The indexes of the open elements.
    open: Vec<usize>,
}

impl Parser {
    fn start(
        &mut self,
        reader: &NsReader<&[u8]>,
        start: &BytesStart,
        tag: Range<usize>,
    ) -> Result<(), Malformation> {
        let parent = self.open.last().copied();
        if parent.is_none() && !self.elements.is_empty() {
            return Err(Malformation::SecondElement);
        }
        let (space, name) = reader.resolver().resolve_element(start.name());
        let (space, name) = (space_of(space)?, name.as_ref().to_owned());
        let attributes = attributes(reader, start)?;
        self.open.push(self.elements.len());
        let (inside, end) = (tag.end..tag.end, tag.end);
        self.elements.push(Element { tag, inside, end, parent, space, name, attributes, has_text: false });
        Ok(())
    }

    /// Closes the innermost element with the tag in this byte range.
    fn end(&mut self, tag: Range<usize>) {
        if let Some(place) = self.open.pop() {
            let element = &mut self.elements[place];
            (element.inside.end, element.end) = (tag.start, tag.end);
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Malformation> {
        if let Some(c) = text.chars().find(|&c| !is_char(c)) {
            return Err(Malformation::Character(c));
        }
        let is_blank = text.chars().all(|c| matches!(c, ' ' | '\t' | '\r' | '\n'));
        match self.open.last() {
            Some(&place) => self.elements[place].has_text |= !is_blank,
            None if is_blank => {}
            None => return Err(Malformation::TextOutside),
        }
        Ok(())
    }

    fn finish(self, xml: &str) -> Result<Vec<Element>, NotWellFormed> {
        let at_end = |what| NotWellFormed { at: xml.len(), what };
        match self.open.last() {
            Some(&place) => Err(at_end(Malformation::Open(self.elements[place].name.clone()))),
            None if self.elements.is_empty() => Err(at_end(Malformation::NoElement)),
            None => Ok(self.elements),
        }
    }
}

fn attributes(reader: &NsReader<&[u8]>, start: &BytesStart) -> Result<Vec<Attribute>, Malformation> {
    let read = |attribute: Result<quick_xml::events::attributes::Attribute<'_>, AttrError>| {
        let attribute = attribute?;
        if attribute.value.contains('<') {
            return Err(Malformation::LessThan);
        }
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| Malformation::Syntax(error.to_string()))?;
        let (space, name) = reader.resolver().resolve_attribute(attribute.key);
        Ok(Attribute { space: space_of(space)?, name: name.as_ref().to_owned(), value: value.into_owned() })
    };
    start.attributes().map(read).collect()
}

fn space_of(space: ResolveResult<'_>) -> Result<String, Malformation> {
    match space {
        ResolveResult::Unbound => Ok(String::new()),
        ResolveResult::Bound(space) => Ok(space.as_ref().to_owned()),
        ResolveResult::Unknown(prefix) => Err(Malformation::Prefix(prefix)),
    }
}

/// Returns whether XML 1.0 allows a character.
fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_is_found_where_it_stands() {
        let cases = [
            ("<a>x & y</a>", 5),
            ("<a>x < y</a>", 5),
            ("<a><b></a></b>", 6),
            ("<a>", 3),
            ("<a/><b/>", 4),
            ("<a/>x", 4),
            ("<a>&nbsp;</a>", 3),
            ("<a b='1' b='2'/>", 0),
            ("<a b=1/>", 0),
            ("<a b='<'/>", 6),
            ("<a x:b='1'/>", 0),
            ("<x:a/>", 0),
            ("<a>\u{1}</a>", 3),
            ("", 0),
        ];
        for (xml, at) in cases {
            assert_eq!(elements(xml).map_err(|error| error.at).map(|_| ()), Err(at), "{xml}");
        }
        let good = "<?xml version='1.0'?><!-- c --><a xmlns:x='urn:x' x:b='1&amp;2'>&#8594;<x:c/><![CDATA[<&]]></a>\n";
        let found = elements(good).unwrap();
        assert_eq!(found[0].attribute("urn:x", "b"), Some("1&2"));
        assert_eq!(
            (found[1].space.as_str(), found[1].parent, &good[found[1].tag.clone()]),
            ("urn:x", Some(0), "<x:c/>")
        );
    }
}
