//! Turns the voices of the windows into turns: who speaks from when to when.

use crate::cluster::{Said, Wish, persons};
use crate::segmentation::FRAMES;
use crate::window::{FRAME_SECONDS, SHIFT, Window};

/// Shorter pauses of a speaker are ignored. Unit: seconds.
const PAUSE: f64 = 0.4;
/// Shorter turns are dropped. Unit: seconds.
const LEAST_TURN: f64 = 0.15;
/// Frames between the starts of two windows.
pub(crate) const FRAMES_A_HOP: f64 = 5.0 / FRAME_SECONDS;

/// A stretch of speech by one person. Turns of different speakers may overlap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// In seconds from the start of the recording.
    pub start: f64,
    /// In seconds from the start of the recording.
    pub end: f64,
    /// The speaker: numbers from 0 in order of appearance.
    pub speaker: usize,
}

/// Who speaks when, in the order of starts. `windows` are those of all stretches in their order.
pub fn who_speaks(windows: &[Window], wish: Wish) -> Vec<Turn> {
    let (persons, count) = persons(windows, wish);
    let mut turns = Turns::new(count);
    let end = windows.iter().map(|window| first_frame(window) + window.speaking.len()).max().unwrap_or(0);
    let (mut first, mut votes) = (0, vec![0; count]);
    for frame in 0..end {
        while first < windows.len() && first_frame(&windows[first]) + FRAMES <= frame {
            first += 1;
        }
        let covering = windows[first..].iter().zip(&persons[first..]);
        let covering = covering.take_while(|(window, _)| first_frame(window) <= frame);
        let speaking = vote(covering, frame, &mut votes);
        turns.take(frame, &votes, speaking);
    }
    turns.finish()
}

pub(crate) fn first_frame(window: &Window) -> usize {
    (window.number as f64 * FRAMES_A_HOP).round() as usize
}

/// Adds up, for one frame, the certainty that each person speaks. Returns the number of speakers.
fn vote<'a>(
    covering: impl Iterator<Item = (&'a Window, &'a Vec<Said>)>,
    frame: usize,
    votes: &mut [u32],
) -> usize {
    votes.fill(0);
    let (mut windows, mut speaking) = (0, 0);
    for (window, persons) in covering {
        let at = frame - first_frame(window);
        let (Some(count), Some(certainty)) = (window.speaking.get(at), window.certainty.get(at)) else {
            continue;
        };
        windows += 1;
        speaking += usize::from(*count);
        for (voice, said) in window.voices.iter().zip(persons) {
            votes[said.person_in(at)] += u32::from(certainty[voice.speaker]);
        }
    }
    // The mean, to the nearest number; halves count up.
    if windows == 0 { 0 } else { (2 * speaking + windows) / (2 * windows) }
}

/// Turns that grow frame by frame.
pub(crate) struct Turns {
    /// For each person, the turn that the next may be joined to, and the frame at which it ends.
    open: Vec<Option<(usize, usize)>>,
    done: Vec<Turn>,
}

impl Turns {
    /// No turns yet, of this many persons.
    pub fn new(persons: usize) -> Self {
        Self { open: vec![None; persons], done: Vec::new() }
    }

    /// Adds a frame in which the `speaking` persons with the most votes speak.
    pub fn take(&mut self, frame: usize, votes: &[u32], speaking: usize) {
        for (person, &vote) in votes.iter().enumerate() {
            let before = |(other, &more): (usize, &u32)| more > vote || (more == vote && other < person);
            let rank = votes.iter().enumerate().filter(|&other| before(other)).count();
            if vote > 0 && rank < speaking {
                self.speaks(person, frame);
            }
        }
    }

    fn speaks(&mut self, person: usize, frame: usize) {
        match &mut self.open[person] {
            Some((_, end)) if ((frame - *end) as f64) * FRAME_SECONDS < PAUSE => *end = frame + 1,
            open => {
                let before = open.replace((frame, frame + 1));
                self.close(person, before);
            }
        }
    }

    fn close(&mut self, speaker: usize, turn: Option<(usize, usize)>) {
        let Some((start, end)) = turn else { return };
        let seconds = |frame: usize| frame as f64 * FRAME_SECONDS + SHIFT;
        if seconds(end) - seconds(start) > LEAST_TURN {
            self.done.push(Turn { start: seconds(start), end: seconds(end), speaker });
        }
    }

    /// All turns, in the order of starts.
    pub fn finish(mut self) -> Vec<Turn> {
        for person in 0..self.open.len() {
            let last = self.open[person].take();
            self.close(person, last);
        }
        self.done.sort_by(|a, b| a.start.total_cmp(&b.start).then(a.speaker.cmp(&b.speaker)));
        self.done
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::voice::VOICE;
    use crate::window::Voice;

    fn numbers(person: usize) -> Vec<f32> {
        (0..VOICE).map(|d| if d == person { 1.0 } else { 0.0 }).collect()
    }

    /// A window in which each of `persons` speaks alone between two frames.
    pub(crate) fn window(number: usize, persons: &[(usize, usize, usize)]) -> Window {
        let mut window =
            Window { number, speaking: vec![0; FRAMES], certainty: vec![[0; 3]; FRAMES], voices: Vec::new() };
        for (speaker, &(person, from, to)) in persons.iter().enumerate() {
            window.speaking[from..to].fill(1);
            window.certainty[from..to].iter_mut().for_each(|certainty| certainty[speaker] = 250);
            let alone = (to - from) as f32 * FRAME_SECONDS as f32;
            window.voices.push(Voice { speaker, alone, numbers: numbers(person), pieces: Vec::new() });
        }
        window
    }

    #[test]
    fn turns_follow_from_all_windows() {
        // The second window starts 296 frames after the first.
        let windows = [window(0, &[(7, 0, 300), (4, 310, 589)]), window(1, &[(7, 0, 4), (4, 14, 400)])];
        let turns = who_speaks(&windows, Wish::Any);
        let frames = |seconds: f64| ((seconds - SHIFT) / FRAME_SECONDS).round() as usize;
        let turns: Vec<_> = turns.iter().map(|t| (frames(t.start), frames(t.end), t.speaker)).collect();
        assert_eq!(turns, [(0, 300, 0), (310, 696, 1)]);
    }

    #[test]
    fn short_pauses_are_bridged_and_short_turns_dropped() {
        let mut first = window(0, &[(7, 0, 200), (4, 300, 305)]);
        first.speaking[100..120].fill(0);
        first.certainty[100..120].fill([0; 3]);
        let turns = who_speaks(&[first], Wish::Any);
        assert_eq!(turns.len(), 1, "{turns:?}");
    }

    #[test]
    fn without_speech_there_are_no_turns() {
        assert!(who_speaks(&[], Wish::Any).is_empty());
        assert!(who_speaks(&[window(0, &[])], Wish::Exactly(3)).is_empty());
    }
}
