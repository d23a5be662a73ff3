//! `lectern transcribe-job`: runs jobs in the form of Amazon Transcribe.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use clap::Args;
use serde_json::json;
use thiserror::Error;

use super::args::ReportingArguments;
use super::caption::run_plan;
use super::hiding::filter;
use super::outcome::Outcome;
use super::plan::{CaptionJob, CaptionPlan, OutputFile, format_to_write, refuse_shared_outputs};
use super::recognition::{MIXED, RecognitionArguments, transcribe_options};
use super::report::error;
use super::text_file::read_text;
use crate::amazon::{Address, Subtitle, TranscriptionJob};
use crate::asr::Backend;
use crate::caption::DEFAULT_PROFILE;
use crate::console::print_json;
use crate::format::WriteOptions;
use crate::hide::Hiding;
use crate::recognize::{CaptionRequest, ChannelWish, SpeakerWish, TranscribeOptions};

#[derive(Args, Debug)]
pub(super) struct TranscribeJobArguments {
    /// StartTranscriptionJob documents (JSON)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Folder that stands for a bucket in S3; may be repeated
    #[arg(long, value_name = "NAME=DIR", value_parser = bucket)]
    bucket: Vec<(String, PathBuf)>,
    /// Folder for jobs that name no bucket
    #[arg(long, value_name = "DIR", default_value = ".")]
    output_dir: PathBuf,
    /// Folder with vocabularies: NAME.txt for the VocabularyName of a job
    #[arg(long, value_name = "DIR")]
    vocabularies: Option<PathBuf>,
    /// Folder with word filters: NAME.txt for the VocabularyFilterName of a job
    #[arg(long, value_name = "DIR")]
    filters: Option<PathBuf>,
    /// Speech model: a name from `lectern models list`, or a file [default: base-q8_0]
    #[arg(long, value_name = "NAME|PATH")]
    model: Option<OsString>,
    /// Speech recognition engine: auto, cpu (Lectern's own) or whisper.cpp
    #[arg(long, default_value_t, value_name = "NAME")]
    engine: Backend,
    /// Number of recognizers that run in parallel [default: one per core, at most 8]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Replace files that already exist
    #[arg(long)]
    overwrite: bool,
    #[command(flatten)]
    reporting: ReportingArguments,
}

/// An argument that names no folder for a bucket.
#[derive(Debug, Error)]
#[error("write NAME=DIR")]
struct NoBucket;

fn bucket(argument: &str) -> Result<(String, PathBuf), NoBucket> {
    let pair = argument.split_once('=').filter(|(name, folder)| !name.is_empty() && !folder.is_empty());
    let (name, folder) = pair.ok_or(NoBucket)?;
    Ok((name.to_owned(), folder.into()))
}

pub(super) fn run(arguments: &TranscribeJobArguments) -> anyhow::Result<Outcome> {
    let mut outcomes = Vec::new();
    for file in &arguments.files {
        let outcome = perform(file, arguments).unwrap_or_else(|failure| {
            error(&failure);
            Outcome::NothingDone
        });
        if outcome == Outcome::Interrupted {
            return Ok(outcome);
        }
        outcomes.push(outcome);
    }
    Ok(Outcome::of_all(&outcomes))
}

fn perform(file: &Path, arguments: &TranscribeJobArguments) -> anyhow::Result<Outcome> {
    let document = read_text(file).with_context(|| format!("{}: the job cannot be read", file.display()))?;
    let job = TranscriptionJob::parse(&document).with_context(|| file.display().to_string())?;
    let plan = plan(&job, arguments).with_context(|| file.display().to_string())?;
    let outcome = run_plan(&plan, arguments.reporting)?;
    if arguments.reporting.json {
        print_status(&job, &plan, outcome);
    }
    Ok(outcome)
}

fn plan(job: &TranscriptionJob, arguments: &TranscribeJobArguments) -> anyhow::Result<CaptionPlan> {
    let recognition = RecognitionArguments {
        model: arguments.model.clone(),
        engine: arguments.engine,
        language: match &job.language {
            Some(language) => language.tag().to_owned(),
            None if job.changes_language => MIXED.to_owned(),
            None => "auto".to_owned(),
        },
        languages: job.languages.iter().map(|language| language.tag().to_owned()).collect(),
        threads: arguments.threads,
        alternatives: job.alternatives,
        vocabulary: named(job.vocabulary.as_deref(), &arguments.vocabularies, "--vocabularies")?,
        ..RecognitionArguments::default()
    };
    let list = named(job.filter.as_ref().map(|(name, _)| name.as_str()), &arguments.filters, "--filters")?;
    let method = job.filter.as_ref().map(|(_, method)| *method).unwrap_or_default();
    let jobs = vec![files(job, arguments)?];
    refuse_shared_outputs(jobs.iter().flat_map(CaptionJob::files))?;
    Ok(CaptionPlan {
        jobs,
        transcribe: options(job, transcribe_options(&recognition, DEFAULT_PROFILE)?),
        write: WriteOptions::default(),
        hiding: Hiding {
            filter: list.map(|path| filter(&path, method)).transpose()?,
            redaction: job.redaction.clone(),
        },
        redact_audio: false,
        second_opinion: false,
        overwrite: arguments.overwrite,
    })
}

/// Returns the options with what a job asks of speakers and channels.
fn options(job: &TranscriptionJob, options: TranscribeOptions) -> TranscribeOptions {
    let speakers = job.speakers.map(SpeakerWish::AtMost).unwrap_or_default();
    let channels = if job.channels { ChannelWish::Apart(Vec::new()) } else { ChannelWish::Mixed };
    TranscribeOptions { request: CaptionRequest { speakers, channels, ..options.request }, ..options }
}

/// The file of a vocabulary or a list that a job names.
fn named(name: Option<&str>, folder: &Option<PathBuf>, option: &str) -> anyhow::Result<Option<PathBuf>> {
    let Some(name) = name else { return Ok(None) };
    let Some(folder) = folder else {
        bail!("the job names \"{name}\"; name the folder with {name}.txt by {option}")
    };
    Ok(Some(folder.join(format!("{name}.txt"))))
}

/// Returns the recording and the files of a job. Redacted files are named as the service names them:
/// `redacted-NAME.json`.
fn files(job: &TranscriptionJob, arguments: &TranscribeJobArguments) -> anyhow::Result<CaptionJob> {
    let buckets: BTreeMap<_, _> =
        arguments.bucket.iter().map(|(name, folder)| (name.as_str(), folder)).collect();
    let folder = |bucket: &str| {
        let unknown =
            || anyhow!("the job names the bucket \"{bucket}\"; name its folder by --bucket {bucket}=DIR");
        buckets.get(bucket).copied().ok_or_else(unknown)
    };
    let transcript = match (&job.output_bucket, &job.output_key) {
        (Some(bucket), Some(key)) => in_bucket(bucket, key, folder(bucket)?, &job.name)?,
        (Some(bucket), None) => folder(bucket)?.join(format!("{}.json", job.name)),
        (None, _) => arguments.output_dir.join(format!("{}.json", job.name)),
    };
    let subtitles = job.subtitles.iter().map(|subtitle| Subtitle::name(*subtitle));
    let outputs = |transcript: &Path| {
        let subtitle = |name: &'static str| (name, transcript.with_extension(name));
        let files =
            [("transcribe", transcript.to_owned())].into_iter().chain(subtitles.clone().map(subtitle));
        let output = |(name, path): (&str, PathBuf)| Ok(OutputFile { format: format_to_write(name)?, path });
        files.map(output).collect::<anyhow::Result<Vec<_>>>()
    };
    let redacted = || {
        let name = transcript.file_name().unwrap_or_default().to_string_lossy();
        transcript.with_file_name(format!("redacted-{name}"))
    };
    Ok(CaptionJob {
        input: job.media.below(folder(&job.media.bucket)?)?,
        title: Some(job.name.clone()),
        outputs: outputs(&if job.redaction.is_some() { redacted() } else { transcript.clone() })?,
        unredacted: if job.with_unredacted { outputs(&transcript)? } else { Vec::new() },
    })
}

/// Returns the file of a transcript for an output key, which names a folder if it ends with a slash.
fn in_bucket(bucket: &str, key: &str, folder: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let key = if key.ends_with('/') { format!("{key}{name}.json") } else { key.to_owned() };
    Ok(Address { bucket: bucket.to_owned(), key }.below(folder)?)
}

/// Prints the service's answer to GetTranscriptionJob.
fn print_status(job: &TranscriptionJob, plan: &CaptionPlan, outcome: Outcome) {
    let shown =
        |outputs: &[OutputFile]| outputs.iter().map(|o| o.path.display().to_string()).collect::<Vec<_>>();
    let tags: Vec<_> = job.tags.iter().map(|(key, value)| json!({ "Key": key, "Value": value })).collect();
    let mut transcript = json!({});
    for files in &plan.jobs {
        let spoken = if job.redaction.is_some() { &files.unredacted } else { &files.outputs };
        let redacted = if job.redaction.is_some() { &files.outputs[..] } else { &[] };
        for (key, outputs) in [("TranscriptFileUri", &spoken[..]), ("RedactedTranscriptFileUri", redacted)] {
            if let Some(file) = shown(outputs).first() {
                transcript[key] = file.as_str().into();
            }
        }
    }
    let status = if outcome == Outcome::Done { "COMPLETED" } else { "FAILED" };
    print_json(&json!({
        "event": "job",
        "TranscriptionJob": {
            "TranscriptionJobName": job.name, "TranscriptionJobStatus": status,
            "LanguageCode": job.language, "Transcript": transcript, "Tags": tags,
        }
    }));
}
