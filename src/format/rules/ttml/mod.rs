//! TTML2 and the IMSC 1.1 text profile, both W3C Recommendations: well-formed XML first, then the elements.

mod layout;
mod names;
mod values;

use std::collections::{HashMap, HashSet};

use crate::format::Repair;
use crate::format::encoding::decode;
use crate::format::xml::{self, Element, XML};

/// The namespace of TTML's elements; those of its attributes begin with it.
const TT: &str = "http://www.w3.org/ns/ttml";
const METADATA: &str = "http://www.w3.org/ns/ttml#metadata";
const PARAMETER: &str = "http://www.w3.org/ns/ttml#parameter";
const STYLING: &str = "http://www.w3.org/ns/ttml#styling";

pub(super) fn find(bytes: &[u8]) -> Vec<Repair> {
    let xml = decode(bytes).text;
    let line_at = |at: usize| 1 + xml[..at].matches('\n').count();
    let elements = match xml::elements(&xml) {
        Ok(elements) => elements,
        Err(error) => {
            let what = format!("the XML is not well-formed, so nothing else was checked: {}", error.what);
            return vec![Repair::at(line_at(error.at), what)];
        }
    };
    let mut faults: Vec<_> = (0..elements.len())
        .flat_map(|place| of_element(&elements, place).into_iter().map(move |what| (place, what)))
        .chain(of_names(&elements))
        .map(|(place, what)| Repair::at(line_at(elements[place].tag.start), what))
        .collect();
    faults.sort_by_key(|fault| fault.line);
    faults
}

/// Returns what is wrong with a single element and its place.
fn of_element(elements: &[Element], place: usize) -> Vec<&'static str> {
    let element = &elements[place];
    let mut faults = Vec::new();
    if element.parent.is_none() {
        faults.extend(of_root(element));
    }
    let parent = element.parent.map(|parent| &elements[parent]);
    faults.extend(names::of_element(element, parent));
    faults.extend(element.attributes.iter().filter_map(|attribute| values::of_attribute(element, attribute)));
    if element.space == TT && element.name == "region" {
        faults.extend(layout::of_region(element));
    }
    faults
}

fn of_root(root: &Element) -> Vec<&'static str> {
    let mut faults = Vec::new();
    if root.name != "tt" || root.space != TT {
        faults.push("the first element is not `tt` in the name space http://www.w3.org/ns/ttml");
    }
    if root.attribute(XML, "lang").is_none() {
        faults.push("`tt` has no xml:lang");
    }
    faults
}

/// Finds duplicate identifiers, and references to missing ones.
fn of_names(elements: &[Element]) -> Vec<(usize, &'static str)> {
    let mut known: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut all = HashSet::new();
    let mut faults = Vec::new();
    for (place, element) in elements.iter().enumerate() {
        if let Some(id) = element.attribute(XML, "id") {
            known.entry(element.name.as_str()).or_default().insert(id);
            if !all.insert(id) {
                faults.push((place, "an xml:id was used before"));
            }
        }
    }
    let is_known = |kind: &str, id: &str| known.get(kind).is_some_and(|ids| ids.contains(id));
    for (place, element) in elements.iter().enumerate().filter(|(_, element)| element.space == TT) {
        let missing = |space, name, kind: &str| {
            let ids = element.attribute(space, name).unwrap_or_default();
            ids.split_whitespace().any(|id| !is_known(kind, id))
        };
        let references = [
            ("", "region", "region", "the region is not defined"),
            ("", "style", "style", "a style is not defined"),
            (METADATA, "agent", "agent", "the agent is not defined"),
        ];
        let broken = references.iter().filter(|(space, name, kind, _)| missing(space, name, kind));
        faults.extend(broken.map(|(_, _, _, what)| (place, *what)));
    }
    faults
}
