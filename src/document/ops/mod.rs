//! The editor's operations on captions, each as a labelled `Transaction` for the editor to apply.
//!
//! Nothing here changes the document. Operations that make cues take the first unused id, from
//! [`Editor::free_id`](super::Editor::free_id), and number from there. None of them makes cues overlap.

mod clip;
mod content;
mod left_out;
mod opinions;
mod recognized;
mod structure;
mod terms;
mod timing;

pub use clip::{Spot, cut, paste};
pub(super) use content::with_text;
pub use content::{
    Case, change_case, merge_speakers, rename_speaker, set_speaker, set_text, toggle_style,
    until_speaker_changes,
};
pub use left_out::{dismiss_left_out, insert_left_out, left_out};
pub use opinions::note_opinions;
pub use recognized::{append, complete, cut_before, replace_cues, take_over};
pub use structure::{delete, insert_after, insert_at, insert_span, merge, merge_with_next, split};
pub use terms::{ListedTerm, listed_term, listed_terms, take_back_term};
pub use timing::{Edge, retime, retime_joined, retime_to_speech, room, set_span, shift, touching};

use std::collections::HashSet;

use thiserror::Error;

use super::{Cue, CueId, Document, Edit};
use crate::time::MediaTime;

/// Minimum duration of a cue that an operation makes or changes.
pub const SHORTEST: MediaTime = MediaTime::from_millis(100);

/// Why an operation is not possible.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum OpError {
    #[error("the cue is no longer there")]
    /// No cue has this id.
    NoSuchCue(CueId),
    #[error("no cue is selected")]
    /// No cue is selected.
    NothingSelected,
    #[error("there is nothing before or after this place to split")]
    /// One of the two parts would have no text.
    NothingToSplit,
    #[error("the cue is too short to split; give it more time first")]
    /// One of the two parts would be shorter than [`SHORTEST`].
    TooShort,
    #[error("this is the last cue; there is none to merge it with")]
    /// No cue follows.
    NoNext,
    #[error("one cue cannot be merged")]
    /// Two cues are needed.
    OneCue,
    #[error("the cues next to this place leave no time; shorten one of them first")]
    /// There is no space for a cue.
    NoRoom,
    /// The cues would meet other cues or the start of the recording.
    #[error("other cues or the start of the recording are in the way: at most {most} in this direction")]
    ShiftTooFar {
        /// The farthest possible shift; negative for earlier.
        most: MediaTime,
    },
    #[error("the passage was dealt with already")]
    /// No segment has this passage.
    NoSuchPassage,
    #[error("the recognizer gave no times for the words of this cue; set them by hand")]
    /// The cue has no words with times.
    NoWords,
    #[error("no word of this cue came from the vocabulary")]
    /// None of the cue's words is of a term from the vocabulary.
    NoTerm,
}

/// Returns the selected cues in order of time, with their indexes.
fn selected<'a>(document: &'a Document, ids: &[CueId]) -> Result<Vec<(usize, &'a Cue)>, OpError> {
    let wanted: HashSet<CueId> = ids.iter().copied().collect();
    let found: Vec<_> =
        document.cues.iter().enumerate().filter(|(_, cue)| wanted.contains(&cue.id)).collect();
    if found.is_empty() {
        return Err(OpError::NothingSelected);
    }
    Ok(found)
}

fn find(document: &Document, id: CueId) -> Result<(usize, &Cue), OpError> {
    let place = document.position(id).ok_or(OpError::NoSuchCue(id))?;
    Ok((place, &document.cues[place]))
}

/// Gives the cues ids from `free` on.
fn numbered(cues: Vec<Cue>, free: CueId) -> Vec<Cue> {
    (free.0..).zip(cues).map(|(id, cue)| Cue { id: CueId(id), ..cue }).collect()
}

/// Returns the edit that changes `old` into `new`, if they differ.
fn replaced(old: &Cue, new: Cue) -> Option<Edit> {
    (*old != new).then_some(Edit::Replace(new))
}

/// Returns a label such as `Delete cue` or `Delete 3 cues`.
fn label(what: &str, count: usize) -> String {
    if count == 1 { format!("{what} cue") } else { format!("{what} {count} cues") }
}
