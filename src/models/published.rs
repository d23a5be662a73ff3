//! Published models: folders of `model.safetensors`, `config.json` and `tokenizer.json`.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use crate::asr::published::{ConvertError, PublishedFiles, ReadError, convert};

/// Largest size of a JSON file: the tokenizer of large-v3 has 2.5 MB. Unit: bytes.
const LARGEST_JSON: u64 = 64 << 20;

const CONFIG: &str = "config.json";
const TOKENIZER: &str = "tokenizer.json";
const WEIGHTS: &str = "model.safetensors";
/// Names the files of weights that are in several.
const INDEX: &str = "model.safetensors.index.json";

/// Why a published model was not converted.
#[derive(Debug, Error)]
pub enum PublishedError {
    /// A file that belongs to the model cannot be read.
    #[error("{}: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        cause: io::Error,
    },
    /// A list of files is larger than any model has, or names files outside the folder.
    #[error("{}: not a file of a speech model", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The files are not those of a Whisper model, or are damaged.
    #[error("{}: not a Whisper model that can be used: {cause}", folder.display())]
    Flawed {
        /// The folder.
        folder: PathBuf,
        /// What is wrong.
        cause: ReadError,
    },
    /// The ggml file cannot be written.
    #[error(transparent)]
    Unwritable(io::Error),
}

/// A folder that holds a published model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedModel {
    folder: PathBuf,
}

#[derive(Deserialize)]
struct Index {
    /// The file of each tensor.
    weight_map: HashMap<String, String>,
}

impl PublishedModel {
    /// Returns the published model at a path, which is a folder or a `.safetensors` file in it. `None` for any other
    /// file. [`missing`](Self::missing) tells whether it is one.
    pub fn at(path: &Path) -> Option<Self> {
        let is_weights =
            path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("safetensors"));
        let folder = if is_weights { path.parent()? } else { path };
        (is_weights || path.is_dir()).then(|| Self { folder: folder.to_owned() })
    }

    /// Returns the names of the files that a published model has and this folder lacks.
    pub fn missing(&self) -> Vec<&'static str> {
        let lacks = |name: &str| !self.folder.join(name).is_file();
        let has_weights = !lacks(WEIGHTS) || !lacks(INDEX);
        let files = [CONFIG, TOKENIZER].into_iter().filter(|name| lacks(name));
        files.chain((!has_weights).then_some(WEIGHTS)).collect()
    }

    /// Returns the folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the name of the model: that of its folder or, in the cache of Hugging Face's tools
    /// (`models--OWNER--NAME/snapshots/DIGEST`), its name there.
    pub fn name(&self) -> String {
        let folder = self.folder.canonicalize().unwrap_or_else(|_| self.folder.clone());
        let names: Vec<_> =
            folder.ancestors().filter_map(Path::file_name).map(|name| name.to_string_lossy()).collect();
        let cached = names.iter().find_map(|name| name.strip_prefix("models--")?.rsplit("--").next());
        cached.or(names.first().map(AsRef::as_ref)).unwrap_or("model").to_owned()
    }

    /// Returns the licence that the model card names, usually an SPDX identifier in lower case.
    pub fn licence(&self) -> Option<String> {
        let card = read_limited(&self.folder.join("README.md")).ok()?;
        let card = String::from_utf8(card).ok()?;
        let head = card.strip_prefix("---")?.split("\n---").next()?;
        let licence = head.lines().find_map(|line| line.strip_prefix("license:"))?;
        Some(licence.trim().trim_matches(['"', '\'']).to_owned()).filter(|licence| !licence.is_empty())
    }

    /// Returns the size of the files with the weights, which the ggml file does not exceed. Unit: bytes.
    ///
    /// # Errors
    /// [`PublishedError::Unreadable`] and [`PublishedError::Foreign`].
    pub fn length(&self) -> Result<u64, PublishedError> {
        let length =
            |path: &PathBuf| fs::metadata(path).map(|metadata| metadata.len()).map_err(unreadable(path));
        self.weight_files()?.iter().map(length).sum()
    }

    /// Writes the model as a ggml file in q8_0. Keeps the files in memory during this.
    ///
    /// # Errors
    /// Every variant of [`PublishedError`].
    pub fn convert(&self, to: &mut File) -> Result<(), PublishedError> {
        convert(&self.files()?, to).map_err(|error| match error {
            ConvertError::Flawed(cause) => PublishedError::Flawed { folder: self.folder.clone(), cause },
            ConvertError::Unwritable(cause) => PublishedError::Unwritable(cause),
        })
    }

    /// Reads the files that a conversion needs.
    fn files(&self) -> Result<PublishedFiles, PublishedError> {
        let json = |name: &str| {
            let path = self.folder.join(name);
            read_limited(&path).map_err(unreadable(&path))
        };
        let weights = |path: &PathBuf| fs::read(path).map_err(unreadable(path));
        Ok(PublishedFiles {
            config: json(CONFIG)?,
            tokenizer: json(TOKENIZER)?,
            generation: json("generation_config.json").ok(),
            weights: self.weight_files()?.iter().map(weights).collect::<Result<_, _>>()?,
        })
    }

    /// Returns the files with the weights: one, or those that the index names.
    fn weight_files(&self) -> Result<Vec<PathBuf>, PublishedError> {
        let index = self.folder.join(INDEX);
        let whole = self.folder.join(WEIGHTS);
        if whole.exists() || !index.exists() {
            return Ok(vec![whole]);
        }
        let bytes = read_limited(&index).map_err(unreadable(&index))?;
        let foreign = || PublishedError::Foreign { path: index.clone() };
        let Index { weight_map } = serde_json::from_slice(&bytes).map_err(|_| foreign())?;
        let names: BTreeSet<String> = weight_map.into_values().collect();
        // A file name has only one component, so that an untrusted index cannot name files outside the folder.
        match names.iter().all(|name| Path::new(name).file_name() == Some(name.as_ref())) {
            true => Ok(names.iter().map(|name| self.folder.join(name)).collect()),
            false => Err(foreign()),
        }
    }
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> PublishedError {
    let path = path.to_owned();
    |cause| PublishedError::Unreadable { path, cause }
}

/// Reads a file, unless it is larger than any file of a model.
fn read_limited(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_JSON + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_JSON {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model_in(folder: &Path) -> PublishedModel {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("config.json"), "{}").unwrap();
        PublishedModel::at(folder).expect("the folder has a config.json")
    }

    #[test]
    fn a_model_is_called_by_its_folder_or_its_name_in_the_cache() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(model_in(&folder.path().join("whisper-small-sw")).name(), "whisper-small-sw");
        let cached = model_in(&folder.path().join("models--openai--whisper-small/snapshots/973afd24965f"));
        assert_eq!(cached.name(), "whisper-small");
    }

    #[test]
    fn a_file_with_weights_stands_for_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let model = model_in(folder.path());
        assert_eq!(PublishedModel::at(&folder.path().join("model.safetensors")), Some(model));
        assert_eq!(PublishedModel::at(&folder.path().join("ggml-base.bin")), None);
        assert_eq!(PublishedModel::at(&folder.path().join("missing")), None);
    }

    #[test]
    fn what_a_folder_lacks_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let model = PublishedModel::at(folder.path()).unwrap();
        assert_eq!(model.missing(), ["config.json", "tokenizer.json", "model.safetensors"]);
        for (name, left) in [("config.json", 2), ("model.safetensors.index.json", 1), ("tokenizer.json", 0)] {
            fs::write(folder.path().join(name), "{}").unwrap();
            assert_eq!(model.missing().len(), left, "{name}");
        }
    }

    #[test]
    fn the_licence_is_that_of_the_model_card() {
        let folder = tempfile::tempdir().unwrap();
        let model = model_in(folder.path());
        assert_eq!(model.licence(), None);
        let card = "---\nlanguage: sw\nlicense: apache-2.0\n---\n# Swahili\nlicense: of something else\n";
        fs::write(folder.path().join("README.md"), card).unwrap();
        assert_eq!(model.licence().as_deref(), Some("apache-2.0"));
    }

    #[test]
    fn an_index_names_the_files_and_none_outside() {
        let folder = tempfile::tempdir().unwrap();
        let model = model_in(folder.path());
        let index = folder.path().join("model.safetensors.index.json");
        fs::write(&index, r#"{"weight_map": {"a": "model-2.safetensors", "b": "model-1.safetensors", "c": "model-1.safetensors"}}"#)
            .unwrap();
        let files = ["model-1.safetensors", "model-2.safetensors"].map(|name| folder.path().join(name));
        assert_eq!(model.weight_files().unwrap(), files);
        for outside in ["../model.safetensors", "/etc/passwd", "..", ""] {
            fs::write(&index, format!(r#"{{"weight_map": {{"a": "{outside}"}}}}"#)).unwrap();
            assert!(matches!(model.weight_files(), Err(PublishedError::Foreign { .. })), "{outside}");
        }
    }
}
