//! Runs the jobs of the queue: processes of this program, or a script in tests.

use std::env;
use std::num::NonZeroUsize;

use super::QueueError;
use super::work::QueueOptions;
use crate::asr::locate::{ModelRequest, locate, search_roots};
use crate::asr::model::verify;
use crate::batch::{JobOptions, Process, Worker, memory_of, recognition, worker_command};
use crate::format::WriteOptions;
use crate::machine::Machine;
use crate::recognize::{CaptionRequest, EngineRequest, Resources, TranscribeOptions};

/// Prepares batches. Called on worker threads.
pub trait BatchBackend: Send + Sync {
    /// Prepares for about this number of jobs.
    ///
    /// # Errors
    /// [`QueueError`]: the model cannot be used, or the path of this program is unknown.
    fn open(&self, options: &QueueOptions, jobs: usize) -> Result<BatchSetup, QueueError>;
}

/// What a batch needs to run.
pub struct BatchSetup {
    /// Everything that the words depend on, apart from the sound.
    pub recognition: String,
    /// Options for each job.
    pub options: JobOptions,
    /// Number of jobs at a time.
    pub workers: NonZeroUsize,
    /// Makes the worker of a thread.
    pub make_worker: Box<dyn Fn() -> Box<dyn Worker> + Send + Sync>,
}

/// Runs processes of this program, as many as cores and memory allow.
pub struct Processes;

impl BatchBackend for Processes {
    fn open(&self, options: &QueueOptions, jobs: usize) -> Result<BatchSetup, QueueError> {
        let request = &options.transcribe.request;
        let program = env::current_exe().map_err(QueueError::NoProgram)?;
        let model = locate(&request.engine.model, &search_roots())?;
        let checksum = verify(&model)?.checksum.to_string();
        let capacity = Machine::this().share(memory_of(&model), jobs, None, None);
        let resources = match options.transcribe.resources {
            Resources::LEAST => Resources::LEAST,
            _ => Resources::on(capacity.threads),
        };
        // A path, so that the workers cannot find another model of this name.
        let engine = EngineRequest { model: ModelRequest::Path(model.path), backend: request.engine.backend };
        let request = CaptionRequest { engine, ..request.clone() };
        let transcribe = TranscribeOptions { request, resources, ..options.transcribe.clone() };
        let options =
            JobOptions { transcribe, write: WriteOptions::default(), hiding: options.hiding.clone() };
        let recognition = recognition(&checksum, options.transcribe.request.engine.backend);
        let make_worker = {
            let options = options.clone();
            move || -> Box<dyn Worker> {
                let program = program.clone();
                Box::new(Process::new(move || worker_command(&program), options.clone()))
            }
        };
        Ok(BatchSetup { recognition, options, workers: capacity.workers, make_worker: Box::new(make_worker) })
    }
}
