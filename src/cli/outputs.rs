//! Saves the captions of one recording in all its formats.

use super::caption::{Captioned, count_violations};
use super::plan::{CaptionPlan, Job};
use super::report::Reporter;
use crate::document::Document;
use crate::session::export;

pub fn save(
    document: &Document,
    job: &Job,
    plan: &CaptionPlan,
    reporter: &Reporter,
) -> anyhow::Result<Captioned> {
    let mut outputs = Vec::new();
    for output in &job.outputs {
        export(document, output.format, &plan.write, &output.path, plan.overwrite)?;
        let losses = output.format.losses(document, &plan.write);
        if !losses.is_empty() {
            let losses: Vec<_> = losses.iter().map(ToString::to_string).collect();
            reporter.note(&format!("{} does not hold {}", output.format.name, losses.join("; ")));
        }
        outputs.push(output.path.clone());
    }
    let (faults, speech_bound) = count_violations(document, plan);
    Ok(Captioned {
        outputs,
        language: document.language.clone(),
        duration: document.media.as_ref().map(|media| media.duration).unwrap_or_default(),
        cues: document.cues.len(),
        faults,
        speech_bound,
    })
}
