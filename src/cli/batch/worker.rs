//! Worker processes: this program with the hidden subcommand `batch-worker`.

use std::io::{BufReader, stdin, stdout};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use super::super::interrupt::Interrupt;
use super::super::outcome::Outcome;
use super::super::plan::{engine_request, profile, transcribe_options};
use super::args::{BatchWorkerArguments, WorkArguments};
use crate::batch::{Manner, Message, WorkerCommand, serve};
use crate::console::print_json;
use crate::format::WriteOptions;
use crate::recognize::Engine;

/// How jobs are done, as the arguments say.
pub fn manner(arguments: &WorkArguments) -> anyhow::Result<Manner> {
    Ok(Manner {
        transcribe: transcribe_options(&arguments.recognition)?,
        profile: profile(&arguments.style.profile)?,
        write: WriteOptions { word_times: arguments.style.word_times },
    })
}

/// What starts a worker for these arguments.
pub fn command(program: PathBuf, arguments: &WorkArguments, threads: NonZeroUsize) -> WorkerCommand {
    let WorkArguments { recognition, style } = arguments;
    WorkerCommand {
        program,
        model: recognition.model().to_owned(),
        backend: recognition.engine,
        language: recognition.language.clone(),
        task: recognition.task.into(),
        threads,
        vocabulary: recognition.vocabulary.clone(),
        profile: style.profile.clone(),
        word_times: style.word_times,
    }
}

/// Does orders until they end. Errors that no order could change are told as a message.
pub fn work(arguments: &BatchWorkerArguments) -> anyhow::Result<Outcome> {
    let cancel = Interrupt::watch()?.token();
    let load = || {
        let manner = manner(&arguments.work)?;
        anyhow::Ok((Engine::load(&engine_request(&arguments.work.recognition))?, manner))
    };
    let (engine, manner) = match load() {
        Ok(loaded) => loaded,
        Err(error) => {
            let message = Message::Unusable(format!("{error:#}"));
            print_json(&serde_json::to_value(&message)?);
            return Ok(Outcome::NothingDone);
        }
    };
    serve(BufReader::new(stdin()), stdout(), &engine, &manner, &cancel)?;
    Ok(Outcome::Done)
}
