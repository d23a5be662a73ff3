//! A document under edit: the only way to change one so that it can be undone.

use super::edit::{Changes, Edit, EditError, Transaction};
use super::history::History;
use super::{Cue, CueId, Document};

/// A document with its history. Undo has no limit.
#[derive(Clone, Debug)]
pub struct Editor {
    document: Document,
    history: History,
    free: CueId,
}

/// What undo or redo did.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// Label of the step.
    pub label: String,
    /// What it changed.
    pub changes: Changes,
}

impl Editor {
    /// Takes a document as it was saved. Cues are put in order of time, and ids that are zero or come twice are
    /// replaced.
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

    /// The document as it is now.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The first id that no cue has or ever had; those after it are free as well.
    pub fn free_id(&self) -> CueId {
        self.free
    }

    /// Applies a transaction as one step that can be undone. Does nothing if it has no edits.
    ///
    /// # Errors
    /// As [`Document::apply`].
    pub fn apply(&mut self, transaction: Transaction) -> Result<Changes, EditError> {
        if transaction.is_empty() {
            return Ok(Changes::default());
        }
        let (inverse, changes) = self.change(transaction)?;
        self.history.push(inverse);
        Ok(changes)
    }

    /// Adds what was recognized. It is not a person's step: undo leaves it, and goes on to work.
    ///
    /// # Errors
    /// As [`Document::apply`].
    pub fn add(&mut self, transaction: Transaction) -> Result<Changes, EditError> {
        let (_, changes) = self.change(transaction)?;
        self.history.add();
        Ok(changes)
    }

    /// Takes back the last step; `None` where there is none.
    ///
    /// # Errors
    /// As [`Document::apply`], where [`Editor::add`] removed what the step is about.
    pub fn undo(&mut self) -> Result<Option<Done>, EditError> {
        let Some(step) = self.history.next_undo() else { return Ok(None) };
        let (inverse, changes) = self.change(step)?;
        let label = inverse.label.to_string();
        self.history.undone(inverse);
        Ok(Some(Done { label, changes }))
    }

    /// Does the step again that was undone last; `None` where there is none.
    ///
    /// # Errors
    /// As [`Editor::undo`].
    pub fn redo(&mut self) -> Result<Option<Done>, EditError> {
        let Some(step) = self.history.next_redo() else { return Ok(None) };
        let (inverse, changes) = self.change(step)?;
        let label = inverse.label.to_string();
        self.history.redone(inverse);
        Ok(Some(Done { label, changes }))
    }

    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.history.undo_label()
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.history.redo_label()
    }

    /// The number of this state of the document. Undo goes back to the number that the state had.
    pub fn revision(&self) -> u64 {
        self.history.revision()
    }

    /// Whether the document differs from what was saved.
    pub fn is_dirty(&self) -> bool {
        self.history.is_dirty()
    }

    /// The document as it was at this revision is on the disk.
    pub fn mark_saved(&mut self, revision: u64) {
        self.history.mark_saved(revision);
    }

    /// The next change begins a step of its own, also where it goes on typing in the same cue.
    pub fn end_run(&mut self) {
        self.history.end_run();
    }

    fn change(&mut self, transaction: Transaction) -> Result<(Transaction, Changes), EditError> {
        let inserted = transaction.edits.iter().filter_map(|edit| match edit {
            Edit::Insert(cue) => Some(cue),
            _ => None,
        });
        let free = free_after(inserted);
        let result = self.document.apply(transaction)?;
        self.free = self.free.max(free);
        Ok(result)
    }
}

fn free_after<'a>(cues: impl IntoIterator<Item = &'a Cue>) -> CueId {
    CueId(cues.into_iter().map(|cue| cue.id.0).max().unwrap_or(0).saturating_add(1))
}
