//! `lectern heard`: which names and terms of a list are in captions, and where one may have been missed.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use serde_json::{Value, json};

use super::captions::InputCaptions;
use super::outcome::Outcome;
use super::recognition::vocabulary;
use crate::console::{print_json, print_line};
use crate::document::{HeardTerm, TermPlace, heard_terms};
use crate::project;

#[derive(Args, Debug)]
pub(super) struct HeardArguments {
    /// Captions of any format, or a project; where a term may have been missed is told if they have probabilities
    #[arg(value_name = "CAPTIONS")]
    captions: PathBuf,
    /// List or table of names and terms [default: those in the project]
    #[arg(long, value_name = "FILE")]
    vocabulary: Option<PathBuf>,
    /// Write JSON, one object per term
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &HeardArguments) -> anyhow::Result<Outcome> {
    let captions = InputCaptions::read(&arguments.captions, None, None)?;
    let found = heard_terms(&captions.document, &terms(arguments)?);
    for term in &found {
        if arguments.json {
            print_json(&event(term));
        } else {
            print_line(&in_words(term));
        }
    }
    if !arguments.json {
        let heard = found.iter().filter(|term| !term.heard.is_empty()).count();
        let perhaps: usize = found.iter().map(|term| term.perhaps.len()).sum();
        let places = if perhaps == 1 { "place" } else { "places" };
        print_line(&format!("{heard} of {} terms heard; {perhaps} {places} to listen to", found.len()));
    }
    Ok(Outcome::Done)
}

fn terms(arguments: &HeardArguments) -> anyhow::Result<Vec<String>> {
    if let Some(file) = &arguments.vocabulary {
        return Ok(vocabulary(file)?.written().map(str::to_owned).collect());
    }
    let path = &arguments.captions;
    let is_project = path.extension().is_some_and(|extension| extension == project::EXTENSION);
    let terms = if is_project { project::load(path)?.project.vocabulary } else { Vec::new() };
    if terms.is_empty() {
        bail!("{}: there are no names and terms with these captions; pass --vocabulary", shown(path));
    }
    Ok(terms)
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn in_words(found: &HeardTerm) -> String {
    let mut line = match found.heard.len() {
        0 => format!("{}: not heard", found.term),
        count => format!("{}: {count} × {}", found.term, times(&found.heard)),
    };
    for place in &found.perhaps {
        line.push_str(&format!("; perhaps \"{}\" at {}", place.text, place.time));
    }
    line
}

fn times(places: &[TermPlace]) -> String {
    let times: Vec<String> = places.iter().map(|place| place.time.to_string()).collect();
    times.join(", ")
}

fn event(found: &HeardTerm) -> Value {
    let of = |places: &[TermPlace]| -> Vec<Value> {
        let place = |place: &TermPlace| json!({ "start": place.time.as_secs_f64(), "text": place.text });
        places.iter().map(place).collect()
    };
    json!({ "event": "term", "term": found.term, "heard": of(&found.heard), "perhaps": of(&found.perhaps) })
}
