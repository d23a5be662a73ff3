//! Stores windows as bytes, from which speakers are found again without the sound.
//!
//! The version as one byte, then the windows in order: the number of speakers in each frame and the certainty of each
//! speaker, as runs of equal values, then the voices. Numbers that describe a voice take a byte each, which keeps the
//! cosine above 0.9999. A window takes about 0.5 kB, and up to 2 kB if several people talk.

use std::ops::Range;

use thiserror::Error;

use crate::segmentation::FRAMES;
use crate::voice::{VOICE, to_length_one};
use crate::window::{FRAME_SECONDS, Piece, SPEAKERS, Voice, Window};

const VERSION: u8 = 1;
/// Steps of certainty: 0 is none, the last is certain.
const STEPS: usize = 16;
/// Size of a step; 255 is certain.
const STEP: u8 = 17;
/// More windows than any recording has. Each adds five seconds. Unit: windows.
const MOST_WINDOWS: usize = 1 << 20;

/// The bytes are not packed windows.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("what was kept of the voices is damaged")]
pub struct DamagedVoices;

/// Packs the windows of a recording, from the first to the last.
pub fn pack(windows: &[Window]) -> Vec<u8> {
    let mut bytes = vec![VERSION];
    put(&mut bytes, windows.len());
    for window in windows {
        pack_window(&mut bytes, window);
    }
    bytes
}

fn pack_window(bytes: &mut Vec<u8>, window: &Window) {
    put(bytes, window.speaking.len());
    put_runs(bytes, 1 + SPEAKERS, window.speaking.iter().map(|&count| usize::from(count)));
    for speaker in 0..SPEAKERS {
        put_runs(bytes, STEPS, window.certainty.iter().map(|certainty| step(certainty[speaker])));
    }
    put(bytes, window.voices.len());
    for voice in &window.voices {
        put(bytes, voice.speaker);
        put(bytes, (f64::from(voice.alone) / FRAME_SECONDS).round() as usize);
        put_numbers(bytes, &voice.numbers);
        put(bytes, voice.pieces.len());
        for piece in &voice.pieces {
            put(bytes, piece.frames.start);
            put(bytes, piece.frames.len());
            put(bytes, usize::from(!piece.numbers.is_empty()));
            put_numbers(bytes, &piece.numbers);
        }
    }
}

fn step(certainty: u8) -> usize {
    usize::from(certainty / STEP) + usize::from(certainty % STEP > STEP / 2)
}

/// Writes seven bits per byte, the lowest first.
fn put(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Writes values below `values` as runs of equal ones.
fn put_runs(bytes: &mut Vec<u8>, values: usize, of: impl Iterator<Item = usize>) {
    let mut run: Option<(usize, usize)> = None;
    for value in of {
        match &mut run {
            Some((before, length)) if *before == value => *length += 1,
            run => {
                if let Some((before, length)) = run.replace((value, 1)) {
                    put(bytes, length * values + before);
                }
            }
        }
    }
    if let Some((value, length)) = run {
        put(bytes, length * values + value);
    }
}

/// Writes numbers scaled so that the largest becomes 127.
fn put_numbers(bytes: &mut Vec<u8>, numbers: &[f32]) {
    let largest = numbers.iter().fold(f32::MIN_POSITIVE, |largest, x| largest.max(x.abs()));
    bytes.extend(numbers.iter().map(|x| (x / largest * 127.0).round() as i8 as u8));
}

/// Reads what [`pack`] wrote.
///
/// # Errors
/// [`DamagedVoices`] if these are other bytes.
pub fn unpack(bytes: &[u8]) -> Result<Vec<Window>, DamagedVoices> {
    let (&VERSION, rest) = bytes.split_first().ok_or(DamagedVoices)? else { return Err(DamagedVoices) };
    let mut reader = Reader(rest);
    let count = reader.number(MOST_WINDOWS)?;
    let windows = (0..count).map(|number| reader.window(number)).collect::<Result<_, _>>()?;
    if reader.0.is_empty() { Ok(windows) } else { Err(DamagedVoices) }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn number(&mut self, most: usize) -> Result<usize, DamagedVoices> {
        let mut number = 0;
        for shift in [0, 7, 14, 21] {
            let (&byte, rest) = self.0.split_first().ok_or(DamagedVoices)?;
            self.0 = rest;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return if number <= most { Ok(number) } else { Err(DamagedVoices) };
            }
        }
        Err(DamagedVoices)
    }

    fn window(&mut self, number: usize) -> Result<Window, DamagedVoices> {
        let frames = self.number(FRAMES)?;
        let speaking = self.runs(frames, 1 + SPEAKERS)?;
        let speaking = speaking.into_iter().map(|count| count as u8).collect();
        let mut certainty = vec![[0; SPEAKERS]; frames];
        for speaker in 0..SPEAKERS {
            let steps = self.runs(frames, STEPS)?;
            certainty.iter_mut().zip(steps).for_each(|(frame, step)| frame[speaker] = step as u8 * STEP);
        }
        let count = self.number(SPEAKERS)?;
        let voices = (0..count).map(|_| self.voice(frames)).collect::<Result<_, _>>()?;
        Ok(Window { number, speaking, certainty, voices })
    }

    fn runs(&mut self, frames: usize, values: usize) -> Result<Vec<usize>, DamagedVoices> {
        let mut all = Vec::with_capacity(frames);
        while all.len() < frames {
            let run = self.number(usize::MAX)?;
            let length = run / values;
            if length == 0 || length > frames - all.len() {
                return Err(DamagedVoices);
            }
            all.resize(all.len() + length, run % values);
        }
        Ok(all)
    }

    fn voice(&mut self, frames: usize) -> Result<Voice, DamagedVoices> {
        let speaker = self.number(SPEAKERS - 1)?;
        let alone = (self.number(FRAMES)? as f64 * FRAME_SECONDS) as f32;
        let numbers = self.numbers()?;
        let count = self.number(FRAMES)?;
        let pieces = (0..count).map(|_| self.piece(frames)).collect::<Result<_, _>>()?;
        Ok(Voice { speaker, alone, numbers, pieces })
    }

    fn piece(&mut self, frames: usize) -> Result<Piece, DamagedVoices> {
        let start = self.number(frames)?;
        let frames: Range<usize> = start..start + self.number(frames - start)?;
        let numbers = if self.number(1)? == 1 { self.numbers()? } else { Vec::new() };
        Ok(Piece { frames, numbers })
    }

    fn numbers(&mut self) -> Result<Vec<f32>, DamagedVoices> {
        let (numbers, rest) = self.0.split_at_checked(VOICE).ok_or(DamagedVoices)?;
        self.0 = rest;
        let mut numbers: Vec<f32> = numbers.iter().map(|&byte| f32::from(byte as i8)).collect();
        to_length_one(&mut numbers);
        Ok(numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spans::likeness;

    fn numbers(seed: usize) -> Vec<f32> {
        let mut numbers: Vec<f32> =
            (0..VOICE).map(|d| ((d * d * 31 + seed * (d + 7)) % 201) as f32 / 100.0 - 1.0).collect();
        to_length_one(&mut numbers);
        numbers
    }

    fn windows() -> Vec<Window> {
        let window = |number: usize| {
            let frames = if number == 3 { 120 } else { FRAMES };
            let certain = |frame: usize| ((frame * (number + 3)) % 256) as u8;
            let voice = |speaker: usize| Voice {
                speaker,
                alone: (40.0 * FRAME_SECONDS) as f32,
                numbers: numbers(number * 3 + speaker),
                pieces: vec![
                    Piece { frames: 10..90, numbers: numbers(speaker) },
                    Piece { frames: 100..frames, numbers: Vec::new() },
                ],
            };
            Window {
                number,
                speaking: (0..frames).map(|frame| (frame / 100 % 3) as u8).collect(),
                certainty: (0..frames).map(|frame| [certain(frame), 0, 255]).collect(),
                voices: [0, 2].into_iter().take(number).map(voice).collect(),
            }
        };
        (0..4).map(window).collect()
    }

    #[test]
    fn what_is_packed_comes_back_nearly_the_same() {
        let windows = windows();
        let found = unpack(&pack(&windows)).unwrap();
        assert_eq!(found.len(), windows.len());
        for (found, window) in found.iter().zip(&windows) {
            assert_eq!((found.number, &found.speaking), (window.number, &window.speaking));
            for (one, other) in found.certainty.iter().flatten().zip(window.certainty.iter().flatten()) {
                assert!(one.abs_diff(*other) <= STEP / 2, "{one} {other}");
            }
            for (found, voice) in found.voices.iter().zip(&window.voices) {
                assert_eq!((found.speaker, found.alone), (voice.speaker, voice.alone));
                assert!(likeness(&found.numbers, &voice.numbers) > 0.9999);
                let frames =
                    |voice: &Voice| voice.pieces.iter().map(|p| p.frames.clone()).collect::<Vec<_>>();
                assert_eq!(frames(found), frames(voice));
                assert!(found.pieces[1].numbers.is_empty());
            }
        }
        // Packing again changes nothing.
        assert_eq!(pack(&found), pack(&unpack(&pack(&found)).unwrap()));
        assert_eq!(unpack(&pack(&[])), Ok(vec![]));
    }

    #[test]
    fn damaged_bytes_are_refused_and_never_more_than_that() {
        let whole = pack(&windows());
        for end in 0..whole.len() {
            assert_eq!(unpack(&whole[..end]), Err(DamagedVoices), "{end}");
        }
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            // It may still be readable, as other voices.
            let _ = unpack(&bytes);
        }
        assert_eq!(unpack(&[VERSION, 0xff, 0xff, 0xff, 0xff, 0x01]), Err(DamagedVoices));
    }
}
