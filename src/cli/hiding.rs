//! The arguments that say which words captions must not show.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use serde_json::{Value, json};

use super::plan::read_text;
use crate::hide::{Filter, FilterMethod, Hidden, Hiding};

#[derive(Args, Clone, Debug, Default)]
pub(super) struct HidingArguments {
    /// Text file with words that captions must not show: one on each line, with inflections behind commas
    #[arg(long, value_name = "FILE")]
    pub filter: Option<PathBuf>,
    /// What happens to them: mask (shown as ***), remove, or tag (shown, and told apart in transcribe and json files)
    #[arg(long, value_name = "METHOD", default_value = "mask", requires = "filter")]
    pub filter_method: FilterMethod,
}

impl HidingArguments {
    /// What to hide; reads the list.
    pub fn hiding(&self) -> anyhow::Result<Hiding> {
        let filter = self.filter.as_deref().map(|path| filter(path, self.filter_method)).transpose()?;
        Ok(Hiding { filter, redaction: None })
    }
}

fn filter(path: &Path, method: FilterMethod) -> anyhow::Result<Filter> {
    let shown = path.display();
    let list = read_text(path)
        .with_context(|| format!("the filter cannot be read; use a UTF-8 text file: {shown}"))?;
    let Some(filter) = Filter::parse(&list, method) else {
        bail!("the filter lists no words; write one on each line: {shown}");
    };
    Ok(filter)
}

/// How often each kind was hidden; `None` if nothing was.
fn counts(hidden: &[Hidden]) -> Option<BTreeMap<&'static str, usize>> {
    let mut counts = BTreeMap::new();
    hidden.iter().for_each(|hidden| *counts.entry(hidden.what.name()).or_default() += 1);
    (!counts.is_empty()).then_some(counts)
}

/// What was hidden, for people.
pub(super) fn hidden_line(hidden: &[Hidden]) -> Option<String> {
    let counts = counts(hidden)?.into_iter().map(|(name, count)| format!("{count} {name}"));
    Some(format!("hidden or tagged: {}", counts.collect::<Vec<_>>().join(", ")))
}

/// What was hidden, as an event.
pub(super) fn hidden_event(hidden: &[Hidden]) -> Option<Value> {
    Some(json!({ "event": "hidden", "counts": counts(hidden)? }))
}
