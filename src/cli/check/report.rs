//! Prints the results of `lectern check`, as text or as JSON.

use std::path::Path;

use serde_json::{Value, json};

use super::Checked;
use crate::caption::{Severity, Violation};
use crate::cli::args::ReportingArguments;
use crate::cli::captions::{repair_lines, repair_object, shown};
use crate::cli::report::{counted, error, explained};
use crate::console::{print_json, print_line};
use crate::format::Repair;

pub struct CheckReport {
    json: bool,
    quiet: bool,
}

/// The results of one kind in a file, one per line.
struct Section {
    title: &'static str,
    lines: Vec<String>,
}

impl CheckReport {
    pub fn new(arguments: ReportingArguments) -> Self {
        Self { json: arguments.json, quiet: arguments.quiet }
    }

    pub fn checked(&self, file: &Path, checked: &Checked) {
        if self.json {
            self.print_json(file, checked);
        } else if !self.quiet || !checked.is_good() {
            self.print_text(file, checked);
        }
    }

    pub fn failed(&self, file: &Path, failure: &anyhow::Error) {
        if self.json {
            print_object(file, json!({ "event": "error", "message": explained(failure) }));
        }
        error(failure);
    }

    pub fn summary(&self, good: usize, bad: usize, failed: usize) {
        if self.json {
            let object = json!({ "event": "summary", "good": good, "bad": bad, "failed": failed });
            print_json(&object);
        } else if !self.quiet && good + bad + failed > 1 {
            print_line(&format!("{good} good, {bad} with faults, {failed} not checked"));
        }
    }

    fn print_text(&self, file: &Path, checked: &Checked) {
        let mut sections = vec![
            Section { title: "format errors", lines: repair_lines(broken(checked)) },
            Section { title: "faults", lines: lines(faults(checked)) },
        ];
        if !self.quiet {
            sections.extend([
                Section { title: "caused by the speech", lines: lines(forced(checked)) },
                Section { title: "warnings", lines: lines(warnings(checked)) },
                Section { title: "not checked", lines: not_checked(checked) },
            ]);
        }
        print_line(&format!("{}: {} under {}", shown(file), counted(checked.cues, "cue"), checked.profile));
        for Section { title, lines } in sections.iter().filter(|section| !section.lines.is_empty()) {
            print_line(&format!("  {title} ({}):", lines.len()));
            lines.iter().for_each(|line| print_line(&format!("    {line}")));
        }
        if checked.is_good() && checked.violations.is_empty() {
            print_line("  no rules broken");
        }
    }

    fn print_json(&self, file: &Path, checked: &Checked) {
        for repair in &checked.repairs {
            print_object(file, repair_object(repair));
        }
        for violation in &checked.violations {
            if !self.quiet || violation.is_fault() {
                print_object(file, violation_object(violation));
            }
        }
        print_object(
            file,
            json!({
                "event": "checked", "format": checked.source.name(), "profile": checked.profile,
                "cues": checked.cues, "format_faults": broken(checked).count(), "faults": faults(checked).count(),
                "unchecked": checked.unchecked,
                "speech_bound": forced(checked).count(), "warnings": warnings(checked).count(),
            }),
        );
    }
}

fn faults(checked: &Checked) -> impl Iterator<Item = &Violation> {
    checked.violations.iter().filter(|violation| violation.is_fault())
}

fn forced(checked: &Checked) -> impl Iterator<Item = &Violation> {
    checked.violations.iter().filter(|violation| violation.speech_bound)
}

fn warnings(checked: &Checked) -> impl Iterator<Item = &Violation> {
    checked.violations.iter().filter(|violation| violation.severity == Severity::Soft)
}

fn broken(checked: &Checked) -> impl Iterator<Item = &Repair> {
    checked.repairs.iter().filter(|repair| repair.breaks_format)
}

/// Returns what the file contains besides captions, and which rules were not checked.
fn not_checked(checked: &Checked) -> Vec<String> {
    let left_out = checked.repairs.iter().filter(|repair| !repair.breaks_format);
    let unchecked = checked.unchecked.iter().map(|what| (*what).to_owned());
    repair_lines(left_out).into_iter().chain(unchecked).collect()
}

fn lines<'a>(violations: impl Iterator<Item = &'a Violation>) -> Vec<String> {
    violations.map(Violation::to_string).collect()
}

/// Returns a violation as an object. Cues count from 1, times are in seconds.
fn violation_object(violation: &Violation) -> Value {
    let mut object = json!({
        "event": "violation", "cue": violation.index + 1, "time": violation.at.as_secs_f64(),
        "value": thousandths(violation.value), "limit": violation.limit, "severity": violation.severity,
        "speech_bound": violation.speech_bound, "message": violation.message(),
    });
    // A rule is a name, or a name with a value.
    match json!(violation.rule) {
        Value::Object(rule) => {
            for (name, about) in rule {
                object["rule"] = name.into();
                object["about"] = about;
            }
        }
        name => object["rule"] = name,
    }
    object
}

fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn print_object(file: &Path, mut object: Value) {
    object["file"] = file.display().to_string().into();
    print_json(&object);
}
