//! The undo and redo stacks, and which state of the document was saved.

use super::edit::Transaction;

/// A step back or forward.
#[derive(Clone, Debug)]
struct Step {
    transaction: Transaction,
    /// The revision that it leads to, unless something was added to the document since.
    revision: u64,
    additions: u64,
}

/// Two stacks of transactions. Every state of the document has a number that is never reused, so the document equals
/// the saved one if their numbers are equal, even after undo.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
    revision: u64,
    saved: u64,
    latest: u64,
    /// The number of additions outside undo steps.
    additions: u64,
    /// The next change is a step of its own.
    run_is_over: bool,
}

impl History {
    pub fn revision(&self) -> u64 {
        self.revision
    }

    pub fn is_dirty(&self) -> bool {
        self.revision != self.saved
    }

    pub fn mark_saved(&mut self, revision: u64) {
        self.saved = revision;
        self.run_is_over = true;
    }

    pub fn end_run(&mut self) {
        self.run_is_over = true;
    }

    pub fn undo_label(&self) -> Option<&str> {
        self.undo.last().map(|step| &*step.transaction.label)
    }

    pub fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|step| &*step.transaction.label)
    }

    /// Records a change by its inverse.
    pub fn push(&mut self, inverse: Transaction) {
        let revision = self.revision;
        self.revision = self.fresh();
        self.redo.clear();
        if !self.continues_run(&inverse) {
            let additions = self.additions;
            self.undo.push(Step { transaction: inverse, revision, additions });
        }
        self.run_is_over = false;
    }

    /// Records a change that cannot be undone.
    pub fn add(&mut self) {
        self.additions += 1;
        self.revision = self.fresh();
        self.run_is_over = true;
    }

    /// Returns whether this change belongs to the last step.
    fn continues_run(&self, inverse: &Transaction) -> bool {
        let Some(last) = self.undo.last().filter(|_| !self.run_is_over) else { return false };
        let last = &last.transaction;
        inverse.run.is_some()
            && inverse.run == last.run
            && inverse.only_cues().is_some()
            && inverse.only_cues() == last.only_cues()
    }

    pub fn next_undo(&self) -> Option<Transaction> {
        self.undo.last().map(|step| step.transaction.clone())
    }

    pub fn next_redo(&self) -> Option<Transaction> {
        self.redo.last().map(|step| step.transaction.clone())
    }

    /// Records that the last step was undone; `inverse` redoes it.
    pub fn undone(&mut self, inverse: Transaction) {
        if let Some(step) = self.undo.pop() {
            let step = self.go_to(step, inverse);
            self.redo.push(step);
        }
    }

    /// Records that the last undone step was redone; `inverse` undoes it.
    pub fn redone(&mut self, inverse: Transaction) {
        if let Some(step) = self.redo.pop() {
            let step = self.go_to(step, inverse);
            self.undo.push(step);
        }
    }

    /// Moves to the state that a step leads to; returns the step back.
    fn go_to(&mut self, step: Step, inverse: Transaction) -> Step {
        let back = Step { transaction: inverse, revision: self.revision, additions: self.additions };
        self.revision = if step.additions == self.additions { step.revision } else { self.fresh() };
        self.run_is_over = true;
        back
    }

    fn fresh(&mut self) -> u64 {
        self.latest += 1;
        self.latest
    }
}
