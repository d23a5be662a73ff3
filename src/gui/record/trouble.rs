//! What prevents a lecture from being recorded, and the action that helps.

use std::sync::Arc;

use crate::audio::capture::CaptureError;
use crate::gui::words::{InWords, say};
use crate::live::{LiveError, PreflightError, RecordedError, SourceError};
use crate::recognize::EngineError;

/// Why nothing can be recorded.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// There is no speech model on this computer.
    NoModel,
    /// The model cannot be used.
    Engine(Arc<EngineError>),
    /// The microphone delivers no sound.
    Source(Arc<SourceError>),
    /// The check failed.
    Check(Arc<PreflightError>),
}

/// What the user can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Plug in a microphone, then list them again.
    LookAgain,
    /// Install a model.
    ShowModels,
    /// Record into another folder.
    ChooseFolder,
}

impl Remedy {
    pub fn label(self) -> &'static str {
        match self {
            Self::LookAgain => say("button-look-again"),
            Self::ShowModels => say("trouble-show-models"),
            Self::ChooseFolder => say("trouble-choose-folder"),
        }
    }
}

impl Trouble {
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::NoModel | Self::Engine(_) => Remedy::ShowModels,
            Self::Source(_) => Remedy::LookAgain,
            Self::Check(error) => match **error {
                PreflightError::Folder { .. } => Remedy::ChooseFolder,
                PreflightError::Source(_) | PreflightError::Recognize(_) => Remedy::LookAgain,
            },
        }
    }
}

impl InWords for Trouble {
    fn in_words(&self) -> String {
        match self {
            Self::NoModel => say("trouble-no-model").to_owned(),
            Self::Engine(error) => error.in_words(),
            Self::Source(error) => error.in_words(),
            Self::Check(error) => error.in_words(),
        }
    }
}

impl From<EngineError> for Trouble {
    fn from(error: EngineError) -> Self {
        Self::Engine(Arc::new(error))
    }
}

impl From<SourceError> for Trouble {
    fn from(error: SourceError) -> Self {
        Self::Source(Arc::new(error))
    }
}

impl From<CaptureError> for Trouble {
    fn from(error: CaptureError) -> Self {
        SourceError::Capture(error).into()
    }
}

impl From<PreflightError> for Trouble {
    fn from(error: PreflightError) -> Self {
        Self::Check(Arc::new(error))
    }
}

/// Why a lecture has no captions. Its sound is kept.
#[derive(Debug)]
pub enum NotRecorded {
    /// Nothing could be recorded.
    Trouble(Trouble),
    /// The session failed to start or to end.
    Live(LiveError),
    /// Its project could not be saved.
    Save(RecordedError),
}

impl InWords for NotRecorded {
    fn in_words(&self) -> String {
        match self {
            Self::Trouble(trouble) => trouble.in_words(),
            Self::Live(error) => error.in_words(),
            Self::Save(error) => error.in_words(),
        }
    }
}

impl From<Trouble> for NotRecorded {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<LiveError> for NotRecorded {
    fn from(error: LiveError) -> Self {
        Self::Live(error)
    }
}

impl From<RecordedError> for NotRecorded {
    fn from(error: RecordedError) -> Self {
        Self::Save(error)
    }
}
