//! `lectern caption`: recordings in, captions out.

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::args::CaptionArguments;
use super::interrupt::Interrupt;
use super::outcome::Outcome;
use super::outputs::save;
use super::plan::{CaptionPlan, Job, engine_request};
use super::report::Reporter;
use crate::asr::CancelToken;
use crate::audio::Recording;
use crate::caption::check;
use crate::document::Document;
use crate::session::{Engine, TranscribeError, Transcriber, to_document};
use crate::time::MediaTime;
use crate::transcript::Language;

/// What became of a recording.
pub struct Captioned {
    pub outputs: Vec<PathBuf>,
    pub language: Language,
    pub duration: MediaTime,
    pub cues: usize,
    /// Broken rules that a person ought to mend.
    pub faults: usize,
    /// Broken rules for which the speech is too fast or too dense.
    pub speech_bound: usize,
}

pub fn run(arguments: &CaptionArguments) -> anyhow::Result<Outcome> {
    let plan = CaptionPlan::new(arguments)?;
    let interrupt = Interrupt::watch()?;
    let engine = Engine::load(&engine_request(&arguments.recognition))?;
    let cancel = interrupt.token();
    let mut reporter = Reporter::new(arguments.reporting);
    let (mut done, mut failed) = (0, 0);
    for job in &plan.jobs {
        reporter.start(&job.input);
        match caption(job, &plan, &engine, &cancel, &mut reporter) {
            Ok(captioned) => {
                done += 1;
                reporter.done(&captioned);
            }
            Err(_) if cancel.is_cancelled() => {
                reporter.failed(&anyhow::anyhow!("interrupted; {} was left as it was", job.input.display()));
                return Ok(Outcome::Interrupted);
            }
            Err(error) => {
                failed += 1;
                reporter.failed(&error);
            }
        }
    }
    reporter.summary(done, failed);
    Ok(match (done, failed) {
        (_, 0) => Outcome::Done,
        (0, _) => Outcome::NothingDone,
        _ => Outcome::PartlyFailed,
    })
}

fn caption(
    job: &Job,
    plan: &CaptionPlan,
    engine: &Engine,
    cancel: &CancelToken,
    reporter: &mut Reporter,
) -> anyhow::Result<Captioned> {
    if let (Some(path), false) = (job.existing().first(), plan.overwrite) {
        bail!("{}: is there already; give --overwrite to replace it, or --output-dir", path.display());
    }
    let recording = Recording::open(&job.input)?;
    let (transcript, warnings) = engine
        .transcribe(recording, &plan.transcribe, cancel, &mut |event| reporter.event(&event))
        .map_err(|error| name_input(error, &job.input))?;
    for warning in &warnings {
        reporter.warn(&warning.to_string());
    }
    if transcript.segments.is_empty() {
        reporter.warn("nobody speaks in this recording: the captions are empty");
    }
    let document = to_document(transcript, &job.input, plan.transcribe.task, &plan.profile);
    save(&document, job, plan, reporter)
}

/// Errors of the sound name their file; others do not know it.
fn name_input(error: TranscribeError, input: &Path) -> anyhow::Error {
    match error {
        TranscribeError::Audio(error) => error.into(),
        error => anyhow::Error::new(error).context(input.display().to_string()),
    }
}

/// How many rules the cues break: faults, and what the speech forces.
pub fn count_violations(document: &Document, plan: &CaptionPlan) -> (usize, usize) {
    let violations = check(&document.cues, &plan.profile);
    let faults = violations.iter().filter(|violation| violation.is_fault()).count();
    (faults, violations.iter().filter(|violation| violation.speech_bound).count())
}
