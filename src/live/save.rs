//! What a live session leaves: a project beside its sound.

use std::path::PathBuf;

use thiserror::Error;

use super::{JournalError, LiveFiles};
use crate::project::{self, EXTENSION, MediaError, MediaReference, Project, ProjectError};
use crate::recognize::{CaptionRequest, to_document};
use crate::transcript::Transcript;

/// Why a session has no project. Its sound and its journal are still there.
#[derive(Debug, Error)]
pub enum RecordedError {
    #[error(transparent)]
    Media(#[from] MediaError),
    #[error(transparent)]
    Project(#[from] ProjectError),
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// Composes the captions of a session and saves them as a project beside its sound. Only then the
/// journal goes, which would offer the session for recovery. `rest` is what the project holds beside captions and sound.
/// Returns the path of the project.
///
/// # Errors
/// Each of [`RecordedError`]; nothing is lost by any.
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
