//! Where the columns of the list stand.

use egui::{Align2, FontId, Rangef, Rect, Sense, Ui, vec2};

use crate::gui::state::View;
use crate::gui::theme::{SPACE, digits};
use crate::gui::workspace::Workspace;

/// Left and right ends of the columns, in points of the screen.
#[derive(Debug)]
pub struct Columns {
    pub number: Rangef,
    pub start: Rangef,
    pub end: Rangef,
    pub duration: Rangef,
    pub speed: Rangef,
    pub flags: Rangef,
    /// Absent where no cue names a speaker.
    pub speaker: Option<Rangef>,
    pub text: Rangef,
}

impl Columns {
    pub fn new(ui: &Ui, workspace: &Workspace) -> Self {
        let area = ui.available_rect_before_wrap();
        let digit = ui.ctx().fonts_mut(|fonts| fonts.glyph_width(&digits(), '0'));
        let mut left = area.left() + SPACE;
        let mut column = |characters: f32| {
            let range = Rangef::new(left, left + characters * digit);
            left = range.max + 2.0 * SPACE;
            range
        };
        let places = workspace.document().cues.len().max(1).ilog10() + 1;
        let (number, start, end) = (column(places.max(3) as f32), column(12.5), column(12.5));
        let (duration, speed, flags) = (column(5.5), column(5.0), column(5.0));
        let has_speakers = workspace.document().cues.iter().any(|cue| cue.speaker.is_some());
        let speaker = has_speakers.then(|| column(13.0));
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
        name(self.start, "In", Align2::LEFT_CENTER);
        name(self.end, "Out", Align2::LEFT_CENTER);
        name(self.duration, "Secs", Align2::RIGHT_CENTER);
        name(self.speed, "CPS", Align2::RIGHT_CENTER);
        if let Some(speaker) = self.speaker {
            name(speaker, "Speaker", Align2::LEFT_CENTER);
        }
        name(self.text, "Text", Align2::LEFT_CENTER);
        ui.painter().hline(rect.x_range(), rect.bottom(), (1.0, view.colors.border));
    }
}
