//! The known elements, and where each may occur.

use super::{METADATA, TT};
use crate::format::xml::Element;

/// The elements of TTML2 that hold captions, each with its allowed parents.
const PLACES: [(&str, &[&str]); 14] = [
    ("head", &["tt"]),
    ("body", &["tt"]),
    ("styling", &["head"]),
    ("layout", &["head"]),
    ("profile", &["head"]),
    ("resources", &["head"]),
    ("animation", &["head"]),
    ("initial", &["styling"]),
    ("style", &["styling", "region"]),
    ("region", &["layout"]),
    ("div", &["body", "div"]),
    ("p", &["div"]),
    ("span", &["p", "span"]),
    ("br", &["p", "span"]),
];

/// Elements allowed in many places, or whose place is not checked.
const ANYWHERE: [&str; 16] = [
    "tt",
    "metadata",
    "set",
    "animate",
    "image",
    "audio",
    "source",
    "font",
    "data",
    "chunk",
    "features",
    "feature",
    "extensions",
    "extension",
    "extent",
    "ruby",
];

pub(super) fn of_element(element: &Element, parent: Option<&Element>) -> Vec<&'static str> {
    if element.space != TT {
        return Vec::new();
    }
    let mut faults = Vec::new();
    let place = PLACES.iter().find(|(name, _)| *name == element.name);
    let around = parent.filter(|parent| parent.space == TT).map(|parent| parent.name.as_str());
    match (place, around) {
        (Some((_, holders)), Some(around)) if !holders.contains(&around) => {
            faults.push("an element is where TTML does not allow it");
        }
        (None, _) if !ANYWHERE.contains(&element.name.as_str()) => {
            faults.push("an element is not part of TTML")
        }
        _ => {}
    }
    let holds_text =
        ["p", "span", "metadata", "data", "chunk", "feature", "extension", "source", "font", "image"];
    if element.has_text && !holds_text.contains(&element.name.as_str()) {
        faults.push("there is text outside a paragraph");
    }
    if element.name == "p" && element.attribute(METADATA, "agent").is_some_and(|ids| ids.trim().is_empty()) {
        faults.push("the agent has no name");
    }
    faults
}
