//! Remembers voices for other recordings.

use std::path::PathBuf;

use super::Workers;
use crate::document::Document;
use crate::gui::news::{EditorNews, Post};
use crate::gui::words::InWords;
use crate::recognize::{NamingError, suggest_names, voice_of};
use crate::remembered::{self, RememberedError, RememberedVoice, RememberedVoices};

/// A change to the file of remembered voices.
pub enum VoicesChange {
    /// Remembers the voice of a speaker of captions under a name.
    Remember {
        document: Box<Document>,
        speaker: String,
        name: String,
    },
    /// Remembers voices that came with a project, except those whose names are known.
    Add(RememberedVoices),
    Forget(String),
    ForgetAll,
}

/// Why voices cannot be remembered or are not known.
pub enum NotRemembered {
    File(RememberedError),
    Voice(NamingError),
}

impl From<RememberedError> for NotRemembered {
    fn from(error: RememberedError) -> Self {
        Self::File(error)
    }
}

impl InWords for NotRemembered {
    fn in_words(&self) -> String {
        match self {
            Self::File(error) => error.in_words(),
            Self::Voice(error) => error.in_words(),
        }
    }
}

impl Workers {
    pub fn load_remembered(&self, path: PathBuf) {
        self.start("voices", move |post| {
            let result = remembered::load(&path).map_err(NotRemembered::from);
            post.tell(EditorNews::Remembered { result, is_new: false });
        });
    }

    /// Changes the file at `path`. Reads it first, because another window may have changed it.
    pub fn change_remembered(&self, path: PathBuf, change: VoicesChange) {
        self.start("voices", move |post| {
            let is_new = matches!(change, VoicesChange::Remember { .. } | VoicesChange::Add(_));
            let result = remembered::load(&path).map_err(NotRemembered::from);
            let result = result.and_then(|voices| changed(voices, change));
            let result = result.and_then(|voices| {
                remembered::save(&voices, &path)?;
                Ok(voices)
            });
            post.tell(EditorNews::Remembered { result, is_new });
        });
    }

    /// Writes all remembered voices to a file of their own.
    pub fn export_remembered(&self, voices: RememberedVoices, to: PathBuf) {
        self.start("voices", move |post| {
            let result = remembered::save(&voices, &to).map(|()| to);
            post.tell(EditorNews::VoicesExported(result));
        });
    }

    /// Looks for remembered voices among the speakers of captions.
    pub fn suggest_names(&self, workspace: u64, document: Document, remembered: RememberedVoices) {
        self.start("voices", move |post: &Post| {
            // If the voices of the captions cannot be read, there are no suggestions.
            let suggestions = suggest_names(&document, &remembered).unwrap_or_default();
            post.tell(EditorNews::KnownVoices { workspace, suggestions });
        });
    }
}

fn changed(mut voices: RememberedVoices, change: VoicesChange) -> Result<RememberedVoices, NotRemembered> {
    match change {
        VoicesChange::Remember { document, speaker, name } => {
            let numbers = voice_of(&document, &speaker).map_err(NotRemembered::Voice)?;
            voices.remember(RememberedVoice { name, since: remembered::today(), numbers });
        }
        VoicesChange::Add(others) => voices = others.iter().chain(voices.iter()).cloned().collect(),
        VoicesChange::Forget(name) => drop(voices.forget(&name)),
        VoicesChange::ForgetAll => voices = RememberedVoices::default(),
    }
    Ok(voices)
}
