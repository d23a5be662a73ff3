use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What is wrong inside a recording's file. The text refers to it as "the file".
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// It ends before its sound begins.
    #[error("it ends within its header")]
    Header,
    /// An MP4 file lacks the index of its sound.
    #[error("its index is missing, as in interrupted recordings")]
    NoIndex,
    /// It does not state a sample rate.
    #[error("it states no sample rate")]
    NoSampleRate,
    /// It states an impossible sample rate. Unit: samples per second.
    #[error("it states {0} samples a second")]
    SampleRate(u32),
    /// It states an impossible number of channels.
    #[error("it states {0} channels")]
    Channels(usize),
    /// Its packets cannot be decoded.
    #[error("none of its packets can be decoded")]
    NoPacket,
    /// Another stream follows the first one, without sound that can be decoded.
    #[error("the next part of the file has no sound that can be decoded")]
    NoNextPart,
    /// A FLAC file goes on with another stream, whose frames are counted anew.
    #[error("it goes on with another recording, which only ffmpeg can read")]
    AppendedStream,
    /// The message of the decoder, of ffmpeg or of the system.
    #[error("{0}")]
    Decoder(String),
}
