//! What threads report to the window.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crossbeam::channel::Sender;

use super::models::ModelNews;
use super::queue::QueueNews;
use super::record::news::RecordNews;
use super::terms::TermsNews;
use super::wake::Wake;
use super::workers::{
    Again, ExportResult, NotAgain, NotRemembered, NotTranscribed, Question, SpeakersUpdate, Update,
};
use crate::exchange::{Existing, ExportError, InPlace, OpenError, Opened};
use crate::project::{Access, MediaError, MediaReference, ProjectError, Recoverable, Saver};
use crate::recognize::Suggestion;
use crate::remembered::{RememberedError, RememberedVoices};
use crate::settings::SettingsError;
use crate::spelling::{Speller, SpellingError};
use crate::transcript::Segment;

/// A message from a worker.
pub enum News {
    /// The answer to a dialog; no paths if it was closed.
    Answered {
        question: Question,
        paths: Vec<PathBuf>,
    },
    /// This computer has no program that can show the dialog.
    NoDialog(Question),
    /// A file already exists at the path typed for a new one.
    PathTaken(PathBuf),
    /// The font families of the system, and the requested face.
    Fonts {
        families: Vec<String>,
        face: Option<(Vec<u8>, u32)>,
    },
    /// Names of the speech models on this computer.
    Models(Vec<String>),
    SettingsSaved(Result<(), SettingsError>),
    /// A folder or page could not be opened in another program.
    NotShown {
        path: PathBuf,
        cause: io::Error,
    },
    Editor(EditorNews),
    Record {
        /// The number of the thread that sends it; 0 if it does not matter.
        number: u64,
        news: RecordNews,
    },
    Queue(QueueNews),
    Model(ModelNews),
    Terms(TermsNews),
    /// A worker panicked. Contains the user's words for its task.
    Crashed(&'static str),
}

/// A message for the editor. Workspaces are identified by number, since the window may show another by then.
pub enum EditorNews {
    Opened {
        path: PathBuf,
        result: Result<Opened, OpenError>,
        /// Existing captions, if the file is a recording.
        existing: Vec<Existing>,
    },
    Transcription {
        job: u64,
        update: Update,
    },
    /// The selected cues were recognized again.
    Again {
        workspace: u64,
        result: Result<Again, NotAgain>,
    },
    /// A second recognizer has finished; its segments.
    Second {
        workspace: u64,
        result: Result<Vec<Segment>, NotTranscribed>,
    },
    /// Speakers are being found.
    Speakers {
        workspace: u64,
        update: SpeakersUpdate,
    },
    /// The voices that are remembered now.
    Remembered {
        result: Result<RememberedVoices, NotRemembered>,
        /// Whether the user has just asked to remember one.
        is_new: bool,
    },
    VoicesExported(Result<PathBuf, RememberedError>),
    /// Speakers of captions whose voices may be remembered ones.
    KnownVoices {
        workspace: u64,
        suggestions: Vec<Suggestion>,
    },
    Exported(Vec<ExportResult>),
    /// The result of saving to the file that the captions were opened from.
    SavedInPlace {
        workspace: u64,
        revision: u64,
        result: Result<InPlace, ExportError>,
    },
    /// The dictionary that was looked for.
    Dictionary {
        number: u64,
        result: Result<Arc<Speller>, SpellingError>,
    },
    /// What may have been meant by a word.
    SpellingSuggestions {
        word: String,
        found: Vec<String>,
    },
    /// Whether unsaved changes can be kept from now on.
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
    /// Unsaved changes found after a crash.
    Recoverable(Vec<Recoverable>),
}

impl From<EditorNews> for News {
    fn from(news: EditorNews) -> Self {
        Self::Editor(news)
    }
}

/// A worker's end of the channel.
#[derive(Clone)]
pub struct Post {
    pub(super) news: Sender<News>,
    pub(super) wake: Wake,
}

impl Post {
    pub fn tell(&self, news: impl Into<News>) {
        // The window may have been closed.
        let _ = self.news.send(news.into());
        (self.wake)();
    }
}
