//! The voices of a recording of any length, in bounded memory: the most similar are joined early.

use crate::cluster::{LEAST_ALONE, Wish, centres, has_unlike_pieces, is_of_two, weight};
use crate::tree::{Group, join, merges};
use crate::window::{Voice, Window};

/// When there are more groups than this, the most similar are joined until half are left. A recording has that many
/// after about a quarter of an hour; in shorter ones, nothing is joined early.
const MOST: usize = 256;

/// The voices that tell who there is, as groups of similar ones.
#[derive(Debug, Default)]
pub(crate) struct Crowd {
    groups: Vec<Group>,
    /// Voices that may be two persons', which only those who know all persons can tell. The oldest are decided when
    /// there are more than [`MOST`].
    doubtful: Vec<Voice>,
    /// The longest of those that are too short to tell, which counts only if there are no others.
    longest: Option<Voice>,
}

impl Crowd {
    /// The voices of all windows.
    pub fn of(windows: &[Window]) -> Self {
        let mut crowd = Self::default();
        windows.iter().for_each(|window| crowd.add(window));
        crowd
    }

    /// Adds the voices of a window.
    pub fn add(&mut self, window: &Window) {
        for voice in &window.voices {
            if voice.alone < LEAST_ALONE {
                self.add_short(voice);
            } else if has_unlike_pieces(voice) {
                self.doubtful.push(voice.clone());
            } else {
                add(&mut self.groups, voice);
            }
        }
        if self.doubtful.len() > MOST {
            let doubtful = std::mem::take(&mut self.doubtful);
            admit(&mut self.groups, &doubtful);
        }
    }

    fn add_short(&mut self, voice: &Voice) {
        if self.longest.as_ref().is_none_or(|longest| voice.alone > longest.alone) {
            self.longest = Some(voice.clone());
        }
    }

    /// The groups that tell who there is.
    pub fn groups(&self) -> Vec<Group> {
        let mut groups = self.groups.clone();
        admit(&mut groups, &self.doubtful);
        if groups.is_empty() {
            self.longest.iter().for_each(|voice| add(&mut groups, voice));
        }
        groups
    }
}

/// Adds those of the voices that are not two persons'.
fn admit(groups: &mut Vec<Group>, doubtful: &[Voice]) {
    if doubtful.is_empty() {
        return;
    }
    let known = centres(groups, Wish::Any);
    for voice in doubtful.iter().filter(|voice| !is_of_two(voice, &known)) {
        add(groups, voice);
    }
}

fn add(groups: &mut Vec<Group>, voice: &Voice) {
    groups.push(Group { mean: voice.numbers.clone(), weight: weight(voice) });
    if groups.len() > MOST {
        let merges = merges(groups);
        *groups = join(groups, &merges[..groups.len() - MOST / 2]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spans::likeness;
    use crate::voice::{VOICE, to_length_one};

    /// A voice of a person, which is a little different each time.
    fn voice(person: usize, time: usize, alone: f32) -> Voice {
        let mut numbers: Vec<f32> =
            (0..VOICE).map(|d| ((d * 31 + time * (7 + d % 5)) % 101) as f32 / 800.0 - 0.0625).collect();
        numbers[person] += 1.0;
        to_length_one(&mut numbers);
        Voice { speaker: 0, alone, numbers, pieces: Vec::new() }
    }

    fn crowd(voices: impl Iterator<Item = Voice>) -> Crowd {
        let window = |(number, voice)| Window {
            number,
            speaking: Vec::new(),
            certainty: Vec::new(),
            voices: vec![voice],
        };
        Crowd::of(&voices.enumerate().map(window).collect::<Vec<_>>())
    }

    #[test]
    fn the_number_of_groups_is_bounded_and_persons_stay() {
        let persons = [3, 50, 100, 150];
        // One of them speaks only once in a long recording.
        let person = |time| if time == 700 { persons[3] } else { persons[time % 3] };
        let crowd = crowd((0..4000).map(|time| voice(person(time), time, 4.0)));
        let groups = crowd.groups();
        assert!(groups.len() <= MOST, "{}", groups.len());
        assert_eq!(groups.iter().map(|group| f64::from(group.weight)).sum::<f64>().round(), 16_000.0);
        let centres = centres(&groups, Wish::Any);
        assert_eq!(centres.len(), 4);
        for (person, time) in persons.into_iter().zip([0, 1, 2, 700]) {
            let voice = voice(person, time, 4.0).numbers;
            let alike = centres.iter().filter(|centre| likeness(centre, &voice) > 0.8);
            assert_eq!(alike.count(), 1, "{person}");
        }
    }

    #[test]
    fn short_voices_count_only_if_there_are_no_others() {
        let short = |time, alone| voice(9, time, alone);
        assert_eq!(crowd([short(0, 0.3), short(1, 0.6), short(2, 0.5)].into_iter()).groups().len(), 1);
        assert_eq!(crowd([short(0, 0.3), voice(3, 0, 2.0)].into_iter()).groups()[0].weight, 2.0);
        assert!(Crowd::default().groups().is_empty());
    }
}
