//! Ten seconds of a recording, and the voices in it.

use std::ops::Range;

use crate::filter_bank::{BANDS, HOP};
use crate::segmentation::{CLASSES, FRAMES};

/// The most speakers that are distinguished in a window.
pub(crate) const SPEAKERS: usize = 3;
/// The speakers of each class.
const SPEAKING: [[bool; SPEAKERS]; CLASSES] = [
    [false, false, false],
    [true, false, false],
    [false, true, false],
    [false, false, true],
    [true, true, false],
    [true, false, true],
    [false, true, true],
];
/// Seconds of a frame: 270 samples.
pub(crate) const FRAME_SECONDS: f64 = 270.0 / 16_000.0;
/// Seconds to the middle of the first frame.
const FIRST_MIDDLE: f64 = 0.031;
/// If a voice speaks alone for this many seconds, only these describe it.
const ENOUGH_ALONE: f64 = 0.35;
/// Frames of the filter bank that describe a voice. With fewer than the minimum there is no description; short voices
/// are repeated.
const LEAST_BANK_FRAMES: usize = 10;
const SHORT_BANK_FRAMES: usize = 60;

/// The most frames of silence within a run of speech: a quarter of a second.
const BRIDGED: usize = 15;
/// Pieces of speech are at most this long, and described if they are at least this long. Unit: seconds.
const LONGEST_PIECE: f64 = 3.0;
const LEAST_PIECE: f64 = 0.5;
/// Added to the start of a frame to get the time of its speech. Unit: seconds.
pub(crate) const SHIFT: f64 = 0.02;
/// Frames of the filter bank per second.
const BANK_RATE: f64 = 100.0;
/// A piece is repeated until it has this many frames of the filter bank; of more than the most, those in the middle are
/// taken.
const PIECE_BANK_FRAMES: usize = 100;
const MOST_PIECE_BANK_FRAMES: usize = 160;

/// A piece of a voice's speech, which may turn out to belong to someone else.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub(crate) frames: Range<usize>,
    /// The description of the voice in it, as in [`Voice`]; empty for a short piece.
    pub(crate) numbers: Vec<f32>,
}

/// A voice in one window.
#[derive(Clone, Debug, PartialEq)]
pub struct Voice {
    /// The number of the speaker in the window, from 0.
    pub speaker: usize,
    /// Seconds in which no one else speaks.
    pub alone: f32,
    /// The description of the voice: 192 numbers, a vector of length 1.
    pub numbers: Vec<f32>,
    /// The pieces in which it speaks alone, where they may be those of several people.
    pub pieces: Vec<Piece>,
}

/// The voices of a window.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// Its number: it starts five seconds after the one before.
    pub number: usize,
    /// How many speak in each frame.
    pub(crate) speaking: Vec<u8>,
    /// The probability that each speaker speaks in each frame; 255 is certain.
    pub(crate) certainty: Vec<[u8; SPEAKERS]>,
    /// Its voices, without those that were too short.
    pub voices: Vec<Voice>,
}

/// When each speaker of a window speaks.
pub(crate) struct Activity {
    classes: Vec<usize>,
}

impl Activity {
    /// Evaluates the scores of all frames within the sound, which has this many samples.
    pub fn new(scores: &[f32], samples: usize) -> Self {
        let within = (samples as f64 / 16_000.0 / FRAME_SECONDS).round() as usize;
        let class = |scores: &[f32]| (0..CLASSES).rev().max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
        let classes = scores.chunks_exact(CLASSES).take(within.min(FRAMES));
        Self { classes: classes.map(|scores| class(scores).unwrap_or(0)).collect() }
    }

    fn frames(&self, speaker: usize, alone: bool) -> Vec<bool> {
        let is = |&class: &usize| SPEAKING[class][speaker] && (!alone || count(class) == 1);
        self.classes.iter().map(is).collect()
    }

    /// The speech of a speaker alone, in pieces of at most three seconds.
    pub fn pieces(&self, speaker: usize) -> Vec<Range<usize>> {
        let solo = self.frames(speaker, true);
        let (mut pieces, mut first) = (Vec::new(), 0);
        while first < solo.len() {
            let end = if solo[first] { self.end_of_run(first) } else { first };
            let seconds = (end - first) as f64 * FRAME_SECONDS;
            let count = (seconds / LONGEST_PIECE).ceil() as usize;
            let at = |piece: usize| first + (end - first) * piece / count;
            pieces.extend((0..count).map(|piece| at(piece)..at(piece + 1)));
            first = end.max(first + 1);
        }
        pieces
    }

    /// Where a run of the class of a frame ends. Short silence is bridged.
    fn end_of_run(&self, first: usize) -> usize {
        let class = self.classes[first];
        let (mut end, mut at) = (first + 1, first + 1);
        while at < self.classes.len() && at - end <= BRIDGED && [0, class].contains(&self.classes[at]) {
            at += 1;
            if self.classes[at - 1] == class {
                end = at;
            }
        }
        end
    }

    /// The frames of the filter bank that describe the voice in a piece; `None` if it is too short.
    pub fn describing_piece(&self, piece: &Range<usize>, bank: &[f32]) -> Option<Vec<f32>> {
        let speaking = self.classes[piece.clone()].iter().filter(|&&class| class != 0).count();
        let place = |frame: usize| ((frame as f64 * FRAME_SECONDS + SHIFT) * BANK_RATE) as usize;
        let last = place(piece.end).min(bank.len() / BANDS);
        let frames = bank.get(place(piece.start) * BANDS..last * BANDS)?;
        if speaking as f64 * FRAME_SECONDS < LEAST_PIECE || frames.len() / BANDS < LEAST_BANK_FRAMES {
            return None;
        }
        let middle = (frames.len() / BANDS).saturating_sub(MOST_PIECE_BANK_FRAMES) / 2;
        let frames = &frames[middle * BANDS..];
        let frames = &frames[..frames.len().min(MOST_PIECE_BANK_FRAMES * BANDS)];
        Some(frames.repeat(PIECE_BANK_FRAMES.div_ceil(frames.len() / BANDS)))
    }

    /// How many speak in each frame.
    pub fn speaking(&self) -> Vec<u8> {
        self.classes.iter().map(|&class| count(class)).collect()
    }

    /// All frames of the filter bank that describe a speaker's voice, and how long no one else speaks. `None` if it is
    /// too short.
    pub fn describing(&self, speaker: usize, bank: &[f32]) -> Option<(Vec<f32>, f32)> {
        let solo = self.frames(speaker, true);
        let alone = solo.iter().filter(|&&solo| solo).count() as f64 * FRAME_SECONDS;
        let wanted = if alone >= ENOUGH_ALONE { solo } else { self.frames(speaker, false) };
        let is_wanted = |at: usize| {
            let middle = (at * HOP) as f64 / 16_000.0 + 0.0125 - FIRST_MIDDLE;
            let frame = (middle / FRAME_SECONDS).round();
            frame >= 0.0 && wanted.get(frame as usize).copied().unwrap_or(false)
        };
        let frames = bank.chunks_exact(BANDS).enumerate().filter(|&(at, _)| is_wanted(at));
        let frames: Vec<&[f32]> = frames.map(|(_, frame)| frame).collect();
        if frames.len() < LEAST_BANK_FRAMES {
            return None;
        }
        let times = SHORT_BANK_FRAMES.div_ceil(frames.len());
        Some((frames.concat().repeat(times), alone as f32))
    }
}

fn count(class: usize) -> u8 {
    SPEAKING[class].iter().map(|&speaks| u8::from(speaks)).sum()
}

/// The probability that each speaker speaks, for every frame, from the scores of the classes.
pub(crate) fn certainty(scores: &[f32], frames: usize) -> Vec<[u8; SPEAKERS]> {
    let of = |scores: &[f32]| {
        let largest = scores.iter().copied().fold(f32::MIN, f32::max);
        let powers: Vec<f32> = scores.iter().map(|score| whisper_cpu::float::exp(score - largest)).collect();
        let total: f32 = powers.iter().sum();
        std::array::from_fn(|speaker| {
            let speaking = powers.iter().zip(SPEAKING).filter(|(_, speaking)| speaking[speaker]);
            (speaking.map(|(power, _)| power).sum::<f32>() / total * 255.0).round() as u8
        })
    };
    scores.chunks_exact(CLASSES).take(frames).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores of a class in each frame.
    fn scores(classes: &[usize]) -> Vec<f32> {
        classes
            .iter()
            .flat_map(|&class| (0..CLASSES).map(move |c| if c == class { 9.0 } else { 0.0 }))
            .collect()
    }

    #[test]
    fn voices_are_described_by_the_frames_in_which_they_are_alone() {
        let classes: Vec<usize> = (0..FRAMES).map(|i| [0, 1, 4, 2][i * 4 / FRAMES]).collect();
        let activity = Activity::new(&scores(&classes), 160_000);
        let bank: Vec<f32> = (0..998).flat_map(|i| [i as f32; BANDS]).collect();
        let (frames, alone) = activity.describing(0, &bank).unwrap();
        assert!((alone - 2.48).abs() < 0.02, "{alone}");
        assert!((frames[0] - 250.0).abs() < 3.0 && (frames.last().unwrap() - 498.0).abs() < 3.0);
        assert_eq!(activity.describing(2, &bank), None);
        assert_eq!(activity.speaking()[300], 2);
    }

    #[test]
    fn short_voices_are_repeated() {
        let bank: Vec<f32> = (0..998).flat_map(|i| [i as f32; BANDS]).collect();
        let mut classes = vec![3; 12];
        classes.resize(FRAMES, 0);
        let (frames, _) = Activity::new(&scores(&classes), 160_000).describing(2, &bank).unwrap();
        assert!(frames.len() / BANDS >= SHORT_BANK_FRAMES && frames[0] == frames[frames.len() / 3]);
        let (frames, _) = Activity::new(&scores(&[1; FRAMES]), 160_000).describing(0, &bank).unwrap();
        assert!((990..=998).contains(&(frames.len() / BANDS)), "{}", frames.len() / BANDS);
    }

    #[test]
    fn frames_after_the_end_of_the_sound_are_left_out() {
        assert_eq!(Activity::new(&scores(&[1; FRAMES]), 16_000).speaking().len(), 59);
    }

    #[test]
    fn pieces_bridge_short_silence_and_end_where_others_speak() {
        let mut classes = vec![0; 50];
        classes.extend(
            [[1; 20].as_slice(), &[0; 10], &[1; 20], &[0; 30], &[1; 10], &[2; 5], &[1; 200]].concat(),
        );
        let activity = Activity::new(&scores(&classes), 160_000);
        assert_eq!(activity.pieces(0), [50..100, 130..140, 145..245, 245..345]);
        assert_eq!(activity.pieces(1), std::slice::from_ref(&(140..145)));
        assert!(activity.pieces(2).is_empty());
        let bank: Vec<f32> = (0..998).flat_map(|i| [i as f32; BANDS]).collect();
        let frames = activity.describing_piece(&(50..100), &bank).unwrap();
        assert_eq!((frames[0], frames.len() / BANDS % 84), (86.0, 0));
        assert_eq!(activity.describing_piece(&(130..140), &bank), None);
    }

    #[test]
    fn certainty_adds_up_the_classes_of_a_speaker() {
        let found = certainty(&[0.0, 0.0, f32::MIN, f32::MIN, 0.0, f32::MIN, f32::MIN], 1);
        assert_eq!(found, [[170, 85, 0]]);
    }
}
