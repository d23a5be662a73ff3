//! A document with undo: all undoable changes go through here.

use super::edit::{Changes, EditError, Transaction};
use super::history::History;
use super::{Cue, CueId, Document};

/// A document with its history. Undo has no limit.
#[derive(Clone, Debug)]
pub struct Editor {
    document: Document,
    history: History,
    free: CueId,
}

/// The effect of an undo or redo.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// Label of the step.
    pub label: String,
    /// What it changed.
    pub changes: Changes,
}

impl Editor {
    /// Takes a document as it was saved. Cues are sorted by time, and ids that are zero or used twice are replaced.
    pub fn new(mut document: Document) -> Self {
        let mut free = free_after(&document.cues);
        let mut seen = std::collections::HashSet::with_capacity(document.cues.len());
        for cue in &mut document.cues {
            if cue.id == CueId::default() || !seen.insert(cue.id) {
                cue.id = free;
                free.0 += 1;
            }
        }
        document.cues.sort_by_key(|cue| (cue.span.start, cue.id));
        Self { document, history: History::default(), free }
    }

    /// Returns the document in its present state.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Returns the first id that no cue has or ever had; all later ones are unused too.
    pub fn free_id(&self) -> CueId {
        self.free
    }

    /// Applies a transaction as one undo step. Does nothing if it has no edits.
    ///
    /// # Errors
    /// Those of [`Document::apply`].
    pub fn apply(&mut self, transaction: Transaction) -> Result<Changes, EditError> {
        if transaction.is_empty() {
            return Ok(Changes::default());
        }
        let (inverse, changes) = self.document.apply(transaction)?;
        self.reserve_ids(&changes);
        self.history.push(inverse);
        Ok(changes)
    }

    /// Adds what was recognized. This is not a step of the user: undo skips it and keeps working.
    ///
    /// # Errors
    /// Those of [`Document::apply`].
    pub fn add(&mut self, transaction: Transaction) -> Result<Changes, EditError> {
        let (_, changes) = self.document.apply(transaction)?;
        self.reserve_ids(&changes);
        self.history.add();
        Ok(changes)
    }

    /// Counts a change of something that is saved with the document but is not in it. Undo skips it and keeps working.
    pub fn touch(&mut self) {
        self.history.add();
    }

    /// Undoes the last step; `None` if there is none.
    ///
    /// # Errors
    /// Those of [`Document::apply`], if [`Editor::add`] removed a cue that the step needs.
    pub fn undo(&mut self) -> Result<Option<Done>, EditError> {
        let Some(step) = self.history.next_undo() else { return Ok(None) };
        let (inverse, changes) = self.document.apply(step)?;
        self.reserve_ids(&changes);
        let label = inverse.label.to_string();
        self.history.undone(inverse);
        Ok(Some(Done { label, changes }))
    }

    /// Redoes the last undone step; `None` if there is none.
    ///
    /// # Errors
    /// Those of [`Editor::undo`].
    pub fn redo(&mut self) -> Result<Option<Done>, EditError> {
        let Some(step) = self.history.next_redo() else { return Ok(None) };
        let (inverse, changes) = self.document.apply(step)?;
        self.reserve_ids(&changes);
        let label = inverse.label.to_string();
        self.history.redone(inverse);
        Ok(Some(Done { label, changes }))
    }

    /// Returns the label of the step that undo would undo.
    pub fn undo_label(&self) -> Option<&str> {
        self.history.undo_label()
    }

    /// Returns the label of the step that redo would redo.
    pub fn redo_label(&self) -> Option<&str> {
        self.history.redo_label()
    }

    /// Returns the number of this state of the document. Undo returns to the earlier number.
    pub fn revision(&self) -> u64 {
        self.history.revision()
    }

    /// Returns whether the document differs from what was saved.
    pub fn is_dirty(&self) -> bool {
        self.history.is_dirty()
    }

    /// Marks the document at this revision as saved.
    pub fn mark_saved(&mut self, revision: u64) {
        self.history.mark_saved(revision);
    }

    /// Ends the run: the next change is a step of its own, even if the user keeps typing in the same cue.
    pub fn end_run(&mut self) {
        self.history.end_run();
    }

    /// Makes sure that no new cue gets the id of a cue that was here, if only within a transaction.
    fn reserve_ids(&mut self, changes: &Changes) {
        let ids = changes.cues.iter().chain(&changes.removed).map(|id| id.0);
        self.free = self.free.max(CueId(ids.max().unwrap_or(0).saturating_add(1)));
    }
}

fn free_after<'a>(cues: impl IntoIterator<Item = &'a Cue>) -> CueId {
    CueId(cues.into_iter().map(|cue| cue.id.0).max().unwrap_or(0).saturating_add(1))
}
