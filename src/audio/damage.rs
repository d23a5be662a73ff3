use thiserror::Error;

/// What is wrong inside the file of a recording. The text says it of "the file".
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Damage {
    /// It ends before its sound begins.
    #[error("it ends within its header")]
    Header,
    /// An MP4 file lacks the part that says where its sound is.
    #[error("its index is missing, as when a recording is cut off")]
    NoIndex,
    /// It does not say how fast its samples follow each other.
    #[error("it states no sample rate")]
    NoSampleRate,
    /// It states a sample rate that no recording has. Unit: samples a second.
    #[error("it states {0} samples a second")]
    SampleRate(u32),
    /// It states a number of channels that no recording has.
    #[error("it states {0} channels")]
    Channels(usize),
    /// Its packets are there, but mean nothing.
    #[error("none of its packets can be decoded")]
    NoPacket,
    /// Another stream follows the first one, without sound that can be decoded.
    #[error("the next part of the file has no sound that can be decoded")]
    NoNextPart,
    /// What the decoder, ffmpeg or the system says.
    #[error("{0}")]
    Decoder(String),
}
