//! Writes styles and positions as TTML styles and regions with names, which paragraphs and spans refer to.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::document::Cue;
use crate::document::style::{BOTTOM, Place, Style};

/// The regions by anchor, from 1.
const REGIONS: [&str; 9] = [
    "bottom-left",
    "bottom",
    "bottom-right",
    "middle-left",
    "middle",
    "middle-right",
    "top-left",
    "top",
    "top-right",
];

/// Returns the names of styles and their attributes; styles unknown to TTML are left out.
fn named(styles: &[&Style]) -> Vec<(String, String)> {
    let has = |style| styles.contains(&&style);
    let mut named = Vec::new();
    let mut name = |name: &str, what: &str| named.push((name.to_owned(), what.to_owned()));
    if has(Style::Italic) {
        name("italic", r#"tts:fontStyle="italic""#);
    }
    if has(Style::Bold) {
        name("bold", r#"tts:fontWeight="bold""#);
    }
    // One attribute sets both: a second one would override the first.
    match (has(Style::Underline), has(Style::Strike)) {
        (true, true) => name("underline-strike", r#"tts:textDecoration="underline lineThrough""#),
        (true, false) => name("underline", r#"tts:textDecoration="underline""#),
        (false, true) => name("strike", r#"tts:textDecoration="lineThrough""#),
        (false, false) => {}
    }
    for style in styles {
        if let Style::Color(color) = style {
            name(&format!("color-{}", color.trim_start_matches('#')), &format!(r#"tts:color="{color}""#));
        }
    }
    named
}

/// Returns the style elements that the cues refer to.
pub(super) fn styles(cues: &[Cue]) -> String {
    let used: BTreeSet<_> = cues.iter().flat_map(parts).flat_map(|(_, styles)| named(&styles)).collect();
    used.iter().map(|(name, what)| format!("      <style xml:id=\"{name}\" {what}/>\n")).collect()
}

fn anchor(place: Option<&Place>) -> u8 {
    place.map_or(BOTTOM, |place| place.anchor.clamp(1, 9))
}

fn name(anchor: u8) -> &'static str {
    REGIONS[usize::from(anchor) - 1]
}

/// Returns the region elements that the cues refer to.
pub(super) fn regions(cues: &[Cue]) -> String {
    let mut used: BTreeSet<_> = cues.iter().map(|cue| anchor(cue.place.as_ref())).collect();
    used.insert(BOTTOM);
    let region = |&anchor: &u8| {
        let row = ["after", "center", "before"][usize::from((anchor - 1) / 3)];
        let column = match anchor % 3 {
            1 => r#" tts:textAlign="left""#,
            0 => r#" tts:textAlign="right""#,
            _ => "",
        };
        format!(
            "      <region xml:id=\"{}\" tts:origin=\"10% 10%\" tts:extent=\"80% 80%\" tts:displayAlign=\"{row}\"{column}/>\n",
            name(anchor)
        )
    };
    used.iter().map(region).collect()
}

/// Returns the attribute for a paragraph's region.
pub(super) fn region(place: Option<&Place>) -> String {
    format!(r#" region="{}""#, name(anchor(place)))
}

/// Returns the parts of a cue's text that look alike, with the names of their styles, each after a space.
pub(super) fn runs(cue: &Cue) -> Vec<(Range<usize>, String)> {
    let names = |styles: &[&Style]| named(styles).iter().map(|(name, _)| format!(" {name}")).collect();
    parts(cue).into_iter().map(|(part, styles)| (part, names(&styles))).collect()
}

/// Returns the parts of a cue's text that look alike, with their styles.
fn parts(cue: &Cue) -> Vec<(Range<usize>, Vec<&Style>)> {
    let mut cuts: Vec<_> =
        cue.styles.iter().flat_map(|styled| [styled.range.start, styled.range.end]).collect();
    cuts.extend([0, cue.text.len()]);
    cuts.retain(|&cut| cue.text.is_char_boundary(cut));
    cuts.sort_unstable();
    cuts.dedup();
    let styles = |part: &Range<usize>| {
        let covers = |range: &Range<usize>| range.start <= part.start && part.end <= range.end;
        cue.styles.iter().filter(|own| covers(&own.range)).map(|own| &own.style).collect()
    };
    cuts.windows(2).map(|pair| pair[0]..pair[1]).map(|part| (part.clone(), styles(&part))).collect()
}
