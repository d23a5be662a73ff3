//! `lectern voices`: remembered voices.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::json;

use super::outcome::Outcome;
use super::report::error;
use crate::console::{print_json, print_line};
use crate::remembered::{RememberedError, RememberedVoices, load, save, save_copy, user_file};

#[derive(Args, Debug)]
pub(super) struct VoicesArguments {
    #[command(subcommand)]
    action: VoicesAction,
}

#[derive(Debug, Subcommand)]
enum VoicesAction {
    /// Show the names of remembered voices
    List {
        /// Print each as JSON
        #[arg(long)]
        json: bool,
    },
    /// Write the remembered voices to a file; it contains biometric data
    Export {
        /// The new file
        file: PathBuf,
    },
    /// Add the voices of an exported file
    Import {
        /// The exported file
        file: PathBuf,
    },
    /// Forget voices
    Remove {
        /// Names of the voices
        #[arg(required_unless_present = "all", value_name = "NAME")]
        names: Vec<String>,
        /// Forget all voices
        #[arg(long, conflicts_with = "names")]
        all: bool,
    },
}

pub(super) fn run(arguments: &VoicesArguments) -> anyhow::Result<Outcome> {
    let path = user_file().ok_or(RememberedError::NoFolder)?;
    let voices = load(&path)?;
    match &arguments.action {
        VoicesAction::List { json } => list(&voices, *json),
        VoicesAction::Export { file } => save_copy(&voices, file)?,
        VoicesAction::Import { file } => {
            save(&voices.iter().chain(load(file)?.iter()).cloned().collect(), &path)?
        }
        VoicesAction::Remove { all: true, .. } => save(&RememberedVoices::default(), &path)?,
        VoicesAction::Remove { names, .. } => return remove(voices, names, &path),
    }
    Ok(Outcome::Done)
}

fn list(voices: &RememberedVoices, json: bool) {
    for voice in voices.iter() {
        if json {
            print_json(&json!({ "name": voice.name, "since": voice.since }));
        } else {
            print_line(&format!("{}  {}", voice.since, voice.name));
        }
    }
}

fn remove(mut voices: RememberedVoices, names: &[String], path: &Path) -> anyhow::Result<Outcome> {
    let (there, missing): (Vec<&String>, Vec<&String>) = names.iter().partition(|name| voices.forget(name));
    for name in &missing {
        error(&anyhow::anyhow!(
            "no voice is remembered as \"{name}\"; `lectern voices list` shows the names"
        ));
    }
    if !there.is_empty() {
        save(&voices, path)?;
    }
    Ok(match (there.len(), missing.len()) {
        (_, 0) => Outcome::Done,
        (0, _) => Outcome::NothingDone,
        _ => Outcome::PartlyFailed,
    })
}
