//! Errors of the queue.

use std::io;

use crate::asr::model::ModelError;
use crate::batch::BatchError;
use crate::gui::words::error::cause;
use crate::gui::words::{InWords, say_with};

/// Why the queue cannot continue.
#[derive(Debug)]
pub enum QueueError {
    /// The system does not report the path of this program.
    NoProgram(io::Error),
    /// The model cannot be used.
    Model(ModelError),
    /// The batch ended early.
    Batch(BatchError),
}

impl From<ModelError> for QueueError {
    fn from(error: ModelError) -> Self {
        Self::Model(error)
    }
}

impl From<BatchError> for QueueError {
    fn from(error: BatchError) -> Self {
        Self::Batch(error)
    }
}

impl InWords for QueueError {
    fn in_words(&self) -> String {
        match self {
            Self::NoProgram(error) => say_with!("error-queue-program", cause = cause(error)),
            Self::Model(error) => error.in_words(),
            Self::Batch(error) => error.in_words(),
        }
    }
}
