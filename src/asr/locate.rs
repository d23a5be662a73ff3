//! Finds models on this computer: by path, or by name in a few folders.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use directories::BaseDirs;
use serde::{Deserialize, Serialize};

use super::catalog::{Catalog, CatalogEntry};
use super::model::ModelError;

/// The default speech model.
pub const DEFAULT_SPEECH: &str = "base-q8_0";
/// The model that detects speech.
pub const DEFAULT_VAD: &str = "silero";
/// The model that finds speaker changes within ten seconds.
pub const SPEAKER_TURNS: &str = "speaker-turns";
/// The model that tells voices apart.
pub const SPEAKER_VOICES: &str = "speaker-voices";

/// The model that the user wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelRequest {
    /// A name from the catalogue, or NAME of a file `ggml-NAME.bin`.
    Name(String),
    /// The path of a file.
    Path(PathBuf),
}

impl ModelRequest {
    /// Parses the value of `--model`: a path contains a folder or ends in `.bin`.
    pub fn from_argument(argument: &OsStr) -> Self {
        let path = Path::new(argument);
        match argument.to_str() {
            Some(name) if path.components().count() == 1 && path.extension() != Some("bin".as_ref()) => {
                Self::Name(name.to_owned())
            }
            _ => Self::Path(path.to_owned()),
        }
    }
}

impl Default for ModelRequest {
    fn default() -> Self {
        Self::Name(DEFAULT_SPEECH.to_owned())
    }
}

/// A model that was found; its contents are not checked yet.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelFile {
    /// The name that requests refer to.
    pub name: String,
    /// The path of its file.
    pub path: PathBuf,
    /// Its catalog entry. A file that the user named by path has none.
    pub entry: Option<&'static CatalogEntry>,
}

/// A model that could be used: from the catalogue, or found in a folder for models.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    /// The name that requests refer to.
    pub name: String,
    /// Its entry in the catalogue, if it has one.
    pub entry: Option<&'static CatalogEntry>,
    /// Its path, if it is on this computer.
    pub path: Option<PathBuf>,
}

/// Returns the user's own folder for models; it need not exist.
pub fn user_folder() -> Option<PathBuf> {
    BaseDirs::new().map(|base| base.data_local_dir().join("lectern").join("models"))
}

/// Returns the folders in which names are searched, in order: `$LECTERN_MODELS`, the user's data folder, the folders of
/// the executable, the source tree.
pub fn search_roots() -> Vec<PathBuf> {
    let executable = env::current_exe().and_then(fs::canonicalize).ok();
    roots(env::var_os("LECTERN_MODELS"), user_folder(), executable.as_deref())
}

fn roots(variable: Option<OsString>, user: Option<PathBuf>, executable: Option<&Path>) -> Vec<PathBuf> {
    let variable = variable.filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let beside = executable.and_then(Path::parent).into_iter().flat_map(|folder| {
        let below = |place: &str| folder.parent().map(|prefix| prefix.join(place));
        // Of a manual installation, of Linux packages, and of a macOS application.
        let packaged = ["share/lectern/models", "lib/lectern/models", "Resources/models"].map(below);
        [Some(folder.join("models"))].into_iter().chain(packaged).flatten()
    });
    let source_tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    variable.into_iter().chain(user).chain(beside).chain([source_tree]).collect()
}

/// Finds a model by path, or by name in the first of `roots` that has it.
pub fn locate(request: &ModelRequest, roots: &[PathBuf]) -> Result<ModelFile, ModelError> {
    match request {
        ModelRequest::Path(path) if is_there(path) => {
            Ok(ModelFile { name: name_of(path), path: path.clone(), entry: None })
        }
        ModelRequest::Path(path) => Err(ModelError::Missing { path: path.clone() }),
        ModelRequest::Name(name) => locate_name(name, roots),
    }
}

fn locate_name(name: &str, roots: &[PathBuf]) -> Result<ModelFile, ModelError> {
    let entry = Catalog::in_use().find(name);
    let file = entry.map_or_else(|| format!("ggml-{name}.bin"), |entry| entry.file.clone());
    if let Some(path) = find_file(&file, roots) {
        return Ok(ModelFile { name: name.to_owned(), path, entry });
    }
    let searched = roots.to_vec();
    Err(match entry {
        Some(entry) => ModelError::NotInstalled { entry, searched },
        None => ModelError::UnknownName { name: name.to_owned(), searched },
    })
}

/// Lists every model of the catalogue, and every other `ggml-NAME.bin` in `roots`.
pub fn list(roots: &[PathBuf]) -> Vec<Listing> {
    let known = Catalog::in_use().models();
    let mut listings: Vec<_> = known
        .iter()
        .map(|entry| Listing {
            name: entry.name.clone(),
            entry: Some(entry),
            path: find_file(&entry.file, roots),
        })
        .collect();
    let mut others: Vec<_> =
        roots.iter().filter_map(|root| fs::read_dir(root).ok()).flatten().flatten().collect();
    others.sort_by_key(fs::DirEntry::file_name);
    for other in others {
        let file = other.file_name();
        let Some(name) = file.to_str().and_then(model_name) else { continue };
        let listed = listings.iter().any(|listing| listing.name == name);
        if !listed && known.iter().all(|entry| *entry.file != *file) {
            listings.push(Listing { name: name.to_owned(), entry: None, path: find_file(&file, roots) });
        }
    }
    listings
}

fn find_file(file: impl AsRef<Path>, roots: &[PathBuf]) -> Option<PathBuf> {
    roots.iter().map(|root| root.join(&file)).find(|path| is_there(path))
}

/// Returns whether a path exists. If it cannot be accessed, the answer is yes, so that reading it reports why.
fn is_there(path: &Path) -> bool {
    path.try_exists().unwrap_or(true)
}

/// Returns NAME of `ggml-NAME.bin`.
fn model_name(file: &str) -> Option<&str> {
    file.strip_prefix("ggml-")?.strip_suffix(".bin")
}

fn name_of(path: &Path) -> String {
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    model_name(&file).unwrap_or(&file).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            fs::write(folder.path().join(file), b"").unwrap();
        }
        folder
    }

    fn named(name: &str) -> ModelRequest {
        ModelRequest::Name(name.to_owned())
    }

    #[test]
    fn an_argument_with_a_folder_or_an_ending_is_a_path() {
        let parse = |argument: &str| ModelRequest::from_argument(argument.as_ref());
        assert_eq!(parse("base"), named("base"));
        assert_eq!(parse("large-v3-turbo-q5_0"), named("large-v3-turbo-q5_0"));
        for path in ["ggml-base.bin", "./base", "models/base", "/base", "моя/модель.bin"] {
            assert_eq!(parse(path), ModelRequest::Path(path.into()), "{path}");
        }
    }

    #[test]
    fn the_first_folder_that_has_a_model_wins() {
        let (first, second) =
            (folder_with(&["ggml-mine.bin"]), folder_with(&["ggml-mine.bin", "ggml-base.bin"]));
        let roots = [first.path().join("absent"), first.path().to_owned(), second.path().to_owned()];
        assert_eq!(locate(&named("mine"), &roots).unwrap().path, first.path().join("ggml-mine.bin"));
        let base = locate(&named("base"), &roots).unwrap();
        assert_eq!(base.path, second.path().join("ggml-base.bin"));
        assert_eq!(base.entry.unwrap().name, "base");
    }

    #[test]
    fn a_catalogue_name_stands_for_its_file() {
        let folder = folder_with(&["ggml-silero-v6.2.3.bin"]);
        let found = locate(&named(DEFAULT_VAD), &[folder.path().to_owned()]).unwrap();
        assert_eq!(found.path, folder.path().join("ggml-silero-v6.2.3.bin"));
    }

    #[test]
    fn a_path_is_the_users_own_file() {
        let folder = folder_with(&["ggml-base.bin"]);
        let path = folder.path().join("ggml-base.bin");
        let found = locate(&ModelRequest::Path(path.clone()), &[]).unwrap();
        assert_eq!(found, ModelFile { name: "base".to_owned(), path, entry: None });
    }

    #[test]
    fn what_is_missing_is_named_with_the_remedy() {
        let roots = [PathBuf::from("one"), PathBuf::from("two")];
        let told = |request| locate(&request, &roots).unwrap_err().to_string();
        let small = told(named("small"));
        assert!(small.contains("small is not on this computer; download https://"), "{small}");
        assert!(small.ends_with("(looked in one, two)"), "{small}");
        assert!(told(named("base-q8_0")).contains("install Lectern again"));
        assert!(told(named("smal")).contains("no model is called smal (looked in one, two)"));
        assert!(told(ModelRequest::Path("no/such.bin".into())).ends_with(": no/such.bin"));
    }

    #[test]
    fn roots_come_in_the_documented_order() {
        let found =
            roots(Some("env".into()), Some("user".into()), Some(Path::new("/opt/lectern/bin/lectern")));
        let source_tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
        let packaged = [
            "/opt/lectern/bin/models",
            "/opt/lectern/share/lectern/models",
            "/opt/lectern/lib/lectern/models",
            "/opt/lectern/Resources/models",
        ];
        let expected = ["env", "user"].into_iter().chain(packaged).map(PathBuf::from);
        assert_eq!(found, expected.chain([source_tree.clone()]).collect::<Vec<_>>());
        assert_eq!(roots(Some("".into()), None, None), [source_tree]);
    }

    #[test]
    fn a_list_has_the_catalogue_first_and_each_other_file_once() {
        let (first, second) =
            (folder_with(&["ggml-mine.bin", "notes.txt"]), folder_with(&["ggml-mine.bin", "ggml-tiny.bin"]));
        let listings = list(&[first.path().to_owned(), second.path().to_owned()]);
        let known = Catalog::builtin().models().len();
        assert_eq!(listings.len(), known + 1);
        assert_eq!(listings[known].name, "mine");
        assert_eq!(listings[known].path, Some(first.path().join("ggml-mine.bin")));
        let there: Vec<_> = listings[..known].iter().filter(|listing| listing.path.is_some()).collect();
        assert_eq!(there.len(), 1);
        assert_eq!(there[0].name, "tiny");
    }
}
