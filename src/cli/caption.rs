//! `lectern caption`: captions recordings.

use std::path::Path;

use anyhow::anyhow;

use super::args::{CaptionArguments, ReportingArguments};
use super::interrupt::Interrupt;
use super::outcome::Outcome;
use super::outputs::{report, save, try_audio, try_outputs};
use super::plan::{CaptionJob, CaptionPlan};
use super::report::{Reporter, warn_of_processor};
use super::saved::SavedCaptions;
use super::second::SecondOpinions;
use super::standard_input::InputSpool;
use crate::asr::CancelToken;
use crate::audio::Recording;
use crate::recognize::{Engine, TranscribeError, Transcriber, to_document};

pub fn run(arguments: &CaptionArguments) -> anyhow::Result<Outcome> {
    let mut plan = CaptionPlan::new(arguments)?;
    let spool = InputSpool::read(&mut plan, arguments)?;
    run_jobs(&plan, arguments.reporting, spool.as_ref())
}

/// Captions the recordings of a plan, one after the other.
pub fn run_plan(plan: &CaptionPlan, reporting: ReportingArguments) -> anyhow::Result<Outcome> {
    run_jobs(plan, reporting, None)
}

fn run_jobs(
    plan: &CaptionPlan,
    reporting: ReportingArguments,
    spool: Option<&InputSpool>,
) -> anyhow::Result<Outcome> {
    let mut reporter = Reporter::new(reporting).hiding(&plan.hiding);
    let mut outcomes = Vec::new();
    let mut jobs = Vec::new();
    for job in &plan.jobs {
        match try_outputs(job, plan.overwrite).and_then(|()| try_audio(job, plan)) {
            Ok(()) => jobs.push(job),
            Err(failure) => {
                reporter.start(&job.input);
                reporter.failed(&failure.into());
                outcomes.push(Outcome::NothingDone);
            }
        }
    }
    if !jobs.is_empty() {
        let interrupt = Interrupt::watch()?;
        warn_of_processor(plan.transcribe.request.engine.backend, reporting.quiet);
        let engine = Engine::load(&plan.transcribe.request.engine)?;
        let cancel = interrupt.token();
        let mut second = plan.second_opinion.then(SecondOpinions::default);
        for job in jobs {
            let outcome =
                caption_and_report(job, plan, spool, &engine, second.as_mut(), &cancel, &mut reporter);
            if outcome == Outcome::Interrupted {
                return Ok(outcome);
            }
            outcomes.push(outcome);
        }
    }
    let done = outcomes.iter().filter(|outcome| **outcome == Outcome::Done).count();
    reporter.summary(done, outcomes.len() - done);
    Ok(Outcome::of_all(&outcomes))
}

fn caption_and_report(
    job: &CaptionJob,
    plan: &CaptionPlan,
    spool: Option<&InputSpool>,
    engine: &Engine,
    second: Option<&mut SecondOpinions>,
    cancel: &CancelToken,
    reporter: &mut Reporter,
) -> Outcome {
    reporter.start(&job.input);
    reporter.show_bar();
    let captioned = caption(job, plan, engine, second, cancel, reporter);
    let printed = captioned.and_then(|mut captioned| {
        spool.map_or(Ok(()), |spool| spool.print(job, &mut captioned))?;
        Ok(captioned)
    });
    match printed {
        Ok(captioned) => report(captioned, reporter),
        Err(_) if cancel.is_cancelled() => {
            reporter.failed(&anyhow!("interrupted; no captions were written for {}", job.input.display()));
            Outcome::Interrupted
        }
        Err(error) => {
            reporter.failed(&error);
            Outcome::NothingDone
        }
    }
}

fn caption(
    job: &CaptionJob,
    plan: &CaptionPlan,
    engine: &Engine,
    second: Option<&mut SecondOpinions>,
    cancel: &CancelToken,
    reporter: &mut Reporter,
) -> anyhow::Result<SavedCaptions> {
    let recording = Recording::open(&job.input)?;
    let (mut transcript, warnings) = engine
        .transcribe(recording, &plan.transcribe, cancel, &mut |event| reporter.event(&event))
        .map_err(|error| name_input(error, &job.input))?;
    for warning in &warnings {
        reporter.warn(&warning.to_string());
    }
    if transcript.segments.is_empty() {
        reporter.warn("no speech was found in this recording: the captions are empty");
    } else if let Some(second) = second {
        second.add(&mut transcript, &job.input, &plan.transcribe, cancel, reporter)?;
    }
    let mut document = to_document(transcript, &job.input, &plan.transcribe.request);
    if let Some(title) = &job.title {
        document.title.clone_from(title);
    }
    Ok(save(document, job, plan, reporter))
}

/// Adds the name of the file to errors that lack it; audio errors have it.
fn name_input(error: TranscribeError, input: &Path) -> anyhow::Error {
    match error {
        TranscribeError::Audio(error) => error.into(),
        error => anyhow::Error::new(error).context(input.display().to_string()),
    }
}
