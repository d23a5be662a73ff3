//! The columns of the list.

use egui::{Align2, FontId, Id, Rangef, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::gui::action::Actions;
use crate::gui::editor::action::EditorAction;
use crate::gui::editor::rows::{Choice, Sort};
use crate::gui::editor::sieve;
use crate::gui::editor::workspace::Workspace;
use crate::gui::state::View;
use crate::gui::theme::{SPACE, digits};
use crate::gui::words::say;

/// Widths of columns in digits.
const TIME: f32 = 12.5;
const DURATION: f32 = 5.5;
const SPEED: f32 = 5.0;
const SIGNS: f32 = 5.0;
/// The width of a badge and a name.
const SPEAKER: f32 = 15.0;
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

    /// The names of the columns. A click on some sorts the list.
    pub fn header(&self, ui: &mut Ui, view: &View, choice: &Choice, actions: &mut Actions) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
        let mut name = |range: Rangef, text: &str, align: Align2, by: Option<(Sort, &'static str)>| {
            let column = Rect::from_x_y_ranges(range, rect.y_range());
            let mut color = view.colors.weak;
            let mut text = text.to_owned();
            if let Some((sort, tip)) = by {
                let response =
                    ui.interact(column.expand2(vec2(SPACE, 0.0)), Id::unique(("sort", tip)), Sense::CLICK);
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, say(tip)));
                if choice.sort == sort && !(choice.is_plain() && sort == Sort::Time) {
                    text.push_str(" ⏷");
                }
                if response.hovered() {
                    color = view.colors.text;
                }
                if response.on_hover_text(say(tip)).clicked() {
                    actions.ask(EditorAction::ShowRows(sieve::sorted(choice, sort)));
                }
            }
            let at = align.pos_in_rect(&column);
            ui.painter().text(at, align, text, FontId::proportional(12.5), color);
        };
        name(self.number, "#", Align2::RIGHT_CENTER, None);
        name(self.start, say("column-in"), Align2::LEFT_CENTER, Some((Sort::Time, "rows-sort-by-time")));
        name(self.flags, "?", Align2::LEFT_CENTER, Some((Sort::Doubt, "rows-sort-by-doubt")));
        for (column, text, align, by) in [
            (self.end, say("column-out"), Align2::LEFT_CENTER, None),
            (self.duration, say("column-seconds"), Align2::RIGHT_CENTER, None),
            (
                self.speed,
                say("column-speed"),
                Align2::RIGHT_CENTER,
                Some((Sort::Speed, "rows-sort-by-speed")),
            ),
            (self.speaker, say("column-speaker"), Align2::LEFT_CENTER, None),
        ] {
            if let Some(column) = column {
                name(column, text, align, by);
            }
        }
        name(self.text, say("column-text"), Align2::LEFT_CENTER, None);
        ui.painter().hline(rect.x_range(), rect.bottom(), (1.0, view.colors.border));
    }
}
