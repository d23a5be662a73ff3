//! Saves the captions of one recording in all formats.

use std::path::{Path, PathBuf};

use anyhow::anyhow;

use super::outcome::Outcome;
use super::plan::{CaptionJob, CaptionPlan, OutputFile};
use super::redacted_audio::write_redacted_audio;
use super::report::Reporter;
use super::saved::{SavedCaptions, Unsaved};
use crate::caption::check;
use crate::document::Document;
use crate::exchange::{ExportError, export, try_export};
use crate::project::{self, MediaReference, Project, ProjectError};

/// Checks before the work whether the captions can be saved.
pub fn try_outputs(job: &CaptionJob, overwrite: bool) -> Result<(), ExportError> {
    job.files().try_for_each(|(_, output)| try_export(output, overwrite))
}

/// Checks the same for the sound with tones.
pub fn try_audio(job: &CaptionJob, plan: &CaptionPlan) -> Result<(), ExportError> {
    if plan.redact_audio { try_export(&redacted_audio(job), plan.overwrite) } else { Ok(()) }
}

/// Returns the file for the sound with tones: beside the captions.
fn redacted_audio(job: &CaptionJob) -> PathBuf {
    job.outputs.first().map_or(&job.input, |output| &output.path).with_extension("redacted.wav")
}

/// Saves the captions. If a file cannot be written, the others still are, and the captions are also kept in a project.
/// What must not appear in the captions is hidden before anything except the unredacted copies is written.
pub fn save(
    mut document: Document,
    job: &CaptionJob,
    plan: &CaptionPlan,
    reporter: &Reporter,
) -> SavedCaptions {
    let mut files = Files::default();
    files.write(&document, &job.unredacted, plan);
    let hidden = plan.hiding.apply(&mut document);
    reporter.hidden(&hidden);
    if plan.redact_audio {
        let path = redacted_audio(job);
        files.add(write_redacted_audio(&job.input, &hidden, &path, plan.overwrite), &path);
    }
    for output in files.write(&document, &job.outputs, plan) {
        let losses: Vec<_> =
            output.format.losses(&document, &plan.write).iter().map(ToString::to_string).collect();
        if !losses.is_empty() {
            reporter.note(&format!("{} does not hold {}", output.format.name, losses.join("; ")));
        }
    }
    let (faults, speech_bound) = count_violations(&document, plan);
    let Files { written, failures } = files;
    SavedCaptions {
        outputs: written,
        language: document.language.clone(),
        duration: document.media.as_ref().map(|media| media.duration).unwrap_or_default(),
        cues: document.cues.len(),
        faults,
        speech_bound,
        unsaved: (!failures.is_empty()).then(|| Unsaved { failures, kept: keep(&document, &job.input) }),
    }
}

/// The files that were written, and why others were not.
#[derive(Default)]
struct Files {
    written: Vec<PathBuf>,
    failures: Vec<anyhow::Error>,
}

impl Files {
    /// Writes the captions to files, and returns those that were written.
    fn write<'a>(
        &mut self,
        document: &Document,
        outputs: &'a [OutputFile],
        plan: &CaptionPlan,
    ) -> Vec<&'a OutputFile> {
        let write = |output: &&OutputFile| {
            let result = export(document, output.format, &plan.write, &output.path, plan.overwrite);
            self.add(result.map_err(Into::into), &output.path)
        };
        outputs.iter().filter(write).collect()
    }

    /// Records the result for a file, and returns whether it was written.
    fn add(&mut self, result: anyhow::Result<()>, path: &Path) -> bool {
        let failure = result.err();
        if failure.is_none() {
            self.written.push(path.to_owned());
        }
        let is_written = failure.is_none();
        self.failures.extend(failure);
        is_written
    }
}

fn keep(document: &Document, input: &Path) -> Result<PathBuf, ProjectError> {
    let media = MediaReference::to(input).ok();
    let project = Project { document: document.clone(), media, ..Project::default() };
    project::keep(&project, input.file_stem().unwrap_or_default())
}

/// Reports which files were written and which were not.
pub fn report(mut captioned: SavedCaptions, reporter: &mut Reporter) -> Outcome {
    let Some(Unsaved { failures, kept }) = captioned.unsaved.take() else {
        reporter.done(&captioned);
        return Outcome::Done;
    };
    if !captioned.outputs.is_empty() {
        reporter.done(&captioned);
    }
    for failure in failures {
        reporter.failed(&failure);
    }
    match kept {
        Ok(path) => reporter.kept(&path),
        Err(failure) => reporter.failed(&anyhow!("the captions are lost: {failure}")),
    }
    if captioned.outputs.is_empty() { Outcome::NothingDone } else { Outcome::PartlyFailed }
}

/// Returns the number of faults, and of rules broken because of the speech.
fn count_violations(document: &Document, plan: &CaptionPlan) -> (usize, usize) {
    let violations = check(&document.cues, &plan.transcribe.request.profile);
    let faults = violations.iter().filter(|violation| violation.is_fault()).count();
    (faults, violations.iter().filter(|violation| violation.speech_bound).count())
}
