//! Models in the user's folder: imports them from files, and removes them.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use thiserror::Error;

use super::origin::Provenance;
use super::part::path_of;
use super::published::{PublishedError, PublishedModel};
use crate::asr::catalog::{Catalog, CatalogEntry, Checksum};
use crate::asr::ggml::{self, Flaw, Header};
use crate::asr::locate::ModelFile;
use crate::asr::model::{ModelError, verify};
use crate::files::{free_space, temporary_file};

/// Why a file was not imported.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error("{}: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        cause: io::Error,
    },
    /// It is not a model that the engines can read.
    #[error("{}: not a model that can be used, {flaw}", path.display())]
    Flawed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// It is a model of another kind.
    #[error("{}: not a speech model", path.display())]
    WrongKind {
        /// The file.
        path: PathBuf,
    },
    /// A folder holds no model, or a part of one.
    #[error("{}: no model that can be imported: {}; {WANTED}", folder.display(), missing_files(missing))]
    NoModel {
        /// The folder.
        folder: PathBuf,
        /// Names of the files that a published model has and this folder lacks.
        missing: Vec<&'static str>,
    },
    /// Another model with this name exists.
    #[error("{}: another model of this name is there", path.display())]
    Exists {
        /// The existing model.
        path: PathBuf,
    },
    /// There is not enough space on the disk.
    #[error("{} has {} MB left, and {} MB are needed", folder.display(), free / 1_000_000, needed.div_ceil(1_000_000))]
    DiskFull {
        /// The folder for models.
        folder: PathBuf,
        /// Free space, in bytes.
        free: u64,
        /// Size of the model, in bytes.
        needed: u64,
    },
    /// A published model cannot be converted.
    #[error(transparent)]
    Unconverted(PublishedError),
    /// The copy cannot be written.
    #[error("{}: {cause}", path.display())]
    Unwritable {
        /// The copy.
        path: PathBuf,
        /// The system's error.
        cause: io::Error,
    },
}

const WANTED: &str =
    "give a file ggml-NAME.bin, or a folder with model.safetensors, config.json and tokenizer.json";

fn missing_files(names: &[&str]) -> String {
    let verb = if names.len() == 1 { "is" } else { "are" };
    format!("{} {verb} missing", names.join(", "))
}

/// Returns what can be imported at a path. A folder that is no published model itself, such as a USB stick, stands for
/// the `ggml-*.bin` files and the published models in it; any other path stands for itself.
pub fn importable(path: &Path) -> Vec<PathBuf> {
    let is_published = |path: &Path| PublishedModel::at(path).is_some_and(|model| model.missing().is_empty());
    let is_named = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("ggml-") && name.ends_with(".bin") && path.is_file()
    };
    let entries = fs::read_dir(path).ok().filter(|_| !is_published(path)).into_iter().flatten().flatten();
    let inside = entries.map(|entry| entry.path()).filter(|path| is_named(path) || is_published(path));
    let mut found: Vec<PathBuf> = inside.collect();
    found.sort();
    if found.is_empty() { vec![path.to_owned()] } else { found }
}

/// Imports a speech model: copies a ggml file into a folder under the name by which the program finds it, or converts a
/// published model (see [`PublishedModel::at`]), and writes its origin beside it. An existing file with the same bytes is
/// left unchanged. Returns the path of the copy.
///
/// # Errors
/// Every variant of [`ImportError`].
pub fn import(file: &Path, folder: &Path) -> Result<PathBuf, ImportError> {
    if let Some(published) = PublishedModel::at(file) {
        return import_published(&published, folder);
    }
    let unreadable = |cause| ImportError::Unreadable { path: file.to_owned(), cause };
    let metadata = fs::metadata(file).map_err(unreadable)?;
    let bytes = fs::read(file).map_err(unreadable)?;
    match ggml::inspect(&bytes) {
        Ok(Header::Whisper(_)) => {}
        Ok(Header::Silero) => return Err(ImportError::WrongKind { path: file.to_owned() }),
        Err(flaw) => return Err(ImportError::Flawed { path: file.to_owned(), flaw }),
    }
    drop(bytes);
    let unnamed = ModelFile { name: String::new(), path: file.to_owned(), entry: None };
    let verified = verify(&unnamed).map_err(|error| unreadable(io::Error::other(error)))?;
    let name = verified.entry.map_or_else(|| own_name(&stem(file)), |entry| entry.file.clone());
    let path = folder.join(name);
    if path.exists() {
        return kept(path, &verified.checksum);
    }
    let unwritable = |cause| ImportError::Unwritable { path: path.clone(), cause };
    let mut draft = draft_in(folder, metadata.len())?;
    io::copy(&mut File::open(file).map_err(unreadable)?, draft.as_file_mut()).map_err(unwritable)?;
    keep(draft, &path)?;
    let licence = verified.entry.map(|entry| entry.licence.clone());
    let origin = Provenance::now(file.display().to_string(), verified.checksum.to_string(), licence);
    origin.write(&path).map_err(unwritable)?;
    Ok(path)
}

fn import_published(model: &PublishedModel, folder: &Path) -> Result<PathBuf, ImportError> {
    let missing = model.missing();
    if !missing.is_empty() {
        return Err(ImportError::NoModel { folder: model.folder().to_owned(), missing });
    }
    let path = folder.join(own_name(&model.name()));
    let unwritable = |cause| ImportError::Unwritable { path: path.clone(), cause };
    let mut draft = draft_in(folder, model.length().map_err(ImportError::Unconverted)?)?;
    model.convert(draft.as_file_mut()).map_err(|error| match error {
        PublishedError::Unwritable(cause) => unwritable(cause),
        error => ImportError::Unconverted(error),
    })?;
    let checksum = Checksum::sha256(File::open(draft.path()).map_err(unwritable)?).map_err(unwritable)?;
    if path.exists() {
        return kept(path, &checksum);
    }
    keep(draft, &path)?;
    let from = model.folder().display().to_string();
    Provenance::now(from, checksum.to_string(), model.licence()).write(&path).map_err(unwritable)?;
    Ok(path)
}

/// Returns the existing file if it has this checksum.
fn kept(path: PathBuf, checksum: &Checksum) -> Result<PathBuf, ImportError> {
    let there = ModelFile { name: String::new(), path: path.clone(), entry: None };
    let is_same = verify(&there).is_ok_and(|there| there.checksum == *checksum);
    if is_same { Ok(path) } else { Err(ImportError::Exists { path }) }
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Returns `ggml-NAME.bin`, by which the program finds a model as NAME. Names of the catalogue are reserved for its
/// models.
fn own_name(name: &str) -> String {
    let name = name.strip_prefix("ggml-").unwrap_or(name);
    let file = format!("ggml-{name}.bin");
    match Catalog::in_use().models().iter().any(|entry| entry.file == file) {
        true => format!("ggml-{name}-own.bin"),
        false => file,
    }
}

/// Creates a file in the folder that gets its name when it is complete.
fn draft_in(folder: &Path, needed: u64) -> Result<NamedTempFile, ImportError> {
    let unwritable = |cause| ImportError::Unwritable { path: folder.to_owned(), cause };
    fs::create_dir_all(folder).map_err(unwritable)?;
    if let Some(free) = free_space(folder).filter(|free| *free < needed) {
        return Err(ImportError::DiskFull { folder: folder.to_owned(), free, needed });
    }
    temporary_file(folder).map_err(unwritable)
}

fn keep(draft: NamedTempFile, path: &Path) -> Result<(), ImportError> {
    let unwritable = |cause| ImportError::Unwritable { path: path.to_owned(), cause };
    draft.as_file().sync_all().map_err(unwritable)?;
    draft.persist_noclobber(path).map_err(|error| unwritable(error.error))?;
    crate::files::sync_folder_of(path);
    Ok(())
}

/// Returns the size of a partial download in bytes, if there is one.
pub fn begun(entry: &CatalogEntry, folder: &Path) -> Option<u64> {
    Some(fs::metadata(path_of(&folder.join(&entry.file))).ok()?.len()).filter(|bytes| *bytes > 0)
}

/// Deletes a partial download.
///
/// # Errors
/// Those of the file system.
pub fn discard(entry: &CatalogEntry, folder: &Path) -> io::Result<()> {
    match fs::remove_file(path_of(&folder.join(&entry.file))) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Why a model was not removed.
#[derive(Debug, Error)]
pub enum RemoveError {
    /// There is no such model.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// It ships with the program, or is in a folder shared with other users.
    #[error("{}: not in your own folder for models", path.display())]
    NotYours {
        /// The model.
        path: PathBuf,
    },
    /// It cannot be removed.
    #[error("{}: {cause}", path.display())]
    Io {
        /// The model.
        path: PathBuf,
        /// The system's error.
        cause: io::Error,
    },
}

/// Removes a model and the files beside it from the user's folder. Returns the number of freed bytes.
///
/// # Errors
/// Every variant of [`RemoveError`].
pub fn remove(model: &ModelFile, folder: &Path) -> Result<u64, RemoveError> {
    let path = model.path.clone();
    if crate::files::folder_of(&path) != folder {
        return Err(RemoveError::NotYours { path });
    }
    let failed = |cause| RemoveError::Io { path: path.clone(), cause };
    let bytes = fs::metadata(&path).map_err(failed)?.len();
    fs::remove_file(&path).map_err(failed)?;
    Provenance::remove(&path).map_err(failed)?;
    match fs::remove_file(path_of(&path)) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(failed(cause)),
        _ => Ok(bytes),
    }
}
