//! Peaks of a recording, for drawing its waveform at any zoom.

use super::SAMPLE_RATE;
use crate::time::{MediaTime, TimeSpan};

/// Samples per peak of the finest level: 10 ms.
const BIN: usize = SAMPLE_RATE as usize / 100;
/// Number of peaks combined into one of the next level.
const FACTOR: usize = 4;
/// First bytes of a file of peaks, including the version of the format.
const MAGIC: &[u8; 8] = b"LECPEAK1";

/// The lowest and the highest sample of a span of sound, in 1/32768 of full scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Peak {
    /// The lowest sample.
    pub min: i16,
    /// The highest sample.
    pub max: i16,
}

impl Peak {
    fn joined(self, other: Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.max(other.max) }
    }
}

/// Peaks of 16 kHz mono sound at 10 ms and coarser: three hours take 6 MB. They grow with the sound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peaks {
    /// Each level has one peak for every complete [`FACTOR`] peaks of the previous one.
    levels: Vec<Vec<Peak>>,
    /// The peak of the last, incomplete bin.
    open: Option<Peak>,
    /// Number of samples so far.
    samples: u64,
}

impl Peaks {
    /// Adds samples in -1..1 at 16 kHz.
    pub fn push(&mut self, mut samples: &[f32]) {
        while !samples.is_empty() {
            let room = BIN - (self.samples % BIN as u64) as usize;
            let (part, rest) = samples.split_at(room.min(samples.len()));
            let peak = peak_of(part);
            let peak = self.open.take().map_or(peak, |open| open.joined(peak));
            self.samples += part.len() as u64;
            if part.len() == room {
                self.add(peak);
            } else {
                self.open = Some(peak);
            }
            samples = rest;
        }
    }

    /// Adds a complete bin, and the bins that it completes at coarser levels.
    fn add(&mut self, mut peak: Peak) {
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let peaks = &mut self.levels[level];
            peaks.push(peak);
            if !peaks.len().is_multiple_of(FACTOR) {
                return;
            }
            peak = union(&peaks[peaks.len() - FACTOR..]);
        }
    }

    /// Returns the number of samples so far.
    pub fn samples(&self) -> u64 {
        self.samples
    }

    /// Returns the length of the sound so far.
    pub fn duration(&self) -> MediaTime {
        MediaTime::from_samples(self.samples, SAMPLE_RATE)
    }

    /// Returns the peaks of a span, divided into `columns` equal parts. They are zero where there is no sound yet.
    /// Takes time in proportion to the number of columns.
    pub fn columns(&self, span: TimeSpan, columns: usize) -> Vec<Peak> {
        let duration = i128::from(span.duration().as_millis().max(0));
        let bin = |column: usize| {
            let millis =
                i128::from(span.start.as_millis()) + duration * column as i128 / columns.max(1) as i128;
            usize::try_from(millis.max(0) / 10).unwrap_or(usize::MAX)
        };
        let ends_before_zero = |column: usize| {
            i128::from(span.start.as_millis()) * (columns as i128) + duration * (column as i128 + 1) <= 0
        };
        let column = |n: usize| match ends_before_zero(n) {
            true => Peak::default(),
            false => self.over(bin(n), bin(n + 1).max(bin(n).saturating_add(1))),
        };
        (0..columns).map(column).collect()
    }

    /// Returns the peak of the bins `start..end`, using the coarsest levels that fit.
    fn over(&self, start: usize, end: usize) -> Peak {
        let complete = self.levels.first().map_or(0, Vec::len);
        let mut found = self.open.filter(|_| (start..end).contains(&complete));
        let (mut at, end) = (start, end.min(complete));
        while at < end {
            let (mut level, mut width) = (0, 1);
            while at.is_multiple_of(width * FACTOR)
                && at + width * FACTOR <= end
                && self.levels.get(level + 1).is_some_and(|peaks| at / (width * FACTOR) < peaks.len())
            {
                (level, width) = (level + 1, width * FACTOR);
            }
            let peak = self.levels[level][at / width];
            found = Some(found.map_or(peak, |found| found.joined(peak)));
            at += width;
        }
        found.unwrap_or_default()
    }

    /// Returns the contents of a file: the magic bytes, the number of samples, and each bin as two 16-bit numbers, all
    /// little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let bins = self.levels.first().into_iter().flatten().chain(&self.open);
        let mut bytes = Vec::from(MAGIC);
        bytes.extend(self.samples.to_le_bytes());
        bytes.extend(bins.flat_map(|peak| [peak.min.to_le_bytes(), peak.max.to_le_bytes()]).flatten());
        bytes
    }

    /// Reads what [`Peaks::to_bytes`] wrote; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (samples, bins) = bytes.strip_prefix(MAGIC)?.split_first_chunk::<8>()?;
        let samples = u64::from_le_bytes(*samples);
        let (bins, rest) = bins.as_chunks::<4>();
        if !rest.is_empty() || bins.len() as u64 != samples.div_ceil(BIN as u64) {
            return None;
        }
        let mut peaks = Self { samples, ..Self::default() };
        let complete = (samples / BIN as u64) as usize;
        for (n, &[a, b, c, d]) in bins.iter().enumerate() {
            let peak = Peak { min: i16::from_le_bytes([a, b]), max: i16::from_le_bytes([c, d]) };
            if n < complete {
                peaks.add(peak);
            } else {
                peaks.open = Some(peak);
            }
        }
        Some(peaks)
    }
}

fn peak_of(samples: &[f32]) -> Peak {
    let (min, max) =
        samples.iter().fold((f32::MAX, f32::MIN), |(min, max), &sample| (min.min(sample), max.max(sample)));
    let scaled = |sample: f32| (sample * 32_768.0).round() as i16;
    Peak { min: scaled(min), max: scaled(max) }
}

fn union(peaks: &[Peak]) -> Peak {
    peaks.iter().copied().reduce(Peak::joined).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn peaks(samples: &[f32]) -> Peaks {
        let mut peaks = Peaks::default();
        peaks.push(samples);
        peaks
    }

    #[test]
    fn a_click_is_seen_at_every_zoom() {
        let mut samples = vec![0.0; 10 * SAMPLE_RATE as usize];
        samples[7 * SAMPLE_RATE as usize] = -0.5;
        let peaks = peaks(&samples);
        for columns in [1, 10, 333, 1000] {
            let drawn = peaks.columns(TimeSpan::from_millis(0, 10_000), columns);
            let clicks: Vec<_> = (0..columns).filter(|&n| drawn[n].min == -16_384).collect();
            assert_eq!(clicks, [columns * 7 / 10]);
        }
    }

    #[test]
    fn there_is_nothing_outside_the_sound() {
        let peaks = peaks(&[0.5; 1600]);
        let drawn = peaks.columns(TimeSpan::from_millis(-100, 200), 3);
        assert_eq!(drawn.iter().map(|peak| peak.max).collect::<Vec<_>>(), [0, 16_384, 0]);
        assert_eq!(peaks.columns(TimeSpan::from_millis(0, 0), 2).len(), 2);
        assert_eq!(
            Peaks::default().columns(TimeSpan::new(MediaTime::ZERO, MediaTime::MAX), 1),
            [Peak::default()]
        );
    }

    #[test]
    fn other_bytes_are_no_peaks() {
        let bytes = peaks(&[0.25; 1000]).to_bytes();
        assert_eq!(Peaks::from_bytes(&bytes), Some(peaks(&[0.25; 1000])));
        assert_eq!(Peaks::from_bytes(&bytes[..bytes.len() - 1]), None);
        assert_eq!(Peaks::from_bytes(&bytes[..bytes.len() - 4]), None);
        assert_eq!(Peaks::from_bytes(b"LECPEAK2\0\0\0\0\0\0\0\0"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn blocks_make_no_difference_and_levels_agree(
            samples in prop::collection::vec(-1.0_f32..1.0, 0..30_000),
            block in 1_usize..5000,
            from in 0_usize..200,
            len in 1_usize..200,
        ) {
            let whole = peaks(&samples);
            let mut blocks = Peaks::default();
            samples.chunks(block).for_each(|block| blocks.push(block));
            prop_assert_eq!(&blocks, &whole);
            prop_assert_eq!(Peaks::from_bytes(&whole.to_bytes()), Some(whole.clone()));
            let range = (from * BIN).min(samples.len())..((from + len) * BIN).min(samples.len());
            let direct = if range.is_empty() { Peak::default() } else { peak_of(&samples[range]) };
            prop_assert_eq!(whole.over(from, from + len), direct);
        }
    }
}
