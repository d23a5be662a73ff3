//! Speakers of the captions: a panel with all of them, keys for them, and finding them again.

pub mod badge;
mod panel;
mod passed_on;
mod remember;
mod roster;
mod update;

use crate::asr::CancelToken;
use crate::recognize::{Progress, SpeakerWish};

pub use panel::SpeakersPanel;
pub use remember::export_voices;
pub(super) use remember::voices_exported;
pub use roster::Roster;

/// A request of the panel.
#[derive(Clone, Debug, PartialEq)]
pub enum SpeakerAction {
    /// Renames a speaker, or joins two under one name.
    Rename {
        from: String,
        to: String,
    },
    /// Gives everything that `from` says to `into`.
    Merge {
        from: String,
        into: String,
    },
    /// Divides the speech of a speaker between two voices.
    Split(String),
    PlaySample(String),
    /// Goes to the next or previous cue of a speaker.
    Visit {
        name: String,
        backwards: bool,
    },
    /// Shows only the cues of a speaker in the list.
    Filter(String),
    /// Finds the speakers, in the requested number.
    Find(SpeakerWish),
    CancelFinding,
    /// Asks whether to remember the voice of a speaker.
    AskToRemember(String),
    /// Remembers the voice of a speaker under a name.
    Remember {
        speaker: String,
        name: String,
    },
    ForgetRemembered(String),
    ForgetAllRemembered,
    ExportRemembered,
    /// Passes on the remembered voices of the speakers with the project, or no longer.
    PassOn(bool),
    /// Remembers the voices that were passed on with the project.
    RememberPassed,
    /// Removes the voices from the project.
    ForgetVoices,
}

/// Speakers are being found.
#[derive(Debug, Default)]
pub struct SpeakerSearch {
    pub cancel: CancelToken,
    pub progress: Progress,
}
