//! Where a cue is on the picture.

use egui::{Align, Pos2, Rect, Vec2, pos2};

use crate::document::style::{BOTTOM, Place};

/// Rows of text on the picture, which WebVTT counts in `line:`.
const ROWS: f32 = 15.0;

/// The place of a cue, in parts of the picture from its top left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PicturePlace {
    /// Where the text begins, has its middle, or ends.
    x: f32,
    /// The same from top to bottom.
    y: f32,
    /// Whether its lines begin, have their middle or end there.
    pub align: Align,
    /// Whether the text begins, has its middle or ends at `y`.
    rise: Align,
}

impl PicturePlace {
    /// Returns the place of a cue; without one, the bottom centre.
    pub fn of(place: Option<&Place>) -> Self {
        let anchor = place.map_or(BOTTOM, |place| place.anchor.clamp(1, 9)) - 1;
        let (x, align) = side(anchor % 3);
        let (y, rise) = side(2 - anchor / 3);
        let spot = Self { x, y, align, rise };
        place.map_or(spot, |place| spot.with(&place.settings))
    }

    /// Returns the place that the settings of a WebVTT cue say more exactly.
    fn with(mut self, settings: &str) -> Self {
        for (name, value) in settings.split_ascii_whitespace().filter_map(|setting| setting.split_once(':')) {
            let value = value.split(',').next().unwrap_or_default();
            let share = value.strip_suffix('%').and_then(|number| number.parse::<f32>().ok());
            match (name, share, value.parse::<f32>()) {
                ("line", Some(share), _) => {
                    (self.y, self.rise) = ((share / 100.0).clamp(0.0, 1.0), Align::Min)
                }
                ("line", None, Ok(row)) if row >= 0.0 => {
                    (self.y, self.rise) = ((row / ROWS).min(1.0), Align::Min);
                }
                ("line", None, Ok(row)) => {
                    (self.y, self.rise) = ((1.0 + (row + 1.0) / ROWS).max(0.0), Align::Max)
                }
                ("position", Some(share), _) => self.x = (share / 100.0).clamp(0.0, 1.0),
                _ => {}
            }
        }
        self
    }

    /// Returns the top left corner of a text of this size, all of which stays inside.
    pub fn corner(&self, inside: Rect, size: Vec2) -> Pos2 {
        let before = |align: Align| match align {
            Align::Min => 0.0,
            Align::Center => 0.5,
            Align::Max => 1.0,
        };
        let x = inside.left() + self.x * inside.width() - before(self.align) * size.x;
        let y = inside.top() + self.y * inside.height() - before(self.rise) * size.y;
        let last = inside.max - size;
        pos2(x.min(last.x).max(inside.left()), y.min(last.y).max(inside.top()))
    }
}

/// Returns the beginning, the middle or the end.
fn side(third: u8) -> (f32, Align) {
    match third {
        0 => (0.0, Align::Min),
        1 => (0.5, Align::Center),
        _ => (1.0, Align::Max),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The centre of a text of 200 by 40 on a picture of 1000 by 500.
    fn centre(anchor: u8, settings: &str) -> (f32, f32) {
        let place = Place { anchor, settings: settings.to_owned() };
        let picture = Rect::from_min_size(Pos2::ZERO, Vec2::new(1000.0, 500.0));
        let size = Vec2::new(200.0, 40.0);
        let corner = PicturePlace::of(Some(&place)).corner(picture, size);
        let centre = Rect::from_min_size(corner, size).center();
        (centre.x, centre.y)
    }

    #[test]
    fn places_are_those_of_a_keypad() {
        let places = (1..=9).map(|anchor| centre(anchor, "")).collect::<Vec<_>>();
        let (columns, rows) = ([100.0, 500.0, 900.0], [480.0, 250.0, 20.0]);
        let wanted: Vec<_> = rows.iter().flat_map(|y| columns.map(|x| (x, *y))).collect();
        assert_eq!(places, wanted);
        assert_eq!(
            PicturePlace::of(None),
            PicturePlace::of(Some(&Place { anchor: 2, settings: String::new() }))
        );
    }

    #[test]
    fn settings_are_followed_and_the_text_stays_on_the_picture() {
        assert_eq!(centre(8, "line:20%"), (500.0, 120.0));
        assert_eq!(centre(8, "line:3"), (500.0, 120.0));
        assert_eq!(centre(2, "line:-1"), (500.0, 480.0));
        assert_eq!(centre(1, "position:30% align:start"), (400.0, 480.0));
        assert_eq!(centre(2, "line:100% position:99%,line-right size:x"), (900.0, 480.0));
        assert_eq!(centre(2, "line:nan% position:-5%"), (100.0, 480.0));
    }
}
