//! The command line.

mod args;
mod batch;
mod bench;
mod caption;
mod captions;
mod check;
mod command_line;
mod convert;
#[cfg(feature = "mic")]
mod devices;
mod exit;
mod heard;
mod hiding;
mod hint;
mod interrupt;
mod live;
mod machine;
mod manual;
mod models;
mod outcome;
mod outputs;
mod plan;
mod recognition;
mod redacted_audio;
mod report;
mod saved;
mod second;
mod standard_input;
mod suggestion;
mod terms;
mod text_file;
mod transcribe_job;
mod usage;
mod version;
mod voices;
mod who;

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Parser;

pub use command_line::Arguments;
use command_line::Command;
pub use exit::exit;
use outcome::Outcome;

use crate::asr::catalog::Catalog;
use crate::log;

/// What the program was started for.
#[derive(Debug)]
pub enum Invocation {
    /// To open the window.
    App {
        /// The file to open, if one was named.
        file: Option<PathBuf>,
        /// Whether to print how long the frames took when the window closes.
        frame_stats: bool,
        /// Whether the network is disabled.
        offline: bool,
        /// The file for the log, if one was named.
        log: Option<PathBuf>,
    },
    /// To run a subcommand.
    Command(Box<Arguments>),
}

/// Parses the arguments of this process. Wrong usage ends the process with exit code 2, `--help` with 0.
pub fn invocation() -> Invocation {
    if let Some(error) = usage::mistyped_command() {
        usage::answer(&error);
    }
    let arguments = Arguments::try_parse_from(who::joined(std::env::args_os()))
        .unwrap_or_else(|error| usage::answer(&error));
    match &arguments.command {
        Some(_) => Invocation::Command(Box::new(arguments)),
        None => {
            let Arguments { file, frame_stats, offline, log, .. } = arguments;
            Invocation::App { file, frame_stats, offline, log }
        }
    }
}

/// Runs a subcommand, prints its errors and returns the exit code.
pub fn run(arguments: Arguments) -> u8 {
    let outcome = command(arguments).unwrap_or_else(|error| {
        tracing::error!("{error:#}");
        report::error(&error);
        Outcome::NothingDone
    });
    outcome.code()
}

fn command(arguments: Arguments) -> anyhow::Result<Outcome> {
    start_log(arguments.log.as_deref())?;
    if let Some(trouble) = Catalog::trouble() {
        anyhow::bail!("{trouble}");
    }
    match arguments.command {
        Some(Command::Caption(arguments)) => caption::run(&arguments),
        Some(Command::Batch(arguments)) => batch::run(&arguments),
        Some(Command::BatchWorker) => batch::work(),
        Some(Command::Check(arguments)) => check::run(&arguments),
        Some(Command::Convert(arguments)) => convert::run(&arguments),
        Some(Command::Live(arguments)) => live::run(&arguments),
        Some(Command::Terms(arguments)) => terms::run(&arguments),
        Some(Command::Heard(arguments)) => heard::run(&arguments),
        Some(Command::TranscribeJob(arguments)) => transcribe_job::run(&arguments),
        Some(Command::Models(arguments)) => models::run(&arguments),
        Some(Command::Voices(arguments)) => voices::run(&arguments),
        #[cfg(feature = "mic")]
        Some(Command::Devices(arguments)) => devices::run(&arguments),
        Some(Command::Bench(arguments)) => bench::run(&arguments),
        Some(Command::Completions { shell }) => Ok(manual::completions(shell)),
        Some(Command::Man { folder }) => manual::pages(&folder),
        None => Ok(Outcome::Done),
    }
}

/// Logs to the file that was named on the command line or in the environment; the window logs to the user's state
/// folder by default.
///
/// # Errors
/// When the file cannot be written.
pub fn start_window_log(named: Option<&Path>) -> anyhow::Result<()> {
    if log_file(named).is_some() {
        return start_log(named);
    }
    let Some(folder) = log::user_folder() else { return Ok(()) };
    log::to_folder(&folder).with_context(|| format!("{}: the log cannot be written", folder.display()))
}

fn start_log(named: Option<&Path>) -> anyhow::Result<()> {
    let Some(path) = log_file(named) else { return Ok(()) };
    log::to_file(&path)
        .with_context(|| format!("{}: the log cannot be written; choose another file", path.display()))
}

fn log_file(named: Option<&Path>) -> Option<PathBuf> {
    let from_environment =
        || std::env::var_os(log::VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
    named.map(Path::to_owned).or_else(from_environment)
}
