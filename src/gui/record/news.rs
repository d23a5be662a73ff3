//! What the threads of recording tell the window.

use std::path::PathBuf;

use super::trouble::{NotRecorded, Trouble};
use crate::audio::capture::{CaptureError, InputDevice};
use crate::live::page::{CaptionPage, PageError};
use crate::live::{Finding, LiveFiles, Unfinished};

/// What the threads of recording have to say.
pub enum RecordNews {
    Microphones(Result<Vec<InputDevice>, CaptureError>),
    Unfinished(Vec<Unfinished>),
    /// What the trial found.
    Checked(Result<Vec<Finding>, Trouble>),
    Started(LiveFiles),
    /// The project that the session became, or why it became none.
    Ended(Result<PathBuf, NotRecorded>),
    Page(Result<CaptionPage, PageError>),
}
