//! Projects: a document with its recording and its settings, in a `.lectern` file that `docs/project.md` describes.
//!
//! A project file is complete or absent, whatever happens while it is written ([`save`]). A [`Saver`] stores unsaved
//! changes, which are offered after a crash ([`recoverable`]). One window at a time may write ([`Access`]).

mod damage;
mod error;
mod file;
mod lock;
mod media;
mod recovery;
mod saver;
mod store;

pub use damage::{NotProject, ProjectDamage};
pub use error::{MediaError, ProjectError};
pub use lock::{Access, WriteLock};
pub use media::{Fingerprint, InvalidFingerprint, MediaReference, MediaStatus};
pub use recovery::{Recoverable, RecoverySlot, discard, recoverable, user_folder};
pub use saver::{Saver, SaverNews};
pub use store::{Loaded, backups, bytes_of, keep, load, save};

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::remembered::RememberedVoices;
use crate::time::MediaTime;

/// Extension of project files.
pub const EXTENSION: &str = "lectern";

/// Everything in a project file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    /// The captions.
    pub document: Document,
    /// The recording, and how to find it again after it was moved.
    pub media: Option<MediaReference>,
    /// Settings of this project.
    pub settings: ProjectSettings,
    /// Names and terms that the recognizer was given.
    pub vocabulary: Vec<String>,
    /// Speakers to choose from, in the order of their keys; cues may have others.
    pub speakers: Vec<String>,
    /// Captions are complete up to this time of the recording; `None` if they are complete throughout.
    pub recognized_until: Option<MediaTime>,
    /// Remembered voices of speakers that the user wants to pass on with this project; otherwise none.
    pub remembered: RememberedVoices,
}

/// The user's settings for this project; anything missing follows the general settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProjectSettings {
    /// Name of the profile that the captions follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Tag of the spoken language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Name or path of the speech model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
}
