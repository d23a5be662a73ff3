//! The position of a cue in WebVTT's settings.

use crate::document::style::{BOTTOM, Place};

/// Returns the position that settings describe; `None` if there are none.
pub(super) fn read(settings: &str) -> Option<Place> {
    let value = |name: &str| {
        let found = settings.split_ascii_whitespace().find_map(|setting| setting.strip_prefix(name));
        found.map(|value| value.split(',').next().unwrap_or_default())
    };
    let share = |value: &str| value.strip_suffix('%').and_then(|number| number.parse::<f64>().ok());
    let row = match value("line:") {
        Some(line) => match (share(line), line.parse::<i64>()) {
            (Some(share), _) => third(share),
            (None, Ok(0..=7)) => 0,
            _ => 2,
        },
        None => 2,
    };
    let column = match value("align:") {
        Some("start" | "left") => 0,
        Some("end" | "right") => 2,
        _ => value("position:").and_then(share).map_or(1, third),
    };
    let anchor = 7 + column - 3 * row;
    (!settings.is_empty()).then(|| Place { anchor, settings: settings.to_owned() })
}

/// Returns the third of the picture that contains a percentage.
fn third(share: f64) -> u8 {
    match share {
        share if share < 100.0 / 3.0 => 0,
        share if share < 200.0 / 3.0 => 1,
        _ => 2,
    }
}

/// Returns the settings of a cue after a space, or nothing. Regions are left out, because no block defines them.
pub(super) fn settings(place: Option<&Place>) -> String {
    let Some(Place { anchor, settings }) = place else { return String::new() };
    if !settings.is_empty() {
        let kept = settings.split_ascii_whitespace().filter(|setting| !setting.starts_with("region:"));
        return kept.map(|setting| format!(" {setting}")).collect();
    }
    let row = match (9 - anchor.min(&9)) / 3 {
        0 => " line:0",
        1 => " line:50%",
        _ => "",
    };
    let column = match anchor % 3 {
        1 => " align:left",
        0 => " align:right",
        _ => "",
    };
    if *anchor == BOTTOM { String::new() } else { format!("{row}{column}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_come_back_as_settings() {
        for anchor in 1..=9 {
            let settings = settings(Some(&Place { anchor, settings: String::new() }));
            assert_eq!(read(settings.trim()).map_or(BOTTOM, |place| place.anchor), anchor, "{settings}");
        }
        let place = read("line:10% region:fred position:20%,line-left").unwrap();
        assert_eq!((place.anchor, settings(Some(&place)).as_str()), (7, " line:10% position:20%,line-left"));
    }
}
