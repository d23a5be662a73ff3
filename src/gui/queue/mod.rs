//! The queue: many recordings, captioned one after the other or several at once, as `lectern batch` does it.
//!
//! The [`QueueItems`] holds the recordings and what becomes of them. While the queue is being done, a thread runs a
//! [batch](crate::batch) over it; to pause is to interrupt the batch, which remembers what it recognized.

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

/// All that the window knows of the queue.
pub struct QueueState {
    pub items: Arc<QueueItems>,
    /// Files and folders are being looked through.
    pub looks: usize,
    /// Present while the queue is being done.
    cancel: Option<CancelToken>,
    /// The batch, once it has begun.
    batch: Option<Arc<Batch>>,
    /// The version of the items that is in the settings.
    kept: u64,
    /// Where batches of this user remember what they did.
    state_folder: Option<PathBuf>,
}

impl QueueState {
    pub fn new(wake: Wake, state_folder: Option<PathBuf>) -> Self {
        let items = Arc::new(QueueItems::new(wake));
        Self { items, looks: 0, cancel: None, batch: None, kept: 0, state_folder }
    }

    /// Whether recordings are being captioned.
    pub fn is_running(&self) -> bool {
        self.cancel.as_ref().is_some_and(|cancel| !cancel.is_cancelled())
    }

    /// Whether it was paused and is about to rest.
    pub fn is_stopping(&self) -> bool {
        self.cancel.as_ref().is_some_and(CancelToken::is_cancelled)
    }
}

/// Actions of the queue beyond commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueAction {
    /// Moves a recording by a number of places.
    Shift(JobId, isize),
    Remove(JobId),
    /// Once more; captions that are there are replaced if `overwrite` is set.
    Again {
        job: JobId,
        overwrite: bool,
    },
    /// Takes out what is done.
    Clear,
    /// Captions are written in these formats.
    SetFormats(Vec<String>),
}

/// What the threads of the queue have to say.
pub enum QueueNews {
    /// Recordings were looked for and are in the items.
    Looked,
    Begun(Arc<Batch>),
    /// Nothing is being done any more.
    Ended(Result<(), QueueError>),
}
