//! Worker processes: this program with the hidden subcommand `batch-worker`.

use std::ffi::OsString;
use std::io::{BufReader, stdin, stdout};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::Command;

use super::super::args::TaskArgument;
use super::super::interrupt::cancel_on_interrupt;
use super::super::outcome::Outcome;
use super::super::plan::{profile, transcribe_options};
use super::super::report::print_line;
use super::args::{BatchWorkerArguments, WorkArguments};
use crate::asr::locate::ModelRequest;
use crate::format::WriteOptions;
use crate::session::Engine;
use crate::session::batch::{Manner, Message, serve};

/// How jobs are done, as the arguments say.
pub fn manner(arguments: &WorkArguments) -> anyhow::Result<Manner> {
    Ok(Manner {
        transcribe: transcribe_options(&arguments.recognition)?,
        profile: profile(&arguments.style.profile)?,
        write: WriteOptions { word_times: arguments.style.word_times },
    })
}

/// The command that starts a worker for these arguments.
pub fn command(program: PathBuf, arguments: &WorkArguments, threads: NonZeroUsize) -> Command {
    let WorkArguments { recognition, style } = arguments;
    let mut command = Command::new(program);
    command.arg("batch-worker");
    let mut option = |name: &str, value: OsString| {
        command.arg(name).arg(value);
    };
    option("--model", recognition.model.clone());
    option("--language", recognition.language.clone().into());
    let task = match recognition.task {
        TaskArgument::Transcribe => "transcribe",
        TaskArgument::Translate => "translate",
    };
    option("--task", task.into());
    option("--threads", threads.to_string().into());
    if let Some(vocabulary) = &recognition.vocabulary {
        option("--vocabulary", vocabulary.into());
    }
    option("--profile", style.profile.clone().into());
    if style.word_times {
        command.arg("--word-times");
    }
    command
}

/// Does orders until they end. Errors that no order could change are told as a message.
pub fn work(arguments: &BatchWorkerArguments) -> anyhow::Result<Outcome> {
    let cancel = cancel_on_interrupt()?;
    let load = || {
        let manner = manner(&arguments.work)?;
        let model = ModelRequest::from_argument(&arguments.work.recognition.model);
        anyhow::Ok((Engine::load(&model)?, manner))
    };
    let (engine, manner) = match load() {
        Ok(loaded) => loaded,
        Err(error) => {
            let message = Message::Unusable(format!("{error:#}"));
            print_line(&serde_json::to_string(&message)?);
            return Ok(Outcome::NothingDone);
        }
    };
    serve(BufReader::new(stdin()), stdout(), &engine, &manner, &cancel)?;
    Ok(Outcome::Done)
}
