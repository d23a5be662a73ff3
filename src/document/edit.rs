//! Changes to a document that can be undone.

use std::borrow::Cow;
use std::collections::HashMap;
use std::mem;

use thiserror::Error;

use super::{Cue, CueId, Document, Media};
use crate::transcript::{Language, Segment, Voices};

/// The smallest change to a document. Cues are named by id and stay in order of their start times, so an edit means the
/// same whatever was added before or after it.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Adds a cue with an unused id.
    Insert(Cue),
    /// Removes a cue.
    Remove(CueId),
    /// Replaces the cue with this id.
    Replace(Cue),
    /// Sets the title.
    SetTitle(String),
    /// Sets the language of the captions.
    SetLanguage(Language),
    /// Sets the recording that the captions belong to.
    SetMedia(Option<Media>),
    /// Sets the voices of the recording.
    SetVoices(Option<Voices>),
    /// Replaces `removed` segments, from number `at` on, by others.
    SpliceSegments {
        /// The number of the first segment.
        at: usize,
        /// The number of segments to remove.
        removed: usize,
        /// The segments that replace them.
        inserted: Vec<Segment>,
    },
}

/// Edits that belong together: all are applied or none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transaction {
    /// The step's name in a menu: `Split cue`.
    pub label: Cow<'static, str>,
    /// The edits, in this order.
    pub edits: Vec<Edit>,
    /// Set if consecutive transactions of this kind on the same cues form one step.
    pub run: Option<Run>,
}

/// A kind of change that consists of many small ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// Typing text into one cue.
    Typing,
    /// Dragging an edge.
    Retiming,
}

impl Transaction {
    /// Makes an undo step with a name for the user.
    pub fn new(label: impl Into<Cow<'static, str>>, edits: Vec<Edit>) -> Self {
        Self { label: label.into(), edits, run: None }
    }

    /// Returns whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// Returns the cues that this transaction replaces, if it does nothing else.
    pub(super) fn only_cues(&self) -> Option<Vec<CueId>> {
        let replaced = |edit: &Edit| if let Edit::Replace(cue) = edit { Some(cue.id) } else { None };
        self.edits.iter().map(replaced).collect()
    }
}

/// What a transaction changed, so that views update only that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Text of cues, the words behind it, or its origin.
    pub text: bool,
    /// Start or end times.
    pub times: bool,
    /// The speaker of a cue.
    pub speakers: bool,
    /// The set of cues, or their order.
    pub order: bool,
    /// Title, language, recording or its voices.
    pub about: bool,
    /// The recognizer's segments.
    pub segments: bool,
    /// The cues that were inserted or changed, each once, by id.
    pub cues: Vec<CueId>,
    /// The cues that were removed.
    pub removed: Vec<CueId>,
}

/// Why an edit does not fit the document. Nothing was changed.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum EditError {
    #[error("there is no cue with the number {}", .0.0)]
    /// No cue has this id.
    NoSuchCue(CueId),
    #[error("there is already a cue with the number {}", .0.0)]
    /// A cue with this id already exists.
    CueExists(CueId),
    #[error("there are {count} segments, none at {at}")]
    /// The document has fewer segments.
    NoSuchSegment {
        /// The requested number.
        at: usize,
        /// The number of segments.
        count: usize,
    },
}

impl Document {
    /// Applies a transaction as a whole and returns its inverse.
    ///
    /// # Errors
    /// Those of [`EditError`]; the document is then unchanged.
    pub fn apply(&mut self, transaction: Transaction) -> Result<(Transaction, Changes), EditError> {
        let mut bench = Applying::new(self, transaction.edits.len());
        let mut undo = Vec::with_capacity(transaction.edits.len());
        let result = transaction.edits.into_iter().try_for_each(|edit| {
            undo.push(bench.apply(edit)?);
            Ok(())
        });
        undo.reverse();
        if result.is_err() {
            undo.drain(..).try_for_each(|edit| bench.apply(edit).map(drop))?;
        }
        let changes = bench.finish();
        result.map(|()| (Transaction { edits: undo, ..transaction }, changes))
    }
}

/// With fewer edits than this, searching the cues is faster than building a table of their places.
const FEW: usize = 8;

/// A document while a transaction is applied: cues are found by id, and order is restored at the end.
struct Applying<'a> {
    document: &'a mut Document,
    /// The places of all cues, if there are many edits.
    places: Option<HashMap<CueId, usize>>,
    /// Places of removed cues.
    holes: Vec<usize>,
    changes: Changes,
}

impl<'a> Applying<'a> {
    fn new(document: &'a mut Document, edits: usize) -> Self {
        let table = || document.cues.iter().enumerate().map(|(place, cue)| (cue.id, place)).collect();
        let places = (edits >= FEW).then(table);
        Self { document, places, holes: Vec::new(), changes: Changes::default() }
    }

    fn place(&self, id: CueId) -> Result<usize, EditError> {
        let place = match &self.places {
            Some(places) => places.get(&id).copied(),
            None => {
                let mut cues = self.document.cues.iter().enumerate();
                let found = cues.find(|(place, cue)| cue.id == id && !self.holes.contains(place));
                found.map(|(place, _)| place)
            }
        };
        place.ok_or(EditError::NoSuchCue(id))
    }

    /// Applies one edit and returns its inverse.
    fn apply(&mut self, edit: Edit) -> Result<Edit, EditError> {
        match edit {
            Edit::Insert(cue) => self.insert(cue),
            Edit::Remove(id) => self.remove(id),
            Edit::Replace(cue) => self.replace(cue),
            Edit::SpliceSegments { at, removed, inserted } => self.splice(at, removed, inserted),
            Edit::SetTitle(title) => Ok(Edit::SetTitle(self.describe(|d| &mut d.title, title))),
            Edit::SetLanguage(language) => {
                Ok(Edit::SetLanguage(self.describe(|d| &mut d.language, language)))
            }
            Edit::SetMedia(media) => Ok(Edit::SetMedia(self.describe(|d| &mut d.media, media))),
            Edit::SetVoices(voices) => Ok(Edit::SetVoices(self.describe(|d| &mut d.voices, voices))),
        }
    }

    fn insert(&mut self, cue: Cue) -> Result<Edit, EditError> {
        let id = cue.id;
        if self.place(id).is_ok() {
            return Err(EditError::CueExists(id));
        }
        if let Some(places) = &mut self.places {
            places.insert(id, self.document.cues.len());
        }
        self.document.cues.push(cue);
        self.changes.order = true;
        self.changes.cues.push(id);
        Ok(Edit::Remove(id))
    }

    fn remove(&mut self, id: CueId) -> Result<Edit, EditError> {
        let place = self.place(id)?;
        if let Some(places) = &mut self.places {
            places.remove(&id);
        }
        self.holes.push(place);
        self.changes.order = true;
        self.changes.removed.push(id);
        Ok(Edit::Insert(mem::take(&mut self.document.cues[place])))
    }

    fn replace(&mut self, cue: Cue) -> Result<Edit, EditError> {
        let place = self.place(cue.id)?;
        self.changes.cues.push(cue.id);
        let new = cue.clone();
        let old = mem::replace(&mut self.document.cues[place], cue);
        self.changes.text |= old.text != new.text || old.words != new.words || old.origin != new.origin;
        self.changes.text |= old.styles != new.styles || old.place != new.place;
        self.changes.times |= old.span != new.span;
        self.changes.speakers |= old.speaker != new.speaker;
        Ok(Edit::Replace(old))
    }

    fn splice(&mut self, at: usize, removed: usize, inserted: Vec<Segment>) -> Result<Edit, EditError> {
        let count = self.document.segments.len();
        let end = at.checked_add(removed).filter(|&end| end <= count);
        let end = end.ok_or(EditError::NoSuchSegment { at, count })?;
        self.changes.segments = true;
        let added = inserted.len();
        let old = self.document.segments.splice(at..end, inserted).collect();
        Ok(Edit::SpliceSegments { at, removed: added, inserted: old })
    }

    fn describe<T>(&mut self, part: impl FnOnce(&mut Document) -> &mut T, value: T) -> T {
        self.changes.about = true;
        mem::replace(part(self.document), value)
    }

    fn finish(mut self) -> Changes {
        let mut changes = mem::take(&mut self.changes);
        changes.cues.sort_unstable();
        changes.cues.dedup();
        changes.cues.retain(|id| self.place(*id).is_ok());
        changes.removed.retain(|id| self.place(*id).is_err());
        if !self.holes.is_empty() {
            let mut place = 0;
            self.holes.sort_unstable();
            self.document.cues.retain(|_| {
                place += 1;
                self.holes.binary_search(&(place - 1)).is_err()
            });
        }
        let order = |cue: &Cue| (cue.span.start, cue.id);
        if !self.document.cues.is_sorted_by_key(order) {
            changes.order = true;
            self.document.cues.sort_by_key(order);
        }
        changes
    }
}
