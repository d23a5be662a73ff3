//! Reads TTML in every dialect: elements are recognized by their local names, in any namespace.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::TITLE;
use super::look::Look;
use super::tags::{self, Lines};
use super::time::{self, Rates};
use crate::document::Document;
use crate::document::style::Place;
use crate::format::draft::{self, CueDraft};
use crate::format::encoding::{Decoded, decode};
use crate::format::rich::Rich;
use crate::format::{ReadError, Reading, Repair, UnexpectedContent, clean, xml};
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::Language;

/// Reads TTML, IMSC, EBU-TT-D, SMPTE-TT and DFXP. Keeps the styles that a document can represent.
///
/// Entities that the file defines are never expanded. Takes time linear in the length of the file.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let Decoded { text, mut repairs } = decode(bytes);
    let xml = tags::repaired(&text, &mut repairs);
    let mut state = State { repairs, ..State::default() };
    state.run(&xml);
    if !state.is_ttml {
        return Err(ReadError::NotThisFormat { format: TITLE, found: UnexpectedContent::NoElement("tt") });
    }
    state.note_malformation(&text);
    Ok(state.finish())
}

/// The elements with a meaning here; all others are transparent to text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Body,
    Block,
    Paragraph,
    Span,
    Title,
    AgentName,
    /// Its text is not shown.
    Hidden,
}

impl Kind {
    const COUNT: usize = Kind::Hidden as usize + 1;

    fn of(local_name: &str) -> Option<Self> {
        Some(match local_name {
            "body" => Self::Body,
            "div" => Self::Block,
            "p" => Self::Paragraph,
            "span" => Self::Span,
            "title" => Self::Title,
            "name" => Self::AgentName,
            "head" | "metadata" | "desc" | "copyright" | "styling" | "layout" => Self::Hidden,
            _ => return None,
        })
    }
}

/// An open element with what its children inherit.
struct Frame {
    kind: Kind,
    start: MediaTime,
    end: Option<MediaTime>,
    /// Whether the element or an enclosing one has times.
    is_timed: bool,
    keeps_space: bool,
    agent: Option<Rc<str>>,
    region: Option<Rc<str>>,
    look: Look,
}

#[derive(Default)]
struct State {
    is_ttml: bool,
    rates: Rates,
    keeps_space: bool,
    language: Language,
    title: String,
    agents: HashMap<String, String>,
    /// The agent whose name is being read.
    agent: String,
    /// The looks of styles and regions, by name.
    styles: HashMap<String, Look>,
    regions: HashMap<String, Look>,
    /// The region whose styles are being read.
    region: String,
    frames: Vec<Frame>,
    /// The number of open frames of each kind.
    open: [usize; Kind::COUNT],
    current: Option<Paragraph>,
    drafts: Vec<CueDraft>,
    repairs: Vec<Repair>,
    lines: Lines,
}

/// The cue being read.
struct Paragraph {
    draft: CueDraft,
    rich: Rich,
    /// The smallest span that contains all timed spans inside.
    inner: Option<TimeSpan>,
}

impl State {
    fn run(&mut self, xml: &str) {
        let mut reader = Reader::from_str(xml);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        let mut position = 0;
        loop {
            let event = reader.read_event();
            let here = usize::try_from(reader.buffer_position()).unwrap_or(xml.len()).min(xml.len());
            match event {
                Ok(Event::Eof) => break,
                Ok(event) => self.event(event),
                Err(error) => {
                    self.repair(format!("{error}; the rest of the file was not read"));
                    break;
                }
            }
            self.lines.pass(xml.get(position..here).unwrap_or_default());
            position = here;
        }
        self.close_paragraph();
    }

    /// Reports that the XML is malformed, if no other repair did: its meaning was guessed.
    fn note_malformation(&mut self, xml: &str) {
        if self.repairs.iter().any(|repair| repair.breaks_format) {
            return;
        }
        if let Err(error) = xml::elements(xml) {
            let line = 1 + xml[..error.at].matches('\n').count();
            self.repairs.push(Repair::at(line, format!("{}; read as if it were repaired", error.what)));
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::Empty(tag) => {
                self.start(&tag);
                self.end(tag.local_name().as_ref());
            }
            Event::End(tag) => self.end(tag.local_name().as_ref()),
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let text = self.resolve(&reference);
                self.text(&text);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &BytesStart) {
        let name = tag.local_name();
        match name.as_ref() {
            "tt" => self.root(tag),
            "br" => self.line_break(),
            "style" => self.style(tag),
            "region" => self.note_region(tag),
            "agent" => self.agent = attribute(tag, "id").unwrap_or_default().into_owned(),
            name => {
                if let Some(kind) = Kind::of(name) {
                    self.open_frame(kind, tag);
                }
            }
        }
    }

    fn root(&mut self, tag: &BytesStart) {
        self.is_ttml = true;
        self.language = Language::new(attribute(tag, "lang").unwrap_or_default());
        self.keeps_space = attribute(tag, "space").as_deref() == Some("preserve");
        self.rates = Rates::new(
            attribute(tag, "frameRate").as_deref(),
            attribute(tag, "frameRateMultiplier").as_deref(),
            attribute(tag, "tickRate").as_deref(),
        );
    }

    /// Reads a named style, or one that belongs to the enclosing region.
    fn style(&mut self, tag: &BytesStart) {
        let look = Look::of(tag, &self.styles);
        match attribute(tag, "id") {
            Some(id) => drop(self.styles.insert(id.into_owned(), look)),
            None => self.regions.entry(self.region.clone()).or_default().put(&look),
        }
    }

    fn note_region(&mut self, tag: &BytesStart) {
        self.region = attribute(tag, "id").unwrap_or_default().into_owned();
        self.regions.insert(self.region.clone(), Look::of(tag, &self.styles));
    }

    fn open_frame(&mut self, kind: Kind, tag: &BytesStart) {
        match kind {
            Kind::Body => self.close_frames(&[]),
            Kind::Block | Kind::Paragraph => self.close_frames(&[Kind::Body, Kind::Block]),
            _ => {}
        }
        let frame = self.frame(kind, tag);
        match kind {
            Kind::Paragraph => self.current = Some(self.paragraph(&frame)),
            Kind::Span => {
                self.note_inner(&frame);
                self.begin_span(&frame);
            }
            _ => {}
        }
        self.open[kind as usize] += 1;
        self.frames.push(frame);
    }

    /// Closes frames that the file left open, up to one that may contain the next element.
    fn close_frames(&mut self, holders: &[Kind]) {
        while let Some(frame) = self.frames.pop_if(|frame| !holders.contains(&frame.kind)) {
            self.closed(frame.kind);
        }
    }

    /// Opens the styles of a span.
    fn begin_span(&mut self, frame: &Frame) {
        let tag = span_tag(self.open[Kind::Span as usize] + 1);
        if let Some(current) = &mut self.current {
            frame.look.styles(true).into_iter().for_each(|style| current.rich.open(&tag, Some(style)));
        }
    }

    fn closed(&mut self, kind: Kind) {
        if let (Kind::Span, Some(current)) = (kind, &mut self.current) {
            current.rich.close_every(&span_tag(self.open[Kind::Span as usize]));
        }
        self.open[kind as usize] -= 1;
        if kind == Kind::Paragraph {
            self.close_paragraph();
        }
    }

    /// Opens an element. Its times are relative to its parent's start, and end with its parent at the latest.
    fn frame(&mut self, kind: Kind, tag: &BytesStart) -> Frame {
        let parent = self.frames.last();
        let (parent_start, parent_end) = parent.map_or((MediaTime::ZERO, None), |f| (f.start, f.end));
        let in_timed = parent.is_some_and(|frame| frame.is_timed);
        let keeps_space = parent.map_or(self.keeps_space, |frame| frame.keeps_space);
        let agent = parent.and_then(|frame| frame.agent.clone());
        let region = parent.and_then(|frame| frame.region.clone());
        // A span adds to the look of its surroundings.
        let mut look =
            parent.filter(|_| kind != Kind::Span).map(|frame| frame.look.clone()).unwrap_or_default();
        let begin = self.time(tag, "begin");
        let start = parent_start + begin.unwrap_or_default();
        let own_end = match (self.time(tag, "end"), self.time(tag, "dur")) {
            (Some(end), _) => Some(parent_start + end),
            (None, Some(duration)) => Some(start + duration),
            (None, None) => None,
        };
        let end = own_end.map(|end| parent_end.map_or(end, |limit| end.min(limit))).or(parent_end);
        let keeps_space = attribute(tag, "space").map_or(keeps_space, |value| value == "preserve");
        let agent = attribute(tag, "agent").map(|ids| Rc::from(ids.as_ref())).or(agent);
        let is_timed = in_timed || begin.is_some() || own_end.is_some();
        let region = attribute(tag, "region").map(|id| Rc::from(id.as_ref())).or(region);
        look.put(&Look::of(tag, &self.styles));
        Frame { kind, start, end, is_timed, keeps_space, agent, region, look }
    }

    fn time(&mut self, tag: &BytesStart, name: &str) -> Option<MediaTime> {
        let value = attribute(tag, name)?;
        let read = time::parse(&value, self.rates);
        match read {
            None => self.repair(format!("{name}=\"{value}\" is no time")),
            Some(read) if !read.is_strict => {
                self.repair(format!("{name}=\"{value}\" breaks the rules; read as {}", read.time));
            }
            Some(_) => {}
        }
        Some(read?.time)
    }

    fn paragraph(&self, frame: &Frame) -> Paragraph {
        let draft = CueDraft {
            line: Some(self.lines.number()),
            start: frame.is_timed.then_some(frame.start),
            end: frame.end,
            speaker: frame.agent.as_deref().map(str::to_owned),
            place: self.place(frame),
            ..CueDraft::default()
        };
        let mut rich = Rich::default();
        frame.look.styles(false).into_iter().for_each(|style| rich.open("p", Some(style)));
        Paragraph { draft, rich, inner: None }
    }

    fn place(&self, frame: &Frame) -> Option<Place> {
        frame.look.place(self.regions.get(frame.region.as_deref()?)?)
    }

    fn note_inner(&mut self, frame: &Frame) {
        if let (Some(current), Some(end), true) = (&mut self.current, frame.end, frame.is_timed) {
            let span = TimeSpan::new(frame.start, end);
            current.inner = Some(current.inner.map_or(span, |inner| inner.joined(span)));
        }
    }

    fn end(&mut self, name: &str) {
        let Some(kind) = Kind::of(name) else { return };
        if self.open[kind as usize] == 0 {
            return;
        }
        while let Some(frame) = self.frames.pop() {
            self.closed(frame.kind);
            if frame.kind == kind {
                break;
            }
        }
    }

    fn close_paragraph(&mut self) {
        let Some(Paragraph { mut draft, mut rich, inner }) = self.current.take() else { return };
        draft.text = rich.text.clone();
        draft.styles = rich.styles_of(&draft.text);
        if let (None, None, Some(inner)) = (draft.start, draft.end, inner) {
            (draft.start, draft.end) = (Some(inner.start), Some(inner.end));
        }
        self.drafts.push(draft);
    }

    fn text(&mut self, text: &str) {
        let innermost = self.frames.last().map(|frame| frame.kind);
        match innermost {
            Some(Kind::Title) if self.open[Kind::Body as usize] == 0 => self.title.push_str(text),
            Some(Kind::Title) => {}
            Some(Kind::AgentName) => {
                self.agents.entry(self.agent.clone()).or_default().push_str(text);
            }
            _ if self.open[Kind::Body as usize] > 0 && self.open[Kind::Hidden as usize] == 0 => {
                self.cue_text(text);
            }
            _ => {}
        }
    }

    fn cue_text(&mut self, text: &str) {
        let Some(frame) = self.frames.last() else { return };
        if self.current.is_none() {
            if text.trim().is_empty() {
                return;
            }
            let paragraph = self.paragraph(frame);
            self.current = Some(paragraph);
            self.repair("text outside a paragraph; read as a cue".to_owned());
        }
        let keeps_space = self.frames.last().is_some_and(|frame| frame.keeps_space);
        if let Some(current) = &mut self.current {
            push_text(&mut current.rich.text, text, keeps_space);
        }
    }

    fn line_break(&mut self) {
        if let Some(current) = &mut self.current {
            current.rich.text.push('\n');
        }
    }

    fn resolve(&mut self, reference: &BytesRef) -> String {
        let name = reference.xml10_content().into_owned();
        let predefined = quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned);
        let character = || reference.resolve_char_ref().ok().flatten().map(String::from);
        predefined.or_else(character).unwrap_or_else(|| {
            self.repair(format!("the entity &{name}; is not known; kept as it stands"));
            format!("&{name};")
        })
    }

    fn repair(&mut self, what: String) {
        self.repairs.push(Repair::at(self.lines.number(), what));
    }

    fn finish(mut self) -> Reading {
        for draft in &mut self.drafts {
            let ids = draft.speaker.take();
            let id = ids.as_deref().and_then(|ids| ids.split_whitespace().next());
            draft.speaker = id.map(|id| self.agents.get(id).map_or(id, String::as_str).to_owned());
        }
        let cues = draft::assemble(self.drafts, &mut self.repairs);
        let title = clean::line(&self.title);
        let document = Document { title, language: self.language, cues, ..Document::default() };
        Reading { document, repairs: self.repairs }
    }
}

/// Appends text as XML displays it: runs of white space become one space unless the file asks to keep them.
fn push_text(cue: &mut String, text: &str, keeps_space: bool) {
    if keeps_space {
        cue.push_str(text);
        return;
    }
    for c in text.chars() {
        match c {
            ' ' | '\t' | '\r' | '\n' if cue.ends_with([' ', '\n']) => {}
            ' ' | '\t' | '\r' | '\n' => cue.push(' '),
            c => cue.push(c),
        }
    }
}

/// Returns the name of a span's tag at this depth among the open ones.
fn span_tag(depth: usize) -> String {
    format!("span{depth}")
}

/// Returns the value of the attribute with this local name.
pub(super) fn attribute<'a>(tag: &'a BytesStart, local_name: &str) -> Option<Cow<'a, str>> {
    let mut attributes = tag.attributes();
    let mut readable = attributes.with_checks(false).flatten();
    let found = readable.find(|attribute| attribute.key.local_name().as_ref() == local_name)?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_that_is_repaired_while_it_is_read_is_reported() {
        for (xml, line, what) in [
            ("<tt>\n<body>\n<p begin='1s' end='2s'>a<span>b</p></body></tt>", 3, "ill-formed"),
            ("<tt><body>\n<p begin='1s' end='2s'>a &bull; b</p></body></tt>", 2, "&bull;"),
            ("<tt><body>\n\n<p begin='1s' end='2s' end='2s'>a b</p></body></tt>", 3, "duplicate"),
            ("<tt><body>\n<p begin='1s'\n end='2s'\n id='<'>a b</p></body></tt>", 4, "a `<` in an attribute"),
        ] {
            let reading = read(xml.as_bytes()).unwrap();
            assert_eq!(reading.document.cues.len(), 1, "{xml}");
            let told = reading.repairs.iter().find(|repair| repair.line == Some(line));
            let told = told.unwrap_or_else(|| panic!("{xml}: {:?}", reading.repairs));
            assert!(told.breaks_format && told.what.contains(what), "{told:?}");
        }
    }
}
