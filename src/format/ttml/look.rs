//! Style attributes, as far as a document can represent them.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::read::attribute;
use crate::document::style::{BOTTOM, Place, Style};
use crate::format::color;

/// White, the default colour of text.
const PLAIN: &str = "#ffffff";

/// The style attributes of an element; `None` for those it does not set.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    italic: Option<bool>,
    bold: Option<bool>,
    underline: Option<bool>,
    strike: Option<bool>,
    color: Option<String>,
    display_align: Option<String>,
    text_align: Option<String>,
    origin_y: Option<f64>,
}

impl Look {
    /// Returns the attributes of an element, which override those of the styles it refers to.
    pub fn of(tag: &BytesStart, styles: &HashMap<String, Self>) -> Self {
        let mut look = Self::default();
        let names = attribute(tag, "style").unwrap_or_default();
        for style in names.split_whitespace().filter_map(|name| styles.get(name)) {
            look.put(style);
        }
        let value = |name: &str| attribute(tag, name).map(|value| value.trim().to_owned());
        let decoration = value("textDecoration");
        let decorated = |on: &str| decoration.as_deref().map(|words| words.split(' ').any(|word| word == on));
        look.put(&Self {
            italic: value("fontStyle").map(|style| style != "normal"),
            bold: value("fontWeight").map(|weight| weight == "bold"),
            underline: decorated("underline"),
            strike: decorated("lineThrough"),
            color: value("color").and_then(|color| color::parse(&color)),
            display_align: value("displayAlign"),
            text_align: value("textAlign"),
            origin_y: value("origin")
                .and_then(|origin| origin.split_whitespace().nth(1)?.strip_suffix('%')?.parse().ok()),
        });
        look
    }

    /// Applies the attributes that another one sets.
    pub fn put(&mut self, other: &Self) {
        let text = |own: &mut Option<String>, other: &Option<String>| {
            if other.is_some() {
                own.clone_from(other);
            }
        };
        self.italic = other.italic.or(self.italic);
        self.bold = other.bold.or(self.bold);
        self.underline = other.underline.or(self.underline);
        self.strike = other.strike.or(self.strike);
        self.origin_y = other.origin_y.or(self.origin_y);
        text(&mut self.color, &other.color);
        text(&mut self.display_align, &other.display_align);
        text(&mut self.text_align, &other.text_align);
    }

    /// Returns the styles of text with this look; a colour only if `colored` is set.
    pub fn styles(&self, colored: bool) -> Vec<Style> {
        let switches = [
            (self.italic, Style::Italic),
            (self.bold, Style::Bold),
            (self.underline, Style::Underline),
            (self.strike, Style::Strike),
        ];
        let on = switches.into_iter().filter(|(on, _)| *on == Some(true)).map(|(_, style)| style);
        let color = self.color.clone().filter(|color| colored && color != PLAIN);
        on.chain(color.map(Style::Color)).collect()
    }

    /// Returns the position of a paragraph with this look in a region with another.
    pub fn place(&self, region: &Self) -> Option<Place> {
        let row = match region.display_align.as_deref() {
            Some("center") => 1,
            Some("after") => 2,
            Some(_) => 0,
            None if region.origin_y.is_none_or(|y| y > 50.0) => 2,
            None => 0,
        };
        let column = match region.text_align.as_deref().or(self.text_align.as_deref()) {
            Some("left" | "start") => 0,
            Some("right" | "end") => 2,
            _ => 1,
        };
        let anchor = 7 + column - 3 * row;
        (anchor != BOTTOM).then(|| Place { anchor, settings: String::new() })
    }
}
