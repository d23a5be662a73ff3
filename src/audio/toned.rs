//! Copies a recording with a tone where something must not be heard.

use std::path::Path;

use super::wav::WavWriter;
use super::{AudioError, Recording, SAMPLE_RATE};
use crate::time::{MediaTime, TimeSpan};

/// The tone begins and ends this much outside of a span, since the times of words are not exact.
const MARGIN: MediaTime = MediaTime::from_millis(150);
/// Period of a triangle wave at 1 kHz. Unit: samples.
const PERIOD: u64 = SAMPLE_RATE as u64 / 1000;
/// As loud as quiet speech, -20 dB.
const PEAK: f32 = 0.1;

/// Writes a recording to a WAV file of 16 kHz, mono, with a tone of 1 kHz in place of `stretches`.
///
/// # Errors
/// Those of [`Recording::read`], and [`AudioError::Io`] if the file cannot be written.
pub fn write_toned(mut recording: Recording, stretches: &[TimeSpan], path: &Path) -> Result<(), AudioError> {
    let stretches = in_samples(stretches);
    let mut writer = WavWriter::create(path)?;
    let (mut samples, mut first) = (Vec::new(), 0);
    loop {
        samples.clear();
        let goes_on = recording.read(&mut samples)?;
        tone(&mut samples, first, &stretches);
        first += samples.len() as u64;
        writer.write(&samples)?;
        if !goes_on {
            return writer.finish();
        }
    }
}

/// Returns the first sample of each span and the one after it.
fn in_samples(stretches: &[TimeSpan]) -> Vec<(u64, u64)> {
    let sample =
        |time: MediaTime| u64::try_from(time.as_millis()).unwrap_or(0) * u64::from(SAMPLE_RATE) / 1000;
    stretches.iter().map(|span| (sample(span.start - MARGIN), sample(span.end + MARGIN))).collect()
}

/// Replaces the parts of the spans in a block that begins with sample number `first`.
fn tone(samples: &mut [f32], first: u64, stretches: &[(u64, u64)]) {
    let end = first + samples.len() as u64;
    for &(from, to) in stretches.iter().filter(|(from, to)| *from < end && *to > first) {
        for at in from.max(first)..to.min(end) {
            samples[(at - first) as usize] = triangle(at);
        }
    }
}

/// A triangle rather than a sine, so that every processor writes the same bits.
fn triangle(at: u64) -> f32 {
    let phase = (at % PERIOD) as f32 / PERIOD as f32;
    PEAK * (4.0 * (phase - 0.5).abs() - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::{read_all, write_wav};

    #[test]
    fn stretches_are_a_tone_and_the_rest_is_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (before, after) = (folder.path().join("a.wav"), folder.path().join("b.wav"));
        let samples: Vec<f32> = (0..48_000).map(|at| if at % 2 == 0 { 0.5 } else { -0.5 }).collect();
        write_wav(&before, &samples).unwrap();
        let stretches = [TimeSpan::from_millis(1000, 1500), TimeSpan::from_millis(2900, 9000)];
        write_toned(Recording::open(&before).unwrap(), &stretches, &after).unwrap();
        let (toned, _) = read_all(&after).unwrap();
        assert_eq!(toned.len(), samples.len());
        let is_tone = |at: usize| toned[at].abs() <= PEAK + 0.001;
        let outside = (0..13_600).chain(26_400..44_000);
        assert!(outside.clone().all(|at| (toned[at] - samples[at]).abs() < 0.001));
        assert!((13_600..26_400).chain(44_000..48_000).all(is_tone));
    }
}
