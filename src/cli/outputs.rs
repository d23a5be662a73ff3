//! Saves the captions of one recording in all formats.

use std::path::{Path, PathBuf};

use anyhow::anyhow;

use super::outcome::Outcome;
use super::plan::{CaptionPlan, Job};
use super::report::Reporter;
use crate::caption::check;
use crate::document::Document;
use crate::exchange::{ExportError, export, try_export};
use crate::project::{self, MediaReference, Project, ProjectError};
use crate::time::MediaTime;
use crate::transcript::Language;

/// The result of one recording.
pub struct Captioned {
    /// The files that were written.
    pub outputs: Vec<PathBuf>,
    pub language: Language,
    pub duration: MediaTime,
    pub cues: usize,
    /// The number of broken rules that a person should fix.
    pub faults: usize,
    /// The number of rules broken because the speech is too fast or too dense.
    pub speech_bound: usize,
    pub unsaved: Option<Unsaved>,
}

/// Files that could not be written.
pub struct Unsaved {
    failures: Vec<ExportError>,
    /// The project that holds the captions instead.
    kept: Result<PathBuf, ProjectError>,
}

/// Checks before the work whether the captions can be saved.
pub fn try_outputs(job: &Job, overwrite: bool) -> Result<(), ExportError> {
    job.outputs.iter().try_for_each(|output| try_export(&output.path, overwrite))
}

/// Saves the captions. If a file cannot be written, the others still are, and the captions are also kept in a project.
/// What the captions must not show is hidden before anything is written.
pub fn save(mut document: Document, job: &Job, plan: &CaptionPlan, reporter: &Reporter) -> Captioned {
    reporter.hidden(&plan.hiding.apply(&mut document));
    let document = &document;
    let (mut outputs, mut failures) = (Vec::new(), Vec::new());
    for output in &job.outputs {
        match export(document, output.format, &plan.write, &output.path, plan.overwrite) {
            Ok(()) => outputs.push(output.path.clone()),
            Err(failure) => {
                failures.push(failure);
                continue;
            }
        }
        let losses = output.format.losses(document, &plan.write);
        if !losses.is_empty() {
            let losses: Vec<_> = losses.iter().map(ToString::to_string).collect();
            reporter.note(&format!("{} does not hold {}", output.format.name, losses.join("; ")));
        }
    }
    let (faults, speech_bound) = count_violations(document, plan);
    Captioned {
        outputs,
        language: document.language.clone(),
        duration: document.media.as_ref().map(|media| media.duration).unwrap_or_default(),
        cues: document.cues.len(),
        faults,
        speech_bound,
        unsaved: (!failures.is_empty()).then(|| Unsaved { failures, kept: keep(document, &job.input) }),
    }
}

fn keep(document: &Document, input: &Path) -> Result<PathBuf, ProjectError> {
    let media = MediaReference::to(input).ok();
    let project = Project { document: document.clone(), media, ..Project::default() };
    project::keep(&project, input.file_stem().unwrap_or_default())
}

/// Reports which files were written and which were not.
pub fn report(mut captioned: Captioned, reporter: &mut Reporter) -> Outcome {
    let Some(Unsaved { failures, kept }) = captioned.unsaved.take() else {
        reporter.done(&captioned);
        return Outcome::Done;
    };
    if !captioned.outputs.is_empty() {
        reporter.done(&captioned);
    }
    for failure in failures {
        reporter.failed(&failure.into());
    }
    match kept {
        Ok(path) => reporter.kept(&path),
        Err(failure) => reporter.failed(&anyhow!("the captions are lost: {failure}")),
    }
    if captioned.outputs.is_empty() { Outcome::NothingDone } else { Outcome::PartlyFailed }
}

/// The number of faults, and of rules broken because of the speech.
fn count_violations(document: &Document, plan: &CaptionPlan) -> (usize, usize) {
    let violations = check(&document.cues, &plan.transcribe.request.profile);
    let faults = violations.iter().filter(|violation| violation.is_fault()).count();
    (faults, violations.iter().filter(|violation| violation.speech_bound).count())
}
