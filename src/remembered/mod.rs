//! Voices that a user asked to remember, in one file of this user. `docs/voices.md` says what this means for the people
//! whose voices they are.

mod error;
mod file;

use serde::{Deserialize, Serialize};

pub use error::RememberedError;
pub use file::{load, save, save_copy, user_file};

/// Number of values that describe a voice.
pub const NUMBERS: usize = 192;

/// A voice with the name of the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RememberedVoice {
    /// The name of the person in captions.
    pub name: String,
    /// The day on which the user asked to remember it: `2026-11-30`.
    pub since: String,
    /// The description of the voice: a vector of [`NUMBERS`] values with length 1.
    pub numbers: Vec<f32>,
}

/// Returns today's date in the form of [`RememberedVoice::since`].
pub fn today() -> String {
    jiff::Zoned::now().date().to_string()
}

/// All remembered voices, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RememberedVoices(Vec<RememberedVoice>);

impl RememberedVoices {
    /// Iterates over the voices.
    pub fn iter(&self) -> impl Iterator<Item = &RememberedVoice> {
        self.0.iter()
    }

    /// Returns the number of voices.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether no voice is remembered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Remembers a voice, replacing one of the same name.
    pub fn remember(&mut self, voice: RememberedVoice) {
        self.forget(&voice.name);
        let place = self.0.partition_point(|other| other.name < voice.name);
        self.0.insert(place, voice);
    }

    /// Forgets the voice of this name. Returns whether there was one.
    pub fn forget(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|voice| voice.name != name);
        self.0.len() < before
    }
}

impl FromIterator<RememberedVoice> for RememberedVoices {
    fn from_iter<T: IntoIterator<Item = RememberedVoice>>(voices: T) -> Self {
        let mut all = Self::default();
        voices.into_iter().for_each(|voice| all.remember(voice));
        all
    }
}
