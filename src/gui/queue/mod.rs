//! The queue: many recordings, captioned one after the other or several at a time, as `lectern batch` does it.
//!
//! [`QueueItems`] holds the recordings and their states. While the queue is running, a thread runs a
//! [batch](crate::batch) over it. Pausing interrupts the batch, which remembers what it has recognized.

mod backend;
mod error;
mod items;
mod page;
mod row;
mod update;
mod work;

use std::path::PathBuf;
use std::sync::Arc;

pub use backend::{BatchBackend, BatchSetup, Processes};
pub use error::QueueError;
pub use items::QueueItems;
pub use page::ui;
pub use work::{Batch, QueueOptions};

use super::wake::Wake;
use crate::asr::CancelToken;
use crate::batch::JobId;

/// Everything that the window knows about the queue.
pub struct QueueState {
    pub items: Arc<QueueItems>,
    /// Number of running searches of files and folders.
    pub looks: usize,
    /// Present while the queue is running.
    cancel: Option<CancelToken>,
    /// The batch, once it has started.
    batch: Option<Arc<Batch>>,
    /// The version of the items that is in the settings.
    kept: u64,
    /// Where batches of this user remember finished work.
    state_folder: Option<PathBuf>,
}

impl QueueState {
    pub fn new(wake: Wake, state_folder: Option<PathBuf>) -> Self {
        let items = Arc::new(QueueItems::new(wake));
        Self { items, looks: 0, cancel: None, batch: None, kept: 0, state_folder }
    }

    /// Returns whether recordings are being captioned.
    pub fn is_running(&self) -> bool {
        self.cancel.as_ref().is_some_and(|cancel| !cancel.is_cancelled())
    }

    /// Returns whether it was paused and is about to stop.
    pub fn is_stopping(&self) -> bool {
        self.cancel.as_ref().is_some_and(CancelToken::is_cancelled)
    }
}

/// Actions of the queue that are not commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueAction {
    /// Moves a recording by a number of places.
    Shift(JobId, isize),
    Remove(JobId),
    /// Captions it again; `overwrite` replaces existing captions.
    Again {
        job: JobId,
        overwrite: bool,
    },
    /// Removes finished recordings from the list.
    Clear,
    /// Sets the formats to write.
    SetFormats(Vec<String>),
    /// Pauses for a recording.
    GiveWay,
}

/// News from the threads of the queue.
pub enum QueueNews {
    /// The search for recordings ended; they are in the items.
    Looked,
    Begun(Arc<Batch>),
    /// The batch ended.
    Ended(Result<(), QueueError>),
}
