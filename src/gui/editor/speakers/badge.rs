//! The badge of a speaker: the number of the key on a colour.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, vec2};

/// Colours that people with colour blindness can distinguish too (Okabe and Ito, 2008).
const COLORS: [[u8; 3]; 8] = [
    [0x00, 0x72, 0xb2],
    [0xe6, 0x9f, 0x00],
    [0x00, 0x9e, 0x73],
    [0xcc, 0x79, 0xa7],
    [0x56, 0xb4, 0xe9],
    [0xd5, 0x5e, 0x00],
    [0xf0, 0xe4, 0x42],
    [0x6a, 0x51, 0xa3],
];

/// Width and height of a badge. Unit: points.
pub const SIZE: f32 = 17.0;

/// Returns the colour of the speaker at a place, from 0.
pub fn color(place: usize) -> Color32 {
    let [red, green, blue] = COLORS[place % COLORS.len()];
    Color32::from_rgb(red, green, blue)
}

/// Draws the badge of the speaker at a place.
pub fn paint(painter: &Painter, corner: Pos2, place: usize) {
    let rect = Rect::from_min_size(corner, vec2(SIZE, SIZE));
    let ground = color(place);
    painter.rect_filled(rect, 3.0, ground);
    let number = (place + 1).to_string();
    painter.text(rect.center(), Align2::CENTER_CENTER, number, FontId::proportional(12.0), ink(ground));
}

/// Returns black or white, whichever is more readable on a colour.
fn ink(ground: Color32) -> Color32 {
    if contrast(ground, Color32::BLACK) >= contrast(ground, Color32::WHITE) {
        Color32::BLACK
    } else {
        Color32::WHITE
    }
}

/// Returns the contrast as WCAG defines it, from 1 to 21.
fn contrast(one: Color32, other: Color32) -> f32 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(color: Color32) -> f32 {
    let linear = egui::Rgba::from(color);
    0.2126 * linear.r() + 0.7152 * linear.g() + 0.0722 * linear.b()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_can_be_read_on_every_color() {
        for place in 0..COLORS.len() {
            let ground = color(place);
            assert!(contrast(ground, ink(ground)) >= 4.5, "{place}: {}", contrast(ground, ink(ground)));
        }
    }
}
