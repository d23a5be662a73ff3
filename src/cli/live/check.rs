//! `lectern live --check`: checks everything that a session needs.

use serde_json::{Value, json};

use super::finding::sentence;
use super::{LiveArguments, live_threads, open_source};
use crate::asr::locate::ModelRequest;
use crate::cli::outcome::Outcome;
use crate::cli::plan::CaptionPlan;
use crate::console::{eprint_line, print_json, print_line};
use crate::live::{
    Finding, FindingSeverity, LiveEngine, Preflight, Speed, models_here, models_to_get, preflight,
};
use crate::recognize::{Engine, EngineRequest};

pub(super) fn run(arguments: &LiveArguments, plan: &CaptionPlan) -> anyhow::Result<Outcome> {
    let threads = live_threads(&arguments.recognition);
    let engine = LiveEngine::new(&Engine::load(&plan.transcribe.request.engine)?, threads);
    let mut source = open_source(arguments, &engine)?;
    if !arguments.reporting.json && !arguments.reporting.quiet {
        eprint_line("lectern: recording for six seconds: speak as in the lecture");
    }
    let (mut detector, mut recognizer) = (engine.detector, (engine.make_recognizer)()?);
    let request = &plan.transcribe.request;
    let mut measured = preflight(
        source.as_mut(),
        detector.as_mut(),
        &mut recognizer,
        &arguments.output_dir,
        (&engine.clock, engine.free_space),
        request,
    )?;
    if arguments.recognition.model.is_none() {
        measured.choose(&models_here(request.language.as_ref()), |entry, samples| {
            let model = ModelRequest::Name(entry.name.clone());
            let engine_request = EngineRequest { model, backend: request.engine.backend };
            let mut recognizer =
                (LiveEngine::new(&Engine::load(&engine_request).ok()?, threads).make_recognizer)().ok()?;
            Some(((), Speed::measure(&mut recognizer, samples, &engine.clock, request).ok()?))
        });
    }
    if arguments.recognition.model.is_none() {
        measured.look_for_better(&models_to_get(request.language.as_ref()));
    }
    let findings = measured.findings();
    let worst = findings.iter().map(Finding::severity).max().unwrap_or(FindingSeverity::Good);
    if arguments.reporting.json {
        print_json(&object(&measured));
    } else {
        for finding in &findings {
            print_line(&format!("{:<5} {}", mark(finding.severity()), sentence(finding)));
        }
        print_line(verdict(worst));
        if let Some(name) = &measured.chosen {
            print_line(&format!("To use this model: lectern live --model {name}"));
        }
        if let Some(better) = measured.better {
            print_line(&format!("To get the better one: lectern models download {}", better.name));
        }
    }
    Ok(if worst == FindingSeverity::Bad { Outcome::PartlyFailed } else { Outcome::Done })
}

fn mark(severity: FindingSeverity) -> &'static str {
    match severity {
        FindingSeverity::Good => "good",
        FindingSeverity::Warning => "fair",
        FindingSeverity::Bad => "bad",
    }
}

fn verdict(worst: FindingSeverity) -> &'static str {
    match worst {
        FindingSeverity::Good => "You can start.",
        FindingSeverity::Warning => {
            "You can start, but captions will be better after these problems are fixed."
        }
        FindingSeverity::Bad => "Do not start like this: fix the problems marked as bad first.",
    }
}

fn object(measured: &Preflight) -> Value {
    let Preflight { sound, free, test_write, speed, chosen, better, .. } = measured;
    let findings: Vec<_> = measured
        .findings()
        .iter()
        .map(|finding| json!({ "severity": mark(finding.severity()), "text": sentence(finding) }))
        .collect();
    let latency = speed.latency();
    json!({
        "event": "check", "findings": findings,
        "peak_db": sound.peak_db, "noise_db": sound.noise_db, "speech_db": sound.speech_db,
        "clipped": sound.clipped, "free_hours": free.map(|free| free.as_secs_f64() / 3600.0),
        "test_write": test_write.as_secs_f64(), "draft": speed.draft.as_secs_f64(),
        "utterance": speed.utterance.as_secs_f64(), "decoded": speed.decoded.as_secs_f64(), "chosen": chosen,
        "better": better.map(|entry| &entry.name),
        "appears_after": latency.map(|(seen, _)| seen.as_secs_f64()),
        "certain_after": latency.map(|(_, certain)| certain.as_secs_f64()),
    })
}
