//! Writes TTML: one paragraph per cue, in a region for each position.

use std::fmt::Write as _;

use quick_xml::escape::{escape, partial_escape};

use super::looks;
use crate::document::{Cue, Document};
use crate::format::cue_timing::{self, Shape};
use crate::format::{WriteError, clean};

/// How dialects of TTML differ when written.
pub struct Dialect {
    /// Attributes of the root element besides the namespaces and the language.
    pub root: &'static str,
    /// An element for the metadata, or an empty text.
    pub metadata: &'static str,
    /// Style attributes for white text on black.
    pub colors: &'static str,
}

/// Writes the document. `title` is the dialect's name in messages.
pub fn write(document: &Document, dialect: &Dialect, title: &'static str) -> Result<Vec<u8>, WriteError> {
    let cues = cue_timing::cues(document, &Shape::FULL, title)?;
    let speakers = speakers(&cues);
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let Dialect { root, colors, .. } = dialect;
    let language = clean::language_tag(&document.language);
    let _ = writeln!(
        xml,
        r#"<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
    xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling"
    xml:lang="{language}" xml:space="preserve" {root}>
  <head>
    <metadata>"#
    );
    push_metadata(&mut xml, document, &speakers, dialect);
    let smaller = smaller_styles(&cues);
    let (own, regions) = (looks::styles(&cues), looks::regions(&cues));
    let _ = writeln!(
        xml,
        r#"    </metadata>
    <styling>
      <style xml:id="block" tts:fontFamily="proportionalSansSerif" tts:fontSize="100%" tts:lineHeight="125%" tts:textAlign="center"/>
      <style xml:id="text" {colors}/>
{smaller}{own}    </styling>
    <layout>
{regions}    </layout>
  </head>
  <body>
    <div style="block">"#
    );
    for (index, cue) in cues.iter().enumerate() {
        push_cue(&mut xml, index + 1, cue, &speakers);
    }
    xml.push_str("    </div>\n  </body>\n</tt>\n");
    Ok(xml.into_bytes())
}

/// Returns the speakers' names in the order in which they first speak.
fn speakers(cues: &[Cue]) -> Vec<&str> {
    let mut names = Vec::new();
    for name in cues.iter().filter_map(|cue| cue.speaker.as_deref()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn push_metadata(xml: &mut String, document: &Document, speakers: &[&str], dialect: &Dialect) {
    let title = clean::line(&document.title);
    if !title.is_empty() {
        let _ = writeln!(xml, "      <ttm:title>{}</ttm:title>", partial_escape(title));
    }
    for (index, name) in speakers.iter().enumerate() {
        let (id, name) = (agent_id(index), partial_escape(*name));
        let _ = writeln!(
            xml,
            r#"      <ttm:agent xml:id="{id}" type="person"><ttm:name type="full">{name}</ttm:name></ttm:agent>"#
        );
    }
    if !dialect.metadata.is_empty() {
        let _ = writeln!(xml, "      {}", dialect.metadata);
    }
}

fn agent_id(index: usize) -> String {
    format!("speaker{}", index + 1)
}

/// Amount of text that fits the region. Unit: characters.
const CAPACITY: usize = 300;

/// Returns how many times the size of a text must be halved to fit the region. Longer text would be cut off, and take
/// longer to draw than IMSC's hypothetical render model allows.
fn halvings(text: &str) -> u32 {
    let length = text.chars().count();
    (0..8).find(|n| length <= CAPACITY << (2 * n)).unwrap_or(8)
}

/// Returns the styles for cues that need smaller text.
fn smaller_styles(cues: &[Cue]) -> String {
    let most = cues.iter().map(|cue| halvings(&cue.text)).max().unwrap_or(0);
    let style =
        |n| format!("      <style xml:id=\"smaller{n}\" tts:fontSize=\"{}%\"/>\n", 100.0 / f64::from(1 << n));
    (1..=most).map(style).collect()
}

fn push_cue(xml: &mut String, number: usize, cue: &Cue, speakers: &[&str]) {
    let (begin, end) = (cue.span.start, cue.span.end);
    let region = looks::region(cue.place.as_ref());
    let _ = write!(xml, r#"      <p xml:id="cue{number}"{region} begin="{begin}" end="{end}""#);
    let speaker = cue.speaker.as_deref().and_then(|name| speakers.iter().position(|known| *known == name));
    if let Some(index) = speaker {
        let _ = write!(xml, r#" ttm:agent="{}""#, escape(agent_id(index)));
    }
    let style = match halvings(&cue.text) {
        0 => "text".to_owned(),
        n => format!("text smaller{n}"),
    };
    xml.push('>');
    for (part, own) in looks::runs(cue) {
        let lines: Vec<_> = cue.text[part].split('\n').map(partial_escape).collect();
        let _ = write!(xml, r#"<span style="{style}{own}">{}</span>"#, lines.join("<br/>"));
    }
    xml.push_str("</p>\n");
}
