//! `lectern terms`: finds the names and terms in course material.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use clap::Args;
use serde_json::json;

use super::outcome::Outcome;
use super::report::error;
use crate::asr::locate::{DEFAULT_SPEECH, ModelRequest, locate, search_roots};
use crate::asr::model::load_speech;
use crate::asr::pieces::Pieces;
use crate::console::{eprint_line, print_json, print_line, print_path};
use crate::exchange::read_material;
use crate::files::Draft;
use crate::material::{Proposal, propose};

#[derive(Args, Debug)]
pub(super) struct TermsArguments {
    /// Course material: PPTX, DOCX, ODP, ODT, PDF, BibTeX, Markdown or text
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// File for the list, one term per line [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The most terms; those that are rare and stand often come first
    #[arg(long, value_name = "N", default_value_t = 300)]
    most: usize,
    /// Speech model that is to know the terms: a name from `lectern models list`, or a file [default: base-q8_0]
    #[arg(long, value_name = "NAME|PATH")]
    model: Option<OsString>,
    /// Replace a list that already exists
    #[arg(long)]
    overwrite: bool,
    /// Write terms, how often they stand there and how rare they are as JSON, one object per line
    #[arg(long, conflicts_with = "output")]
    json: bool,
}

pub(super) fn run(arguments: &TermsArguments) -> anyhow::Result<Outcome> {
    let mut outcomes = Vec::new();
    let mut material = Vec::new();
    for file in &arguments.files {
        match read_material(file).with_context(|| file.display().to_string()) {
            Ok(read) => material.push(read),
            Err(failure) => error(&failure),
        }
        outcomes.push(if outcomes.len() < material.len() { Outcome::Done } else { Outcome::NothingDone });
    }
    if material.is_empty() {
        return Ok(Outcome::NothingDone);
    }
    let model = arguments.model.as_deref().unwrap_or(DEFAULT_SPEECH.as_ref());
    let model = locate(&ModelRequest::from_argument(model), &search_roots())?;
    let pieces = Pieces::of(&load_speech(&model)?)?;
    let mut terms = propose(&material, |word| pieces.count(word));
    terms.truncate(arguments.most);
    if terms.is_empty() {
        bail!("there are no names or terms in this material that the model does not know");
    }
    write(&terms, arguments)?;
    Ok(Outcome::of_all(&outcomes))
}

fn write(terms: &[Proposal], arguments: &TermsArguments) -> anyhow::Result<()> {
    if arguments.json {
        for Proposal { written, count, rarity } in terms {
            let rarity = (f64::from(*rarity) * 100.0).round() / 100.0;
            print_json(&json!({ "event": "term", "term": written, "count": count, "rarity": rarity }));
        }
        return Ok(());
    }
    let Some(path) = &arguments.output else {
        terms.iter().for_each(|term| print_line(&term.written));
        return Ok(());
    };
    let list: String = terms.iter().map(|term| format!("{}\n", term.written)).collect();
    let shown = path.display();
    let file =
        Draft::write(path, list.as_bytes()).with_context(|| format!("{shown}: it cannot be written"))?;
    let placed = if arguments.overwrite { file.replace() } else { file.create() };
    placed.map_err(|failure| match failure.kind() {
        io::ErrorKind::AlreadyExists => {
            anyhow!("{shown}: the list is there already; pass --overwrite to replace it")
        }
        _ => anyhow::Error::new(failure).context(format!("{shown}: it cannot be written")),
    })?;
    eprint_line(&format!(
        "{} names and terms; look them over before you pass the list with --vocabulary",
        terms.len()
    ));
    print_path(path);
    Ok(())
}
