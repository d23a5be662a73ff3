//! What keeps a lecture from being recorded, and the one action that mends it.

use crate::asr::model::ModelError;
use crate::audio::capture::CaptureError;
use crate::gui::words::{say, say_with};
use crate::live::{PreflightError, SourceError};
use crate::recognize::EngineError;

/// Why nothing can be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub text: String,
    pub mend: Mend,
}

/// What a person can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mend {
    /// Plug something in, then look for it.
    LookAgain,
    /// Put a model where models are.
    ShowModels,
    /// Record elsewhere.
    ChooseFolder,
}

impl Mend {
    pub fn label(self) -> &'static str {
        match self {
            Self::LookAgain => say("button-look-again"),
            Self::ShowModels => say("trouble-show-models"),
            Self::ChooseFolder => say("trouble-choose-folder"),
        }
    }
}

impl Trouble {
    pub(super) fn of_model(error: &EngineError) -> Self {
        let text = match error {
            EngineError::Model(ModelError::NotInstalled { entry, .. }) => {
                say_with!("trouble-model-missing", name = &entry.name, file = &entry.file)
            }
            error => sentence(&error.to_string()),
        };
        Self { text, mend: Mend::ShowModels }
    }

    pub(super) fn no_model() -> Self {
        let text = say("trouble-no-model").to_owned();
        Self { text, mend: Mend::ShowModels }
    }

    pub(super) fn of_source(error: &SourceError) -> Self {
        let text = match error {
            SourceError::Capture(error) => return Self::of_capture(error),
            error => sentence(&error.to_string()),
        };
        Self { text, mend: Mend::LookAgain }
    }

    pub(super) fn of_capture(error: &CaptureError) -> Self {
        let text = match error {
            CaptureError::NoDevice => say("trouble-no-microphone").to_owned(),
            CaptureError::UnknownDevice { name } => {
                say_with!("trouble-microphone-missing", name = name)
            }
            error => sentence(&error.to_string()),
        };
        Self { text, mend: Mend::LookAgain }
    }

    pub(super) fn of_check(error: &PreflightError) -> Self {
        match error {
            PreflightError::Source(error) => Self::of_source(error),
            PreflightError::Recognize(error) => {
                Self { text: sentence(&error.to_string()), mend: Mend::LookAgain }
            }
            PreflightError::Folder { folder, source } => Self {
                text: say_with!(
                    "trouble-folder",
                    folder = folder.display().to_string(),
                    cause = source.to_string(),
                ),
                mend: Mend::ChooseFolder,
            },
        }
    }
}

/// An error as a sentence of its own.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let mut text: String =
        chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default();
    if !text.ends_with('.') {
        text.push('.');
    }
    text
}
