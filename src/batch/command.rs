//! How worker processes are started.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::Command;

use crate::asr::{Backend, Task};

/// What a worker is told on its command line, which `lectern batch-worker` reads.
#[derive(Clone, Debug)]
pub struct WorkerCommand {
    /// This program.
    pub program: PathBuf,
    /// Name or path of the model.
    pub model: OsString,
    pub backend: Backend,
    /// Code of the language that is spoken, or `auto`.
    pub language: String,
    pub task: Task,
    /// Recognizers in the worker.
    pub threads: NonZeroUsize,
    pub vocabulary: Option<PathBuf>,
    /// Name or file of the profile.
    pub profile: String,
    pub word_times: bool,
}

impl WorkerCommand {
    /// The command, whose input and output are still to be set.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("batch-worker");
        let mut option = |name: &str, value: OsString| {
            command.arg(name).arg(value);
        };
        option("--model", self.model.clone());
        option("--engine", self.backend.name().into());
        option("--language", self.language.clone().into());
        option("--task", self.task.name().into());
        option("--threads", self.threads.to_string().into());
        if let Some(vocabulary) = &self.vocabulary {
            option("--vocabulary", vocabulary.into());
        }
        option("--profile", self.profile.clone().into());
        if self.word_times {
            command.arg("--word-times");
        }
        command
    }
}
