//! `lectern check`: shows which rules captions break.

mod report;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;

use super::args::ReportingArguments;
use super::captions::{CaptionSource, InputCaptions, shown};
use super::outcome::Outcome;
use super::{plan, recognition};
use crate::caption::{DEFAULT_PROFILE, Profile, Violation, check, check_breaks};
use crate::format::{self, Format, Repair};
use crate::transcript::Language;
use report::CheckReport;

#[derive(Args, Debug)]
pub(super) struct CheckArguments {
    /// Captions in any format that Lectern reads, or projects; - is standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Caption rules to check: lecture, dcmp, netflix, bbc, ted, or a TOML file with your own [default: those that a
    /// project names, or lecture]
    #[arg(long, value_name = "NAME|FILE")]
    profile: Option<String>,
    /// Format of the captions [default: detected]
    #[arg(long, value_name = "FORMAT")]
    from: Option<String>,
    /// Language of the captions, such as en or de [default: that in the file or its name]
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    #[command(flatten)]
    reporting: ReportingArguments,
}

/// How to read and check the files.
struct Plan {
    profile: Option<Profile>,
    from: Option<&'static Format>,
    language: Option<Language>,
}

/// The result of one file.
struct Checked {
    source: CaptionSource,
    /// The name of the rules.
    profile: String,
    cues: usize,
    /// Violations of the file format's own rules, and contents that were left out.
    repairs: Vec<Repair>,
    /// What was not checked, as English texts.
    unchecked: &'static [&'static str],
    /// In the order of the cues.
    violations: Vec<Violation>,
}

impl Checked {
    fn is_good(&self) -> bool {
        !self.repairs.iter().any(|repair| repair.breaks_format)
            && !self.violations.iter().any(Violation::is_fault)
    }
}

pub(super) fn run(arguments: &CheckArguments) -> anyhow::Result<Outcome> {
    let plan = Plan {
        profile: arguments.profile.as_deref().map(recognition::profile).transpose()?,
        from: arguments.from.as_deref().map(plan::format_to_read).transpose()?,
        language: arguments.language.as_deref().map(recognition::caption_language).transpose()?,
    };
    let report = CheckReport::new(arguments.reporting);
    let (mut good, mut bad, mut failed) = (0, 0, 0);
    for file in &arguments.files {
        match check_file(file, &plan) {
            Ok(checked) => {
                *(if checked.is_good() { &mut good } else { &mut bad }) += 1;
                report.checked(file, &checked);
            }
            Err(error) => {
                failed += 1;
                report.failed(file, &error);
            }
        }
    }
    report.summary(good, bad, failed);
    Ok(match (good, bad, failed) {
        (_, 0, 0) => Outcome::Done,
        (0, 0, _) => Outcome::NothingDone,
        _ => Outcome::PartlyFailed,
    })
}

fn check_file(file: &Path, plan: &Plan) -> anyhow::Result<Checked> {
    let captions = InputCaptions::read(file, plan.from, plan.language.as_ref())?;
    let (document, source) = (captions.document, captions.source);
    let (broken, unchecked) = rules(file, source, &captions.bytes);
    if !source.has_times() {
        bail!("{}: {} has no cues to check", shown(file), source.title());
    }
    let profile = match &plan.profile {
        Some(profile) => profile.clone(),
        None => {
            let name = captions.profile.as_deref().unwrap_or(DEFAULT_PROFILE);
            recognition::profile_of_project(name, file).with_context(|| file.display().to_string())?
        }
    };
    let mut violations = check(&document.cues, &profile);
    violations.extend(check_breaks(&document.cues, &document.language));
    violations.sort_by_key(|violation| violation.index);
    let (cues, mut repairs) = (document.cues.len(), captions.repairs);
    repairs.extend(broken);
    repairs.sort_by_key(|repair| repair.line);
    Ok(Checked { source, profile: profile.name, cues, repairs, unchecked, violations })
}

/// Returns violations of the file format's rules beyond those that reading reports, and what is not checked.
fn rules(file: &Path, source: CaptionSource, bytes: &[u8]) -> (Vec<Repair>, &'static [&'static str]) {
    let CaptionSource::Format(format) = source else { return (Vec::new(), &[]) };
    let mut broken = format.broken_rules(bytes);
    broken.extend(wrong_extension(file, format));
    (broken, format.unchecked())
}

/// Returns a fault if the extension belongs to another format of captions.
fn wrong_extension(file: &Path, format: &Format) -> Option<Repair> {
    let extension = file.extension()?.to_str()?.to_ascii_lowercase();
    let promised = format::by_name(&extension).filter(|other| other.extensions.contains(&&*extension))?;
    let is_wrong = !format.extensions.contains(&&*extension) && CaptionSource::Format(promised).has_times();
    is_wrong.then(|| Repair::of_file(format!("the file is called .{extension} and is {}", format.title)))
}
