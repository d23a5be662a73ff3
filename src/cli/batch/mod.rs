//! `lectern batch`: captions many recordings, and makes a report.

mod args;
mod notices;
mod own;
mod page;
mod plan;
mod progress;
mod table;
mod watching;
mod worker;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, bail};
use serde_json::json;

pub use args::BatchArguments;
pub use worker::work;

use self::notices::Notifications;
use self::plan::{BatchPlan, Planner, refuse_full_disk, state_folder};
use self::progress::BatchProgress;
use super::interrupt::Interrupt;
use super::outcome::Outcome;
use super::report::warn_of_processor;
use crate::asr::CancelToken;
use crate::batch::{
    self, BatchEvent, Claims, Failure, JobId, LEASE, Process, Queue, Record, Report, Store, worker_command,
};
use crate::console::print_json;

pub fn run(arguments: &BatchArguments) -> anyhow::Result<Outcome> {
    if let Some(file) = &arguments.report_to {
        refuse_unknown_kind(file)?;
    }
    if arguments.report {
        return report(arguments);
    }
    warn_of_processor(arguments.work.recognition.engine, arguments.reporting.quiet);
    let cancel = Interrupt::watch()?.token();
    let batch = Batch {
        arguments,
        planner: Planner::new(arguments)?,
        reporters: Mutex::new(Reporters {
            progress: BatchProgress::new(arguments.reporting),
            notices: Notifications::new(arguments)?,
            report: Report::default(),
        }),
    };
    if arguments.watch {
        batch.watch(&cancel)?
    } else {
        batch.run(&cancel)?
    }
    let reporters = batch.reporters.into_inner().unwrap_or_else(PoisonError::into_inner);
    let Reporters { mut progress, notices, mut report } = reporters;
    report.sort();
    // Watching always ends with a signal, which does not count as an interruption.
    let outcome = outcome(&report, cancel.is_cancelled() && !arguments.watch);
    progress.finish(&report);
    for error in notices.finish(&report, outcome) {
        progress.warn(&error);
    }
    print_report(&report, arguments)?;
    Ok(outcome)
}

/// A running batch.
struct Batch<'a> {
    arguments: &'a BatchArguments,
    planner: Planner<'a>,
    reporters: Mutex<Reporters>,
}

/// Everything that the events of a batch are reported to.
struct Reporters {
    progress: BatchProgress,
    notices: Notifications,
    report: Report,
}

impl Batch<'_> {
    fn run(&self, cancel: &CancelToken) -> anyhow::Result<()> {
        let plan = self.planner.plan(&mut |_| true)?;
        if plan.is_empty() && !self.planner.is_part() {
            bail!("there are no recordings here; --include names files of other kinds, such as '*.dat'");
        }
        refuse_full_disk(&plan.orders)?;
        self.reporters().begin(&plan, &self.planner.store)?;
        let jobs = plan.orders.len();
        self.work(&Queue::of(plan.orders), jobs, cancel)
    }

    fn work(&self, queue: &Queue, jobs: usize, cancel: &CancelToken) -> anyhow::Result<()> {
        if jobs == 0 {
            return Ok(());
        }
        let program = env::current_exe()
            .context("the path of this program is not known; start it with its full path")?;
        let capacity = self.planner.capacity(jobs);
        self.reporters().progress.sharing(capacity);
        let options = self.planner.options_for(capacity);
        let store = &self.planner.store;
        let claims = Claims::new(store, LEASE)?;
        batch::run(
            queue,
            store,
            &claims,
            capacity.workers,
            || Process::new(|| worker_command(&program), options.clone()),
            cancel,
            |event| {
                self.reporters().event(&event, store);
            },
        )?;
        Ok(())
    }

    fn reporters(&self) -> MutexGuard<'_, Reporters> {
        self.reporters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reporters {
    /// Reports a plan, and the recordings that need no work.
    fn begin(&mut self, plan: &BatchPlan, store: &Store) -> anyhow::Result<()> {
        self.progress.planned(plan);
        for record in &plan.damaged {
            let shown = record.display();
            self.progress
                .warn(&format!("{shown}: this record is damaged; results of earlier batches are lost"));
        }
        let record = |(path, failure): &(PathBuf, Failure)| {
            (JobId::new(path, store.base()), Record::of_failure(path, "", store, failure.clone()))
        };
        let records: Vec<_> = plan.failed.iter().map(record).collect();
        store.write_records(&records)?;
        for ((path, failure), (_, record)) in plan.failed.iter().zip(records) {
            self.progress.failed(path, failure);
            self.notices.failed(path, failure);
            self.report.add(record);
        }
        for (order, skip) in &plan.skipped {
            self.progress.skipped(&order.job.input, *skip);
            self.report.skip(order, *skip, store);
        }
        Ok(())
    }

    fn event(&mut self, event: &BatchEvent, store: &Store) {
        self.progress.event(event);
        self.notices.event(event);
        self.report.take(event, store);
    }
}

/// Reports the results of all batches of a state folder.
fn report(arguments: &BatchArguments) -> anyhow::Result<Outcome> {
    let folder = state_folder(arguments);
    if !folder.is_dir() {
        bail!("{}: no batch has run here; pass its folders, or its --state", folder.display());
    }
    let report = Report::of(&Store::at(&folder))?;
    print_report(&report, arguments)?;
    Ok(outcome(&report, false))
}

fn outcome(report: &Report, interrupted: bool) -> Outcome {
    let totals = report.totals();
    match (interrupted, totals.failed) {
        (true, _) => Outcome::Interrupted,
        (false, 0) => Outcome::Done,
        (false, failed) if failed == totals.recordings => Outcome::NothingDone,
        (false, _) => Outcome::PartlyFailed,
    }
}

/// Prints the report, and writes it to a file if asked.
fn print_report(report: &Report, arguments: &BatchArguments) -> anyhow::Result<()> {
    if arguments.reporting.json {
        if arguments.report {
            print_json(&as_json(report));
        }
    } else if !arguments.reporting.quiet {
        table::print(report);
    }
    if let Some(file) = &arguments.report_to {
        let text = if is_page(file) { page::page(report) } else { format!("{:#}\n", as_json(report)) };
        fs::write(file, text).with_context(|| format!("the report cannot be written: {}", file.display()))?;
    }
    Ok(())
}

fn as_json(report: &Report) -> serde_json::Value {
    json!({ "totals": report.totals(), "recordings": report.entries })
}

fn is_page(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("html"))
}

fn refuse_unknown_kind(file: &Path) -> anyhow::Result<()> {
    let is_json = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if !is_json && !is_page(file) {
        bail!("the report must be a .html or .json file, not {}", file.display());
    }
    Ok(())
}
