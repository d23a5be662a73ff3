//! A recognizer without a model, for tests.

use std::collections::VecDeque;

use super::{CancelToken, RecognizeError, Recognizer, Request};
use crate::transcript::{Language, Segment};

/// Answers each window with the next segment of a script, and with silence once the script has ended.
#[derive(Clone, Debug, Default)]
pub struct ScriptedRecognizer {
    /// The answers, window by window.
    pub script: VecDeque<Result<Segment, RecognizeError>>,
    /// The detected languages, with probabilities.
    pub languages: Vec<(Language, f32)>,
    /// Number of recognized windows.
    pub calls: usize,
}

impl Recognizer for ScriptedRecognizer {
    fn detect_language(
        &mut self,
        _samples: &[f32],
        _cancel: &CancelToken,
    ) -> Result<Vec<(Language, f32)>, RecognizeError> {
        Ok(self.languages.clone())
    }

    fn recognize(
        &mut self,
        _samples: &[f32],
        _request: &Request,
        cancel: &CancelToken,
    ) -> Result<Segment, RecognizeError> {
        if cancel.is_cancelled() {
            return Err(RecognizeError::Cancelled);
        }
        self.calls += 1;
        self.script.pop_front().unwrap_or(Ok(Segment::default()))
    }
}
