//! Regions, which must be inside the picture (IMSC 1.1, section 8.2).

use super::STYLING;
use crate::format::xml::Element;

pub(super) fn of_region(region: &Element) -> Vec<&'static str> {
    let pair = |name| region.attribute(STYLING, name).and_then(percentages);
    let (origin, extent) = (pair("origin"), pair("extent"));
    let is_off = match (origin, extent) {
        (Some((x, y)), Some((width, height))) => x + width > 100.0 || y + height > 100.0,
        (Some((x, y)), None) => x > 100.0 || y > 100.0,
        _ => false,
    };
    if is_off { vec!["the region reaches beyond the screen"] } else { Vec::new() }
}

/// Parses two percentages such as `10% 80%`.
fn percentages(text: &str) -> Option<(f64, f64)> {
    let percentage = |text: &str| text.strip_suffix('%')?.parse::<f64>().ok();
    let (x, y) = text.split_once(' ')?;
    Some((percentage(x)?, percentage(y.trim())?))
}
