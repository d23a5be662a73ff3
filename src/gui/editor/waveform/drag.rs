//! Turns a drag in the waveform into a change of times.

use super::snap::Marks;
use crate::document::CueId;
use crate::document::ops::Edge;
use crate::gui::editor::retiming::Retiming;
use crate::time::{MediaTime, TimeSpan};

/// The object of a drag.
#[derive(Clone, Debug, PartialEq)]
pub enum Grip {
    /// The view, which scrolls.
    View,
    Edge(CueId, Edge),
    /// Cues as a whole.
    Cues(Vec<CueId>),
    /// Empty sound, in which a cue is drawn.
    Empty,
    /// Nothing: the drag was cancelled, and the button is still pressed.
    Nothing,
}

#[derive(Clone, Debug)]
pub struct Drag {
    pub grip: Grip,
    /// The time at which the button was pressed.
    pub from: MediaTime,
    /// The time at the pointer.
    pub now: MediaTime,
    /// The span of the cue before the drag.
    pub span: TimeSpan,
}

impl Drag {
    /// Returns the change so far. Edges snap to marks within `snap`; with `alone`, touching neighbours stay.
    pub fn wanted(&self, marks: &Marks, snap: MediaTime, alone: bool) -> Option<Retiming> {
        let by = self.now - self.from;
        match &self.grip {
            Grip::View | Grip::Nothing => None,
            Grip::Edge(cue, edge) => {
                let to = match edge {
                    Edge::In => marks.start(self.span.start + by, snap),
                    Edge::Out => marks.end(self.span.end + by, snap),
                };
                Some(Retiming::Edge { cue: *cue, edge: *edge, to, alone })
            }
            Grip::Cues(cues) => {
                let (start, end) = (self.span.start + by, self.span.end + by);
                let (by_start, by_end) = (marks.start(start, snap) - start, marks.end(end, snap) - end);
                let starts = by_end == MediaTime::ZERO
                    || by_start != MediaTime::ZERO && size(by_start) <= size(by_end);
                Some(Retiming::Shift { cues: cues.clone(), by: by + if starts { by_start } else { by_end } })
            }
            Grip::Empty => {
                let (start, end) = (self.from.min(self.now), self.from.max(self.now));
                Some(Retiming::Draw(TimeSpan::new(marks.start(start, snap), marks.end(end, snap))))
            }
        }
    }
}

fn size(time: MediaTime) -> MediaTime {
    time.abs_diff(MediaTime::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Cue, Document, Edit};

    fn ms(millis: i64) -> MediaTime {
        MediaTime::from_millis(millis)
    }

    fn document() -> Document {
        let cue =
            |id, start, end| Cue { id: CueId(id), span: TimeSpan::from_millis(start, end), ..Cue::default() };
        let cues = vec![cue(1, 1000, 3000), cue(2, 3000, 5000), cue(3, 8000, 9000)];
        Document { cues, ..Document::default() }
    }

    /// The times of the cues that a drag from one time to another changes.
    fn dragged(grip: Grip, span: (i64, i64), (from, to): (i64, i64), alone: bool) -> Vec<(u64, i64, i64)> {
        let marks = Marks { starts: vec![ms(5000), ms(6000)], ends: vec![ms(7500), ms(8000)] };
        let drag = Drag { grip, from: ms(from), now: ms(to), span: TimeSpan::from_millis(span.0, span.1) };
        let Some(wanted) = drag.wanted(&marks, ms(50), alone) else { return Vec::new() };
        let step = wanted.propose(&document(), CueId(9), MediaTime::ZERO).unwrap();
        let cue = |edit: Edit| match edit {
            Edit::Replace(cue) | Edit::Insert(cue) => {
                (cue.id.0, cue.span.start.as_millis(), cue.span.end.as_millis())
            }
            other => panic!("{other:?}"),
        };
        step.edits.into_iter().map(cue).collect()
    }

    #[test]
    fn an_edge_takes_its_neighbour_along_unless_it_is_to_move_alone() {
        let out = || Grip::Edge(CueId(1), Edge::Out);
        assert_eq!(dragged(out(), (1000, 3000), (2995, 2500), false), [(1, 1000, 2505), (2, 2505, 5000)]);
        assert_eq!(dragged(out(), (1000, 3000), (2995, 2500), true), [(1, 1000, 2505)]);
        assert_eq!(
            dragged(Grip::Edge(CueId(2), Edge::Out), (3000, 5000), (5000, 7520), false),
            [(2, 3000, 7500)]
        );
    }

    #[test]
    fn a_cue_is_moved_whole_and_keeps_its_length() {
        let cue = || Grip::Cues(vec![CueId(2)]);
        assert_eq!(dragged(cue(), (3000, 5000), (4000, 5500), false), [(2, 4500, 6500)]);
        assert_eq!(dragged(cue(), (3000, 5000), (4000, 6020), false), [(2, 5000, 7000)], "its start snaps");
        assert_eq!(dragged(cue(), (3000, 5000), (4000, 6480), false), [(2, 5500, 7500)], "its end snaps");
        assert_eq!(dragged(cue(), (3000, 5000), (4000, 9000), false), [(2, 6000, 8000)], "no farther");
        assert!(dragged(cue(), (3000, 5000), (4000, 1000), false).is_empty(), "there is no room");
        let two = Grip::Cues(vec![CueId(1), CueId(2)]);
        assert_eq!(dragged(two, (3000, 5000), (4000, 3500), false), [(1, 500, 2500), (2, 2500, 4500)]);
    }

    #[test]
    fn a_cue_is_drawn_in_either_direction() {
        assert_eq!(dragged(Grip::Empty, (0, 0), (6020, 7000), false), [(9, 6000, 7000)]);
        assert_eq!(dragged(Grip::Empty, (0, 0), (7000, 4000), false), [(9, 5000, 7000)]);
    }

    #[test]
    fn the_view_and_a_drag_that_was_taken_back_change_nothing() {
        for grip in [Grip::View, Grip::Nothing] {
            assert!(dragged(grip, (1000, 3000), (1000, 9000), false).is_empty());
        }
    }
}
