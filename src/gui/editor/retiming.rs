//! Changes of times by dragging.

use crate::document::ops::{self, Edge, OpError};
use crate::document::{CueId, Document, Transaction};
use crate::time::{MediaTime, TimeSpan};

/// A change of times, shown during a drag and applied at its end.
#[derive(Clone, Debug, PartialEq)]
pub enum Retiming {
    /// One end of a cue; with the end of the neighbour that touches it, unless it is to move alone.
    Edge { cue: CueId, edge: Edge, to: MediaTime, alone: bool },
    /// Cues as they are, as far as there is room.
    Shift { cues: Vec<CueId>, by: MediaTime },
    /// A new cue.
    Draw(TimeSpan),
}

impl Retiming {
    /// Returns the edits. Cues with at most `gap` between them touch.
    pub fn propose(&self, document: &Document, free: CueId, gap: MediaTime) -> Result<Transaction, OpError> {
        match self {
            Self::Edge { cue, edge, to, alone: true } => ops::retime(document, *cue, *edge, *to),
            Self::Edge { cue, edge, to, alone: false } => ops::retime_joined(document, *cue, *edge, *to, gap),
            Self::Shift { cues, by } => {
                let (least, most) = ops::room(document, cues)?;
                ops::shift(document, cues, (*by).clamp(least, most))
            }
            Self::Draw(span) => ops::insert_span(document, free, *span),
        }
    }
}
