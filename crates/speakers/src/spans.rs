//! The voices of a part of a recording.

use std::ops::Range;

use crate::cluster::{LEAST_ALONE, weight};
use crate::timeline::{FRAMES_A_HOP, first_frame};
use crate::voice::{VOICE, to_length_one};
use crate::window::{FRAME_SECONDS, SHIFT, Voice, Window};

/// A speaker speaks if the certainty is at least this.
const SPEAKS: u8 = 128;

/// Returns the windows with only the speech in `spans`, which are in order. Unit: seconds. A voice that speaks less
/// than half of its time there is left out.
pub fn within(windows: &[Window], spans: &[Range<f64>]) -> Vec<Window> {
    windows.iter().map(|window| window_within(window, spans)).collect()
}

fn window_within(window: &Window, spans: &[Range<f64>]) -> Window {
    let first = first_frame(window);
    let is_within: Vec<bool> = (0..window.speaking.len())
        .map(|frame| {
            let time = (first + frame) as f64 * FRAME_SECONDS + SHIFT;
            let next = spans.partition_point(|span| span.end <= time);
            spans.get(next).is_some_and(|span| span.start <= time)
        })
        .collect();
    let says = |voice: &&Voice| {
        let speaks = window.certainty.iter().map(|certainty| certainty[voice.speaker] >= SPEAKS);
        let (mut within, mut all) = (0, 0);
        for (speaks, is_within) in speaks.zip(&is_within) {
            all += usize::from(speaks);
            within += usize::from(speaks && *is_within);
        }
        within > 0 && 2 * within >= all
    };
    let voices: Vec<Voice> = window.voices.iter().filter(says).cloned().collect();
    let mut part = Window { voices, ..window.clone() };
    for (frame, is_within) in is_within.iter().enumerate() {
        if !is_within {
            part.speaking[frame] = 0;
        }
        for (speaker, certainty) in part.certainty[frame].iter_mut().enumerate() {
            if !is_within || !part.voices.iter().any(|voice| voice.speaker == speaker) {
                *certainty = 0;
            }
        }
    }
    part
}

/// Returns the description of the voice that speaks in `spans`, as if it were one. Unit: seconds. `None` if no one
/// speaks there.
pub fn mean_voice(windows: &[Window], spans: &[Range<f64>]) -> Option<Vec<f32>> {
    let from = spans.first()?.start;
    let end = spans.last()?.end;
    let hop = FRAMES_A_HOP * FRAME_SECONDS;
    let is_near = |window: &&Window| {
        let start = window.number as f64 * hop;
        start < end && start + 2.0 * hop > from
    };
    let parts: Vec<Window> =
        windows.iter().filter(is_near).map(|window| window_within(window, spans)).collect();
    let voices: Vec<&Voice> = parts.iter().flat_map(|window| &window.voices).collect();
    let longest = voices.iter().map(|voice| voice.alone).fold(0.0, f32::max);
    let mut mean = vec![0.0; VOICE];
    for voice in voices.iter().filter(|voice| voice.alone >= LEAST_ALONE.min(longest)) {
        let weight = weight(voice);
        mean.iter_mut().zip(&voice.numbers).for_each(|(sum, x)| *sum += x * weight);
    }
    to_length_one(&mut mean);
    mean.iter().any(|&x| x != 0.0).then_some(mean)
}

/// Returns how similar two voices are: the cosine of two vectors of length 1. The same person has 0.5 or more, also in
/// other recordings; different people seldom have more than 0.36.
pub fn likeness(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmentation::FRAMES;

    /// Returns a window in which each person speaks alone between two frames.
    fn window(number: usize, persons: &[(usize, Range<usize>)]) -> Window {
        let mut window =
            Window { number, speaking: vec![0; FRAMES], certainty: vec![[0; 3]; FRAMES], voices: Vec::new() };
        for (speaker, (person, frames)) in persons.iter().enumerate() {
            window.speaking[frames.clone()].fill(1);
            window.certainty[frames.clone()].iter_mut().for_each(|certainty| certainty[speaker] = 250);
            let numbers = (0..VOICE).map(|d| if d == *person { 1.0 } else { 0.0 }).collect();
            let alone = frames.len() as f32 * FRAME_SECONDS as f32;
            window.voices.push(Voice { speaker, alone, numbers, pieces: Vec::new() });
        }
        window
    }

    #[test]
    fn only_voices_of_the_spans_stay() {
        // Person 7 for five seconds, then person 4.
        let windows = [window(0, &[(7, 0..290), (4, 300..589)]), window(1, &[(4, 4..589)])];
        let part = within(&windows, &[0.0..4.0, 4.2..4.9]);
        assert_eq!(part[0].voices.len(), 1);
        assert_eq!((part[0].certainty[100], part[0].certainty[400]), ([250, 0, 0], [0, 0, 0]));
        assert_eq!((part[0].speaking[100], part[0].speaking[400]), (1, 0));
        assert!(part[1].voices.is_empty());
    }

    #[test]
    fn the_voice_of_a_span_is_that_of_who_speaks_there() {
        let windows = [window(0, &[(7, 0..290), (4, 300..589)]), window(1, &[(4, 4..589)])];
        let found = |spans: &[Range<f64>]| {
            let voice = mean_voice(&windows, spans)?;
            voice.iter().position(|&x| x > 0.9)
        };
        assert_eq!(found(&[0.0..5.0]), Some(7));
        assert_eq!(found(&[5.0..14.0]), Some(4));
        assert_eq!(found(&[60.0..70.0]), None);
        assert_eq!(found(&[]), None);
    }
}
