//! Arguments that commands share, and those of small commands, as typed. `plan` interprets them.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::hiding::{CopyArguments, HidingArguments};
use super::recognition::RecognitionArguments;
use super::who;
use crate::caption::DEFAULT_PROFILE;
use crate::recognize::SpeakerWish;

#[derive(Args, Debug)]
pub(super) struct CaptionArguments {
    /// Recordings: audio or video files; - is WAV from standard input
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub recognition: RecognitionArguments,
    #[command(flatten)]
    pub style: StyleArguments,
    #[command(flatten)]
    pub speakers: SpeakersArguments,
    #[command(flatten)]
    pub hiding: HidingArguments,
    #[command(flatten)]
    pub copies: CopyArguments,
    /// Listen again with the model tiny, so that wrong words are marked better; takes a third longer
    #[arg(long)]
    pub second_opinion: bool,
    /// Folder for the captions [default: beside each recording]
    #[arg(long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// Replace captions that already exist
    #[arg(long)]
    pub overwrite: bool,
    #[command(flatten)]
    pub reporting: ReportingArguments,
}

/// What the captions look like.
#[derive(Args, Clone, Debug)]
pub(super) struct StyleArguments {
    /// Caption rules to follow: lecture, dcmp, netflix, bbc, ted, or a TOML file with your own
    #[arg(long, default_value = DEFAULT_PROFILE, value_name = "NAME|FILE")]
    pub profile: String,
    /// Formats to write, separated by commas
    #[arg(long, value_delimiter = ',', default_value = "srt,vtt", value_name = "FORMAT,...")]
    pub format: Vec<String>,
    /// Write the time of each word if the format supports it
    #[arg(long)]
    pub word_times: bool,
}

/// Whether captions name the speakers.
#[derive(Args, Clone, Debug)]
pub(super) struct SpeakersArguments {
    /// Name the speakers; give their number if you know it
    #[arg(
        long,
        value_name = "N",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "auto",
        value_parser = who::parse
    )]
    pub speakers: Option<SpeakerWish>,
    /// Recognize each channel of a recording apart, for a microphone a person: Channel 1, Channel 2, or these names. With
    /// --speakers, voices are distinguished within each channel
    #[arg(
        long,
        value_name = "NAME,...",
        value_delimiter = ',',
        num_args = 0..,
        require_equals = true,
        default_missing_value = ""
    )]
    pub channels: Option<Vec<String>>,
}

#[derive(Args, Clone, Copy, Debug)]
pub(super) struct ReportingArguments {
    /// Write progress and results to standard output as JSON, one object per line
    #[arg(long)]
    pub json: bool,
    /// Show only errors and results
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Args, Debug)]
pub(super) struct ModelsArguments {
    #[command(subcommand)]
    pub action: ModelsAction,
}

#[derive(Debug, Subcommand)]
pub(super) enum ModelsAction {
    /// Show the models that Lectern knows or finds, and where they are
    List {
        /// Write the results as JSON, one object per line
        #[arg(long)]
        json: bool,
    },
    /// Download models into your own folder for models; an interrupted download is continued
    Download {
        #[arg(value_name = "NAME", required = true)]
        models: Vec<String>,
        /// Web address of a folder that holds the catalogue's files [default: LECTERN_MODEL_MIRROR, or the publisher's]
        #[arg(long, value_name = "URL")]
        mirror: Option<String>,
        /// Never use the network; fail if a model is not on this computer
        #[arg(long)]
        offline: bool,
        #[arg(long)]
        json: bool,
    },
    /// Put models into your own folder for models
    ///
    /// Takes ggml files, which are copied, and folders with the files that Whisper models are published as
    /// (model.safetensors or its parts, config.json, tokenizer.json), which are converted to one ggml file.
    Import {
        #[arg(value_name = "PATH", required = true)]
        files: Vec<PathBuf>,
        #[arg(long)]
        json: bool,
    },
    /// Remove models from your own folder for models
    Remove {
        #[arg(value_name = "NAME", required = true)]
        models: Vec<String>,
        #[arg(long)]
        json: bool,
    },
    /// Measure this computer for a second, and show how fast each model would be and which ones suit it
    Recommend {
        /// Spoken language, such as en or de, or auto for any
        #[arg(long, default_value = "auto", value_name = "CODE|auto")]
        language: String,
        #[arg(long)]
        json: bool,
    },
    /// Compare models with their checksums; all installed ones if none is named
    Verify {
        /// Models to verify
        #[arg(value_name = "NAME|PATH")]
        models: Vec<OsString>,
        /// Write the results as JSON, one object per line
        #[arg(long)]
        json: bool,
    },
}

#[cfg(feature = "mic")]
#[derive(Args, Debug)]
pub(super) struct DevicesArguments {
    /// Show every input of the system, including those that are not microphones
    #[arg(long)]
    pub all: bool,
    /// Write the results as JSON, one object per line
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(super) struct BenchArguments {
    /// Recording to measure with [default: the sample lecture]
    pub file: Option<PathBuf>,
    /// Play the recording in real time as live input, and measure how soon words appear and are certain
    #[arg(long)]
    pub live: bool,
    /// With --live: record through the microphone; play the file on any device when prompted
    #[cfg(feature = "mic")]
    #[arg(long, requires = "live")]
    pub microphone: bool,
    /// Text of the recording, to compute the word error rate
    #[arg(long, value_name = "FILE", requires = "file")]
    pub reference: Option<PathBuf>,
    /// Run this command alternately with `lectern caption`, and compare time and memory; {} stands for the recording
    #[arg(long, value_name = "COMMAND", conflicts_with_all = ["live", "reference"])]
    pub compare: Option<String>,
    /// With --compare: how often to run each of the two
    #[arg(long, value_name = "N", default_value = "3", requires = "compare")]
    pub rounds: NonZeroUsize,
    #[command(flatten)]
    pub recognition: RecognitionArguments,
    /// Write the results as a JSON object
    #[arg(long)]
    pub json: bool,
}
