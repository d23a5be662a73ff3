//! Who speaks in the captions: a panel with all speakers, keys for them, and finding them anew.

pub mod badge;
mod panel;
mod remember;
mod roster;
mod update;

use crate::asr::CancelToken;
use crate::recognize::{Progress, SpeakerWish};

pub use panel::SpeakersPanel;
pub use roster::Roster;

/// What the panel asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum SpeakerAction {
    /// Gives a speaker another name, or joins two under one name.
    Rename {
        from: String,
        to: String,
    },
    /// All that `from` says is said by `into`.
    Merge {
        from: String,
        into: String,
    },
    /// Divides what a speaker says between two voices.
    Split(String),
    PlaySample(String),
    /// Goes to the next cue of a speaker, or the one before.
    Visit {
        name: String,
        backwards: bool,
    },
    /// Finds the speakers, as many as wanted.
    Find(SpeakerWish),
    CancelFinding,
    /// Asks about remembering the voice of a speaker.
    AskToRemember(String),
    /// Remembers the voice of a speaker under a name.
    Remember {
        speaker: String,
        name: String,
    },
    ForgetRemembered(String),
    ForgetAllRemembered,
    ExportRemembered,
    /// What is kept of the voices is taken out of the project.
    ForgetVoices,
}

/// Speakers are being found.
#[derive(Debug, Default)]
pub struct Finding {
    pub cancel: CancelToken,
    pub progress: Progress,
}
