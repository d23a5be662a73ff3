//! Repairs almost-XML: a `<` that does not begin a tag becomes text before the XML is parsed.

use crate::format::Repair;

/// Text with more `<` than this is not an attribute value.
const SIGNS: usize = 16;

/// Escapes each `<` that does not begin a tag, closes what a truncated end left open, and reports where.
///
/// One pass: each search ends at the next `<` at the latest, or is not repeated once it has found nothing.
pub fn repaired(xml: &str, repairs: &mut Vec<Repair>) -> String {
    let mut repaired = String::with_capacity(xml.len());
    let mut lines = Lines::default();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        repaired.push_str(&rest[..at]);
        lines.pass(&rest[..at]);
        rest = &rest[at..];
        let taken = match tag(rest) {
            Tag::Whole(length) => {
                repaired.push_str(&rest[..length]);
                length
            }
            Tag::Dropped(length) => length,
            Tag::WithSigns(length) => {
                repaired.push('<');
                escape_signs(&rest[1..length], &lines, &mut repaired, repairs);
                length
            }
            Tag::Text => {
                repairs.push(lines.repair("a `<` that begins no tag; read as text"));
                repaired.push_str("&lt;");
                1
            }
            Tag::CutOff => {
                repairs.push(lines.repair("the file ends inside a tag"));
                rest.len()
            }
            Tag::CutOffText => {
                repairs.push(lines.repair("the file ends inside a CDATA section"));
                repaired.push_str(rest);
                repaired.push_str("]]>");
                rest.len()
            }
        };
        lines.pass(&rest[..taken]);
        rest = &rest[taken..];
    }
    repaired.push_str(rest);
    repaired
}

/// Adds the rest of a tag whose attributes contain `<`, with each of them escaped. `lines` is where the tag begins.
fn escape_signs(tag: &str, lines: &Lines, repaired: &mut String, repairs: &mut Vec<Repair>) {
    let mut lines = lines.clone();
    let mut parts = tag.split('<');
    let first = parts.next().unwrap_or_default();
    repaired.push_str(first);
    lines.pass(first);
    for part in parts {
        repairs.push(lines.repair("a `<` in an attribute; read as text"));
        repaired.push_str("&lt;");
        repaired.push_str(part);
        lines.pass(part);
    }
}

/// What a `<` begins.
enum Tag {
    /// The length in bytes of a tag with `<` in its attributes.
    WithSigns(usize),
    /// The length in bytes of a tag, a comment or the like, or of an incomplete one without another `<`.
    Whole(usize),
    /// The length in bytes of a document type; its definitions are not used.
    Dropped(usize),
    Text,
    CutOff,
    CutOffText,
}

/// Examines XML that begins with `<`.
fn tag(xml: &str) -> Tag {
    let until = |start: usize, end: &str| xml[start..].find(end).map(|at| start + at + end.len());
    if xml.starts_with("<!--") {
        return until(4, "-->").map_or(Tag::CutOff, Tag::Whole);
    }
    if xml.starts_with("<![CDATA[") {
        return until(9, "]]>").map_or(Tag::CutOffText, Tag::Whole);
    }
    if xml.starts_with("<?") {
        return until(2, "?>").map_or(Tag::CutOff, Tag::Whole);
    }
    if xml.starts_with("<!DOCTYPE") {
        return document_type(xml).map_or(Tag::CutOff, Tag::Dropped);
    }
    let name = xml.strip_prefix("</").unwrap_or(&xml[1..]);
    let is_named = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    match xml[1..].find(['<', '>']).map(|at| (at + 1, xml.as_bytes()[at + 1])) {
        Some((end, b'>')) if is_named => Tag::Whole(end + 1),
        Some((at, b'<')) if is_named && is_quoted(&xml[..at]) => {
            quoted_end(xml).map_or(Tag::Text, |end| Tag::WithSigns(end + 1))
        }
        None if is_named => Tag::CutOff,
        _ => Tag::Text,
    }
}

/// Returns whether the beginning of a tag ends inside an attribute value.
fn is_quoted(tag: &str) -> bool {
    open_quote(tag).is_some()
}

/// Returns the quote that is open at the end of a part of a tag. Only a quote after `=` opens a value.
fn open_quote(tag: &str) -> Option<char> {
    let (mut quote, mut last) = (None, ' ');
    for c in tag.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if last == '=' && matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        last = if c.is_whitespace() { last } else { c };
    }
    quote
}

/// Returns the end of a tag whose first value contains a `<`: the first `>` outside quotes, unless another tag comes
/// before.
fn quoted_end(xml: &str) -> Option<usize> {
    let ends = xml.match_indices(['<', '>']).skip(1).take(SIGNS);
    let mut outside = ends.filter(|(at, _)| open_quote(&xml[..*at]).is_none());
    outside.next().filter(|(_, sign)| *sign == ">").map(|(at, _)| at)
}

/// Returns the length of a document type, including definitions in brackets.
fn document_type(xml: &str) -> Option<usize> {
    let at = xml.find(['[', '>'])?;
    let end = if xml.as_bytes()[at] == b'[' { at + xml[at..].find(']')? } else { at };
    Some(end + xml[end..].find('>')? + 1)
}

/// Counts lines while text is processed.
#[derive(Clone, Default)]
pub struct Lines {
    breaks: usize,
}

impl Lines {
    pub fn pass(&mut self, text: &str) {
        self.breaks += text.bytes().filter(|byte| *byte == b'\n').count();
    }

    /// Returns the current line, from 1.
    pub fn number(&self) -> usize {
        self.breaks + 1
    }

    fn repair(&self, what: &str) -> Repair {
        Repair::at(self.number(), what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stray_signs_become_text() {
        for (xml, expected, line) in [
            ("<p>if x < y</p>", "<p>if x &lt; y</p>", Some(1)),
            ("<p>\n1 <2 and <b</p>", "<p>\n1 &lt;2 and &lt;b</p>", Some(2)),
            ("<p>a</p", "<p>a", Some(1)),
            ("<p\na='x\n<y' b=\"<\">t</p>", "<p\na='x\n&lt;y' b=\"&lt;\">t</p>", Some(3)),
            ("<p>it's <b 'c' <p>", "<p>it's &lt;b 'c' <p>", Some(1)),
            ("<p a='x <p>t</p>", "&lt;p a='x <p>t</p>", Some(1)),
            ("<p><![CDATA[a<b", "<p><![CDATA[a<b]]>", Some(1)),
            ("<!DOCTYPE tt [<!ENTITY a '<b>'>]><tt>&a;</tt>", "<tt>&a;</tt>", None),
            ("<?xml?><!-- < --><p a='>'>t</p>", "<?xml?><!-- < --><p a='>'>t</p>", None),
        ] {
            let mut repairs = Vec::new();
            assert_eq!(repaired(xml, &mut repairs), expected);
            assert_eq!(repairs.first().and_then(|repair| repair.line), line, "{xml}");
        }
    }
}
