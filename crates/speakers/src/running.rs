//! Who speaks while a recording grows, before all of its voices are known.

use crate::cluster::{ALIKE, Said, centres_so_far, said_in};
use crate::crowd::Crowd;
use crate::spans::likeness;
use crate::timeline::{Turn, Turns, first_frame};
use crate::window::Window;

/// With so many windows, persons are found again with each; with more, less and less often, but with every sixth in any
/// case. Finding them takes a few milliseconds, however long the recording is.
const OFTEN: usize = 120;
const RARELY: usize = 6;

/// The persons so far. Their numbers never change; [`who_speaks`](crate::who_speaks) on all windows knows better, with
/// other numbers.
#[derive(Debug, Default)]
pub struct Running {
    crowd: Crowd,
    /// How many windows there were.
    windows: usize,
    /// What the persons sound like that were found last, and their numbers.
    centres: Vec<Vec<f32>>,
    numbers: Vec<usize>,
    /// What each person sounded like when found last, by number.
    persons: Vec<Vec<f32>>,
    /// The first frame that is in no window yet.
    until: usize,
}

impl Running {
    /// Takes the next window. Returns the turns in what it has beyond the windows before: its last five seconds. Turns
    /// that go on are cut at its end.
    pub fn follow(&mut self, window: &Window) -> Vec<Turn> {
        self.crowd.add(window);
        self.windows += 1;
        let step = (1 + self.windows / OFTEN).min(RARELY);
        if self.windows.is_multiple_of(step) || self.centres.is_empty() {
            self.find_again();
        }
        self.turns(window, &said_in(window, &self.centres))
    }

    fn turns(&mut self, window: &Window, said: &[Said]) -> Vec<Turn> {
        let first = first_frame(window);
        let mut turns = Turns::new(self.persons.len());
        let mut votes = vec![0; self.persons.len()];
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

    /// Finds the persons again. Each keeps the number of the person who was most like it.
    fn find_again(&mut self) {
        self.centres = centres_so_far(&self.crowd.groups());
        let mut numbers = vec![None; self.centres.len()];
        for (centre, person) in self.most_alike() {
            if numbers[centre].is_none() && !numbers.contains(&Some(person)) {
                numbers[centre] = Some(person);
            }
        }
        self.numbers.clear();
        for (centre, number) in self.centres.iter().zip(numbers) {
            let number = number.unwrap_or(self.persons.len());
            self.persons.resize(self.persons.len().max(number + 1), Vec::new());
            self.persons[number].clone_from(centre);
            self.numbers.push(number);
        }
    }

    /// Pairs of a centre and a person who may be the same, the most similar first.
    fn most_alike(&self) -> Vec<(usize, usize)> {
        let of = |(i, centre): (usize, &Vec<f32>)| {
            let persons = self.persons.iter().enumerate();
            let alike = persons.map(move |(person, voice)| (i, person, likeness(centre, voice)));
            alike.filter(|&(_, _, likeness)| likeness >= ALIKE).collect::<Vec<_>>()
        };
        let mut pairs: Vec<_> = self.centres.iter().enumerate().flat_map(of).collect();
        pairs.sort_by(|one, other| other.2.total_cmp(&one.2));
        pairs.into_iter().map(|(centre, person, _)| (centre, person)).collect()
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
        let turns: Vec<Turn> = windows.iter().flat_map(|window| running.follow(window)).collect();
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
        for window in &windows {
            last = running.follow(window);
        }
        assert_eq!(last.iter().map(|turn| turn.speaker).collect::<Vec<_>>(), [1, 0], "{last:?}");
        assert_eq!(running.persons.len(), 3);
        assert!(Running::default().follow(&window(0, &[])).is_empty());
    }
}
