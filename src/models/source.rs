//! Where the file of a model is downloaded from.

use thiserror::Error;
use ureq::http::Uri;

use crate::asr::catalog::{CatalogEntry, Obtain};

/// The variable that names a mirror: an address under which files have the names of the catalogue.
pub const MIRROR_VARIABLE: &str = "LECTERN_MODEL_MIRROR";

/// The address of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelSource(Uri);

/// Why a model cannot be downloaded from anywhere.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ModelSourceError {
    /// The catalogue names no file for it, and there is no mirror.
    #[error("{name} has no file of its own on the network; it is made from {weights}")]
    NoFile {
        /// Of the model.
        name: String,
        /// The address of the weights that it is made from.
        weights: String,
    },
    /// The mirror is not an address that starts with `http://` or `https://` and names a host.
    #[error("\"{0}\" is not a web address; a mirror is one such as https://models.example.org/whisper")]
    Mirror(String),
}

impl ModelSource {
    /// The file of a model: on the mirror if there is one, else where the catalogue says.
    ///
    /// # Errors
    /// [`ModelSourceError::NoFile`] for a model that is shipped or converted when there is no mirror, and
    /// [`ModelSourceError::Mirror`].
    pub fn of(entry: &CatalogEntry, mirror: Option<&str>) -> Result<Self, ModelSourceError> {
        let Some(mirror) = mirror else {
            let (name, weights) = (entry.name.clone(), entry.source.clone());
            let address = entry.source.parse().ok().filter(|_| entry.obtain == Obtain::Download);
            return address.map(Self).ok_or(ModelSourceError::NoFile { name, weights });
        };
        let refused = || ModelSourceError::Mirror(mirror.to_owned());
        let address = format!("{}/{}", mirror.trim_end_matches('/'), entry.file);
        let address: Uri = address.parse().map_err(|_| refused())?;
        let is_web = matches!(address.scheme_str(), Some("http" | "https"));
        let has_host = address.host().is_some_and(|host| !host.is_empty());
        if is_web && has_host { Ok(Self(address)) } else { Err(refused()) }
    }

    /// What is contacted.
    pub fn host(&self) -> &str {
        self.0.host().unwrap_or_default()
    }

    pub(super) fn address(&self) -> &Uri {
        &self.0
    }

    /// Whether all of the way must be encrypted: a redirect may not give that up.
    pub(super) fn is_encrypted(&self) -> bool {
        self.0.scheme_str() == Some("https")
    }
}

impl std::fmt::Display for ModelSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asr::catalog::Catalog;

    fn address(name: &str, mirror: Option<&str>) -> Result<String, ModelSourceError> {
        ModelSource::of(Catalog::builtin().find(name).unwrap(), mirror).map(|source| source.to_string())
    }

    #[test]
    fn a_mirror_has_every_file_under_its_name() {
        let mirror = Some("http://models.example.org/whisper/");
        assert_eq!(address("tiny", mirror).unwrap(), "http://models.example.org/whisper/ggml-tiny.bin");
        let converted = address("tiny.en-q8_0", mirror).unwrap();
        assert_eq!(converted, "http://models.example.org/whisper/ggml-tiny.en-q8_0.bin");
        for mirror in ["models", "ftp://example.org", "https:///x", "file:///etc", ""] {
            assert_eq!(
                address("tiny", Some(mirror)),
                Err(ModelSourceError::Mirror(mirror.to_owned())),
                "{mirror}"
            );
        }
    }

    #[test]
    fn without_a_mirror_only_files_that_have_an_address_are_there() {
        assert!(address("tiny", None).unwrap().ends_with("/ggml-tiny.bin"));
        assert!(matches!(address("tiny.en-q8_0", None), Err(ModelSourceError::NoFile { .. })));
    }
}
