//! Allowed values of attributes.

use super::{PARAMETER, STYLING};
use crate::format::xml::{Attribute, Element};

/// The named colours of TTML2, section 10.3.1.
const COLORS: [&str; 19] = [
    "transparent",
    "black",
    "silver",
    "gray",
    "white",
    "maroon",
    "red",
    "purple",
    "fuchsia",
    "magenta",
    "green",
    "lime",
    "olive",
    "yellow",
    "navy",
    "blue",
    "teal",
    "aqua",
    "cyan",
];

/// Style attributes with a fixed set of values.
const CHOICES: [(&str, &[&str]); 14] = [
    ("direction", &["ltr", "rtl"]),
    ("display", &["auto", "none", "inlineBlock"]),
    ("displayAlign", &["before", "center", "after", "justify"]),
    ("fontStyle", &["normal", "italic", "oblique"]),
    ("fontWeight", &["normal", "bold"]),
    ("overflow", &["visible", "hidden"]),
    ("ruby", &["none", "container", "base", "baseContainer", "text", "textContainer", "delimiter"]),
    ("showBackground", &["always", "whenActive"]),
    ("textAlign", &["left", "center", "right", "start", "end", "justify"]),
    ("unicodeBidi", &["normal", "embed", "bidiOverride", "isolate"]),
    ("visibility", &["visible", "hidden"]),
    ("wrapOption", &["wrap", "noWrap"]),
    ("writingMode", &["lrtb", "rltb", "tbrl", "tblr", "lr", "rl", "tb"]),
    ("fontVariant", &["normal", "super", "sub", "full", "half", "ruby"]),
];

/// The other style attributes of TTML2.
const STYLES: [&str; 37] = [
    "backgroundClip",
    "backgroundColor",
    "backgroundExtent",
    "backgroundImage",
    "backgroundOrigin",
    "backgroundPosition",
    "backgroundRepeat",
    "border",
    "bpd",
    "color",
    "disparity",
    "extent",
    "fontFamily",
    "fontKerning",
    "fontSelectionStrategy",
    "fontShear",
    "fontSize",
    "ipd",
    "letterSpacing",
    "lineHeight",
    "lineShear",
    "luminanceGain",
    "opacity",
    "origin",
    "padding",
    "position",
    "rubyAlign",
    "rubyPosition",
    "rubyReserve",
    "shear",
    "textCombine",
    "textDecoration",
    "textEmphasis",
    "textOrientation",
    "textOutline",
    "textShadow",
    "zIndex",
];

/// The profiles that the W3C has defined for captions.
const PROFILES: [&str; 12] = [
    "http://www.w3.org/ns/ttml/profile/imsc1/text",
    "http://www.w3.org/ns/ttml/profile/imsc1/image",
    "http://www.w3.org/ns/ttml/profile/imsc1.1/text",
    "http://www.w3.org/ns/ttml/profile/imsc1.1/image",
    "http://www.w3.org/ns/ttml/profile/imsc1.2/text",
    "http://www.w3.org/ns/ttml/profile/imsc1.2/image",
    "http://www.w3.org/ns/ttml/profile/sdp-us",
    "http://www.w3.org/ns/ttml/profile/dfxp-presentation",
    "http://www.w3.org/ns/ttml/profile/dfxp-transformation",
    "http://www.w3.org/ns/ttml/profile/dfxp-full",
    "http://www.w3.org/ns/ttml/profile/ttml2-presentation",
    "http://www.w3.org/ns/ttml/profile/ttml2-transformation",
];
/// The common prefix of W3C profiles; others may have any name.
const PROFILES_OF_W3C: &str = "http://www.w3.org/ns/ttml/profile/";

pub(super) fn of_attribute(element: &Element, attribute: &Attribute) -> Option<&'static str> {
    match attribute.space.as_str() {
        STYLING => of_style(&attribute.name, attribute.value.trim()),
        PARAMETER => of_parameter(&attribute.name, attribute.value.trim()),
        "" if attribute.name == "timeContainer" && element.name != "tt" => {
            let is_known = ["par", "seq"].contains(&attribute.value.as_str());
            (!is_known).then_some("timeContainer is neither par nor seq")
        }
        _ => None,
    }
}

fn of_style(name: &str, value: &str) -> Option<&'static str> {
    if let Some((_, choices)) = CHOICES.iter().find(|(own, _)| *own == name) {
        return (!choices.contains(&value)).then_some("a style attribute has a value that is not allowed");
    }
    if !STYLES.contains(&name) {
        return Some("a style attribute is not part of TTML2");
    }
    let is_color = name == "color" || name == "backgroundColor";
    (is_color && !self::is_color(value)).then_some("a colour is not one that TTML2 allows")
}

fn of_parameter(name: &str, value: &str) -> Option<&'static str> {
    let is_whole = || value.parse::<u32>().is_ok_and(|number| number > 0);
    let (is_right, what) = match name {
        "timeBase" => {
            (["media", "smpte", "clock"].contains(&value), "ttp:timeBase is not media, smpte or clock")
        }
        "frameRate" | "tickRate" | "subFrameRate" => (is_whole(), "a rate is not a whole number above zero"),
        "cellResolution" => {
            let numbers: Vec<_> = value.split(' ').map(str::parse::<u32>).collect();
            (matches!(numbers.as_slice(), [Ok(1..), Ok(1..)]), "ttp:cellResolution is not two whole numbers")
        }
        "profile" | "contentProfiles" | "processorProfiles" => {
            (value.split_whitespace().all(is_profile), "the profile is not defined by TTML or IMSC")
        }
        _ => (true, ""),
    };
    (!is_right).then_some(what)
}

fn is_profile(name: &str) -> bool {
    let name = name.trim_start_matches("all(").trim_start_matches("any(").trim_end_matches(')');
    PROFILES.contains(&name) || !name.starts_with(PROFILES_OF_W3C) && name.contains(':')
}

fn is_color(value: &str) -> bool {
    let hex = |digits: &str| matches!(digits.len(), 6 | 8) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let function = |name: &str, count: usize| {
        let inside = value.strip_prefix(name).and_then(|rest| rest.strip_prefix('(')?.strip_suffix(')'));
        inside.is_some_and(|inside| {
            let numbers: Vec<_> = inside.split(',').map(|part| part.trim().parse::<u8>()).collect();
            numbers.len() == count && numbers.iter().all(Result::is_ok)
        })
    };
    COLORS.contains(&value)
        || value.strip_prefix('#').is_some_and(hex)
        || function("rgb", 3)
        || function("rgba", 4)
}
