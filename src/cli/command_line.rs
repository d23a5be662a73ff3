//! The whole command line: one command and its arguments, as typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use clap_complete::Shell;

#[cfg(feature = "mic")]
use super::args::DevicesArguments;
use super::args::{BenchArguments, CaptionArguments, ModelsArguments};
use super::batch::BatchArguments;
use super::check::CheckArguments;
use super::convert::ConvertArguments;
use super::heard::HeardArguments;
use super::live::LiveArguments;
use super::terms::TermsArguments;
use super::transcribe_job::TranscribeJobArguments;
use super::voices::VoicesArguments;
use crate::batch::WORKER_COMMAND;

/// The arguments of the program.
#[derive(Debug, Parser)]
#[command(
    name = "lectern",
    version,
    long_version = super::version::long(),
    about = "Turns lectures into captions, on your own computer",
    long_about = "Turns lectures into captions, on your own computer: no account, no upload, no network.\n\n\
                  Without a command, Lectern opens its window.",
    after_help = "Exit codes: 0 done; 1 done, but an input or a check failed; 2 wrong usage or nothing done; \
                  130 interrupted.",
    args_conflicts_with_subcommands = true
)]
pub struct Arguments {
    /// Recording, captions or project to open in the window
    pub file: Option<PathBuf>,
    /// Append a log to this file; it contains no spoken words
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) log: Option<PathBuf>,
    /// When the window closes, print how long its frames took
    #[arg(long, hide = true)]
    pub(super) frame_stats: bool,
    /// Never use the network in the window, whatever its settings say
    #[arg(long)]
    pub(super) offline: bool,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make captions of recordings
    Caption(CaptionArguments),
    /// Make live captions from a microphone
    Live(LiveArguments),
    /// Make captions of a folder tree or a list of recordings, on one machine or several
    Batch(Box<BatchArguments>),
    /// Process jobs that a batch sends on standard input
    #[command(hide = true, name = WORKER_COMMAND)]
    BatchWorker,
    /// Show which rules captions break
    Check(CheckArguments),
    /// Convert captions to another format
    Convert(ConvertArguments),
    /// Find the names and terms in course material, as a list for --vocabulary
    Terms(TermsArguments),
    /// Show which names and terms are in captions, how often and where, and where one may have been missed
    Heard(HeardArguments),
    /// Run jobs of Amazon Transcribe: documents of StartTranscriptionJob requests
    TranscribeJob(TranscribeJobArguments),
    /// Show or check the models on this computer
    Models(ModelsArguments),
    /// Show, export or forget remembered voices
    Voices(VoicesArguments),
    /// Show the microphones
    #[cfg(feature = "mic")]
    Devices(DevicesArguments),
    /// Measure speed and accuracy on this machine
    Bench(BenchArguments),
    /// Print a script that completes commands and options in your shell
    Completions {
        /// Shell to complete in
        shell: Shell,
    },
    /// Write the manual pages
    #[command(hide = true)]
    Man {
        /// Folder for the pages; it is created if needed
        folder: PathBuf,
    },
}
