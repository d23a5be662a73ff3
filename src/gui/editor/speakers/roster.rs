//! The speakers of captions in the order of their keys.

use std::collections::BTreeSet;

use crate::document::Cue;

/// Names keep their places while captions are edited, so that a key always means the same person.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    names: Vec<String>,
    /// Speakers who have at least one cue.
    present: BTreeSet<String>,
}

impl Roster {
    /// Lists the stored names, then other names in the cues.
    pub fn new(names: Vec<String>, cues: &[Cue]) -> Self {
        let mut roster = Self { names, present: BTreeSet::new() };
        roster.follow(cues);
        roster
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Returns the place of a speaker, from 0.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|other| other == name)
    }

    /// Updates the list after a change. A name that replaces another in the captions takes its place here.
    pub fn follow(&mut self, cues: &[Cue]) {
        let (mut new, mut now) = (Vec::new(), BTreeSet::new());
        for name in cues.iter().filter_map(|cue| cue.speaker.as_ref()) {
            if now.insert(name.clone()) && !self.names.contains(name) {
                new.push(name.clone());
            }
        }
        let mut gone = self.present.difference(&now);
        let replaced = gone.next().filter(|_| gone.next().is_none()).and_then(|name| self.place(name));
        match (replaced, new.as_slice()) {
            (Some(place), [only]) => self.names[place].clone_from(only),
            _ => self.names.append(&mut new),
        }
        self.present = now;
    }

    /// Removes names that have no cue.
    pub fn tidy(&mut self) {
        self.names.retain(|name| self.present.contains(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues(names: &str) -> Vec<Cue> {
        let cue =
            |name: &str| Cue { speaker: Some(name.to_owned()).filter(|name| name != "-"), ..Cue::default() };
        names.split(' ').map(cue).collect()
    }

    #[test]
    fn keys_stay_with_their_speakers() {
        let mut roster = Roster::new(vec!["Ada".to_owned()], &cues("Bob - Cid Bob"));
        assert_eq!(roster.names(), ["Ada", "Bob", "Cid"], "one from the project, then as they appear");
        roster.follow(&cues("Dan - Cid Dan"));
        assert_eq!(roster.names(), ["Ada", "Dan", "Cid"], "Bob was renamed");
        roster.follow(&cues("Cid - Cid Cid"));
        assert_eq!(roster.names(), ["Ada", "Dan", "Cid"], "Dan may come back");
        roster.follow(&cues("Cid Eve Cid Fay"));
        assert_eq!(roster.names(), ["Ada", "Dan", "Cid", "Eve", "Fay"]);
        roster.tidy();
        assert_eq!(roster.names(), ["Cid", "Eve", "Fay"]);
        assert_eq!(roster.place("Fay"), Some(2));
    }
}
