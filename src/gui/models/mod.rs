//! The page of models: which there are, what each would be on this computer, and the way to get or remove it.

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
pub use page::ui;

use crate::asr::CancelToken;
use crate::asr::catalog::CatalogEntry;
use crate::machine::Machine;
use crate::models::{
    ComputerSpeed, DownloadError, DownloadProgress, ImportError, ModelSource, ModelSourceError, RemoveError,
    mirror_of_environment,
};
use crate::settings::NetworkSettings;

/// A speech model that is here or could be.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// By which it is asked for.
    pub name: String,
    /// What the catalogue says of it; nothing of a person's own file.
    pub entry: Option<&'static CatalogEntry>,
    pub path: Option<PathBuf>,
    /// It is in the person's own folder, and may be removed.
    pub is_own: bool,
    /// Bytes of a download that was stopped.
    pub begun: Option<u64>,
}

/// A download of this window.
#[derive(Debug)]
pub enum Transfer {
    Running {
        cancel: CancelToken,
        /// When it began, and with how many bytes on the disk.
        since: Instant,
        first: Option<u64>,
        progress: DownloadProgress,
        /// What came is thrown away when it has stopped.
        is_discarded: bool,
    },
    /// Why it ended, for people.
    Failed(String),
}

/// What was measured of this computer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Measured {
    #[default]
    NotYet,
    /// It is going on.
    Now,
    Done(ComputerSpeed, Machine),
    /// There is no model to measure with.
    Failed,
}

/// All that the window knows of models.
#[derive(Debug, Default)]
pub struct ModelsState {
    /// Nothing before they were looked for.
    pub models: Option<Vec<Model>>,
    pub measured: Measured,
    pub transfers: BTreeMap<String, Transfer>,
    /// The network was forbidden when the program was started.
    pub is_offline: bool,
}

impl ModelsState {
    pub fn new(is_offline: bool) -> Self {
        Self { is_offline, ..Self::default() }
    }

    /// Stops every download; each goes on another day where it was.
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

/// Where the file of a model would come from.
///
/// # Errors
/// When it has no address, or the settings have a wrong one.
fn source(entry: &CatalogEntry, network: &NetworkSettings) -> Result<ModelSource, ModelSourceError> {
    let chosen = (!network.mirror.is_empty()).then(|| network.mirror.clone());
    let mirror = mirror_of_environment().or(chosen);
    let source = ModelSource::of(entry, mirror.as_deref())?;
    if network.proxy.is_empty() { Ok(source) } else { source.through(&network.proxy) }
}

/// What can be asked of the page beyond commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelAction {
    /// Downloads it, or goes on where a download was stopped.
    Download(String),
    /// Stops a download; what came stays.
    Pause(String),
    /// Stops a download and throws away what came.
    Discard(String),
    /// Captions are made with it from now on.
    Use(String),
    AskToRemove(String),
    Remove(String),
    /// Asks for a file to take in.
    Import,
}

/// What the threads of the page have to say.
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
    /// The name of a file that was taken in.
    Imported(Result<String, ImportError>),
    Removed {
        name: String,
        result: Result<u64, RemoveError>,
    },
}
