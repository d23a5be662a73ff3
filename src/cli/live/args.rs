use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::args::{ReportingArguments, StyleArguments};
use crate::cli::recognition::RecognitionArguments;
use crate::cli::who;
use crate::live::Stability;
use crate::recognize::SpeakerWish;

#[derive(Args, Debug)]
pub struct LiveArguments {
    /// Microphone: its name, part of it, or its id [default: that of the system]
    #[cfg(feature = "mic")]
    #[arg(long, value_name = "NAME", conflicts_with = "input")]
    pub device: Option<String>,
    /// One channel of the microphone, counted from 1 [default: all channels, mixed]
    #[cfg(feature = "mic")]
    #[arg(long, value_name = "N", conflicts_with = "input")]
    pub channel: Option<u16>,
    /// Also keep the original audio of the microphone, all channels at its own sample rate, in NAME.full.wav
    #[cfg(feature = "mic")]
    #[arg(long, conflicts_with = "input")]
    pub full_quality: bool,
    /// Use a recording as input instead of a microphone
    #[arg(long, value_name = "FILE")]
    pub input: Option<PathBuf>,
    /// With --input: play the recording in real time instead of as fast as possible
    #[arg(long, requires = "input")]
    pub realtime: bool,
    /// Check the microphone, the disk, and which model is fast enough on this computer; record nothing
    #[arg(long, conflicts_with = "recover")]
    pub check: bool,
    /// Finish interrupted sessions: a folder of them, or the .journal of one
    #[arg(long, value_name = "DIR|FILE", conflicts_with = "input")]
    pub recover: Option<PathBuf>,
    #[command(flatten)]
    pub recognition: RecognitionArguments,
    #[command(flatten)]
    pub style: StyleArguments,
    /// Name the speakers; give their number if you know it. With --json, who seems to speak is told every five seconds
    #[arg(
        long,
        value_name = "N",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "auto",
        value_parser = who::parse
    )]
    pub speakers: Option<SpeakerWish>,
    /// Folder for the recording and its captions
    #[arg(long, default_value = ".", value_name = "DIR")]
    pub output_dir: PathBuf,
    /// Name of the recording and its captions, without an extension [default: the date and time]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// How soon words are certain while someone speaks: high is soonest, with the most wrong words; the saved captions do
    /// not depend on it
    #[arg(long, default_value = "medium", value_enum)]
    pub stability: StabilityArgument,
    /// Also show the captions in browsers: on this computer, or at an address such as 0.0.0.0:8080 to everyone in the
    /// network who has the link, which stays the same for a day
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, require_equals = true, default_missing_value = "127.0.0.1:0")]
    pub page: Option<SocketAddr>,
    #[command(flatten)]
    pub reporting: ReportingArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StabilityArgument {
    Low,
    Medium,
    High,
}

impl From<StabilityArgument> for Stability {
    fn from(argument: StabilityArgument) -> Self {
        match argument {
            StabilityArgument::Low => Self::Low,
            StabilityArgument::Medium => Self::Medium,
            StabilityArgument::High => Self::High,
        }
    }
}
