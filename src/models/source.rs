//! Where a model is downloaded from.

use std::env;

use thiserror::Error;
use ureq::Proxy;
use ureq::http::Uri;

use crate::asr::catalog::{CatalogEntry, Obtain};

/// The variable that names a mirror: an address under which files have their names of the catalogue.
pub const MIRROR_VARIABLE: &str = "LECTERN_MODEL_MIRROR";

/// Returns the mirror that the environment names, if any.
pub fn mirror_of_environment() -> Option<String> {
    env::var(MIRROR_VARIABLE).ok().filter(|mirror| !mirror.is_empty())
}

/// The address of a file, and the proxy to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelSource {
    address: Uri,
    /// `None` uses the proxy of the environment.
    proxy: Option<Proxy>,
}

/// Why a model cannot be downloaded.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ModelSourceError {
    /// The catalogue has no address for it, and there is no mirror.
    #[error("{name} has no file of its own on the network; it is made from {weights}")]
    NoFile {
        /// Name of the model.
        name: String,
        /// The address of the weights that it is converted from.
        weights: String,
    },
    /// The mirror is not an address that starts with `http://` or `https://` and names a host.
    #[error("\"{0}\" is not a web address; a mirror is one such as https://models.example.org/whisper")]
    Mirror(String),
    /// The proxy is not an address that the program can use.
    #[error("\"{0}\" is not a proxy; one is such as http://proxy.example.org:3128")]
    Proxy(String),
}

impl ModelSource {
    /// Returns the source of a model: the mirror if there is one, otherwise the address in the catalogue.
    ///
    /// # Errors
    /// [`ModelSourceError::NoFile`] for a model that ships with Lectern or is converted if there is no mirror, and
    /// [`ModelSourceError::Mirror`].
    pub fn of(entry: &CatalogEntry, mirror: Option<&str>) -> Result<Self, ModelSourceError> {
        let Some(mirror) = mirror else {
            let (name, weights) = (entry.name.clone(), entry.source.clone());
            let address = entry.source.parse().ok().filter(|_| entry.obtain == Obtain::Download);
            return address.map(Self::direct).ok_or(ModelSourceError::NoFile { name, weights });
        };
        let refused = || ModelSourceError::Mirror(mirror.to_owned());
        let address = format!("{}/{}", mirror.trim_end_matches('/'), entry.file);
        let address: Uri = address.parse().map_err(|_| refused())?;
        let is_web = matches!(address.scheme_str(), Some("http" | "https"));
        let has_host = address.host().is_some_and(|host| !host.is_empty());
        if is_web && has_host { Ok(Self::direct(address)) } else { Err(refused()) }
    }

    fn direct(address: Uri) -> Self {
        Self { address, proxy: None }
    }

    /// Returns the same source through a proxy, instead of the one that the environment names.
    ///
    /// # Errors
    /// [`ModelSourceError::Proxy`].
    pub fn through(self, proxy: &str) -> Result<Self, ModelSourceError> {
        let is_web = ["http://", "https://"].iter().any(|scheme| proxy.starts_with(scheme));
        let known = Proxy::new(proxy).ok().filter(|_| is_web);
        let proxy = known.ok_or_else(|| ModelSourceError::Proxy(proxy.to_owned()))?;
        Ok(Self { proxy: Some(proxy), ..self })
    }

    /// Returns the host that is contacted.
    pub fn host(&self) -> &str {
        self.address.host().unwrap_or_default()
    }

    pub(super) fn address(&self) -> &Uri {
        &self.address
    }

    pub(super) fn proxy(&self) -> Option<&Proxy> {
        self.proxy.as_ref()
    }

    /// Returns whether the whole connection must be encrypted, including redirects.
    pub(super) fn is_encrypted(&self) -> bool {
        self.address.scheme_str() == Some("https")
    }
}

impl std::fmt::Display for ModelSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.address.fmt(f)
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
    fn a_proxy_is_checked_before_it_is_used() {
        let tiny = ModelSource::of(Catalog::builtin().find("tiny").unwrap(), None).unwrap();
        for proxy in ["http://proxy.example.org:3128", "https://127.0.0.1"] {
            assert!(tiny.clone().through(proxy).is_ok(), "{proxy}");
        }
        for proxy in ["", "ftp://proxy.example.org", "http://", "socks5://127.0.0.1:1080"] {
            let refused = Err(ModelSourceError::Proxy(proxy.to_owned()));
            assert_eq!(tiny.clone().through(proxy), refused, "{proxy}");
        }
    }

    #[test]
    fn without_a_mirror_only_files_that_have_an_address_are_there() {
        assert!(address("tiny", None).unwrap().ends_with("/ggml-tiny.bin"));
        assert!(matches!(address("tiny.en-q8_0", None), Err(ModelSourceError::NoFile { .. })));
    }
}
