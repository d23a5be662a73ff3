//! The spectrogram behind the cues, in place of the wave.

use std::path::PathBuf;

use egui::{Color32, ColorImage, Context, Rangef, Rect, TextureHandle, TextureOptions, Ui, lerp};

use super::scale::Scale;
use crate::audio::{SpectrogramTile, TileKey};
use crate::gui::editor::soundtrack::Soundtrack;
use crate::gui::editor::workspace::Workspace;
use crate::gui::theme::Colors;
use crate::gui::widgets::WHOLE_IMAGE;

/// Tiles that are kept, more than twice what a large screen shows: 128 KB each.
const MOST: usize = 64;

/// The level from which on text colour is mixed in, so that the loudest parts stand out.
const BRIGHT: f32 = 0.7;

/// What is remembered between frames.
#[derive(Default)]
pub struct SpectrogramView {
    /// Whose tiles these are: the captions, the recording, and whether the theme is dark.
    of: Option<(u64, Option<PathBuf>, Color32)>,
    /// The tile that was used last is last.
    tiles: Vec<(TileKey, TextureHandle)>,
    asked: Vec<TileKey>,
}

impl SpectrogramView {
    pub fn paint(
        &mut self,
        ui: &Ui,
        colors: &Colors,
        (workspace, soundtrack): (&Workspace, &Soundtrack),
        scale: &Scale,
        body: Rect,
    ) {
        let of = Some((workspace.number, workspace.recording.clone(), colors.accent));
        if self.of != of {
            *self = Self { of, ..Self::default() };
        }
        while let Some(tile) = soundtrack.spectrogram().take() {
            self.add(ui.ctx(), &tile, colors);
        }
        let columns = (body.width() * ui.pixels_per_point()) as usize;
        let wanted: Vec<_> = TileKey::covering(scale.span(), columns).collect();
        for key in &wanted {
            let Some(texture) = self.used(*key) else { continue };
            let span = key.span();
            let x = Rangef::new(scale.x(span.start), scale.x(span.end));
            let rect = Rect::from_x_y_ranges(x, body.y_range());
            ui.painter_at(body).image(texture, rect, WHOLE_IMAGE, Color32::WHITE);
        }
        self.ask(soundtrack, wanted);
    }

    /// Asks for what is wanted, not here and not asked for yet.
    fn ask(&mut self, soundtrack: &Soundtrack, wanted: Vec<TileKey>) {
        let is_missing = |key: &TileKey| {
            self.tiles.iter().all(|(here, _)| here != key) && key.is_ready(soundtrack.sound())
        };
        let missing: Vec<_> = wanted.into_iter().filter(is_missing).collect();
        if missing.iter().any(|key| !self.asked.contains(key)) {
            soundtrack.spectrogram().want(missing.clone());
            self.asked = missing;
        }
    }

    /// Returns the texture of a tile, which is kept longer than others from now on.
    fn used(&mut self, key: TileKey) -> Option<egui::TextureId> {
        let place = self.tiles.iter().position(|(here, _)| *here == key)?;
        let tile = self.tiles.remove(place);
        let texture = tile.1.id();
        self.tiles.push(tile);
        Some(texture)
    }

    fn add(&mut self, ctx: &Context, tile: &SpectrogramTile, colors: &Colors) {
        let pixels = tile.levels.iter().map(|level| color(*level, colors)).collect();
        let image = ColorImage::new([SpectrogramTile::COLUMNS, SpectrogramTile::ROWS], pixels);
        let texture = ctx.load_texture("spectrogram", image, TextureOptions::LINEAR);
        self.tiles.retain(|(here, _)| *here != tile.key);
        self.tiles.push((tile.key, texture));
        if self.tiles.len() > MOST {
            drop(self.tiles.remove(0));
        }
    }
}

/// Returns the colour of a level: from that of the ground over the accent to that of text.
fn color(level: u8, colors: &Colors) -> Color32 {
    let share = f32::from(level) / 255.0;
    match share < BRIGHT {
        true => mixed(colors.surface, colors.accent, share / BRIGHT),
        false => mixed(colors.accent, colors.text, (share - BRIGHT) / (1.0 - BRIGHT)),
    }
}

fn mixed(one: Color32, other: Color32, share: f32) -> Color32 {
    let part = |one: u8, other: u8| lerp(f32::from(one)..=f32::from(other), share).round() as u8;
    Color32::from_rgb(part(one.r(), other.r()), part(one.g(), other.g()), part(one.b(), other.b()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::theme::{DARK, HIGH_CONTRAST, LIGHT};

    #[test]
    fn silence_looks_like_the_ground_and_loud_sound_like_text() {
        for colors in [&DARK, &LIGHT, &HIGH_CONTRAST] {
            assert_eq!(color(0, colors), colors.surface);
            assert_eq!(color(255, colors), colors.text);
        }
    }
}
