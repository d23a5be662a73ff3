//! The arguments of `lectern batch` as typed.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::super::args::{ReportingArguments, SpeakersArguments, StyleArguments};
use super::super::hiding::HidingArguments;
use super::super::recognition::RecognitionArguments;
use crate::batch::Shard;

#[derive(Args, Debug)]
#[command(after_help = "A batch can be stopped at any time and run again: it continues where it stopped. \
    Several batches may work on one tree, on any number of machines: each recording is captioned once.\n\n\
    Exit codes: 0 done; 1 done, but a recording failed; 2 wrong usage or nothing done; 130 interrupted.")]
pub struct BatchArguments {
    /// Recordings, and folders to search for recordings
    #[arg(required_unless_present_any = ["from_file"])]
    pub paths: Vec<PathBuf>,
    /// List of recordings: one path per line, or CSV or TSV with the columns path, title, and options of a recording:
    /// language, languages, task, vocabulary, alternatives, speakers, channels, filter, filter_method, redact, redact_as
    #[arg(long, value_name = "FILE")]
    pub from_file: Option<PathBuf>,
    /// Take only files with these names, such as '*.mp4' or 'week*/*'; may be repeated
    #[arg(long, value_name = "PATTERN")]
    pub include: Vec<String>,
    /// Leave out files and folders with these names; may be repeated
    #[arg(long, value_name = "PATTERN")]
    pub exclude: Vec<String>,
    /// How many levels of folders to search; 1 is the folder itself
    #[arg(long, value_name = "N")]
    pub max_depth: Option<usize>,
    /// Folder for the captions, with the same subfolders as the recordings [default: beside each recording]
    #[arg(long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// Folder for the state that batches share [default: .lectern in the output folder, or in the first folder]
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,
    #[command(flatten)]
    pub work: WorkArguments,
    /// Number of recordings to work on at once [default: as many as cores and memory allow]
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Replace captions that were edited, or that were not written by a batch
    #[arg(long)]
    pub overwrite: bool,
    /// Process only part I of N [default in a Slurm, AWS Batch or Kubernetes array job: the part of this task]
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,
    /// Number of parts, if the scheduler of an array job does not give it
    #[arg(long, value_name = "N", conflicts_with = "shard")]
    pub shards: Option<u64>,
    /// Keep looking for new recordings until the program is stopped; take each when it has stopped growing
    #[arg(long, conflicts_with_all = ["from_file", "report"])]
    pub watch: bool,
    /// With --watch: take a file when it has not changed for this many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10, requires = "watch")]
    pub settle: u64,
    /// Only report the results of all batches that share this state
    #[arg(long)]
    pub report: bool,
    /// Write the report to a file: a web page (.html) or JSON (.json)
    #[arg(long, value_name = "FILE")]
    pub report_to: Option<PathBuf>,
    /// Send notifications to a web address (JSON in a POST) or a command (JSON on its standard input)
    #[arg(long, value_name = "URL|COMMAND")]
    pub notify: Option<String>,
    /// Send only notifications with these attributes, such as '{"event": ["failed"]}'
    #[arg(long, value_name = "JSON", requires = "notify")]
    pub notify_filter: Option<String>,
    #[command(flatten)]
    pub reporting: ReportingArguments,
}

/// The options of the work itself.
#[derive(Args, Clone, Debug)]
pub struct WorkArguments {
    #[command(flatten)]
    pub recognition: RecognitionArguments,
    #[command(flatten)]
    pub style: StyleArguments,
    #[command(flatten)]
    pub speakers: SpeakersArguments,
    #[command(flatten)]
    pub hiding: HidingArguments,
}
