//! The models that come with Lectern are the ones that the catalogue describes.

use std::path::{Path, PathBuf};

use lectern::asr::catalog::{Catalog, CatalogEntry, Obtain};
use lectern::asr::locate::{ModelFile, ModelRequest, locate};
use lectern::asr::model::{load_speech, load_vad, verify};

fn shipped_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models")
}

fn shipped(name: &str) -> ModelFile {
    locate(&ModelRequest::Name(name.to_owned()), &[shipped_folder()]).unwrap()
}

fn shipped_entries() -> impl Iterator<Item = &'static CatalogEntry> {
    Catalog::builtin().models().iter().filter(|entry| entry.obtain == Obtain::Shipped)
}

#[test]
fn shipped_models_have_the_bytes_that_the_catalogue_promises() {
    assert_eq!(shipped_entries().count(), 4);
    for entry in shipped_entries() {
        let verified = verify(&shipped(&entry.name)).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(verified.entry, Some(entry));
        let bytes = shipped_folder().join(&entry.file).metadata().unwrap().len();
        assert_eq!(Some(bytes), entry.bytes, "{}", entry.name);
    }
}

#[test]
fn no_other_model_is_shipped() {
    let models = shipped_folder().read_dir().unwrap().map(|file| file.unwrap().file_name());
    let models: Vec<_> = models
        .filter(|file| Path::new(file).extension().is_some_and(|e| e == "bin" || e == "safetensors"))
        .collect();
    assert_eq!(models.len(), shipped_entries().count(), "{models:?}");
}

#[test]
fn shipped_models_load() {
    let base = load_speech(&shipped("base-q8_0")).unwrap();
    assert!(base.header.is_multilingual());
    assert_eq!((base.header.n_audio_layer, base.header.n_audio_ctx, base.header.n_mels), (6, 1500, 80));
    assert_eq!(load_vad(&shipped("silero")).unwrap().len(), 885_098);
    let told = load_speech(&shipped("silero")).unwrap_err().to_string();
    assert!(told.contains("this is a voice activity model; choose a speech model"), "{told}");
}

#[test]
fn a_model_given_by_path_is_known_by_its_checksum() {
    let path = ModelRequest::Path(shipped("silero").path);
    let verified = verify(&locate(&path, &[]).unwrap()).unwrap();
    assert_eq!(verified.entry.map(|entry| entry.name.as_str()), Some("silero"));
}
