//! Draws a cue on the picture.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Galley, Painter, Rect, pos2, vec2};

use super::spot::PicturePlace;
use crate::document::Cue;
use crate::gui::editor::cue_list::show_styles;
use crate::gui::fonts;

/// Size of the text as a part of the picture's height: 15 rows, as on television.
const SIZE: f32 = 1.0 / 15.0;
/// The smallest size that can be read. Unit: points.
const LEAST_SIZE: f32 = 9.0;
/// The part of the picture's width that text may take.
const MOST_WIDTH: f32 = 0.94;
/// Distance to the edges as a part of the picture's height.
const MARGIN: f32 = 0.05;
/// Behind the text.
const GROUND: Color32 = Color32::from_black_alpha(190);

/// Draws the lines of a cue where it has its place. Lines that are too wide are drawn smaller, so that they stay lines.
pub fn paint(painter: &Painter, picture: Rect, cue: &Cue) {
    let spot = PicturePlace::of(cue.place.as_ref());
    let size = (picture.height() * SIZE).max(LEAST_SIZE);
    let wanted = lay_out(painter, cue, &spot, size);
    let room = picture.width() * MOST_WIDTH;
    let galley = match wanted.size().x > room {
        true => lay_out(painter, cue, &spot, (size * room / wanted.size().x).max(LEAST_SIZE.min(size))),
        false => wanted,
    };
    let margin = picture.height() * MARGIN;
    let inside = picture.shrink2(vec2(picture.width() * (1.0 - MOST_WIDTH) / 2.0, margin));
    let corner = spot.corner(inside, galley.size());
    // A galley that is not aligned to the left begins left of its position.
    let at = pos2(corner.x - galley.rect.left(), corner.y);
    painter.galley(at, galley, Color32::WHITE);
}

fn lay_out(painter: &Painter, cue: &Cue, spot: &PicturePlace, size: f32) -> std::sync::Arc<Galley> {
    let format = TextFormat {
        background: GROUND,
        expand_bg: size / 5.0,
        ..TextFormat::simple(FontId::new(size, fonts::captions()), Color32::WHITE)
    };
    let mut job = LayoutJob { halign: spot.align, ..LayoutJob::default() };
    job.wrap.max_width = f32::INFINITY;
    job.append(&cue.text, 0.0, format);
    show_styles(&mut job, &cue.styles, Color32::WHITE);
    painter.layout_job(job)
}
