//! `lectern models download`, `import` and `remove`.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, anyhow, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use super::outcome_of;
use crate::asr::CancelToken;
use crate::asr::catalog::{Catalog, CatalogEntry};
use crate::asr::locate::{ModelRequest, locate, user_folder};
use crate::cli::interrupt::Interrupt;
use crate::cli::outcome::Outcome;
use crate::cli::report::error;
use crate::console::{eprint_line, print_json, print_line};
use crate::models::{
    self, DownloadError, DownloadProgress, ImportError, MIRROR_VARIABLE, ModelSource, ModelSourceError,
    RemoveError, RetryPolicy, mirror_of_environment,
};
use crate::settings::{self, NetworkSettings, Settings};

/// Seconds between two lines of JSON.
const EVERY: f64 = 0.5;

pub fn download_all(
    names: &[String],
    mirror: Option<&str>,
    offline: bool,
    json: bool,
) -> anyhow::Result<Outcome> {
    let folder = folder()?;
    let way = Way::new(mirror, offline);
    let cancel = Interrupt::watch()?.token();
    let (mut done, mut failed) = (0, 0);
    for name in names {
        match download(name, &way, &folder, &cancel, json) {
            Ok(()) => done += 1,
            Err(_) if cancel.is_cancelled() => {
                eprint_line(&format!("lectern: {name}: interrupted; run the same command to continue"));
                return Ok(Outcome::Interrupted);
            }
            Err(failure) => {
                failed += 1;
                error(&failure);
            }
        }
    }
    Ok(outcome_of(done, failed))
}

/// How the network may be used: according to the arguments, else the environment, else the settings of the window.
struct Way {
    /// What disables it, if anything does.
    forbidden: Option<&'static str>,
    mirror: Option<String>,
    proxy: Option<String>,
}

impl Way {
    fn new(mirror: Option<&str>, offline: bool) -> Self {
        let NetworkSettings { offline: is_forbidden, mirror: kept, proxy } = network_settings();
        let filled = |text: String| (!text.is_empty()).then_some(text);
        Self {
            forbidden: match (offline, is_forbidden) {
                (true, _) => Some("--offline forbids"),
                (_, true) => Some("the settings forbid"),
                _ => None,
            },
            mirror: mirror.map(str::to_owned).or_else(mirror_of_environment).or(filled(kept)),
            proxy: filled(proxy),
        }
    }

    fn to(&self, entry: &CatalogEntry) -> Result<ModelSource, ModelSourceError> {
        let source = ModelSource::of(entry, self.mirror.as_deref())?;
        match &self.proxy {
            Some(proxy) => source.through(proxy),
            None => Ok(source),
        }
    }
}

/// Returns the settings of the window; a damaged file is ignored and left to the window.
fn network_settings() -> NetworkSettings {
    let text = settings::user_file().and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
    Settings::from_toml(&text).unwrap_or_default().network
}

fn download(name: &str, way: &Way, folder: &Path, cancel: &CancelToken, json: bool) -> anyhow::Result<()> {
    let entry = known(name)?;
    if let Ok(file) = locate(&ModelRequest::Name(name.to_owned()), &crate::asr::locate::search_roots())
        && crate::asr::model::verify(&file).is_ok()
    {
        report_done(name, &file.path, 0, json);
        return Ok(());
    }
    if let Some(forbidden) = way.forbidden {
        bail!("{name} is not on this computer, and {forbidden} the network; import it from a file");
    }
    let source = way.to(entry).map_err(|refused| explain_source(refused, name))?;
    if !json {
        let (size, licence) = (entry.size_text(), &entry.licence);
        eprint_line(&format!("lectern: {name}: {size}, licence {licence}, from {}", source.host()));
    }
    let bar = bar(entry, json);
    let mut last = Instant::now();
    let mut on_progress = |progress: DownloadProgress| {
        let DownloadProgress { done, total } = progress;
        bar.set_position(done);
        if let Some(total) = total {
            bar.set_length(total);
        }
        if json && (last.elapsed().as_secs_f64() >= EVERY || Some(done) == total) {
            last = Instant::now();
            print_json(&json!({ "event": "progress", "model": name, "done": done, "total": total }));
        }
    };
    let patience = RetryPolicy::default();
    let downloaded = models::download(entry, &source, folder, patience, cancel, &mut on_progress);
    bar.finish_and_clear();
    let downloaded = downloaded.map_err(|failure| explain(failure, name, folder))?;
    report_done(name, &downloaded.path, downloaded.received, json);
    Ok(())
}

fn bar(entry: &CatalogEntry, json: bool) -> ProgressBar {
    const TEMPLATE: &str = "{bar:30} {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left";
    let bar = ProgressBar::new(entry.about_bytes());
    if json {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    bar.with_style(ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn report_done(name: &str, path: &Path, received: u64, json: bool) {
    let shown = path.display().to_string();
    match json {
        true => print_json(&json!({ "event": "done", "model": name, "path": shown, "received": received })),
        false => print_line(&format!("{name}: {shown}")),
    }
}

fn explain_source(refused: ModelSourceError, name: &str) -> anyhow::Error {
    let hint = match refused {
        ModelSourceError::NoFile { .. } => format!(
            "give a --mirror that has it, or convert it and use `lectern models import`; or choose another model than {name}"
        ),
        ModelSourceError::Mirror(_) => format!("correct --mirror or {MIRROR_VARIABLE}"),
        ModelSourceError::Proxy(_) => "correct it in the settings of the window".to_owned(),
    };
    anyhow!("{refused}; {hint}")
}

/// What to do about a full disk.
const ROOM: &str = "make room and use the same command again";

/// Returns the error with a hint.
fn explain(failure: DownloadError, name: &str, folder: &Path) -> anyhow::Error {
    let hint = match &failure {
        DownloadError::Cancelled => return failure.into(),
        DownloadError::Busy { .. } => "wait for the other program, or end it".to_owned(),
        DownloadError::DiskFull { .. } => ROOM.to_owned(),
        DownloadError::Unwritable { cause, .. } if cause.kind() == ErrorKind::StorageFull => ROOM.to_owned(),
        DownloadError::Unwritable { .. } => format!("check the permissions of {}", folder.display()),
        DownloadError::Network { .. } => {
            "check the network, the proxy (HTTPS_PROXY) or the mirror; then run the same command to continue"
                .to_owned()
        }
        DownloadError::Refused { .. } => format!("check the mirror; {name} may have moved"),
        DownloadError::WrongFile { .. } => "nothing was kept of it; use another mirror".to_owned(),
    };
    anyhow!("{name}: {failure}; {hint}")
}

pub fn import_all(files: &[PathBuf], json: bool) -> anyhow::Result<Outcome> {
    let folder = folder()?;
    let (mut done, mut failed) = (0, 0);
    for file in files.iter().flat_map(|path| models::importable(path)) {
        match models::import(&file, &folder) {
            Ok(path) => {
                done += 1;
                let name = path.file_stem().unwrap_or_default().to_string_lossy();
                report_done(name.strip_prefix("ggml-").unwrap_or(&name), &path, 0, json);
            }
            Err(failure) => {
                failed += 1;
                error(&explain_import(failure));
            }
        }
    }
    Ok(outcome_of(done, failed))
}

fn explain_import(failure: ImportError) -> anyhow::Error {
    let hint = match &failure {
        ImportError::DiskFull { .. } => ROOM,
        ImportError::Unwritable { cause, .. } if cause.kind() == ErrorKind::StorageFull => ROOM,
        ImportError::Unwritable { .. } => "check that you may write into this folder",
        _ => return failure.into(),
    };
    anyhow!("{failure}; {hint}")
}

pub fn remove_all(names: &[String], json: bool) -> anyhow::Result<Outcome> {
    let folder = folder()?;
    let (mut done, mut failed) = (0, 0);
    for name in names {
        let located = locate(&ModelRequest::Name(name.clone()), std::slice::from_ref(&folder));
        match located.map_err(RemoveError::from).and_then(|file| models::remove(&file, &folder)) {
            Ok(bytes) => {
                done += 1;
                match json {
                    true => print_json(&json!({ "event": "removed", "model": name, "bytes": bytes })),
                    false => print_line(&format!("{name}: removed, {:.0} MB free", bytes as f64 / 1e6)),
                }
            }
            Err(failure) => {
                failed += 1;
                error(&failure.into());
            }
        }
    }
    Ok(outcome_of(done, failed))
}

fn known(name: &str) -> anyhow::Result<&'static CatalogEntry> {
    let entry = Catalog::in_use().find(name);
    entry.with_context(|| {
        format!("the catalogue has no model called {name}; `lectern models list` shows what it has")
    })
}

fn folder() -> anyhow::Result<PathBuf> {
    user_folder().context("this system names no folder of yours for models; set HOME")
}
