//! Why there is no picture.

use thiserror::Error;

use crate::ffmpeg::FfmpegFailure;

/// Why a recording's picture is not shown.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PictureError {
    /// The program is not on the PATH.
    #[error("the picture needs ffmpeg, which is not installed")]
    NotInstalled,
    /// The system has no thread for it. Contains its message.
    #[error("no thread can be started for the picture: {0}")]
    NoThread(String),
    /// The program failed. Contains its last message.
    #[error("ffmpeg cannot show the picture: {0}")]
    Said(String),
    /// What the program wrote is no picture.
    #[error("what ffmpeg wrote is no picture")]
    Garbage,
    /// The program wrote nothing for a while, and was ended.
    #[error("ffmpeg wrote nothing for {0} s")]
    Silent(u64),
}

/// Returns the error for a failure; `None` if the recording just has no picture.
pub(super) fn of_failure(failure: FfmpegFailure) -> Option<PictureError> {
    match failure {
        FfmpegFailure::NoSuchTrack => None,
        FfmpegFailure::NotInstalled => Some(PictureError::NotInstalled),
        FfmpegFailure::Said(said) => Some(PictureError::Said(said)),
    }
}
