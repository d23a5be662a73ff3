//! A tile of a spectrogram.

use std::io;

use super::columns::{Columns, MOMENT, ROWS};
use crate::audio::{DecodedCopy, SAMPLE_RATE};
use crate::time::{MediaTime, TimeSpan};

const COLUMNS: usize = SpectrogramTile::COLUMNS;
/// The smallest distance between columns, as a power of two: 4 ms. Unit: samples.
const LEAST: u32 = 6;
/// The largest: 33 s.
const MOST: u32 = 19;

/// The name of a tile: how far apart its columns are, and which one it is from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TileKey {
    /// The distance of columns is two to this power. Unit: samples.
    scale: u32,
    number: u64,
}

impl TileKey {
    /// Returns the tiles that cover a span, of which about `columns` columns are seen.
    pub fn covering(span: TimeSpan, columns: usize) -> impl Iterator<Item = Self> {
        let (start, end) = (span.start.to_samples(SAMPLE_RATE), span.end.to_samples(SAMPLE_RATE));
        let step = (end.saturating_sub(start) / columns.max(1) as u64).max(1);
        let scale = step.ilog2().clamp(LEAST, MOST);
        let length = (COLUMNS as u64) << scale;
        (start / length..=end / length).map(move |number| Self { scale, number })
    }

    /// Returns the samples of the tile.
    fn start(self) -> u64 {
        self.number * self.length()
    }

    fn length(self) -> u64 {
        (COLUMNS as u64) << self.scale
    }

    /// Returns the part of the recording that it shows.
    pub fn span(self) -> TimeSpan {
        let time = |sample| MediaTime::from_samples(sample, SAMPLE_RATE);
        TimeSpan::new(time(self.start()), time(self.start() + self.length()))
    }

    /// Returns whether all of its sound is decoded.
    pub fn is_ready(self, sound: &DecodedCopy) -> bool {
        sound.ready() >= self.start() + self.length() || sound.is_complete()
    }
}

/// The levels of [`SpectrogramTile::COLUMNS`] moments.
pub struct SpectrogramTile {
    /// Its name.
    pub key: TileKey,
    /// Levels from 0 to 255, row by row from the highest frequencies, column by column in each.
    pub levels: Vec<u8>,
}

impl SpectrogramTile {
    /// Columns of a tile, from early to late.
    pub const COLUMNS: usize = 256;
    /// Rows of a tile, from 8 kHz to 0.
    pub const ROWS: usize = ROWS;

    /// # Errors
    /// Those of reading the copy.
    pub(super) fn compute(key: TileKey, sound: &DecodedCopy, columns: &mut Columns) -> io::Result<Self> {
        let mut levels = vec![0; COLUMNS * ROWS];
        let mut samples = [0.0; MOMENT];
        for column in 0..COLUMNS {
            let middle = key.start() + ((2 * column as u64 + 1) << key.scale) / 2;
            samples.fill(0.0);
            sound.read(middle.saturating_sub(MOMENT as u64 / 2), &mut samples)?;
            for (row, level) in columns.levels(&samples).into_iter().enumerate() {
                levels[(ROWS - 1 - row) * COLUMNS + column] = level;
            }
        }
        Ok(Self { key, levels })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covering(from: i64, to: i64, columns: usize) -> Vec<TileKey> {
        TileKey::covering(TimeSpan::from_millis(from, to), columns).collect()
    }

    #[test]
    fn tiles_cover_what_is_seen_and_few_of_them() {
        for (from, to) in [(0, 1), (0, 3000), (12_345, 13_345), (3_600_000, 7_200_000), (0, 36_000_000)] {
            let tiles = covering(from, to, 1280);
            assert!((1..=12).contains(&tiles.len()), "{from} to {to}: {}", tiles.len());
            assert!(tiles[0].span().start.as_millis() <= from);
            assert!(tiles[tiles.len() - 1].span().end.as_millis() >= to);
        }
    }

    #[test]
    fn a_little_zoom_and_scrolling_need_no_other_tiles() {
        let before = covering(60_000, 70_000, 1000);
        assert!(before.starts_with(&covering(60_000, 69_500, 1000)));
        assert_eq!(covering(61_000, 70_000, 900)[0], before[0]);
    }
}
