//! The voices of a recording of any length, in bounded memory: the most similar are joined early.

use crate::cluster::{LEAST_ALONE, is_mixed, weight};
use crate::tree::{Group, join, merges};
use crate::window::{Voice, Window};

/// When there are more groups than this, the most similar are joined until half are left. A recording has that many
/// after about half an hour; in shorter ones, nothing is joined early.
const MOST: usize = 512;

/// The voices that tell who there is, as groups of similar ones.
#[derive(Debug, Default)]
pub(crate) struct Crowd {
    /// Voices that are one person's.
    pure: Vec<Group>,
    /// Voices that may be two persons', which count only if there are no others.
    mixed: Vec<Group>,
    /// The longest of those that are too short to tell, which counts only if there are no others.
    longest: Option<(f32, Group)>,
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
            let group = Group { mean: voice.numbers.clone(), weight: weight(voice) };
            if voice.alone < LEAST_ALONE {
                self.add_short(voice, group);
            } else if is_mixed(voice) {
                add(&mut self.mixed, group);
            } else {
                add(&mut self.pure, group);
            }
        }
    }

    fn add_short(&mut self, voice: &Voice, group: Group) {
        if self.longest.as_ref().is_none_or(|(alone, _)| voice.alone > *alone) {
            self.longest = Some((voice.alone, group));
        }
    }

    /// The groups that tell who there is.
    pub fn groups(&self) -> Vec<Group> {
        let longest = self.longest.iter().map(|(_, group)| group.clone());
        [&self.pure, &self.mixed]
            .into_iter()
            .find(|groups| !groups.is_empty())
            .cloned()
            .unwrap_or(longest.collect())
    }
}

fn add(groups: &mut Vec<Group>, group: Group) {
    groups.push(group);
    if groups.len() > MOST {
        let merges = merges(groups);
        *groups = join(groups, &merges[..groups.len() - MOST / 2]);
    }
}
