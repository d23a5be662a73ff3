//! `lectern convert`: converts captions from one format to another.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use serde_json::{Value, json};

use super::args::ReportingArguments;
use super::captions::{InputCaptions, is_standard, repair_lines, repair_object, shown};
use super::hiding::{HidingArguments, hidden_event, hidden_line};
use super::outcome::Outcome;
use super::report::{counted, error, explained};
use super::{plan, recognition};
use crate::caption::{Profile, recompose};
use crate::console::{eprint_line, print_file, print_json, print_path};
use crate::document::{Document, words};
use crate::exchange::export;
use crate::format::{Detail, Format, Repair, WriteOptions};
use crate::hide::Hiding;
use crate::time::MediaTime;
use crate::transcript::Language;

/// The largest offset. Unit: seconds.
const LONGEST_OFFSET: f64 = 1e6;

#[derive(Args, Debug)]
pub(super) struct ConvertArguments {
    /// Captions or projects to convert, and last the file or folder to write; - is standard input or output
    #[arg(required = true, value_name = "IN... OUT")]
    paths: Vec<PathBuf>,
    /// Format of the captions [default: detected]
    #[arg(long, value_name = "FORMAT")]
    from: Option<String>,
    /// Format to write; required if OUT is a folder [default: from the extension of OUT]
    #[arg(long, value_name = "FORMAT")]
    to: Option<String>,
    /// Language of the captions, such as en or de [default: that in the file or its name]
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// Write the time of each word if it is known and the format supports it
    #[arg(long)]
    word_times: bool,
    /// Divide the captions again by these rules: lecture, dcmp, netflix, bbc, ted, or a TOML file with your own
    #[arg(long, value_name = "NAME|FILE")]
    profile: Option<String>,
    /// Show everything later by this number of seconds, or earlier if negative
    #[arg(long, value_name = "SECONDS", default_value_t = 0.0, allow_negative_numbers = true)]
    offset: f64,
    #[command(flatten)]
    hiding: HidingArguments,
    /// Replace captions that already exist
    #[arg(long)]
    overwrite: bool,
    #[command(flatten)]
    reporting: ReportingArguments,
}

struct Plan {
    /// Pairs of input and output.
    files: Vec<(PathBuf, PathBuf)>,
    from: Option<&'static Format>,
    to: &'static Format,
    language: Option<Language>,
    profile: Option<Profile>,
    offset: MediaTime,
    write: WriteOptions,
    hiding: Hiding,
    overwrite: bool,
    reporting: ReportingArguments,
}

pub(super) fn run(arguments: &ConvertArguments) -> anyhow::Result<Outcome> {
    let plan = Plan::new(arguments)?;
    let (mut done, mut failed) = (0, 0);
    for (input, output) in &plan.files {
        match convert(input, output, &plan) {
            Ok(()) => done += 1,
            Err(failure) => {
                failed += 1;
                plan.print_event(input, || json!({ "event": "error", "message": explained(&failure) }));
                error(&failure);
            }
        }
    }
    Ok(match (done, failed) {
        (_, 0) => Outcome::Done,
        (0, _) => Outcome::NothingDone,
        _ => Outcome::PartlyFailed,
    })
}

impl Plan {
    fn new(arguments: &ConvertArguments) -> anyhow::Result<Self> {
        let Some((output, inputs)) = arguments.paths.split_last() else {
            bail!("name the captions to convert")
        };
        if inputs.is_empty() {
            bail!("{}: also name the file or folder to write", output.display());
        }
        let to_standard = is_standard(output);
        let into_folder = !to_standard && (inputs.len() > 1 || output.is_dir() || names_folder(output));
        refuse_standard(arguments, inputs, to_standard, into_folder)?;
        let to = match &arguments.to {
            Some(name) => plan::format_to_write(name)?,
            None if to_standard => bail!("standard output has no name: name the format with --to"),
            None if into_folder => bail!("{} is a folder: name the format with --to", output.display()),
            None => format_of_name(output)?,
        };
        if inputs.len() > 1 && output.is_file() {
            bail!("{} is a file, but there are several inputs: name a folder", output.display());
        }
        let target = |input: &PathBuf| match into_folder {
            true => output.join(input.with_extension(to.extensions[0]).file_name().unwrap_or_default()),
            false => output.clone(),
        };
        let files: Vec<_> = inputs.iter().map(|input| (input.clone(), target(input))).collect();
        plan::refuse_shared_outputs(files.iter().map(|(input, output)| (input.as_path(), output.as_path())))?;
        let profile = arguments.profile.as_deref().map(recognition::profile).transpose()?;
        let labels = profile.as_ref().map(|profile| profile.speaker_labels).unwrap_or_default();
        Ok(Self {
            files,
            from: arguments.from.as_deref().map(plan::format_to_read).transpose()?,
            to,
            language: arguments.language.as_deref().map(recognition::caption_language).transpose()?,
            profile,
            offset: offset(arguments.offset)?,
            write: WriteOptions { word_times: arguments.word_times, labels },
            hiding: arguments.hiding.hiding()?,
            overwrite: arguments.overwrite,
            reporting: arguments.reporting,
        })
    }

    fn print_event(&self, file: &Path, object: impl FnOnce() -> Value) {
        if self.reporting.json {
            let mut object = object();
            object["file"] = file.display().to_string().into();
            print_json(&object);
        }
    }

    /// Prints a note about a file to standard error.
    fn note(&self, file: &Path, what: &str) {
        if !self.reporting.json && !self.reporting.quiet {
            eprint_line(&format!("{}: {what}", shown(file)));
        }
    }
}

/// Rejects options that do not work with standard input and output.
fn refuse_standard(
    arguments: &ConvertArguments,
    inputs: &[PathBuf],
    to_standard: bool,
    into_folder: bool,
) -> anyhow::Result<()> {
    if into_folder && inputs.iter().any(|input| is_standard(input)) {
        bail!("standard input has no name: name the file to write");
    }
    if to_standard && inputs.len() > 1 {
        bail!("only one file of captions can be written to standard output");
    }
    if to_standard && arguments.reporting.json {
        bail!("captions and --json cannot both be written to standard output");
    }
    Ok(())
}

/// Returns whether a path ends with a separator, so that it names a folder.
fn names_folder(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().last().is_some_and(|&last| std::path::is_separator(last.into()))
}

fn offset(seconds: f64) -> anyhow::Result<MediaTime> {
    if !seconds.is_finite() || seconds.abs() > LONGEST_OFFSET {
        bail!("--offset is in seconds, and at most {LONGEST_OFFSET}");
    }
    Ok(MediaTime::from_secs_f64(seconds))
}

fn format_of_name(output: &Path) -> anyhow::Result<&'static Format> {
    let extension = output.extension().unwrap_or_default().to_string_lossy();
    plan::format_to_write(&extension).with_context(|| {
        format!("{}: the extension belongs to no format; name one with --to", output.display())
    })
}

fn convert(input: &Path, output: &Path, plan: &Plan) -> anyhow::Result<()> {
    let captions = InputCaptions::read(input, plan.from, plan.language.as_ref())?;
    report_repairs(&captions.repairs, input, plan);
    let mut document = titled(captions.document, input, plan);
    if let Some(profile) = &plan.profile {
        report_estimates(&document, input, plan);
        document.cues = recompose(&document.cues, &document.language, profile);
    }
    shift(&mut document, plan.offset).with_context(|| shown(input))?;
    hide(&mut document, input, plan);
    match is_standard(output) {
        true => print(&document, plan)?,
        false => export(&document, plan.to, &plan.write, output, plan.overwrite)?,
    }
    for loss in plan.to.losses(&document, &plan.write) {
        let loss = loss.to_string();
        plan.print_event(input, || json!({ "event": "loss", "format": plan.to.name, "message": loss }));
        plan.note(output, &format!("{} does not hold {loss}", plan.to.name));
    }
    plan.print_event(input, || {
        json!({
            "event": "done", "from": captions.source.name(), "to": plan.to.name,
            "output": output.display().to_string(), "cues": document.cues.len(),
        })
    });
    if !plan.reporting.json && !is_standard(output) {
        print_path(output);
    }
    Ok(())
}

/// Hides what must not appear in the captions, and reports how often.
fn hide(document: &mut Document, input: &Path, plan: &Plan) {
    let hidden = plan.hiding.apply(document);
    if let Some(event) = hidden_event(&hidden) {
        plan.print_event(input, || event);
    }
    if let Some(line) = hidden_line(&hidden) {
        plan.note(input, &line);
    }
}

/// Writes captions to standard output, once they were read back and compared.
fn print(document: &Document, plan: &Plan) -> anyhow::Result<()> {
    let bytes = plan.to.written(document, &plan.write).context("this format cannot be written")??;
    plan.to.verify(document, &plan.write, &bytes)?;
    print_file(&bytes).context("standard output cannot be written")
}

fn report_repairs(repairs: &[Repair], input: &Path, plan: &Plan) {
    for repair in repairs {
        plan.print_event(input, || repair_object(repair));
    }
    for line in repair_lines(repairs.iter()) {
        plan.note(input, &line);
    }
}

fn report_estimates(document: &Document, input: &Path, plan: &Plan) {
    let estimated = document.cues.iter().filter(|cue| words::pieces(cue).is_none()).count();
    if estimated > 0 {
        let cues = counted(estimated, "cue");
        let message = format!("{cues} without times for the words; the times are estimated");
        plan.print_event(input, || json!({ "event": "warning", "message": message }));
        plan.note(input, &message);
    }
}

/// Moves all times.
fn shift(document: &mut Document, offset: MediaTime) -> anyhow::Result<()> {
    if let Some(first) = document.cues.iter().map(|cue| cue.span.start).min()
        && first + offset < MediaTime::ZERO
    {
        bail!("the first cue is at {first}; with this --offset it would start before zero");
    }
    let Document { cues, segments, tagged, .. } = document;
    tagged.iter_mut().for_each(|span| *span = span.shifted(offset));
    for cue in cues.iter_mut() {
        cue.span = cue.span.shifted(offset);
    }
    let words = cues.iter_mut().map(|cue| &mut cue.words).chain(segments.iter_mut().map(|s| &mut s.words));
    for word in words.flatten() {
        word.span = word.span.shifted(offset);
    }
    Ok(())
}

/// Captions without a title get the file's name as their title, if the format has one.
fn titled(mut document: Document, input: &Path, plan: &Plan) -> Document {
    if document.title.is_empty() && !is_standard(input) && plan.to.keeps(Detail::Title, &plan.write) {
        document.title = input.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    }
    document
}
