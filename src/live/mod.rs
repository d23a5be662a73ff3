//! A live session: sound is recorded to disk first, and recognized from there while it is recorded.
//!
//! Two threads share nothing but how far the recording has come. **Feed** takes sound from the source and writes
//! the spool; it waits for nobody. **Recognize** follows the spool as fast as it can, so that a slow machine falls
//! behind and loses nothing, and recovery is the same work without a feed.

mod agreement;
mod clock;
mod disk;
mod event;
mod event_sender;
mod journal;
mod level_watch;
mod pace;
pub mod page;
mod preflight;
mod recognize;
mod recorder;
mod recover;
mod save;
mod source;
mod speed;
mod spool_progress;
mod text;

use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use crossbeam::channel::{Receiver, Sender, bounded, never};
use thiserror::Error;

pub use crate::files::free_space;
pub use clock::{Clock, ManualClock, SystemClock};
pub use disk::FreeSpace;
pub use event::{LiveEvent, LiveStatus, StopReason};
pub use event_sender::Wake;
pub use journal::JournalError;
pub use level_watch::{LevelTrouble, LevelWatch};
pub use preflight::{Finding, FindingSeverity, Preflight, PreflightError, SoundCheck, preflight};
pub use recognize::MakeRecognizer;
pub use recover::{Unfinished, recover, unfinished};
pub use save::{RecordedError, keep_recorded};
#[cfg(feature = "mic")]
pub use source::MicrophoneSource;
pub use source::{FileSource, Heard, Source, SourceError};
pub use speed::{Speed, models_here};
pub use text::LiveText;

use self::disk::DiskWatch;
use self::event_sender::EventSender;
use self::journal::{Journal, Past};
use self::recognize::{Parts, SpoolRecognizer};
use self::recorder::{Command, Feed};
use self::spool_progress::Tail;
use crate::asr::{CancelToken, Recognizer};
use crate::audio::{AudioError, FullQuality, Spool, SpoolReader};
use crate::recognize::{CaptionRequest, Engine};
use crate::transcript::Transcript;
use crate::vad::{VoiceActivityDetector, WindowOptions};

/// No session begins with less room: half an hour of sound, and what is kept free. Unit: bytes.
const LEAST_SPACE: u64 = 64 << 20;
/// Events that may wait for their reader before those that can be left out are.
const EVENTS: usize = 256;

/// Utterances for live captions: a pause ends one, a short pause a long one, and a very long one ends without a pause.
fn utterances() -> WindowOptions {
    WindowOptions {
        max_length: 14.0,
        min_length: 6.0,
        max_wait: 0.6,
        min_wait: 0.3,
        ..WindowOptions::default()
    }
}

/// Where a session keeps its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveFiles {
    /// The recording, as 16 kHz mono.
    pub sound: PathBuf,
    /// What is recognized so far.
    pub journal: PathBuf,
    /// The sound as the device gives it, where that is wanted.
    pub full_quality: Option<PathBuf>,
}

impl LiveFiles {
    /// The files of a session of this name.
    pub fn named(folder: &Path, name: &str) -> Self {
        let file = |ending| folder.join(format!("{name}.{ending}"));
        Self { sound: file("wav"), journal: file("journal"), full_quality: None }
    }

    /// The same with the sound as the device gives it.
    pub fn with_full_quality(self) -> Self {
        Self { full_quality: Some(self.sound.with_extension("full.wav")), ..self }
    }

    /// The name of a session that begins now, by the clock on the wall.
    pub fn name_of_now() -> String {
        jiff::Zoned::now().strftime("lecture %Y-%m-%d %H.%M.%S").to_string()
    }

    /// The captions are safe, and hold all that the journal holds: it goes.
    ///
    /// # Errors
    /// When it cannot be removed; the session would then be taken for one that was cut off.
    pub fn complete(&self) -> Result<(), JournalError> {
        let io = |source| JournalError::Io { path: self.journal.clone(), source };
        std::fs::remove_file(&self.journal).map_err(io)
    }
}

/// Threads of the recognizer: one utterance is spoken at a time, so that all idle cores look at it. More than four do
/// not make it sooner.
pub fn recognizer_threads() -> NonZeroUsize {
    const MOST: usize = 4;
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    NonZeroUsize::new(cores.min(MOST)).unwrap_or(NonZeroUsize::MIN)
}

#[derive(Debug, Error)]
pub enum LiveError {
    #[error("interrupted; `lectern live --recover` goes on with what was recorded")]
    Interrupted,
    #[error(transparent)]
    Audio(#[from] AudioError),
    #[error(transparent)]
    Journal(JournalError),
    #[error("{}: {source}; check the folder, its permissions and the free space", .folder.display())]
    Folder { folder: PathBuf, source: io::Error },
    #[error(
        "{}: the disk is full: {} MB are free, {} MB are needed to begin; make room, or choose another folder",
        .folder.display(),
        .free / 1_000_000,
        LEAST_SPACE / 1_000_000
    )]
    DiskFull { folder: PathBuf, free: u64 },
    #[error("a worker thread could not be started: {0}; close other programs and try again")]
    Thread(io::Error),
    #[error("a worker thread has stopped; `lectern live --recover` goes on with what was recorded")]
    Crashed,
}

/// What a session hears with and what it knows of the computer.
pub struct LiveEngine<R> {
    pub make_recognizer: MakeRecognizer<R>,
    pub detector: Box<dyn VoiceActivityDetector>,
    pub clock: Arc<dyn Clock>,
    pub free_space: FreeSpace,
    pub wake: Wake,
}

impl LiveEngine<Box<dyn Recognizer>> {
    /// The engine on this computer, with a recognizer that computes on up to `threads` threads.
    pub fn new(engine: &Engine, threads: NonZeroUsize) -> Self {
        let speech = engine.speech();
        Self {
            make_recognizer: Box::new(move || speech.recognizer_on(threads)),
            detector: Box::new(engine.detector()),
            clock: Arc::new(SystemClock::default()),
            free_space: |path| fs4::available_space(path),
            wake: Arc::new(|| ()),
        }
    }
}

/// A session that runs. Dropping it ends the recording and the recognition, as [`abandon`](Self::abandon) does.
pub struct LiveSession {
    commands: Sender<Command>,
    events: Receiver<LiveEvent>,
    cancel: CancelToken,
    /// Absent where a session is recovered.
    feed: Option<JoinHandle<()>>,
    recognize: Option<JoinHandle<Result<Transcript, LiveError>>>,
}

impl LiveSession {
    /// Begins to record and to recognize.
    ///
    /// # Errors
    /// When the files cannot be created, also when they are there already.
    pub fn start<R: Recognizer + 'static>(
        source: Box<dyn Source>,
        engine: LiveEngine<R>,
        files: &LiveFiles,
        request: CaptionRequest,
    ) -> Result<Self, LiveError> {
        refuse_full_disk(&files.sound, engine.free_space)?;
        let spool = create_spool(&files.sound)?;
        let journal = Journal::create(&files.journal)?;
        let (commands, commands_out) = bounded(16);
        let (events_in, events) = bounded(EVENTS);
        let tail = Arc::new(Tail::new(0, 0, false));
        let cancel = CancelToken::default();
        let outbox = EventSender::new(events_in, engine.wake);
        let feed = Feed {
            source,
            spool,
            journal: journal.clone(),
            clock: Arc::clone(&engine.clock),
            tail: Arc::clone(&tail),
            commands: commands_out,
            outbox: outbox.clone(),
            full: files.full_quality.as_deref().map(FullQuality::new),
            disk: DiskWatch::new(&files.sound, engine.free_space),
        };
        let parts = Parts {
            make: engine.make_recognizer,
            detector: engine.detector,
            reader: SpoolReader::open(&files.sound)?,
            journal,
            tail,
            clock: engine.clock,
            outbox,
            cancel: cancel.clone(),
        };
        // The recognizer is built on its own thread, which is why only its parts go there.
        let recognize =
            spawn("recognize", move || SpoolRecognizer::new(parts, request, Past::default()).run())?;
        let feed = spawn("feed", move || feed.run())?;
        Ok(Self { commands, events, cancel, feed: Some(feed), recognize: Some(recognize) })
    }

    /// The news, which end when the session has ended.
    pub fn events(&self) -> &Receiver<LiveEvent> {
        &self.events
    }

    /// Leaves out what comes now. The recording goes on where it was when it is resumed.
    pub fn pause(&self) {
        self.command(Command::Pause);
    }

    pub fn resume(&self) {
        self.command(Command::Resume);
    }

    /// Ends the recording; what is still to be recognized is recognized.
    pub fn stop(&self) {
        self.command(Command::Stop);
    }

    /// Ends the recording and the recognition; what is left can be recovered later.
    pub fn abandon(&self) {
        self.stop();
        self.cancel.cancel();
    }

    fn command(&self, command: Command) {
        // A feed that has sixteen commands before it, or has ended, will not miss one.
        let _ = self.commands.try_send(command);
    }

    /// Waits for the end and gives what was said. The caller reads the events to their end before.
    pub fn finish(mut self) -> Result<Transcript, LiveError> {
        self.wait()
    }

    fn wait(&mut self) -> Result<Transcript, LiveError> {
        // Nobody reads the events any more, so that no thread waits for that.
        self.events = never();
        if let Some(feed) = self.feed.take() {
            feed.join().map_err(|_| LiveError::Crashed)?;
        }
        self.recognize.take().ok_or(LiveError::Crashed)?.join().map_err(|_| LiveError::Crashed)?
    }
}

impl Drop for LiveSession {
    fn drop(&mut self) {
        if self.recognize.is_some() {
            self.abandon();
            // A process that ends while a recognizer computes may crash on its way out.
            let _ = self.wait();
        }
    }
}

/// No lecture begins that has no room for half an hour.
fn refuse_full_disk(sound: &Path, free_space: FreeSpace) -> Result<(), LiveError> {
    let Some(folder) = sound.ancestors().skip(1).find(|folder| folder.is_dir()) else { return Ok(()) };
    match free_space(folder) {
        Ok(free) if free < LEAST_SPACE => Err(LiveError::DiskFull { folder: folder.to_owned(), free }),
        // Where the system does not tell, writing will.
        _ => Ok(()),
    }
}

/// Creates the recording and its folder.
fn create_spool(path: &Path) -> Result<Spool, LiveError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let error = |source| LiveError::Folder { folder: folder.to_owned(), source };
    if !folder.as_os_str().is_empty() {
        std::fs::create_dir_all(folder).map_err(error)?;
    }
    Spool::create(path).map_err(|cause| match cause {
        AudioError::PermissionDenied { .. } => error(io::ErrorKind::PermissionDenied.into()),
        cause => cause.into(),
    })
}

fn spawn<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<JoinHandle<T>, LiveError> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map_err(LiveError::Thread)
}
