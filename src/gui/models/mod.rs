//! The models page: available models, how they would perform on this computer, and how to download or remove them.

mod backend;
mod hint;
mod page;
mod row;
mod update;
mod work;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

pub use backend::{ModelBackend, ModelsHere};
pub use hint::tell_of_better_models;
pub use page::ui;

use crate::asr::CancelToken;
use crate::asr::catalog::CatalogEntry;
use crate::machine::Machine;
use crate::models::{
    ComputerSpeed, DownloadError, DownloadProgress, ImportError, ModelSource, ModelSourceError, RemoveError,
    mirror_of_environment,
};
use crate::settings::NetworkSettings;

/// A speech model that is installed or can be downloaded.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The name that requests refer to.
    pub name: String,
    /// Its catalog entry; `None` for a user's own file.
    pub entry: Option<&'static CatalogEntry>,
    pub path: Option<PathBuf>,
    /// It is in the user's own folder and may be removed.
    pub is_own: bool,
    /// Size of a partial download. Unit: bytes.
    pub begun: Option<u64>,
}

/// A download started in this window.
#[derive(Debug)]
pub enum Transfer {
    Running {
        cancel: CancelToken,
        /// When it started, and how many bytes were already on the disk.
        since: Instant,
        first: Option<u64>,
        progress: DownloadProgress,
        /// Whether to delete the partial file after stopping.
        is_discarded: bool,
    },
    /// Why it ended, in the user's words.
    Failed(String),
}

/// The measured speed of this computer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Measured {
    #[default]
    NotYet,
    /// The measurement is running.
    Now,
    Done(ComputerSpeed, Machine),
    /// There is no model to measure with.
    Failed,
}

/// Everything that the window knows about models.
#[derive(Debug, Default)]
pub struct ModelsState {
    /// `None` until they have been listed.
    pub models: Option<Vec<Model>>,
    pub measured: Measured,
    pub transfers: BTreeMap<String, Transfer>,
    /// The network was disabled at start.
    pub is_offline: bool,
}

impl ModelsState {
    pub fn new(is_offline: bool) -> Self {
        Self { is_offline, ..Self::default() }
    }

    /// Stops every download; each can be resumed later.
    pub fn stop(&self) {
        for transfer in self.transfers.values() {
            if let Transfer::Running { cancel, .. } = transfer {
                cancel.cancel();
            }
        }
    }

    pub fn find(&self, name: &str) -> Option<&Model> {
        self.models.as_ref()?.iter().find(|model| model.name == name)
    }
}

/// Returns the download source of a model.
///
/// # Errors
/// If it has no address, or the settings contain an invalid one.
fn source(entry: &CatalogEntry, network: &NetworkSettings) -> Result<ModelSource, ModelSourceError> {
    let chosen = (!network.mirror.is_empty()).then(|| network.mirror.clone());
    let mirror = mirror_of_environment().or(chosen);
    let source = ModelSource::of(entry, mirror.as_deref())?;
    if network.proxy.is_empty() { Ok(source) } else { source.through(&network.proxy) }
}

/// Actions of the page that are not commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelAction {
    /// Starts or resumes a download.
    Download(String),
    /// Stops a download; the partial file stays.
    Pause(String),
    /// Stops a download and deletes the partial file.
    Discard(String),
    /// Uses the model for captions from now on.
    Use(String),
    AskToRemove(String),
    Remove(String),
    /// Asks for a model file to import.
    Import,
}

/// News from the threads of the page.
#[derive(Debug)]
pub enum ModelNews {
    Looked(Vec<Model>),
    Measured(Option<(ComputerSpeed, Machine)>),
    Progress {
        name: String,
        progress: DownloadProgress,
    },
    Downloaded {
        name: String,
        result: Result<(), DownloadError>,
    },
    /// The name of an imported model.
    Imported(Result<String, ImportError>),
    Removed {
        name: String,
        result: Result<u64, RemoveError>,
    },
}
