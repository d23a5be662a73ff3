//! `lectern models`: lists and verifies models.

mod get;
mod recommend;

use std::ffi::OsString;
use std::path::Path;

use serde_json::{Value, json};

use super::args::{ModelsAction, ModelsArguments};
use super::outcome::Outcome;
use super::report::error;
use crate::asr::catalog::Shape;
use crate::asr::locate::{Listing, ModelFile, ModelRequest, list, locate, search_roots};
use crate::asr::model::{Verified, verify};
use crate::console::{print_json, print_line};

pub fn run(arguments: &ModelsArguments) -> anyhow::Result<Outcome> {
    match &arguments.action {
        ModelsAction::List { json } => {
            for listing in list(&search_roots()) {
                if *json {
                    print_json(&object(&listing));
                } else {
                    print_line(&text_line(&listing));
                }
            }
            Ok(Outcome::Done)
        }
        ModelsAction::Verify { models, json } => verify_all(models, *json),
        ModelsAction::Recommend { language, json } => recommend::run(language, *json),
        ModelsAction::Download { models, mirror, offline, json } => {
            get::download_all(models, mirror.as_deref(), *offline, *json)
        }
        ModelsAction::Import { files, json } => get::import_all(files, *json),
        ModelsAction::Remove { models, json } => get::remove_all(models, *json),
    }
}

fn text_line(listing: &Listing) -> String {
    let place = listing.path.as_deref().map_or("not installed".to_owned(), |path| path.display().to_string());
    let Some(entry) = listing.entry else { return format!("{:<22} {:>8}  {place}", listing.name, "") };
    let speed = entry.shape.map_or(String::new(), |shape| format!("{:.2}x", shape.relative_speed()));
    let errors = entry.expected_errors().map_or(String::new(), |errors| format!("{errors:.1} %"));
    let languages = format!("{:?}", entry.languages).to_lowercase();
    format!("{:<22} {:>8}  {languages:<12} {speed:>6} {errors:>7}  {place}", entry.name, entry.size_text())
}

fn object(listing: &Listing) -> Value {
    let entry = listing.entry.map(|entry| {
        json!({
            "kind": format!("{:?}", entry.kind).to_lowercase(),
            "languages": format!("{:?}", entry.languages).to_lowercase(),
            "bytes": entry.bytes, "licence": entry.licence, "source": entry.source,
            "memory_mb": entry.memory_mb, "relative_speed": entry.shape.map(Shape::relative_speed),
            "word_errors": entry.expected_errors(), "checksum": entry.checksum.to_string(),
            "checksum_from": entry.checksum_from,
        })
    });
    let path = listing.path.as_deref().map(|path| path.display().to_string());
    json!({ "name": listing.name, "path": path, "known": entry })
}

fn verify_all(models: &[OsString], json: bool) -> anyhow::Result<Outcome> {
    let roots = search_roots();
    let files: Vec<anyhow::Result<ModelFile>> = if models.is_empty() {
        list(&roots).into_iter().filter_map(installed).map(Ok).collect()
    } else {
        let locate = |model| locate(&ModelRequest::from_argument(model), &roots).map_err(Into::into);
        models.iter().map(|model| locate(model)).collect()
    };
    let (mut whole, mut bad) = (0, 0);
    for file in files {
        match file.and_then(|file| Ok((verify(&file)?, file))) {
            Ok((verified, file)) => {
                whole += 1;
                print_verified(&verified, &file.path, json);
            }
            Err(failure) => {
                bad += 1;
                error(&failure);
            }
        }
    }
    Ok(outcome_of(whole, bad))
}

fn outcome_of(done: usize, failed: usize) -> Outcome {
    match (done, failed) {
        (_, 0) => Outcome::Done,
        (0, _) => Outcome::NothingDone,
        _ => Outcome::PartlyFailed,
    }
}

fn installed(listing: Listing) -> Option<ModelFile> {
    Some(ModelFile { name: listing.name, path: listing.path?, entry: listing.entry })
}

fn print_verified(verified: &Verified, path: &Path, json: bool) {
    let known = verified.entry.map(|entry| entry.name.as_str());
    if json {
        print_json(&json!({
            "path": path.display().to_string(), "checksum": verified.checksum.to_string(), "model": known,
        }));
    } else {
        let name = known.unwrap_or("complete, but not in the catalogue");
        print_line(&format!("{name}: {} {}", verified.checksum, path.display()));
    }
}
