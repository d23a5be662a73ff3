//! Finds where sound begins and ends from its peaks, for edges that are dragged there.

use super::Peaks;
use crate::time::{MediaTime, TimeSpan};

/// The time of the finest peaks. Unit: milliseconds.
const FRAME: i64 = 10;
/// How far around a span the levels are measured. Unit: milliseconds.
const CONTEXT: i64 = 5000;
/// Sound must be this much louder than pauses. Unit: decibels.
const LEAST_RANGE: f32 = 12.0;
/// The threshold between the level of pauses (0) and that of loud sound (1).
const BORDER: f32 = 0.35;
/// Shorter pauses belong to the sound, and shorter sounds are clicks. Unit: frames.
const SHORTEST_PAUSE: usize = 15;
const SHORTEST_SOUND: usize = 6;

/// The times at which sound begins, and those at which it ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SoundEdges {
    /// After a pause of 150 ms or more.
    pub begins: Vec<MediaTime>,
    /// Before a pause of 150 ms or more.
    pub ends: Vec<MediaTime>,
}

impl SoundEdges {
    /// Finds the edges in a span by the levels within five seconds of it.
    pub fn of(peaks: &Peaks, span: TimeSpan) -> Self {
        let start = ((span.start.as_millis() - CONTEXT).max(0) / FRAME) * FRAME;
        let end = (span.end.as_millis() + CONTEXT).min(peaks.duration().as_millis());
        let frames = usize::try_from((end - start) / FRAME).unwrap_or(0);
        let around = TimeSpan::from_millis(start, start + frames as i64 * FRAME);
        let level = |peak: &super::Peak| decibels(peak.max.unsigned_abs().max(peak.min.unsigned_abs()));
        let levels: Vec<f32> = peaks.columns(around, frames).iter().map(level).collect();
        let Some(border) = border(&levels) else { return Self::default() };
        let time = |frame: usize| MediaTime::from_millis(start + frame as i64 * FRAME);
        let mut edges = Self::default();
        for (first, last) in sounds(&levels, border) {
            edges.begins.extend(Some(time(first)).filter(|at| first > 0 && span.contains(*at)));
            edges.ends.extend(Some(time(last)).filter(|at| last < frames && span.contains(*at)));
        }
        edges
    }
}

fn decibels(sample: u16) -> f32 {
    20.0 * f32::from(sample.max(1)).log10()
}

/// Returns the level above which there is sound, if pauses and sound differ.
fn border(levels: &[f32]) -> Option<f32> {
    let mut sorted = levels.to_vec();
    sorted.sort_by(f32::total_cmp);
    let at = |share: f32| sorted.get((sorted.len() as f32 * share) as usize).copied();
    let (pause, loud) = (at(0.1)?, at(0.9)?);
    (loud - pause >= LEAST_RANGE).then_some(pause + BORDER * (loud - pause))
}

/// Returns the first frame of each sound and the frame after its last.
fn sounds(levels: &[f32], border: f32) -> Vec<(usize, usize)> {
    let mut sounds: Vec<(usize, usize)> = Vec::new();
    for frame in (0..levels.len()).filter(|frame| levels[*frame] > border) {
        match sounds.last_mut() {
            Some(last) if frame < last.1 + SHORTEST_PAUSE => last.1 = frame + 1,
            _ => sounds.push((frame, frame + 1)),
        }
    }
    sounds.retain(|(first, end)| end - first >= SHORTEST_SOUND);
    sounds
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sound of one loudness for each 10 ms.
    fn peaks(parts: &[(usize, f32)]) -> Peaks {
        let mut peaks = Peaks::default();
        for (frames, loudness) in parts {
            let wave = |n: usize| if n.is_multiple_of(2) { *loudness } else { -*loudness };
            peaks.push(&(0..frames * 160).map(wave).collect::<Vec<_>>());
        }
        peaks
    }

    fn edges(parts: &[(usize, f32)], span: (i64, i64)) -> (Vec<i64>, Vec<i64>) {
        let found = SoundEdges::of(&peaks(parts), TimeSpan::from_millis(span.0, span.1));
        let millis = |times: Vec<MediaTime>| times.into_iter().map(MediaTime::as_millis).collect();
        (millis(found.begins), millis(found.ends))
    }

    #[test]
    fn sound_begins_and_ends_between_pauses() {
        let noise = 0.002;
        let parts = [(100, noise), (80, 0.3), (60, noise), (10, 0.2), (10, noise), (50, 0.3), (90, noise)];
        assert_eq!(edges(&parts, (0, 4000)), (vec![1000, 2400], vec![1800, 3100]), "a short pause is none");
        assert_eq!(edges(&parts, (900, 1100)), (vec![1000], vec![]), "only those in the span");
        let click = [(100, noise), (2, 0.3), (100, noise), (40, 0.3), (60, noise)];
        assert_eq!(edges(&click, (0, 3000)), (vec![2020], vec![2420]));
    }

    #[test]
    fn even_sound_has_no_edges() {
        assert_eq!(edges(&[(300, 0.3)], (0, 3000)), (vec![], vec![]));
        assert_eq!(edges(&[(300, 0.0)], (0, 3000)), (vec![], vec![]));
        assert_eq!(edges(&[(100, 0.1), (100, 0.2), (100, 0.1)], (0, 3000)), (vec![], vec![]));
        assert_eq!(edges(&[], (0, 3000)), (vec![], vec![]));
    }

    #[test]
    fn the_ends_of_a_recording_are_no_edges() {
        let parts = [(50, 0.3), (100, 0.001), (50, 0.3)];
        assert_eq!(edges(&parts, (0, 2000)), (vec![1500], vec![500]));
    }
}
