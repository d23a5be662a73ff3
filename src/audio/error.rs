//! Errors and warnings about recordings: errors stop the reading, warnings do not.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::Damage;
use crate::time::MediaTime;

/// Why a recording cannot be read, or a WAV file cannot be written. The text names the file, the cause and a remedy.
#[derive(Debug, Error)]
pub enum AudioError {
    #[error("{}: there is no such file; check the name", .path.display())]
    /// There is no file at the path.
    NotFound {
        /// The file.
        path: PathBuf,
    },

    #[error("{}: permission denied; make the file readable for your account", .path.display())]
    /// Permission to read the file is missing.
    PermissionDenied {
        /// The file.
        path: PathBuf,
    },

    #[error("{}: this is a folder or a device; name a sound or video file", .path.display())]
    /// The path is a folder or a device.
    NotAFile {
        /// The file.
        path: PathBuf,
    },

    #[error("{}: the file is empty (0 bytes); copy or download it again", .path.display())]
    /// The file has no bytes.
    Empty {
        /// The file.
        path: PathBuf,
    },

    /// A sound container without a single sample.
    #[error("{}: the file holds no sound (length zero); record or export it again", .path.display())]
    NoSamples {
        /// The file.
        path: PathBuf,
    },

    /// `ffmpeg_failed` is false if ffmpeg is not on the PATH.
    #[error("{}: this is not a sound or video file that Lectern knows; {}", .path.display(), remedy(*.ffmpeg_failed))]
    NotAudio {
        /// The file.
        path: PathBuf,
        /// Whether ffmpeg was tried too.
        ffmpeg_failed: bool,
    },

    #[error("{}: the video has no audio track; choose a file with sound", .path.display())]
    /// The file has no sound.
    NoAudioTrack {
        /// The file.
        path: PathBuf,
    },

    /// Reading it needs ffmpeg, which is not on the PATH.
    #[error("{}: the sound is {codec}, which Lectern does not read by itself; {}", .path.display(), remedy(false))]
    UnsupportedCodec {
        /// The file.
        path: PathBuf,
        /// Name of the codec.
        codec: String,
    },

    /// The container is known, but nothing in it could be decoded.
    #[error("{}: the file is damaged ({cause}); copy or export it again", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        cause: Damage,
    },

    /// ffmpeg failed; `message` is its last message.
    #[error("{}: ffmpeg could not read the sound ({message}); convert the file to WAV or FLAC", .path.display())]
    Ffmpeg {
        /// The file.
        path: PathBuf,
        /// ffmpeg's last message.
        message: String,
    },

    #[error("{}: {source}; check the disk or the network folder and try again", .path.display())]
    /// The file cannot be read.
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

fn remedy(ffmpeg_failed: bool) -> &'static str {
    if ffmpeg_failed {
        "ffmpeg could not read it either; convert it to WAV or FLAC"
    } else {
        "install ffmpeg (https://ffmpeg.org) and try again, or convert it to WAV or FLAC"
    }
}

impl AudioError {
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound { path },
            io::ErrorKind::PermissionDenied => Self::PermissionDenied { path },
            io::ErrorKind::IsADirectory => Self::NotAFile { path },
            _ => Self::Io { path, source },
        }
    }

    pub(super) fn damaged(path: &Path, cause: impl Into<Damage>) -> Self {
        Self::Damaged { path: path.to_owned(), cause: cause.into() }
    }

    /// Returns whether another decoder might succeed.
    pub(super) fn calls_for_ffmpeg(&self) -> bool {
        use AudioError::{Damaged, NoAudioTrack, NoSamples, NotAudio, UnsupportedCodec};
        matches!(
            self,
            NotAudio { .. }
                | UnsupportedCodec { .. }
                | Damaged { .. }
                | NoSamples { .. }
                | NoAudioTrack { .. }
        )
    }
}

/// What was wrong with a recording that could be read anyway.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum AudioWarning {
    #[error("damaged packets were skipped: {count}, the first at {first}")]
    /// Packets could not be decoded and were replaced by silence.
    DamagedPackets {
        /// Their number.
        count: u64,
        /// The time of the first one.
        first: MediaTime,
    },

    #[error("{total} of sound is missing in the file, the first of it at {first}; it was left silent")]
    /// Sound is missing and was replaced by silence.
    Gaps {
        /// Their total length.
        total: MediaTime,
        /// The time of the first one.
        first: MediaTime,
    },

    /// The rest of the file, if there is any, could not be read.
    #[error("reading stopped at {at}: {cause}")]
    StoppedEarly {
        /// The position in the recording.
        at: MediaTime,
        /// The cause.
        cause: Damage,
    },

    #[error("the file states a length of {stated}, but its sound ends at {read}; it may be incomplete")]
    /// The file has less sound than it states.
    ShorterThanStated {
        /// Length that the file states.
        stated: MediaTime,
        /// Length that was read.
        read: MediaTime,
    },

    #[error("the sample rate or the number of channels changes at {at}")]
    /// Sample rate or channels changed; everything after that was left out.
    FormatChanged {
        /// The position in the recording.
        at: MediaTime,
    },

    /// Time stamps that would mean hours of silence are ignored.
    #[error("the time stamps in the file jump by hours; times may be wrong")]
    TimestampsLeap,

    /// MP4 and QuickTime files can hide parts without removing them.
    #[error(
        "the file holds parts that players skip; they are heard here, so times may be off (export it again)"
    )]
    CutsIgnored,

    #[error("the file is damaged at {at}; from there on, ffmpeg read it")]
    /// ffmpeg decoded the rest.
    ContinuedByFfmpeg {
        /// The position in the recording.
        at: MediaTime,
    },

    /// The loudest sample is this many decibels below full scale.
    #[error(
        "the sound is very faint, {decibels} dB below what the file can hold, and was made louder to be heard; \
         check the captions, and record closer or louder"
    )]
    Faint {
        /// Level of the loudest sample below full scale. Unit: decibels.
        decibels: u32,
    },
}
