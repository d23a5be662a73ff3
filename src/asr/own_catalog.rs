//! An institution's own catalogue of models, in place of the built-in one.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use thiserror::Error;

use super::catalog::{Catalog, CatalogEntry, Checksum, ModelKind, Obtain};

/// The variable that names the file.
pub const CATALOG_VARIABLE: &str = "LECTERN_CATALOG";

/// What is wrong with an entry of a catalogue.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum EntryFlaw {
    /// Another entry has the same name.
    #[error("its name occurs twice")]
    RepeatedName,
    /// The name has characters that names of files may not have everywhere.
    #[error("its name has characters other than letters, digits, . - and _")]
    Name,
    /// The name of the file does not follow from the kind of model.
    #[error("its file is not called ggml-NAME.bin")]
    FileName,
    /// Both sizes are given, or none.
    #[error("it needs one of bytes and about_mib")]
    Size,
    /// A speech model lacks a shape, or another model has one.
    #[error("a speech model needs a shape, and other models have none")]
    Shape,
    /// The checksum is not in hexadecimal.
    #[error("its checksum is not lower-case hexadecimal of the right length")]
    Checksum,
    /// The source is not a web address.
    #[error("its source is not a web address")]
    Source,
}

/// Why a catalogue cannot be used.
#[derive(Debug, Error)]
pub enum CatalogError {
    /// The file cannot be read.
    #[error("{}: {cause}; correct {CATALOG_VARIABLE}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        cause: std::io::Error,
    },
    /// It does not have the form of a catalogue.
    #[error("{}, line {line}: not a catalogue of models: {cause}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Line number, from 1.
        line: usize,
        /// The parser's message.
        cause: String,
    },
    /// An entry is invalid.
    #[error("{}: the model {name}: {flaw}", path.display())]
    Flawed {
        /// The file.
        path: PathBuf,
        /// Name of the entry.
        name: String,
        /// What is wrong with it.
        flaw: EntryFlaw,
    },
}

impl Catalog {
    /// Returns the catalogue of the file that `LECTERN_CATALOG` names, else the built-in one. It is read once; a file
    /// that cannot be used is ignored, and [`Catalog::trouble`] says why.
    pub fn in_use() -> &'static Self {
        match &*OWN {
            Some(Ok(own)) => own,
            _ => Self::builtin(),
        }
    }

    /// Returns what is wrong with the file that the variable names, if anything.
    pub fn trouble() -> Option<&'static CatalogError> {
        OWN.as_ref()?.as_ref().err()
    }

    /// Reads a catalogue. It always includes the models that ship with Lectern.
    ///
    /// # Errors
    /// Every variant of [`CatalogError`].
    pub fn read(path: &Path) -> Result<Self, CatalogError> {
        let text = fs::read_to_string(path)
            .map_err(|cause| CatalogError::Unreadable { path: path.into(), cause })?;
        let malformed = |error: toml::de::Error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            CatalogError::Malformed { path: path.into(), line, cause: error.message().to_owned() }
        };
        let own: Self = toml::from_str(&text).map_err(malformed)?;
        let mut models = own.into_models();
        let mut names = HashSet::new();
        for entry in &models {
            let repeated = (!names.insert(entry.name.clone())).then_some(EntryFlaw::RepeatedName);
            if let Some(flaw) = repeated.or_else(|| flaw(entry)) {
                return Err(CatalogError::Flawed { path: path.into(), name: entry.name.clone(), flaw });
            }
        }
        let shipped = Self::builtin().models().iter().filter(|entry| entry.obtain == Obtain::Shipped);
        models.extend(shipped.filter(|entry| !names.contains(&entry.name)).cloned());
        Ok(Self::of(models))
    }
}

static OWN: LazyLock<Option<Result<Catalog, CatalogError>>> = LazyLock::new(|| {
    let path = std::env::var_os(CATALOG_VARIABLE).filter(|path| !path.is_empty())?;
    Some(Catalog::read(Path::new(&path)))
});

/// Returns what is wrong with an entry. For example, a file name could lead out of the folder for models.
pub(super) fn flaw(entry: &CatalogEntry) -> Option<EntryFlaw> {
    let (hex, length) = match &entry.checksum {
        Checksum::Sha256(hex) => (hex, 64),
        Checksum::Sha1(hex) => (hex, 40),
    };
    let is_plain = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
    };
    let is_hex = hex.len() == length && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let is_web = ["https://", "http://"].iter().any(|scheme| entry.source.starts_with(scheme));
    let checks = [
        (is_plain(&entry.name), EntryFlaw::Name),
        (is_plain(&entry.file) && fits(entry), EntryFlaw::FileName),
        (entry.bytes.is_some() != entry.about_mib.is_some(), EntryFlaw::Size),
        (entry.shape.is_some() == (entry.kind == ModelKind::Speech), EntryFlaw::Shape),
        (is_hex, EntryFlaw::Checksum),
        (is_web, EntryFlaw::Source),
    ];
    checks.into_iter().find(|(is_fine, _)| !is_fine).map(|(_, flaw)| flaw)
}

/// Returns whether the file name fits the kind of model.
fn fits(entry: &CatalogEntry) -> bool {
    match entry.kind {
        ModelKind::Speech | ModelKind::Vad => entry.file.starts_with("ggml-") && entry.file.ends_with(".bin"),
        ModelKind::Speakers => entry.file.ends_with(".safetensors"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = r#"
[[model]]
name = "ours"
kind = "speech"
file = "ggml-ours.bin"
bytes = 1000
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
languages = "multilingual"
licence = "MIT"
obtain = "download"
source = "https://models.example.org/ggml-ours.bin"
memory_mb = 100
shape = { width = 384, encoder_layers = 4, decoder_layers = 4 }
"#;

    fn read(text: &str) -> Result<Catalog, CatalogError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        Catalog::read(file.path())
    }

    #[test]
    fn an_institution_names_its_models_and_keeps_those_that_are_shipped() {
        let own = read(ENTRY).unwrap();
        let names: Vec<_> = own.models().iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["ours", "base-q8_0", "silero", "speaker-turns", "speaker-voices"]);
        // An own entry replaces that of a shipped model.
        let own = read(&ENTRY.replace("\"ours\"", "\"base-q8_0\"")).unwrap();
        assert_eq!(own.find("base-q8_0").unwrap().file, "ggml-ours.bin");
        assert_eq!(own.models().len(), 4);
    }

    #[test]
    fn a_wrong_entry_is_named_with_what_is_wrong() {
        for (from, to, word) in [
            ("ggml-ours.bin\"\nbytes", "../ggml-ours.bin\"\nbytes", "ggml-NAME.bin"),
            ("\"ours\"", "\"a b\"", "characters"),
            ("bytes = 1000", "bytes = 1000\nabout_mib = 1", "one of bytes"),
            ("sha256 = \"0", "sha256 = \"Z", "checksum"),
            ("shape =", "# shape =", "shape"),
            ("https://", "file://", "web address"),
            ("kind = \"speech\"", "kind = \"song\"", "not a catalogue"),
        ] {
            assert!(ENTRY.contains(from), "{from}");
            let error = read(&ENTRY.replacen(from, to, 1)).unwrap_err().to_string();
            assert!(error.contains(word), "{to}: {error}");
        }
        let malformed = read(&ENTRY.replace("obtain", "# obtain")).unwrap_err().to_string();
        assert!(
            malformed.contains("line 2: not a catalogue of models: missing field `obtain`"),
            "{malformed}"
        );
        assert!(read(&ENTRY.repeat(2)).unwrap_err().to_string().contains("twice"));
        let missing = Catalog::read(Path::new("no/such.toml")).unwrap_err().to_string();
        assert!(missing.contains("correct LECTERN_CATALOG"), "{missing}");
    }
}
