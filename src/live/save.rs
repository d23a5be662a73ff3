//! Saves the captions of a live session as a project beside its recording.

use std::path::PathBuf;

use thiserror::Error;

use super::{JournalError, LiveFiles};
use crate::project::{self, EXTENSION, MediaError, MediaReference, Project, ProjectError};
use crate::recognize::{CaptionRequest, to_document};
use crate::transcript::Transcript;

/// Why the project of a session cannot be saved. Its recording and its journal are kept.
#[derive(Debug, Error)]
pub enum RecordedError {
    /// The recording cannot be read.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The project cannot be written.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// The journal cannot be removed.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// Composes the captions of a session and saves them as a project beside its recording. Then removes the journal, for
/// which the session would be offered for recovery. `rest` holds the fields of the project apart from captions and
/// recording. Returns the path of the project.
///
/// # Errors
/// [`RecordedError`] if the recording cannot be read, the project cannot be written or the journal cannot be removed;
/// the recording and the journal are then kept.
pub fn keep_recorded(
    transcript: Transcript,
    files: &LiveFiles,
    request: &CaptionRequest,
    rest: Project,
) -> Result<PathBuf, RecordedError> {
    let document = to_document(transcript, &files.sound, request);
    let media = Some(MediaReference::to(&files.sound)?);
    let path = files.sound.with_extension(EXTENSION);
    project::save(&Project { document, media, ..rest }, &path)?;
    files.complete()?;
    Ok(path)
}
