//! The text of a cue as it is drawn: doubtful words underlined, those from the vocabulary with a
//! thin line, the word being played highlighted.

use std::ops::Range;

use egui::text::{CCursor, LayoutJob, TextFormat};
use egui::{Color32, Galley, Painter, Pos2, Shape, Stroke, pos2};

use crate::document::Cue;
use crate::document::style::{self, Style, Styled};
use crate::document::words::placed;
use crate::gui::state::View;
use crate::gui::theme::caption_text;
use crate::time::MediaTime;

/// Returns the time at which the text at byte `at` is spoken.
pub fn caret_time(cue: &Cue, at: usize) -> MediaTime {
    let words = placed(cue);
    let word = words.iter().find(|(range, _)| at <= range.end).or(words.last());
    word.map_or(cue.span.start, |(_, word)| word.span.start)
}

/// Lays out the text of a cue. `color` is that of plain text.
pub fn layout(view: &View, cue: &Cue, color: Color32) -> LayoutJob {
    let plain = TextFormat::simple(caption_text(), color);
    let mut job = LayoutJob::default();
    let mut done = 0;
    let playhead = view.editor.playhead_in(cue);
    let found = view.editor.found_in(cue.id);
    let doubtful_from = view.state.settings.doubts.least_chance();
    for (range, word) in placed(cue) {
        let mut format = plain.clone();
        if word.chance_of_error() >= doubtful_from {
            format.underline = Stroke::new(2.0, view.colors.warning);
        } else if word.listed.is_some() {
            format.underline = Stroke::new(1.0, view.colors.accent);
        }
        if playhead.is_some_and(|time| word.span.contains(time)) {
            (format.background, format.color) = (view.colors.playing, view.colors.text);
        }
        if format != plain {
            job.append(&cue.text[done..range.start], 0.0, plain.clone());
            job.append(&cue.text[range.clone()], 0.0, format);
            done = range.end;
        }
    }
    job.append(&cue.text[done..], 0.0, plain);
    show_styles(&mut job, &cue.styles, color);
    mark_found(&mut job, view, &found);
    job
}

/// Shows the styles of parts of the text. The fonts have no bold face, so bold text gets wider spacing.
pub fn show_styles(job: &mut LayoutJob, styles: &[Styled], color: Color32) {
    divide(job, styles.iter().flat_map(|styled| [styled.range.start, styled.range.end]).collect());
    for section in &mut job.sections {
        let part = section.byte_range.start.0..section.byte_range.end.0;
        for style in [Style::Italic, Style::Bold, Style::Underline, Style::Strike] {
            if part.is_empty() || !style::has(styles, &part, &style) {
                continue;
            }
            let line = Stroke::new(1.0, color);
            match style {
                Style::Italic => section.format.italics = true,
                Style::Bold => section.format.extra_letter_spacing = 1.0,
                Style::Underline if section.format.underline == Stroke::NONE => {
                    section.format.underline = line
                }
                Style::Strike => section.format.strikethrough = line,
                _ => {}
            }
        }
    }
}

/// Splits the sections of a layout at these bytes of its text.
fn divide(job: &mut LayoutJob, cuts: Vec<usize>) {
    if cuts.is_empty() {
        return;
    }
    for section in std::mem::take(&mut job.sections) {
        let within = section.byte_range.start.0..=section.byte_range.end.0;
        let mut own: Vec<_> = cuts.iter().copied().filter(|cut| within.contains(cut)).collect();
        own.extend([*within.start(), *within.end()]);
        own.sort_unstable();
        own.dedup();
        for pair in own.windows(2) {
            let byte_range = egui::text::ByteIndex(pair[0])..egui::text::ByteIndex(pair[1]);
            job.sections.push(egui::text::LayoutSection { byte_range, ..section.clone() });
        }
    }
}

/// Height and length of the waves below misspelled words. Unit: points.
const WAVE: f32 = 1.5;
const WAVE_LENGTH: f32 = 4.0;

/// Draws waves below the misspelled words of a text whose top left corner is at `corner`.
pub fn mark_unknown(painter: &Painter, view: &View, galley: &Galley, corner: Pos2, text: &str) {
    for range in view.editor.spelling.unknown(text) {
        let place = |at: usize| galley.pos_from_cursor(CCursor::new(text[..at].chars().count()));
        let (start, end) = (place(range.start), place(range.end));
        // A word that wraps is marked on its first row.
        let right = if end.top() > start.top() { galley.rect.right() } else { end.left() };
        let y = corner.y + start.bottom() - WAVE;
        let steps = ((right - start.left()) / (WAVE_LENGTH / 2.0)).max(1.0) as usize;
        let point = |step: usize| {
            let x = corner.x + start.left() + step as f32 * WAVE_LENGTH / 2.0;
            pos2(x, y + if step.is_multiple_of(2) { WAVE } else { -WAVE })
        };
        let points = (0..=steps).map(point).collect();
        painter.add(Shape::line(points, Stroke::new(1.2, view.colors.error)));
    }
}

/// Highlights search matches.
fn mark_found(job: &mut LayoutJob, view: &View, found: &[Range<usize>]) {
    if found.is_empty() {
        return;
    }
    divide(job, found.iter().flat_map(|range| [range.start, range.end]).collect());
    for section in &mut job.sections {
        let (start, end) = (section.byte_range.start.0, section.byte_range.end.0);
        if found.iter().any(|range| range.start <= start && end <= range.end) {
            (section.format.background, section.format.color) = (view.colors.accent, view.colors.on_accent);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;
    use crate::transcript::Word;

    fn cue() -> Cue {
        let word = |text: &str, start: i64, probability: f32| Word {
            probability,
            ..Word::new(text, TimeSpan::from_millis(start, start + 400))
        };
        Cue {
            span: TimeSpan::from_millis(1000, 3000),
            text: "Good\nmorning, all.".to_owned(),
            words: vec![word("Good", 1000, 0.9), word("morning,", 1500, 0.2), word("all.", 2000, 0.8)],
            ..Cue::default()
        }
    }

    #[test]
    fn the_caret_tells_the_time_of_its_word() {
        let cue = cue();
        let millis = |at| caret_time(&cue, at).as_millis();
        assert_eq!([0, 4, 5, 13, 14, 18].map(millis), [1000, 1000, 1500, 1500, 2000, 2000]);
        let unknown = Cue { words: Vec::new(), ..cue };
        assert_eq!(caret_time(&unknown, 9).as_millis(), 1000);
    }
}
