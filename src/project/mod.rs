//! Projects: a document with its recording and its settings, in a `.lectern` file that `docs/project.md` describes.
//!
//! A project file is whole or not there, whatever happens while it is written ([`save`]). What was not saved yet is
//! kept by a [`Saver`] and offered after a crash ([`recoverable`]). One window at a time may write ([`Access`]).

mod damage;
mod error;
mod file;
mod lock;
mod media;
mod recovery;
mod saver;
mod store;

pub use damage::ProjectDamage;
pub use error::{MediaError, ProjectError};
pub use lock::{Access, WriteLock};
pub use media::{Fingerprint, InvalidFingerprint, MediaReference, MediaStatus};
pub use recovery::{Recoverable, RecoverySlot, discard, recoverable, user_folder};
pub use saver::{Saver, SaverNews};
pub use store::{Loaded, backups, bytes_of, keep, load, save};

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::time::MediaTime;

/// Extension of project files.
pub const EXTENSION: &str = "lectern";

/// All that a project file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    /// The captions.
    pub document: Document,
    /// The recording, and how to find it again after it was moved.
    pub media: Option<MediaReference>,
    /// What was chosen for this project.
    pub settings: ProjectSettings,
    /// Names and terms that the recognizer was told of.
    pub vocabulary: Vec<String>,
    /// Speakers to choose from, in the order of their keys; others may stand in the cues.
    pub speakers: Vec<String>,
    /// Captions were made up to this time of the recording and the rest is to come; `None` where they are complete.
    pub recognized_until: Option<MediaTime>,
}

/// What a person has chosen for this project; what is missing follows the user's settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProjectSettings {
    /// Name of the profile that the captions follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Tag of the language that is spoken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Name or path of the speech model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
}
