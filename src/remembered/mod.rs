//! Voices that a person asked to remember, in one file of this user. `docs/voices.md` says what that means for the
//! people whose voices they are.

mod error;
mod file;

use serde::{Deserialize, Serialize};

pub use error::RememberedError;
pub use file::{load, save, save_copy, user_file};

/// Numbers that describe a voice.
pub const NUMBERS: usize = 192;

/// A voice with the name of the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RememberedVoice {
    /// What the person is called in captions.
    pub name: String,
    /// The day on which somebody asked to remember it: `2026-11-30`.
    pub since: String,
    /// What describes the voice: [`NUMBERS`] numbers, a vector of length 1.
    pub numbers: Vec<f32>,
}

/// The present day, as [`RememberedVoice::since`] has it.
pub fn today() -> String {
    jiff::Zoned::now().date().to_string()
}

/// All voices that are remembered, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RememberedVoices(Vec<RememberedVoice>);

impl RememberedVoices {
    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &RememberedVoice> {
        self.0.iter()
    }

    /// The number of voices.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no voice is remembered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Remembers a voice, in the place of one that has the same name.
    pub fn remember(&mut self, voice: RememberedVoice) {
        self.forget(&voice.name);
        let place = self.0.partition_point(|other| other.name < voice.name);
        self.0.insert(place, voice);
    }

    /// Forgets the voice of this name. Whether there was one.
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
