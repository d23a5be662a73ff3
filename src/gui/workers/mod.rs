//! Threads that do for the window what takes time: files, models, dialogs.
//!
//! Work gets what it needs by value and answers with [`News`] through a bounded channel, which the window empties
//! at the start of a frame.

mod again;
#[cfg(target_os = "linux")]
mod chooser;
mod dialog;
mod export;
mod fonts;
mod notification;
mod open;
mod project;
mod transcription;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam::channel::{Receiver, Sender, bounded, never};

pub use again::{Again, AgainJob};
pub use dialog::{Answer, Dialogs, NativeDialogs, NoDialog, Question};
pub use export::{ExportJob, ExportResult};
pub use notification::{Notify, notify_on_desktop};
pub use transcription::{Captions, Ended, Engines, TranscriptionJob, Update};

use crate::exchange::{Existing, ExportError, InPlace, OpenError, Opened};
use crate::gui::queue::QueueNews;
use crate::gui::record::RecordNews;
use crate::gui::words;
use crate::project::{Access, MediaError, MediaReference, ProjectError, Recoverable, Saver};
use crate::settings::SettingsError;

/// News that wait for the window; a worker that is faster than it waits.
const MOST_NEWS: usize = 256;
/// How long the program waits for its workers at its end.
const LAST_WAIT: Duration = Duration::from_secs(5);

/// Actions the window for a frame, so that it sees its news.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What a worker has to say. Workspaces go by their numbers, for the window may show another by then.
pub enum News {
    Opened {
        path: PathBuf,
        result: Result<Opened, OpenError>,
        /// Captions that the recording has already, if it is one.
        existing: Vec<Existing>,
    },
    /// An answer to a question that a dialog asked; without paths where it was closed.
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
        result: Result<Again, String>,
    },
    Exported(Vec<ExportResult>),
    /// The file that captions were opened from was written, or not.
    SavedInPlace {
        workspace: u64,
        revision: u64,
        result: Result<InPlace, ExportError>,
    },
    /// Font families of the system, and the face that was asked for.
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
        cause: String,
    },
    Record {
        /// The thread that tells it; 0 where it does not matter which.
        number: u64,
        news: RecordNews,
    },
    Queue(QueueNews),
    /// A worker ended in a way that should not happen. What it was doing, for people.
    Crashed(&'static str),
}

/// The end of the channel that a worker holds.
#[derive(Clone)]
pub struct Post {
    news: Sender<News>,
    wake: Wake,
}

impl Post {
    pub fn tell(&self, news: News) {
        // When the window is gone, nobody wants to know.
        let _ = self.news.send(news);
        (self.wake)();
    }
}

pub struct Workers {
    post: Post,
    news: Receiver<News>,
    running: Mutex<Vec<JoinHandle<()>>>,
}

impl Workers {
    pub fn new(wake: Wake) -> Self {
        let (sender, news) = bounded(MOST_NEWS);
        Self { post: Post { news: sender, wake }, news, running: Mutex::default() }
    }

    /// The next news, if there are any.
    pub fn news(&self) -> Option<News> {
        self.news.try_recv().ok()
    }

    /// Does `work` on a thread of its own; `name` says what it is, for people.
    pub fn start(&self, name: &'static str, work: impl FnOnce(&Post) + Send + 'static) {
        let (post, language) = (self.post.clone(), words::language());
        let run = move || {
            words::set_language(language);
            if catch_unwind(AssertUnwindSafe(|| work(&post))).is_err() {
                post.tell(News::Crashed(name));
            }
        };
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|thread| !thread.is_finished());
        match thread::Builder::new().name(name.to_owned()).spawn(run) {
            Ok(thread) => running.push(thread),
            // The channel may be full, and this is the thread that empties it.
            Err(_) => drop(self.post.news.try_send(News::Crashed(name))),
        }
    }

    /// Waits for workers that were told to stop, for nobody reads their news any more. The libraries of a
    /// recognizer that still runs would be taken down under it when the program ends.
    pub fn finish(&mut self) {
        // Those that wait for room in the channel go on.
        self.news = never();
        let running = self.running.get_mut().unwrap_or_else(PoisonError::into_inner);
        let end = Instant::now() + LAST_WAIT;
        while running.iter().any(|thread| !thread.is_finished()) && Instant::now() < end {
            thread::sleep(Duration::from_millis(10));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn the_end_waits_for_a_worker_that_has_more_to_say_than_anybody_reads() {
        let mut workers = Workers::new(Arc::new(|| ()));
        let is_done = Arc::new(AtomicBool::new(false));
        let done = Arc::clone(&is_done);
        workers.start("talk", move |post| {
            for _ in 0..=MOST_NEWS {
                post.tell(News::Models(Vec::new()));
            }
            thread::sleep(Duration::from_millis(50));
            done.store(true, Ordering::SeqCst);
        });
        workers.finish();
        assert!(is_done.load(Ordering::SeqCst));
    }
}
