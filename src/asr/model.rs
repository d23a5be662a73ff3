//! Reads models and checks that they are complete.
//!
//! Models are read into memory here and handed to the engines as bytes, so that a path may contain any characters: C's
//! `fopen` fails on non-ASCII paths on Windows.

use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::catalog::{Catalog, CatalogEntry, Checksum, ModelKind, Obtain};
use super::ggml::{self, Flaw, Header, WhisperHeader};
use super::locate::{ModelFile, user_folder};

/// A Whisper model in memory.
#[derive(Clone, Debug)]
pub struct SpeechModel {
    /// The contents of the file.
    pub bytes: Vec<u8>,
    /// Its header.
    pub header: WhisperHeader,
}

/// A model whose checksum was computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    /// Checksum of the whole file.
    pub checksum: Checksum,
    /// The catalog entry with this checksum; `None` if the catalogue does not list it.
    pub entry: Option<&'static CatalogEntry>,
}

#[derive(Debug, Error)]
/// Why a model cannot be used.
pub enum ModelError {
    #[error("the model {} is not on this computer; {} (looked in {})",
        entry.name, ModelRemedy(Some(entry)), folders(.searched))]
    /// The catalogue lists it, but no folder has it.
    NotInstalled {
        /// Its catalog entry.
        entry: &'static CatalogEntry,
        /// The folders that were searched.
        searched: Vec<PathBuf>,
    },
    #[error("no model is called {name} (looked in {})", folders(.searched))]
    /// Neither the catalogue nor a folder knows the name.
    UnknownName {
        /// The requested name.
        name: String,
        /// The folders that were searched.
        searched: Vec<PathBuf>,
    },
    #[error("there is no model file here; check the path: {}", path.display())]
    /// There is no file at the path.
    Missing {
        /// The file.
        path: PathBuf,
    },
    #[error("this is not a file; give the path of the model file itself: {}", path.display())]
    /// The path is a folder or a device.
    NotAFile {
        /// The file.
        path: PathBuf,
    },
    #[error("the model cannot be read ({cause}); check the permissions and the disk: {}", path.display())]
    /// The file cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        cause: io::Error,
    },
    #[error("the model has {bytes} bytes instead of {expected}; {}: {}", ModelRemedy(Some(entry)), path.display())]
    /// The file is shorter or longer than the catalogue says.
    WrongSize {
        /// The file.
        path: PathBuf,
        /// Its catalog entry.
        entry: &'static CatalogEntry,
        /// Size of the file.
        bytes: u64,
        /// Expected size of the file.
        expected: u64,
    },
    #[error("the model cannot be used, {flaw}; {remedy}: {}", path.display())]
    /// The file is not a whole model.
    Flawed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        flaw: Flaw,
        /// How to get an intact copy.
        remedy: ModelRemedy,
    },
    #[error("the model is damaged, its checksum is {found} instead of {}; {}: {}",
        entry.checksum, ModelRemedy(Some(entry)), path.display())]
    /// The file is not the one in the catalogue.
    WrongChecksum {
        /// The file.
        path: PathBuf,
        /// Its catalog entry.
        entry: &'static CatalogEntry,
        /// Checksum of the file.
        found: Checksum,
    },
    #[error("this is a {}; choose a {}: {}",
        kind_name(.found), kind_name(.wanted), path.display())]
    /// The file is a model of another kind.
    WrongKind {
        /// The file.
        path: PathBuf,
        /// The kind that is needed.
        wanted: ModelKind,
        /// The kind of the file.
        found: ModelKind,
    },
}

/// How to get an intact copy of a model, according to its catalog entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModelRemedy(pub Option<&'static CatalogEntry>);

impl fmt::Display for ModelRemedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(entry) = self.0 else { return f.write_str("get the file again from where it came") };
        match (entry.obtain, user_folder()) {
            (Obtain::Shipped, _) => f.write_str("it comes with Lectern: install Lectern again"),
            (Obtain::Download, Some(folder)) => {
                write!(f, "download {} into {}", entry.source, folder.display())
            }
            (Obtain::Download, None) => write!(f, "download {}", entry.source),
            (Obtain::Convert, _) => f.write_str("convert it as models/README.md says"),
        }
    }
}

fn folders(searched: &[PathBuf]) -> String {
    searched.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join(", ")
}

fn kind_name(kind: &ModelKind) -> &'static str {
    match kind {
        ModelKind::Speech => "speech model",
        ModelKind::Vad => "voice activity model",
        ModelKind::Speakers => "model that tells speakers apart",
    }
}

/// Reads a speech model, and checks that it is one and is complete.
pub fn load_speech(file: &ModelFile) -> Result<SpeechModel, ModelError> {
    match load(file)? {
        (bytes, Header::Whisper(header)) => Ok(SpeechModel { bytes, header }),
        (_, Header::Silero) => Err(wrong_kind(file, ModelKind::Speech, ModelKind::Vad)),
    }
}

/// Reads a voice activity model, and checks that it is one and is complete.
pub fn load_vad(file: &ModelFile) -> Result<Vec<u8>, ModelError> {
    match load(file)? {
        (bytes, Header::Silero) => Ok(bytes),
        (_, Header::Whisper(_)) => Err(wrong_kind(file, ModelKind::Vad, ModelKind::Speech)),
    }
}

/// Reads a model that tells speakers apart, and checks that it is the one in the catalogue.
pub fn load_speakers(file: &ModelFile) -> Result<Vec<u8>, ModelError> {
    let bytes = read(file)?;
    match file.entry {
        Some(entry) => compare_bytes(file, entry, &bytes).map(|_| bytes),
        None => Err(flawed(file, Flaw::Unlisted)),
    }
}

/// Compares a model with its checksum in the catalogue; a model without an entry is looked up by its checksum.
pub fn verify(file: &ModelFile) -> Result<Verified, ModelError> {
    let Some(entry) = file.entry else { return identify(file) };
    check_size(file)?;
    let reader = File::open(&file.path).map_err(|error| unreadable(file, error))?;
    let found = entry.checksum.of_same_kind(reader).map_err(|error| unreadable(file, error))?;
    compare(file, entry, found)
}

fn identify(file: &ModelFile) -> Result<Verified, ModelError> {
    let (bytes, _) = load(file)?;
    let digest = |made: io::Result<Checksum>| made.map_err(|error| unreadable(file, error));
    let sha256 = digest(Checksum::sha256(bytes.as_slice()))?;
    let sha1 = digest(Checksum::sha1(bytes.as_slice()))?;
    let catalog = Catalog::in_use();
    let entry = catalog.find_checksum(&sha256).or_else(|| catalog.find_checksum(&sha1));
    Ok(Verified { checksum: entry.map_or(sha256, |entry| entry.checksum.clone()), entry })
}

fn load(file: &ModelFile) -> Result<(Vec<u8>, Header), ModelError> {
    let bytes = read(file)?;
    let header = ggml::inspect(&bytes).map_err(|flaw| flawed(file, flaw))?;
    if let Some(entry) = file.entry {
        compare_bytes(file, entry, &bytes)?;
    }
    Ok((bytes, header))
}

fn read(file: &ModelFile) -> Result<Vec<u8>, ModelError> {
    check_size(file)?;
    fs::read(&file.path).map_err(|error| unreadable(file, error))
}

fn compare_bytes(
    file: &ModelFile,
    entry: &'static CatalogEntry,
    bytes: &[u8],
) -> Result<Verified, ModelError> {
    let found = entry.checksum.of_same_kind(bytes).map_err(|error| unreadable(file, error))?;
    compare(file, entry, found)
}

/// Rejects a path that is not a file (reading a device need not end), an empty file, and a file of the wrong size.
fn check_size(file: &ModelFile) -> Result<(), ModelError> {
    let metadata = fs::metadata(&file.path).map_err(|error| unreadable(file, error))?;
    if !metadata.is_file() {
        return Err(ModelError::NotAFile { path: file.path.clone() });
    }
    let bytes = metadata.len();
    if bytes == 0 {
        return Err(flawed(file, Flaw::Empty));
    }
    let known = file.entry.and_then(|entry| Some((entry, entry.bytes?)));
    match known {
        Some((entry, expected)) if bytes != expected => {
            Err(ModelError::WrongSize { path: file.path.clone(), entry, bytes, expected })
        }
        _ => Ok(()),
    }
}

fn compare(file: &ModelFile, entry: &'static CatalogEntry, found: Checksum) -> Result<Verified, ModelError> {
    if found == entry.checksum {
        return Ok(Verified { checksum: found, entry: Some(entry) });
    }
    Err(ModelError::WrongChecksum { path: file.path.clone(), entry, found })
}

fn unreadable(file: &ModelFile, cause: io::Error) -> ModelError {
    ModelError::Unreadable { path: file.path.clone(), cause }
}

fn flawed(file: &ModelFile, flaw: Flaw) -> ModelError {
    ModelError::Flawed { path: file.path.clone(), flaw, remedy: ModelRemedy(file.entry) }
}

fn wrong_kind(file: &ModelFile, wanted: ModelKind, found: ModelKind) -> ModelError {
    ModelError::WrongKind { path: file.path.clone(), wanted, found }
}

#[cfg(test)]
mod tests {
    use super::super::ggml::tests::small_whisper;
    use super::super::locate::{ModelRequest, locate};
    use super::*;

    /// Makes a file `name` with `bytes` in it, as if it had been found under the catalogue name `entry`.
    fn model(folder: &tempfile::TempDir, name: &str, bytes: &[u8], entry: Option<&str>) -> ModelFile {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let entry = entry.map(|entry| Catalog::builtin().find(entry).unwrap());
        ModelFile { name: name.to_owned(), path, entry }
    }

    /// A model of the catalogue as it is where the exact size of its file is unknown.
    fn model_of_unknown_size(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> ModelFile {
        let known = Catalog::builtin().find("small").unwrap().clone();
        let entry = CatalogEntry { bytes: None, about_mib: Some(465), ..known };
        ModelFile { entry: Some(Box::leak(Box::new(entry))), ..model(folder, name, bytes, None) }
    }

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn a_path_may_hold_any_characters() {
        let folder = folder();
        for name in ["with spaces.bin", "modèle été.bin", "модель.bin", "モデル.bin", "نموذج.bin"]
        {
            let loaded = load_speech(&model(&folder, name, &small_whisper(), None));
            assert_eq!(loaded.expect(name).header.n_vocab, 3, "{name}");
        }
    }

    #[test]
    fn a_file_of_the_wrong_length_is_told_before_it_is_read() {
        let folder = folder();
        let cut = model(&folder, "cut.bin", &[0; 1000], Some("base-q8_0"));
        for error in [load_speech(&cut).unwrap_err(), verify(&cut).unwrap_err()] {
            assert!(matches!(error, ModelError::WrongSize { bytes: 1000, expected: 81_768_585, .. }));
            assert!(error.to_string().contains("it comes with Lectern: install Lectern again: "), "{error}");
        }
    }

    #[test]
    fn a_flawed_file_of_unknown_length_is_told_with_its_source() {
        let folder = folder();
        let whole = small_whisper();
        let cut = model_of_unknown_size(&folder, "cut.bin", &whole[..whole.len() - 1]);
        let told = load_speech(&cut).unwrap_err().to_string();
        assert!(told.contains("cut short in its tensors; download https://"), "{told}");
        assert!(told.ends_with("cut.bin"), "{told}");
        let empty = load_speech(&model(&folder, "empty.bin", b"", None)).unwrap_err();
        assert!(matches!(empty, ModelError::Flawed { flaw: Flaw::Empty, remedy: ModelRemedy(None), .. }));
    }

    #[test]
    fn a_whole_file_with_other_contents_is_told_by_its_checksum() {
        let folder = folder();
        let other = model_of_unknown_size(&folder, "other.bin", &small_whisper());
        for error in [load_speech(&other).unwrap_err(), verify(&other).unwrap_err()] {
            assert!(matches!(error, ModelError::WrongChecksum { .. }), "{error:?}");
        }
    }

    #[test]
    fn an_unlisted_model_is_verified_as_far_as_can_be() {
        let folder = folder();
        let own = verify(&model(&folder, "own.bin", &small_whisper(), None)).unwrap();
        assert_eq!(own.entry, None);
        assert_eq!(own.checksum, Checksum::sha256(small_whisper().as_slice()).unwrap());
    }

    #[test]
    fn a_model_of_the_other_kind_is_refused() {
        let folder = folder();
        let speech = model(&folder, "speech.bin", &small_whisper(), None);
        let told = load_vad(&speech).unwrap_err().to_string();
        assert!(told.starts_with("this is a speech model; choose a voice activity model"), "{told}");
    }

    #[test]
    fn folders_devices_and_missing_files_are_told_apart() {
        let folder = folder();
        let at =
            |path: PathBuf| load_speech(&ModelFile { name: String::new(), path, entry: None }).unwrap_err();
        assert!(matches!(at(folder.path().to_owned()), ModelError::NotAFile { .. }));
        assert!(matches!(at(folder.path().join("gone")), ModelError::Unreadable { .. }));
        #[cfg(unix)]
        assert!(matches!(at("/dev/zero".into()), ModelError::NotAFile { .. }));
    }

    /// A loop of links stands in for missing permissions, which root always has.
    #[cfg(unix)]
    #[test]
    fn a_file_that_cannot_be_read_is_told_with_the_cause() {
        let folder = folder();
        let path = folder.path().join("loop.bin");
        std::os::unix::fs::symlink(&path, &path).unwrap();
        let found = locate(&ModelRequest::Path(path), &[]).unwrap();
        let told = load_speech(&found).unwrap_err().to_string();
        assert!(told.contains("cannot be read (") && told.ends_with("loop.bin"), "{told}");
    }
}
