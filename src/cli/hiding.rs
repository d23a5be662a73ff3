//! The arguments that say which words must not appear in captions.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use serde_json::{Value, json};

use super::text_file::read_text;
use crate::hide::{Filter, FilterMethod, Hidden, Hiding, Label, Redaction, kinds};

#[derive(Args, Clone, Debug, Default)]
pub(super) struct HidingArguments {
    /// Text file with words to hide in captions: one per line, with inflections after commas
    #[arg(long, value_name = "FILE")]
    pub filter: Option<PathBuf>,
    /// How to hide them: mask (shown as ***), remove, or tag (shown, but marked in transcribe and json files)
    #[arg(long, value_name = "METHOD", default_value = "mask", requires = "filter")]
    pub filter_method: FilterMethod,
    /// Replace personal data with labels: all kinds, or some of email, phone, credit_debit_number,
    /// credit_debit_cvv, credit_debit_expiry, bank_account_number, bank_routing, ssn, pin, address, name
    #[arg(
        long,
        value_name = "KIND,...",
        value_delimiter = ',',
        num_args = 0..,
        require_equals = true,
        default_missing_value = "all"
    )]
    pub redact: Option<Vec<String>>,
    /// Labels for personal data: its kind, such as [EMAIL], or [PII] for all
    #[arg(long, value_name = "kind|pii", default_value = "kind", requires = "redact")]
    pub redact_as: Label,
}

impl HidingArguments {
    /// Returns what to hide; reads the list.
    pub fn hiding(&self) -> anyhow::Result<Hiding> {
        let filter = self.filter.as_deref().map(|path| filter(path, self.filter_method)).transpose()?;
        Ok(Hiding { filter, redaction: self.redaction()? })
    }

    fn redaction(&self) -> anyhow::Result<Option<Redaction>> {
        let Some(names) = &self.redact else { return Ok(None) };
        let kinds = kinds(names.iter().map(String::as_str))?;
        Ok(Some(Redaction { kinds, label: self.redact_as }))
    }
}

/// Returns the filter of the list in a file.
pub(super) fn filter(path: &Path, method: FilterMethod) -> anyhow::Result<Filter> {
    let shown = path.display();
    let list = read_text(path)
        .with_context(|| format!("the filter cannot be read; use a UTF-8 text file: {shown}"))?;
    let Some(filter) = Filter::parse(&list, method) else {
        bail!("the filter lists no words; write one per line: {shown}");
    };
    Ok(filter)
}

/// Returns how often each kind was hidden; `None` if nothing was.
fn counts(hidden: &[Hidden]) -> Option<BTreeMap<&'static str, usize>> {
    let mut counts = BTreeMap::new();
    hidden.iter().for_each(|hidden| *counts.entry(hidden.what.name()).or_default() += 1);
    (!counts.is_empty()).then_some(counts)
}

/// Returns what was hidden, as a line for people.
pub(super) fn hidden_line(hidden: &[Hidden]) -> Option<String> {
    let counts = counts(hidden)?.into_iter().map(|(name, count)| format!("{count} {name}"));
    Some(format!("hidden or tagged: {}", counts.collect::<Vec<_>>().join(", ")))
}

/// Returns what was hidden, as an event.
pub(super) fn hidden_event(hidden: &[Hidden]) -> Option<Value> {
    Some(json!({ "event": "hidden", "counts": counts(hidden)? }))
}

/// The copies that `lectern caption` makes beside redacted captions.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct CopyArguments {
    /// Also write the captions without redaction into this folder
    #[arg(long, value_name = "DIR", requires = "redact")]
    pub unredacted_dir: Option<PathBuf>,
    /// Also write the sound as NAME.redacted.wav, with a tone instead of personal data
    #[arg(long, requires = "redact")]
    pub redact_audio: bool,
}
