//! Stores where a model on this computer came from, in a file beside it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::files::Draft;

/// The origin of a model that was downloaded or imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The address or path of the source.
    pub from: String,
    /// The checksum of its bytes, with the name of the algorithm.
    pub checksum: String,
    /// SPDX identifier of the licence, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// When it arrived, in RFC 3339.
    pub on: String,
}

impl Provenance {
    pub(super) fn now(from: String, checksum: String, licence: Option<String>) -> Self {
        Self { from, checksum, licence, on: jiff::Timestamp::now().strftime("%FT%TZ").to_string() }
    }

    /// Returns the origin of a model file, if known.
    pub fn of(model: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(beside(model)).ok()?).ok()
    }

    pub(super) fn write(&self, model: &Path) -> io::Result<()> {
        Draft::write(&beside(model), &serde_json::to_vec_pretty(self)?)?.replace()
    }

    pub(super) fn remove(model: &Path) -> io::Result<()> {
        match fs::remove_file(beside(model)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

fn beside(model: &Path) -> PathBuf {
    model.with_extension("origin.json")
}
