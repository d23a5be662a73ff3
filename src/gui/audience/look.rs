//! Text size and colours of the audience's captions.

use egui::Color32;
use egui::text::{LayoutJob, TextFormat};
use egui::{FontFamily, FontId};

use crate::gui::fonts;
use crate::settings::{Audience, AudienceColors};

/// Line height as a multiple of the text size.
const LINE: f32 = 1.3;
/// Margin around the text as a multiple of the text size.
const MARGIN: f32 = 0.4;
/// Allowed text sizes. Unit: points.
pub const SIZES: std::ops::RangeInclusive<u16> = 16..=200;
pub const LINES: std::ops::RangeInclusive<u8> = 1..=8;

/// The colours of final text, tentative text and the background.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScreenColors {
    pub text: Color32,
    pub tentative: Color32,
    pub ground: Color32,
}

impl ScreenColors {
    pub fn of(colors: AudienceColors) -> Self {
        let (text, tentative, ground) = match colors {
            AudienceColors::WhiteOnBlack => ((255, 255, 255), (160, 160, 160), (0, 0, 0)),
            AudienceColors::YellowOnBlack => ((255, 225, 77), (176, 155, 53), (0, 0, 0)),
            AudienceColors::BlackOnWhite => ((0, 0, 0), (96, 96, 96), (255, 255, 255)),
            AudienceColors::BlackOnYellow => ((0, 0, 0), (92, 82, 30), (255, 225, 77)),
        };
        let color = |(red, green, blue)| Color32::from_rgb(red, green, blue);
        Self { text: color(text), tentative: color(tentative), ground: color(ground) }
    }
}

/// What determines the layout of text: a change here moves words.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Text size in points of the window, as all fields here.
    pub size: f32,
    pub width: f32,
    pub family: FontFamily,
}

impl Measure {
    pub fn new(audience: &Audience, zoom: f32, width: f32) -> Self {
        let size = f32::from(size(audience)) / zoom;
        Self { size, width: (width - 2.0 * MARGIN * size).max(size), family: fonts::captions() }
    }

    pub fn line_height(&self) -> f32 {
        self.size * LINE
    }

    pub fn margin(&self) -> f32 {
        self.size * MARGIN
    }

    /// Lays out final text, followed by tentative text.
    pub fn job(&self, text: &str, tentative: &str, palette: ScreenColors) -> LayoutJob {
        let format = |color| TextFormat {
            font_id: FontId::new(self.size, self.family.clone()),
            line_height: Some(self.line_height()),
            color,
            ..TextFormat::default()
        };
        let mut job = LayoutJob::default();
        job.append(text, 0.0, format(palette.text));
        job.append(tentative, 0.0, format(palette.tentative));
        job.wrap.max_width = self.width;
        job
    }
}

/// Text size, limited to the allowed range. Unit: points at zoom 1.
fn size(audience: &Audience) -> u16 {
    audience.size.clamp(*SIZES.start(), *SIZES.end())
}

/// Number of visible lines, limited to the allowed range.
pub fn lines(audience: &Audience) -> usize {
    usize::from(audience.lines.clamp(*LINES.start(), *LINES.end()))
}

/// Height of all lines together. Unit: points at zoom 1.
pub fn block_height(audience: &Audience) -> f32 {
    f32::from(size(audience)) * (LINE * lines(audience) as f32 + 2.0 * MARGIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::theme::contrast;

    #[test]
    fn text_keeps_the_contrast_of_wcag_aa() {
        use AudienceColors::{BlackOnWhite, BlackOnYellow, WhiteOnBlack, YellowOnBlack};
        for colors in [WhiteOnBlack, YellowOnBlack, BlackOnWhite, BlackOnYellow] {
            let palette = ScreenColors::of(colors);
            assert!(contrast(palette.text, palette.ground) >= 7.0, "{colors:?}");
            assert!(contrast(palette.tentative, palette.ground) >= 4.5, "{colors:?}");
        }
    }
}
