//! The selected cues, by id rather than by row, so that the selection survives every edit.

use std::collections::BTreeSet;

use crate::document::{Cue, CueId};

/// How a click on a cue changes the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choosing {
    /// Select only this cue.
    Only,
    /// Add this cue, or remove it.
    Toggle,
    /// Select all cues from the anchor to this one.
    Range,
}

#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The cue being edited.
    current: Option<CueId>,
    /// The start of a range.
    anchor: Option<CueId>,
    /// All selected cues, including the current one.
    chosen: BTreeSet<CueId>,
}

impl Selection {
    pub fn current(&self) -> Option<CueId> {
        self.current
    }

    pub fn is_chosen(&self, id: CueId) -> bool {
        self.chosen.contains(&id)
    }

    pub fn len(&self) -> usize {
        self.chosen.len()
    }

    /// Returns the selected cues in the order of the document.
    pub fn in_order(&self, cues: &[Cue]) -> Vec<CueId> {
        cues.iter().map(|cue| cue.id).filter(|id| self.is_chosen(*id)).collect()
    }

    pub fn only(&mut self, id: CueId) {
        *self = Self { current: Some(id), anchor: Some(id), chosen: [id].into() };
    }

    pub fn all(&mut self, cues: &[CueId]) {
        self.chosen = cues.iter().copied().collect();
        self.current = self.current.or(cues.first().copied());
    }

    /// Selects a cue; `cues` are those that the list shows, in its order.
    pub fn choose(&mut self, id: CueId, how: Choosing, cues: &[CueId]) {
        match how {
            Choosing::Only => self.only(id),
            Choosing::Toggle if self.chosen.len() > 1 && self.chosen.remove(&id) => {
                self.current = self.chosen.first().copied();
            }
            Choosing::Toggle => {
                self.chosen.insert(id);
                (self.current, self.anchor) = (Some(id), Some(id));
            }
            Choosing::Range => {
                let place = |wanted: CueId| cues.iter().position(|cue| *cue == wanted);
                let ends = self.anchor.and_then(place).zip(place(id));
                let Some((one, other)) = ends else { return self.only(id) };
                let range = one.min(other)..=one.max(other);
                self.chosen = cues[range].iter().copied().collect();
                self.current = Some(id);
            }
        }
    }

    /// Deselects all cues but these and the current one.
    pub fn stay_within(&mut self, cues: &[CueId]) {
        let shown: BTreeSet<_> = cues.iter().copied().collect();
        self.chosen.retain(|id| shown.contains(id) || self.current == Some(*id));
        self.anchor = self.anchor.filter(|id| self.chosen.contains(id));
    }

    /// Removes deleted cues. If the current one was at `place`, the cue that is now there replaces it.
    pub fn keep(&mut self, cues: &[Cue], place: usize) {
        let there: BTreeSet<_> = cues.iter().map(|cue| cue.id).collect();
        self.chosen.retain(|id| there.contains(id));
        self.anchor = self.anchor.filter(|id| there.contains(id));
        self.current = self.current.filter(|id| there.contains(id));
        if self.current.is_none()
            && let Some(cue) = cues.get(place.min(cues.len().saturating_sub(1)))
        {
            self.only(cue.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues(count: u64) -> Vec<Cue> {
        (1..=count).map(|id| Cue { id: CueId(id), ..Cue::default() }).collect()
    }

    #[test]
    fn clicks_choose_as_in_other_lists() {
        let all = cues(9);
        let cues: Vec<CueId> = all.iter().map(|cue| cue.id).collect();
        let mut selection = Selection::default();
        let ids =
            |selection: &Selection| selection.in_order(&all).into_iter().map(|id| id.0).collect::<Vec<_>>();
        selection.choose(CueId(3), Choosing::Only, &cues);
        selection.choose(CueId(6), Choosing::Range, &cues);
        assert_eq!(ids(&selection), [3, 4, 5, 6]);
        selection.choose(CueId(1), Choosing::Range, &cues);
        assert_eq!(ids(&selection), [1, 2, 3], "a range goes from where it began");
        selection.choose(CueId(2), Choosing::Toggle, &cues);
        selection.choose(CueId(9), Choosing::Toggle, &cues);
        assert_eq!(ids(&selection), [1, 3, 9]);
        assert_eq!(selection.current(), Some(CueId(9)));
        selection.stay_within(&[CueId(3), CueId(4)]);
        assert_eq!(ids(&selection), [3, 9], "what is hidden is not chosen, but for the current one");
    }

    #[test]
    fn when_the_current_cue_goes_its_place_is_kept() {
        let mut list = cues(4);
        let mut selection = Selection::default();
        selection.only(CueId(4));
        list.pop();
        selection.keep(&list, 3);
        assert_eq!(selection.current(), Some(CueId(3)));
        selection.keep(&[], 0);
        assert_eq!(selection.current(), None);
    }
}
