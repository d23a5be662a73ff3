//! Turns arguments into a plan of the batch.

use std::env;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::super::plan::{formats, with_speakers, write_options};
use super::super::recognition::{RecognitionArguments, transcribe_options};
use super::super::suggestion::nearest;
use super::args::{BatchArguments, WorkArguments};
use super::own::own_options;
use crate::asr::locate::{ModelFile, ModelRequest, locate, search_roots};
use crate::asr::model::verify;
use crate::audio::AudioError;
use crate::batch::{
    Capacity, Cause, Decision, Destination, Failure, FailureReason, FileFilter, Job, JobOptions, JobSource,
    LEAST_SPACE, Listed, Order, RecordingFault, RecordingList, STATE_FOLDER, Shard, Skip, Store, decide,
    free_space, jobs, measure, memory_of, read_list, recognition, settings_digest,
};
use crate::format::Format;
use crate::machine::Machine;
use crate::recognize::{Resources, TranscribeOptions};

/// An input that cannot be captioned, and why.
type FailedInput = (PathBuf, Failure);

/// Returns the options of every recording.
pub fn options(arguments: &WorkArguments) -> anyhow::Result<JobOptions> {
    let options = transcribe_options(&arguments.recognition, &arguments.style.profile)?;
    let transcribe = with_speakers(options, arguments.speakers.clone())?;
    Ok(JobOptions {
        write: write_options(arguments.style.word_times, &transcribe),
        transcribe,
        hiding: arguments.hiding.hiding()?,
    })
}

/// Makes plans; repeatedly if folders are watched.
pub struct Planner<'a> {
    arguments: &'a BatchArguments,
    formats: Vec<&'static Format>,
    options: JobOptions,
    filter: FileFilter,
    shard: Option<Shard>,
    model: ModelFile,
    recognition: String,
    pub store: Store,
}

/// What the batch will do.
#[derive(Default)]
pub struct BatchPlan {
    pub orders: Vec<Order>,
    /// Jobs that are left as they are, and why.
    pub skipped: Vec<(Order, Skip)>,
    /// Inputs that cannot be captioned, and why.
    pub failed: Vec<FailedInput>,
    /// Records of earlier batches that cannot be read.
    pub damaged: Vec<PathBuf>,
}

impl<'a> Planner<'a> {
    /// Checks all arguments.
    pub fn new(arguments: &'a BatchArguments) -> anyhow::Result<Self> {
        let model =
            locate(&ModelRequest::from_argument(arguments.work.recognition.model()), &search_roots())?;
        let variable = |name: &str| env::var(name).ok();
        let shard = match arguments.shard {
            Some(shard) => Some(shard),
            None => Shard::from_environment(variable, arguments.shards)?,
        };
        Ok(Self {
            arguments,
            formats: distinct_formats(arguments)?,
            options: options(&arguments.work)?,
            filter: FileFilter::new(&arguments.include, &arguments.exclude, arguments.max_depth)?,
            shard,
            recognition: recognition(
                &verify(&model)?.checksum.to_string(),
                arguments.work.recognition.engine,
            ),
            model,
            store: Store::create(&state_folder(arguments))?,
        })
    }

    /// Returns the plan for now, with the recordings that `takes` accepts.
    pub fn plan(&self, takes: &mut dyn FnMut(&Path) -> bool) -> anyhow::Result<BatchPlan> {
        let mut plan = BatchPlan::default();
        let (sources, unread) = self.find()?;
        let to = Destination {
            folder: self.arguments.output_dir.as_deref(),
            formats: &self.formats,
            with_project: false,
            base: self.store.base(),
        };
        let (jobs, refused) = jobs(sources, to, &mut own_options(&self.arguments.work));
        plan.failed.extend(unread);
        plan.failed.extend(refused);
        let is_ours = |job: &Job| self.shard.is_none_or(|shard| shard.holds(&job.id));
        for job in jobs.into_iter().filter(is_ours) {
            if job.input.try_exists().is_ok_and(|there| !there) {
                plan.failed.push(absent(job.input));
            } else if takes(&job.input) {
                plan.add(self.order(job), &self.store);
            }
        }
        let cores = Machine::this().cores;
        let mut work: Vec<_> = plan.orders.iter_mut().map(|order| &mut order.job).collect();
        measure(&mut work, cores);
        Ok(plan)
    }

    /// Returns whether other processes do the other parts.
    pub fn is_part(&self) -> bool {
        self.shard.is_some()
    }

    /// Returns the number of workers for this number of jobs, and of recognizers in each.
    pub fn capacity(&self, jobs: usize) -> Capacity {
        let RecognitionArguments { threads, low_memory, .. } = self.arguments.work.recognition;
        let threads = if low_memory { Some(NonZeroUsize::MIN) } else { threads };
        Machine::this().share(memory_of(&self.model), jobs, self.arguments.jobs, threads)
    }

    /// Returns the options for the workers.
    pub fn options_for(&self, capacity: Capacity) -> JobOptions {
        let transcribe = TranscribeOptions {
            resources: Resources { threads: capacity.threads, ..self.options.transcribe.resources },
            ..self.options.transcribe.clone()
        };
        JobOptions { transcribe, ..self.options.clone() }
    }

    fn order(&self, job: Job) -> Order {
        Order {
            settings: settings_digest(&job, &self.options, &self.recognition),
            state: self.store.folder().to_owned(),
            recognition: self.recognition.clone(),
            overwrite: self.arguments.overwrite,
            job,
        }
    }

    /// Finds the recordings in folders and lists.
    fn find(&self) -> anyhow::Result<(Vec<JobSource>, Vec<FailedInput>)> {
        let (mut sources, mut failed) = (Vec::new(), Vec::new());
        let source =
            |path: PathBuf, root: &Path| JobSource { listed: Listed::of(path), root: root.to_owned() };
        let paths = &self.arguments.paths;
        for path in paths {
            let beside = path.parent().unwrap_or(Path::new(""));
            if !path.is_dir() {
                sources.push(source(path.clone(), beside));
                continue;
            }
            // Several folders keep their names in a mirrored tree.
            let root = if paths.len() == 1 { path } else { beside };
            let (files, unread) = self.filter.find(path);
            sources.extend(files.into_iter().map(|path| source(path, root)));
            failed.extend(unread.into_iter().map(|error| {
                let message = error.to_string();
                (error.path, Failure { cause: Cause::Input, message, reason: None })
            }));
        }
        if let Some(file) = &self.arguments.from_file {
            let RecordingList { recordings: rows, other_columns } = read_list(file)?;
            refuse_mistyped(file, &other_columns)?;
            let root = common_folder(rows.iter().map(|row| row.path.as_path()));
            sources.extend(rows.into_iter().map(|listed| JobSource { listed, root: root.clone() }));
        }
        Ok((sources, failed))
    }
}

/// Refuses a list with a column whose name seems mistyped: to skip it could leave personal data in captions.
fn refuse_mistyped(list: &Path, columns: &[String]) -> anyhow::Result<()> {
    for column in columns {
        if let Some(meant) = nearest(column, Listed::COLUMNS.into_iter()) {
            bail!("{}: there is no column \"{column}\"; did you mean \"{meant}\"?", list.display());
        }
    }
    Ok(())
}

impl BatchPlan {
    pub fn is_empty(&self) -> bool {
        self.orders.is_empty() && self.skipped.is_empty() && self.failed.is_empty()
    }

    fn add(&mut self, order: Order, store: &Store) {
        let record = store.record(&order.job.id);
        self.damaged.extend(store.damaged_record(&order.job.id));
        match decide(&order.job, record.as_ref(), &order.settings, store, order.overwrite) {
            Decision::Caption => self.orders.push(order),
            Decision::Skip(skip) => self.skipped.push((order, skip)),
        }
    }
}

/// Reports a missing file before the work starts: more may be missing, if a disk is.
fn absent(path: PathBuf) -> FailedInput {
    let message = AudioError::NotFound { path: path.clone() }.to_string();
    let reason = Some(FailureReason::Recording(RecordingFault::NotFound));
    (path, Failure { cause: Cause::Input, message, reason })
}

fn distinct_formats(arguments: &BatchArguments) -> anyhow::Result<Vec<&'static Format>> {
    let formats = formats(&arguments.work.style.format)?;
    for (index, format) in formats.iter().enumerate() {
        let other = formats[..index].iter().find(|other| other.extensions[0] == format.extensions[0]);
        if let Some(other) = other {
            bail!(
                "{} and {} are both written to files that end in .{}; choose one of them",
                other.name,
                format.name,
                format.extensions[0]
            );
        }
    }
    Ok(formats)
}

/// Returns the state folder. Processes that share the work must find the same one.
pub fn state_folder(arguments: &BatchArguments) -> PathBuf {
    if let Some(state) = &arguments.state {
        return state.clone();
    }
    let beside = |path: &Path| path.parent().unwrap_or(Path::new("")).to_owned();
    let first = arguments.paths.iter().find(|path| path.is_dir()).cloned();
    let folder = arguments
        .output_dir
        .clone()
        .or(first)
        .or_else(|| arguments.from_file.as_deref().map(beside))
        .or_else(|| arguments.paths.first().map(|path| beside(path)));
    folder.unwrap_or_default().join(STATE_FOLDER)
}

fn common_folder<'a>(mut paths: impl Iterator<Item = &'a Path>) -> PathBuf {
    let first = paths.next().and_then(Path::parent).unwrap_or(Path::new("")).to_owned();
    paths.fold(first, |common, path| {
        let within = |folder: &&Path| path.starts_with(folder);
        common.ancestors().find(within).unwrap_or(Path::new("")).to_owned()
    })
}

/// Checks the free space before hours of work.
pub fn refuse_full_disk(orders: &[Order]) -> anyhow::Result<()> {
    let Some(output) = orders.first().and_then(|order| order.job.outputs.first()) else { return Ok(()) };
    match free_space(&output.path) {
        Some(free) if free < LEAST_SPACE => bail!(
            "the disk is full: {} MB are free, {} MB are needed to start; free some space: {}",
            free / 1_000_000,
            LEAST_SPACE / 1_000_000,
            output.path.display()
        ),
        _ => Ok(()),
    }
}
