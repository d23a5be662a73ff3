//! What threads tell the window.

use std::io;
use std::path::PathBuf;

use crossbeam::channel::Sender;

use super::models::ModelNews;
use super::queue::QueueNews;
use super::record::news::RecordNews;
use super::wake::Wake;
use super::workers::{Again, ExportResult, NotAgain, NotTranscribed, Question, Update};
use crate::exchange::{Existing, ExportError, InPlace, OpenError, Opened};
use crate::project::{Access, MediaError, MediaReference, ProjectError, Recoverable, Saver};
use crate::settings::SettingsError;
use crate::transcript::Segment;

/// A message from a worker. Workspaces are named by number, since the window may show another by then.
pub enum News {
    Opened {
        path: PathBuf,
        result: Result<Opened, OpenError>,
        /// Captions that the recording has already, if it is one.
        existing: Vec<Existing>,
    },
    /// The answer of a dialog; without paths if it was closed.
    Answered {
        question: Question,
        paths: Vec<PathBuf>,
    },
    /// A question that no dialog can ask on this computer.
    NoDialog(Question),
    /// There is a file already at the path that was typed for a new one.
    PathTaken(PathBuf),
    Transcription {
        job: u64,
        update: Update,
    },
    /// Chosen cues were recognized anew.
    Again {
        workspace: u64,
        result: Result<Again, NotAgain>,
    },
    /// A second recognizer has finished: the segments that it recognized.
    Second {
        workspace: u64,
        result: Result<Vec<Segment>, NotTranscribed>,
    },
    Exported(Vec<ExportResult>),
    /// The file that captions were opened from was written, or not.
    SavedInPlace {
        workspace: u64,
        revision: u64,
        result: Result<InPlace, ExportError>,
    },
    /// The font families of the system, and the requested face.
    Fonts {
        families: Vec<String>,
        face: Option<(Vec<u8>, u32)>,
    },
    /// Names of the speech models on this computer.
    Models(Vec<String>),
    /// Unsaved changes are kept from now on, or cannot be.
    Keeping {
        workspace: u64,
        result: Result<Saver, ProjectError>,
    },
    NotKept(ProjectError),
    Locked {
        workspace: u64,
        path: PathBuf,
        access: Access,
    },
    RecordingSeen {
        workspace: u64,
        result: Result<MediaReference, MediaError>,
    },
    /// What a crash left.
    Recoverable(Vec<Recoverable>),
    SettingsSaved(Result<(), SettingsError>),
    /// A folder or page could not be shown by another program.
    NotShown {
        path: PathBuf,
        cause: io::Error,
    },
    Record {
        /// The number of the thread that sends it; 0 if it does not matter.
        number: u64,
        news: RecordNews,
    },
    Queue(QueueNews),
    Model(ModelNews),
    /// A worker ended in a way that should not happen. What it was doing, for people.
    Crashed(&'static str),
}

/// The end of the channel that a worker holds.
#[derive(Clone)]
pub struct Post {
    pub(super) news: Sender<News>,
    pub(super) wake: Wake,
}

impl Post {
    pub fn tell(&self, news: News) {
        // The window may have been closed.
        let _ = self.news.send(news);
        (self.wake)();
    }
}
