//! What the recording threads report to the window.

use std::path::PathBuf;

use super::trouble::{NotRecorded, Trouble};
use crate::audio::capture::{CaptureError, InputDevice};
use crate::live::page::{CaptionPage, PageError};
use crate::live::{Finding, LiveFiles, Unfinished};

/// News from the recording threads.
pub enum RecordNews {
    Microphones(Result<Vec<InputDevice>, CaptureError>),
    Unfinished(Vec<Unfinished>),
    /// The result of the check.
    Checked(Result<Vec<Finding>, Trouble>),
    Started(LiveFiles),
    /// The project of the session, or why there is none.
    Ended(Result<PathBuf, NotRecorded>),
    Page(Result<CaptionPage, PageError>),
}
