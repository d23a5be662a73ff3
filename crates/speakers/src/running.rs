//! Who speaks while a recording grows, before all of its voices are known.

use std::collections::BTreeMap;

use crate::cluster::{Said, Wish, centres_of, said_in, weight};
use crate::timeline::{Turn, Turns, first_frame};
use crate::window::Window;

/// Up to so many windows, persons are found again with each; with more, correspondingly rarely: an hour of a panel takes
/// four seconds in all.
const OFTEN: usize = 60;

/// The persons so far. Their numbers never change; [`who_speaks`](crate::who_speaks) on all windows knows better, with
/// other numbers.
#[derive(Debug, Default)]
pub struct Running {
    /// What the persons sound like that were found last, and their numbers.
    centres: Vec<Vec<f32>>,
    numbers: Vec<usize>,
    /// Who was told for each voice of each window.
    told: Vec<Vec<usize>>,
    /// How many persons were told.
    persons: usize,
    /// The first frame that is in no window yet.
    until: usize,
}

impl Running {
    /// Takes all windows so far, of which the last is new. Returns the turns in what it has beyond the windows before:
    /// its last five seconds. Turns that go on are cut at its end.
    pub fn follow(&mut self, windows: &[Window]) -> Vec<Turn> {
        let Some(window) = windows.last() else { return Vec::new() };
        if windows.len().is_multiple_of(1 + windows.len() / OFTEN) || self.centres.is_empty() {
            self.find_again(windows);
        }
        let said = said_in(window, &self.centres);
        let turns = self.turns(window, &said);
        self.told.push(said.iter().filter_map(|said| self.numbers.get(said.person()).copied()).collect());
        turns
    }

    fn turns(&mut self, window: &Window, said: &[Said]) -> Vec<Turn> {
        let first = first_frame(window);
        let mut turns = Turns::new(self.persons);
        let mut votes = vec![0; self.persons];
        for at in self.until.saturating_sub(first)..window.speaking.len() {
            votes.fill(0);
            for (voice, said) in window.voices.iter().zip(said) {
                let person = self.numbers[said.person_in(at)];
                votes[person] += u32::from(window.certainty[at][voice.speaker]);
            }
            turns.take(first + at, &votes, usize::from(window.speaking[at]));
        }
        self.until = self.until.max(first + window.speaking.len());
        turns.finish()
    }

    /// Finds the persons in all windows. Each keeps the number under which most of it was told.
    fn find_again(&mut self, windows: &[Window]) {
        self.centres = centres_of(windows, Wish::Any);
        let mut shared: BTreeMap<(usize, usize), f32> = BTreeMap::new();
        for (window, told) in windows.iter().zip(&self.told) {
            let said = said_in(window, &self.centres);
            for ((voice, said), person) in window.voices.iter().zip(&said).zip(told) {
                *shared.entry((said.person(), *person)).or_default() += weight(voice);
            }
        }
        let mut pairs: Vec<_> = shared.into_iter().collect();
        pairs.sort_by(|one, other| other.1.total_cmp(&one.1));
        let mut numbers = vec![None; self.centres.len()];
        for ((centre, person), _) in pairs {
            if numbers[centre].is_none() && !numbers.contains(&Some(person)) {
                numbers[centre] = Some(person);
            }
        }
        let mut number = |known: Option<usize>| {
            known.unwrap_or_else(|| {
                self.persons += 1;
                self.persons - 1
            })
        };
        self.numbers = numbers.into_iter().map(&mut number).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::tests::window;

    #[test]
    fn persons_keep_their_numbers_and_each_moment_is_told_once() {
        let mut running = Running::default();
        let windows = [
            window(0, &[(7, 0, 300), (4, 310, 589)]),
            window(1, &[(4, 14, 400), (7, 420, 580)]),
            window(2, &[(7, 110, 300), (9, 310, 589)]),
        ];
        let turns: Vec<Turn> = (1..=3).flat_map(|count| running.follow(&windows[..count])).collect();
        let speakers: Vec<usize> = turns.iter().map(|turn| turn.speaker).collect();
        assert_eq!(speakers, [0, 1, 1, 0, 2], "{turns:?}");
        for pair in turns.windows(2) {
            assert!(pair[0].end <= pair[1].start, "{turns:?}");
        }
    }

    #[test]
    fn numbers_stay_when_persons_are_found_again() {
        let mut running = Running::default();
        // The third person comes late, and before the others in each window.
        let windows: Vec<Window> = (0..80)
            .map(|number| match number {
                0..60 => window(number, &[(7, 0, 280), (4, 300, 589)]),
                _ => window(number, &[(9, 0, 190), (4, 200, 390), (7, 400, 589)]),
            })
            .collect();
        let mut last = Vec::new();
        for count in 1..=windows.len() {
            last = running.follow(&windows[..count]);
        }
        assert_eq!(last.iter().map(|turn| turn.speaker).collect::<Vec<_>>(), [1, 0], "{last:?}");
        assert_eq!(running.persons, 3);
        assert!(Running::default().follow(&[window(0, &[])]).is_empty());
    }
}
