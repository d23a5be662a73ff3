//! The arguments of `lectern batch` as they are typed.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::super::args::{RecognitionArguments, ReportingArguments, StyleArguments};
use crate::batch::Shard;

#[derive(Args, Debug)]
#[command(after_help = "A batch can be stopped at any time and run again: it goes on where it was. \
    Several batches may work on one tree, on any number of machines: none does what another does or has done.\n\n\
    Exit codes: 0 done; 1 done, but a recording failed; 2 wrong usage or nothing done; 130 interrupted.")]
pub struct BatchArguments {
    /// Folders, which are searched for recordings, and recordings
    #[arg(required_unless_present_any = ["from_file"])]
    pub paths: Vec<PathBuf>,
    /// List of recordings: a path on each line, or CSV with the columns path, title, language, vocabulary
    #[arg(long, value_name = "FILE")]
    pub from_file: Option<PathBuf>,
    /// Take files of these names only, such as '*.mp4' or 'week*/*'; may be given more than once
    #[arg(long, value_name = "PATTERN")]
    pub include: Vec<String>,
    /// Leave out files and folders of these names; may be given more than once
    #[arg(long, value_name = "PATTERN")]
    pub exclude: Vec<String>,
    /// How many folders deep to search; 1 is the folder itself
    #[arg(long, value_name = "N")]
    pub max_depth: Option<usize>,
    /// Folder for the captions, in which the tree of the recordings is mirrored; beside each where it is not given
    #[arg(long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// Folder for what batches remember and share; .lectern in the output folder, or in the first folder
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,
    #[command(flatten)]
    pub work: WorkArguments,
    /// Recordings that are worked on at once; as many as cores and memory allow where it is not given
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Replace captions that were corrected, or that no batch wrote
    #[arg(long)]
    pub overwrite: bool,
    /// Do part I of N only; taken from the scheduler in a Slurm, AWS Batch or Kubernetes array job
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,
    /// How many parts there are, where the scheduler of an array job does not tell
    #[arg(long, value_name = "N", conflicts_with = "shard")]
    pub shards: Option<u64>,
    /// Go on looking for new recordings, each when it has stopped growing, until the program is told to end
    #[arg(long, conflicts_with_all = ["from_file", "report"])]
    pub watch: bool,
    /// A watched file is taken when it has not changed for this many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10, requires = "watch")]
    pub settle: u64,
    /// Only report what became of all recordings so far, by any batch with this state
    #[arg(long)]
    pub report: bool,
    /// Write the report to a file: a web page (.html) or JSON (.json)
    #[arg(long, value_name = "FILE")]
    pub report_to: Option<PathBuf>,
    /// Tell a web address (a POST of JSON) or a command (JSON on its standard input) what happens
    #[arg(long, value_name = "URL|COMMAND")]
    pub notify: Option<String>,
    /// Notify only of events with these attributes, such as '{"event": ["failed"]}'
    #[arg(long, value_name = "JSON", requires = "notify")]
    pub notify_filter: Option<String>,
    #[command(flatten)]
    pub reporting: ReportingArguments,
}

/// What a worker has to know.
#[derive(Args, Clone, Debug)]
pub struct WorkArguments {
    #[command(flatten)]
    pub recognition: RecognitionArguments,
    #[command(flatten)]
    pub style: StyleArguments,
}
