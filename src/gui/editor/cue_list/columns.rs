//! The columns of the list.

use egui::{Align2, FontId, Rangef, Rect, Sense, Ui, vec2};

use crate::gui::editor::workspace::Workspace;
use crate::gui::state::View;
use crate::gui::theme::{SPACE, digits};
use crate::gui::words::say;

/// Widths of columns in digits.
const TIME: f32 = 12.5;
const DURATION: f32 = 5.5;
const SPEED: f32 = 5.0;
const SIGNS: f32 = 5.0;
const SPEAKER: f32 = 13.0;
/// Minimum width of the text; less important columns give way to it. Unit: points.
const LEAST_TEXT: f32 = 260.0;

/// Left and right ends of the columns, in screen points. Optional columns are empty if there is no space or nothing to
/// show.
#[derive(Debug)]
pub struct Columns {
    pub number: Rangef,
    pub start: Rangef,
    pub end: Option<Rangef>,
    pub duration: Option<Rangef>,
    pub speed: Option<Rangef>,
    pub flags: Rangef,
    pub speaker: Option<Rangef>,
    pub text: Rangef,
}

impl Columns {
    pub fn new(ui: &Ui, workspace: &Workspace) -> Self {
        let area = ui.available_rect_before_wrap();
        let digit = ui.ctx().fonts_mut(|fonts| fonts.glyph_width(&digits(), '0'));
        let width = |characters: f32| characters * digit + 2.0 * SPACE;
        let places = (workspace.document().cues.len().max(1).ilog10() + 1).max(3) as f32;
        let always = width(places) + width(TIME) + width(SIGNS) + 3.0 * SPACE;
        let mut room = area.width() - always - LEAST_TEXT;
        let mut fits = |characters: f32| {
            let fits = width(characters) <= room;
            room -= if fits { width(characters) } else { 0.0 };
            fits
        };
        let has_speakers = workspace.document().cues.iter().any(|cue| cue.speaker.is_some());
        let (has_end, has_speed, has_duration) = (fits(TIME), fits(SPEED), fits(DURATION));
        let has_speaker = has_speakers && fits(SPEAKER);
        let mut left = area.left() + SPACE;
        let mut column = |characters: f32| {
            let range = Rangef::new(left, left + characters * digit);
            left = range.max + 2.0 * SPACE;
            range
        };
        let (number, start) = (column(places), column(TIME));
        let end = has_end.then(|| column(TIME));
        let duration = has_duration.then(|| column(DURATION));
        let speed = has_speed.then(|| column(SPEED));
        let flags = column(SIGNS);
        let speaker = has_speaker.then(|| column(SPEAKER));
        let text = Rangef::new(left, (area.right() - 2.0 * SPACE).max(left + 80.0));
        Self { number, start, end, duration, speed, flags, speaker, text }
    }

    pub fn header(&self, ui: &mut Ui, view: &View) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
        let name = |range: Rangef, text: &str, align: Align2| {
            let column = Rect::from_x_y_ranges(range, rect.y_range());
            let at = align.pos_in_rect(&column);
            ui.painter().text(at, align, text, FontId::proportional(12.5), view.colors.weak);
        };
        name(self.number, "#", Align2::RIGHT_CENTER);
        name(self.start, say("column-in"), Align2::LEFT_CENTER);
        for (column, text, align) in [
            (self.end, say("column-out"), Align2::LEFT_CENTER),
            (self.duration, say("column-seconds"), Align2::RIGHT_CENTER),
            (self.speed, say("column-speed"), Align2::RIGHT_CENTER),
            (self.speaker, say("column-speaker"), Align2::LEFT_CENTER),
        ] {
            if let Some(column) = column {
                name(column, text, align);
            }
        }
        name(self.text, say("column-text"), Align2::LEFT_CENTER);
        ui.painter().hline(rect.x_range(), rect.bottom(), (1.0, view.colors.border));
    }
}
