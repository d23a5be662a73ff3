use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use crate::cli::args::{RecognitionArguments, ReportingArguments, StyleArguments};

#[derive(Args, Debug)]
pub struct LiveArguments {
    /// Microphone: its name, part of it, or its id; the system's default where it is not given
    #[cfg(feature = "mic")]
    #[arg(long, value_name = "NAME", conflicts_with = "input")]
    pub device: Option<String>,
    /// One channel of the microphone, counted from 1; all are mixed where it is not given
    #[cfg(feature = "mic")]
    #[arg(long, value_name = "N", conflicts_with = "input")]
    pub channel: Option<u16>,
    /// Also keep the sound as the microphone gives it, every channel at its own rate, in NAME.full.wav
    #[cfg(feature = "mic")]
    #[arg(long, conflicts_with = "input")]
    pub full_quality: bool,
    /// Play a recording as if it were a microphone
    #[arg(long, value_name = "FILE")]
    pub input: Option<PathBuf>,
    /// Play the recording as slowly as it was spoken, not as fast as it can be heard
    #[arg(long, requires = "input")]
    pub realtime: bool,
    /// Try the microphone, the disk and the speed of this computer, and which of its models keeps up; record nothing
    #[arg(long, conflicts_with = "recover")]
    pub check: bool,
    /// Finish sessions that were cut off: a folder, or the .journal of one
    #[arg(long, value_name = "DIR|FILE", conflicts_with = "input")]
    pub recover: Option<PathBuf>,
    #[command(flatten)]
    pub recognition: RecognitionArguments,
    #[command(flatten)]
    pub style: StyleArguments,
    /// Folder for the recording and its captions
    #[arg(long, default_value = ".", value_name = "DIR")]
    pub output_dir: PathBuf,
    /// Name of the recording and its captions, without an ending; the date and time where it is not given
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Show the captions to browsers as well: on this computer, or at an address such as 0.0.0.0:8080 to all in
    /// its network who have the link, which stays the same for a day
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, require_equals = true, default_missing_value = "127.0.0.1:0")]
    pub page: Option<SocketAddr>,
    #[command(flatten)]
    pub reporting: ReportingArguments,
}
