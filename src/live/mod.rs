//! A live session: audio is recorded to disk first, and recognized from there during the recording.
//!
//! Threads share only the positions that they have reached in the recording. **Feed** reads audio from the source and writes
//! the spool; it never waits for another thread. **Recognize** follows the spool as fast as it can: a slow machine
//! falls behind but loses nothing, and recovery is the same work without a feed. **Speakers**, if asked for, follows the
//! spool too, and tells who seems to speak.

mod agreement;
mod clock;
mod disk;
mod event;
mod event_sender;
mod finding;
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
mod speakers;
mod speed;
mod spool_progress;
mod stability;
mod text;

use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use crossbeam::channel::{Receiver, Sender, bounded, never};
use thiserror::Error;

pub use crate::files::free_space;
pub use clock::{ManualClock, SessionClock, SystemClock};
pub use disk::FreeSpace;
pub use event::{LiveEvent, LiveStatus, StopReason};
pub use event_sender::EventWake;
pub use finding::{Finding, FindingSeverity};
pub use journal::JournalError;
pub use level_watch::{LevelTrouble, LevelWatch};
pub use preflight::{Preflight, PreflightError, SoundCheck, preflight};
pub use recognize::MakeRecognizer;
pub use recover::{Unfinished, recover, unfinished};
pub use save::{RecordedError, keep_recorded};
#[cfg(feature = "mic")]
pub use source::MicrophoneSource;
pub use source::{FileSource, Source, SourceError, SourceRead};
pub use speed::{Speed, models_here, models_to_get};
pub use stability::Stability;
pub use text::LiveText;

use self::disk::DiskWatch;
use self::event_sender::EventSender;
use self::journal::{Journal, Past};
use self::recognize::{Parts, SpoolRecognizer};
use self::recorder::{Recorder, RecorderCommand};
use self::speakers::{Speakers, SpoolListener};
use self::spool_progress::Tail;
use crate::asr::{CancelToken, Recognizer};
use crate::audio::{AudioError, FullQuality, Spool, SpoolReader};
use crate::recognize::{CaptionRequest, Engine};
use crate::transcript::Transcript;
use crate::vad::{VoiceActivityDetector, WindowOptions};

/// Minimum free space for a new session: half an hour of audio and the reserve. Unit: bytes.
const LEAST_SPACE: u64 = 64 << 20;
/// Events buffered for the reader before droppable ones are dropped.
const EVENTS: usize = 256;

/// Returns the options for utterances of live captions: a pause ends one, a short pause ends a long one, and a very
/// long one is cut.
fn utterances() -> WindowOptions {
    WindowOptions {
        max_length: 14.0,
        min_length: 6.0,
        max_wait: 0.6,
        min_wait: 0.3,
        ..WindowOptions::default()
    }
}

/// The files of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveFiles {
    /// The recording, as 16 kHz mono WAV.
    pub sound: PathBuf,
    /// What has been recognized so far.
    pub journal: PathBuf,
    /// The audio as the device delivers it, if it is stored.
    pub full_quality: Option<PathBuf>,
}

impl LiveFiles {
    /// Returns the files of a session with this name.
    pub fn named(folder: &Path, name: &str) -> Self {
        let file = |ending| folder.join(format!("{name}.{ending}"));
        Self { sound: file("wav"), journal: file("journal"), full_quality: None }
    }

    /// Returns the same files, plus one for the audio as the device delivers it.
    pub fn with_full_quality(self) -> Self {
        Self { full_quality: Some(self.sound.with_extension("full.wav")), ..self }
    }

    /// Returns a name for a session that starts now, from the local date and time.
    pub fn name_of_now() -> String {
        jiff::Zoned::now().strftime("lecture %Y-%m-%d %H.%M.%S").to_string()
    }

    /// Removes the journal, once the captions are saved.
    ///
    /// # Errors
    /// [`JournalError::Io`] if it cannot be removed; the session would then be offered for recovery.
    pub fn complete(&self) -> Result<(), JournalError> {
        let io = |source| JournalError::Io { path: self.journal.clone(), source };
        std::fs::remove_file(&self.journal).map_err(io)
    }
}

/// Returns the number of threads that decode one utterance: one per core, at most four, because more are not faster.
pub fn recognizer_threads() -> NonZeroUsize {
    const MOST: usize = 4;
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    NonZeroUsize::new(cores.min(MOST)).unwrap_or(NonZeroUsize::MIN)
}

/// Why a live session cannot start, or has no transcript.
#[derive(Debug, Error)]
pub enum LiveError {
    /// The caller has abandoned the session. Its recording and its journal are complete up to that moment.
    #[error("interrupted; what was recorded is kept")]
    Interrupted,
    /// The recording cannot be created, written or read.
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// The journal cannot be created, written or read.
    #[error(transparent)]
    Journal(JournalError),
    /// The folder cannot be created or read.
    #[error("{}: {source}; check the folder, its permissions and the free space", .folder.display())]
    Folder {
        /// The folder of the session.
        folder: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// There is not enough free space to start.
    #[error(
        "{}: the disk is full: {} MB are free, {} MB are needed to start; free some space, or choose another folder",
        .folder.display(),
        .free / 1_000_000,
        LEAST_SPACE / 1_000_000
    )]
    DiskFull {
        /// The folder of the session.
        folder: PathBuf,
        /// Free space, in bytes.
        free: u64,
    },
    /// The system refused to start a thread.
    #[error("a worker thread could not be started: {0}; close other programs and try again")]
    Thread(io::Error),
    /// A thread panicked. Everything recorded is on the disk.
    #[error("a worker thread has stopped; what was recorded is kept")]
    Crashed,
}

/// Everything that a session needs apart from its source, so that tests can replace each part.
pub struct LiveEngine<R> {
    /// Creates the recognizer, on the thread that uses it.
    pub make_recognizer: MakeRecognizer<R>,
    /// Finds speech in frames.
    pub detector: Box<dyn VoiceActivityDetector>,
    /// Measures time and waits.
    pub clock: Arc<dyn SessionClock>,
    /// Returns the free space on a disk.
    pub free_space: FreeSpace,
    /// Called after each event.
    pub wake: EventWake,
    /// How soon words are certain.
    pub stability: Stability,
}

impl LiveEngine<Box<dyn Recognizer>> {
    /// Returns the engine of this computer, with a recognizer that runs on up to `threads` threads.
    pub fn new(engine: &Engine, threads: NonZeroUsize) -> Self {
        let speech = engine.speech();
        Self {
            make_recognizer: Box::new(move || speech.recognizer_on(threads)),
            detector: Box::new(engine.detector()),
            clock: Arc::new(SystemClock::default()),
            free_space: |path| fs4::available_space(path),
            wake: Arc::new(|| ()),
            stability: Stability::default(),
        }
    }
}

/// A running session. Dropping it ends the recording and the recognition, as [`abandon`](Self::abandon) does.
pub struct LiveSession {
    commands: Sender<RecorderCommand>,
    events: Receiver<LiveEvent>,
    cancel: CancelToken,
    /// `None` if the session is recovered, which records nothing.
    feed: Option<JoinHandle<()>>,
    recognize: Option<JoinHandle<Result<Transcript, LiveError>>>,
    speakers: Speakers,
}

impl LiveSession {
    /// Starts to record and to recognize.
    ///
    /// # Errors
    /// [`LiveError`] if the disk is full, a file cannot be created or exists already, or a thread cannot be started.
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
        let feed = Recorder {
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
        let listener = SpoolListener {
            reader: SpoolReader::open(&files.sound)?,
            tail: Arc::clone(&tail),
            outbox: outbox.clone(),
            cancel: cancel.clone(),
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
            stability: engine.stability,
        };
        let speakers = Speakers::start(&request, listener)?;
        // The recognizer is built on its own thread, so only its parts are sent there.
        let recognize =
            spawn("recognize", move || SpoolRecognizer::new(parts, request, Past::default()).run())?;
        let feed = spawn("feed", move || feed.run())?;
        Ok(Self { commands, events, cancel, feed: Some(feed), recognize: Some(recognize), speakers })
    }

    /// Returns the events of the session. The channel closes when the session has ended.
    pub fn events(&self) -> &Receiver<LiveEvent> {
        &self.events
    }

    /// Pauses the recording. When it is resumed, the recording continues without a gap.
    pub fn pause(&self) {
        self.command(RecorderCommand::Pause);
    }

    /// Continues after a [`pause`](Self::pause).
    pub fn resume(&self) {
        self.command(RecorderCommand::Resume);
    }

    /// Ends the recording; the rest of it is still recognized.
    pub fn stop(&self) {
        self.command(RecorderCommand::Stop);
    }

    /// Ends the recording and the recognition; the rest can be recovered later.
    pub fn abandon(&self) {
        self.stop();
        self.cancel.cancel();
    }

    /// Names a voice of [`LiveEvent::Speakers`]. The captions use the name for whoever says most of the same; an empty
    /// name takes it back.
    pub fn name_voice(&self, voice: usize, name: &str) {
        self.speakers.name(voice, name);
    }

    fn command(&self, command: RecorderCommand) {
        // If 16 commands wait already or the feed has ended, one more does not matter.
        let _ = self.commands.try_send(command);
    }

    /// Waits for the end and returns the transcript. Read the events to their end first.
    ///
    /// # Errors
    /// [`LiveError`] if the session was abandoned, the recording or the journal cannot be read or written, or a thread
    /// has panicked.
    pub fn finish(mut self) -> Result<Transcript, LiveError> {
        self.wait()
    }

    fn wait(&mut self) -> Result<Transcript, LiveError> {
        // The events are not read any more; dropping the receiver keeps the threads from waiting.
        self.events = never();
        if let Some(feed) = self.feed.take() {
            feed.join().map_err(|_| LiveError::Crashed)?;
        }
        let thread = self.recognize.take().ok_or(LiveError::Crashed)?;
        let transcript = thread.join().map_err(|_| LiveError::Crashed).flatten();
        if transcript.is_err() {
            self.cancel.cancel();
            self.speakers.wait();
        }
        Ok(self.speakers.label(transcript?))
    }
}

impl Drop for LiveSession {
    fn drop(&mut self) {
        if self.recognize.is_some() {
            self.abandon();
            // A process that ends while a recognizer computes may crash as it exits.
            let _ = self.wait();
        }
    }
}

/// Refuses to start without space for half an hour.
fn refuse_full_disk(sound: &Path, free_space: FreeSpace) -> Result<(), LiveError> {
    let Some(folder) = sound.ancestors().skip(1).find(|folder| folder.is_dir()) else { return Ok(()) };
    match free_space(folder) {
        Ok(free) if free < LEAST_SPACE => Err(LiveError::DiskFull { folder: folder.to_owned(), free }),
        // If the system does not report it, writing will fail when the disk is full.
        _ => Ok(()),
    }
}

/// Creates the recording, and its folder if needed.
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
