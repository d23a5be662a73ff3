//! Who works on the queue: processes of this program, or a script in tests.

use std::env;
use std::num::NonZeroUsize;

use super::work::Wishes;
use crate::asr::Task;
use crate::asr::locate::{locate, search_roots};
use crate::asr::model::verify;
use crate::batch::{Manner, Process, Worker, WorkerCommand, memory_of, recognition};
use crate::format::WriteOptions;
use crate::machine::Machine;
use crate::recognize::TranscribeOptions;
use crate::time::MediaTime;
use crate::transcript::Language;
use crate::vad::WindowOptions;

/// Opens shops for batches. Called on worker threads.
pub trait Workshop: Send + Sync {
    /// Gets ready for about so many jobs.
    ///
    /// # Errors
    /// Why nothing can be done, for people.
    fn open(&self, wishes: &Wishes, jobs: usize) -> Result<Shop, String>;
}

/// What a batch is done with.
pub struct Shop {
    /// What the words depend on beside the sound.
    pub recognition: String,
    pub manner: Manner,
    /// Jobs at once.
    pub workers: NonZeroUsize,
    pub make_worker: Box<dyn Fn() -> Box<dyn Worker> + Send + Sync>,
}

/// Processes of this program, as many as cores and memory allow.
pub struct Processes;

impl Workshop for Processes {
    fn open(&self, wishes: &Wishes, jobs: usize) -> Result<Shop, String> {
        let text = |error: &dyn std::error::Error| error.to_string();
        let program = env::current_exe().map_err(|error| {
            format!("this program cannot find itself ({error}); start it by its full path")
        })?;
        let model = locate(&wishes.engine.model, &search_roots()).map_err(|error| text(&error))?;
        let checksum = verify(&model).map_err(|error| text(&error))?.checksum.to_string();
        let capacity = Machine::this().share(memory_of(&model), jobs, None, None);
        let command = WorkerCommand {
            program,
            model: model.path.into_os_string(),
            backend: wishes.engine.backend,
            language: wishes.language.clone().unwrap_or_else(|| "auto".to_owned()),
            task: Task::Transcribe,
            threads: capacity.threads,
            vocabulary: None,
            profile: wishes.profile.name.clone(),
            word_times: false,
        };
        Ok(Shop {
            recognition: recognition(&checksum, wishes.engine.backend),
            manner: wishes.manner(capacity.threads),
            workers: capacity.workers,
            make_worker: Box::new(move || {
                let command = command.clone();
                Box::new(Process::new(move || command.command()))
            }),
        })
    }
}

impl Wishes {
    /// How each job is done, as the command line of the workers says it too.
    pub fn manner(&self, threads: NonZeroUsize) -> Manner {
        Manner {
            transcribe: TranscribeOptions {
                language: self.language.as_ref().map(Language::new),
                task: Task::Transcribe,
                prompt: None,
                threads,
                windows: WindowOptions::default(),
                from: MediaTime::ZERO,
            },
            profile: self.profile.clone(),
            write: WriteOptions::default(),
        }
    }
}
