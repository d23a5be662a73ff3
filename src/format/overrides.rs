//! ASS's override tags, which occur in SRT files too: `{\i1}`, `{\an8}`, `{\c&H0000FF&}`.

use crate::document::style::{BOTTOM, Place, Style};
use crate::format::color;
use crate::format::rich::{Rich, Tags};

/// Splits a block such as `{note\i1\t(0,90,\b1)}` into the comment before the first backslash and the tags.
pub(crate) fn divided(block: &str) -> (&str, Vec<&str>) {
    let inside = block.trim_start_matches('{').trim_end_matches('}');
    let (mut depth, mut from) = (0_usize, 0);
    let mut parts = Vec::new();
    for (at, c) in inside.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '\\' if depth == 0 => {
                parts.push(&inside[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[from..]);
    (parts.remove(0), parts)
}

/// Reads one tag without its backslash, such as `i1`. Unknown tags are kept unchanged.
pub(crate) fn read(tag: &str, rich: &mut Rich, place: &mut Option<Place>) {
    let tag = tag.trim();
    let length = tag.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tag.len());
    let (name, value) = match tag.split_at(length) {
        ("", _) if tag.starts_with("1c") => ("c", &tag[2..]),
        parts => parts,
    };
    match (name, value.parse::<u32>()) {
        ("an", Ok(anchor @ 1..=9)) => {
            place.get_or_insert(Place { anchor: anchor as u8, settings: String::new() });
        }
        ("i", Ok(on)) => switch(rich, "i", on > 0, Style::Italic),
        ("b", Ok(on)) => switch(rich, "b", on == 1 || on > 400, Style::Bold),
        ("u", Ok(on)) => switch(rich, "u", on > 0, Style::Underline),
        ("s", Ok(on)) => switch(rich, "s", on > 0, Style::Strike),
        ("c", _) => {
            rich.close("\\c");
            if let Some(color) = color::of_ass(value) {
                rich.open("\\c", Some(Style::Color(color)));
            }
        }
        ("r", _) => {
            ["\\i", "\\b", "\\u", "\\s", "\\c"].iter().for_each(|tag| rich.close(tag));
            rich.point(&format!("{{\\{tag}}}"));
        }
        _ => rich.point(&format!("{{\\{tag}}}")),
    }
}

fn switch(rich: &mut Rich, name: &str, on: bool, style: Style) {
    let tag = format!("\\{name}");
    rich.close(&tag);
    if on {
        rich.open(&tag, Some(style));
    }
}

/// Returns the ASS tags for a style.
pub(crate) fn tags(style: &Style) -> Option<Tags> {
    let switch = |name| Some((format!("{{\\{name}1}}"), format!("{{\\{name}0}}")));
    match style {
        Style::Italic => switch("i"),
        Style::Bold => switch("b"),
        Style::Underline => switch("u"),
        Style::Strike => switch("s"),
        Style::Color(color) => Some((format!("{{\\c{}}}", color::to_ass(color)?), "{\\c}".to_owned())),
        Style::Foreign { .. } => None,
    }
}

/// Returns the tag for a cue that is not at the bottom centre, or nothing.
pub(crate) fn anchor(place: Option<&Place>) -> String {
    let anchor = place.map_or(BOTTOM, |place| place.anchor);
    if anchor == BOTTOM { String::new() } else { format!("{{\\an{anchor}}}") }
}
