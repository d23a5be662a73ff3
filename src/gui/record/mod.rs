//! Recording a lecture: the check before it, live captions, and saving the result.
//!
//! One thread ([`worker`]) owns the microphone and the session. It reports to the [`LiveState`] and takes orders from
//! the window, which never waits for it.

mod backend;
mod finding;
mod live;
mod live_state;
mod meter;
mod metered_source;
pub mod news;
mod page;
mod ready;
mod trouble;
mod update;
mod voices;
mod worker;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crossbeam::channel::Sender;

pub use backend::{LiveModel, RecordingBackend, ThisComputer};
pub use live_state::{LiveState, Standing};
pub use news::RecordNews;
pub use page::ui;
pub use trouble::Trouble;

use self::meter::MeterHistory;
use self::worker::RecordingOrder;
use super::wake::Wake;
use crate::audio::capture::{CaptureError, InputChoice, InputDevice};
use crate::live::{Finding, LiveFiles, Unfinished};
use crate::recognize::CaptionRequest;

/// What to record with. A check is valid only for the choice that it was made with.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordingChoice {
    pub input: InputChoice,
    pub request: CaptionRequest,
    /// Whether a better installed model may be used instead.
    pub may_choose: bool,
    pub folder: PathBuf,
}

/// The phase of a recording.
#[derive(Debug, Default)]
pub enum Phase {
    /// The microphone is closed.
    #[default]
    Idle,
    /// The microphone is open, and everything is checked with this choice.
    Trying {
        choice: Box<RecordingChoice>,
        result: Option<Result<Vec<Finding>, Trouble>>,
    },
    /// The session is starting.
    Starting,
    Recording {
        files: LiveFiles,
    },
    /// The recording has ended and the rest is being recognized. An interrupted session resumes here.
    Finishing {
        recovered: Option<Unfinished>,
    },
}

/// Who may read the captions in a browser, given the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Readers {
    #[default]
    ThisComputer,
    /// Everyone in this computer's network.
    Network,
}

/// Everything that the window knows about recording.
pub struct RecordState {
    pub phase: Phase,
    /// The microphones, once they have been listed, or why they cannot be listed.
    pub microphones: Option<Result<Vec<InputDevice>, Trouble>>,
    /// The state of the recording at the beginning of the frame.
    pub standing: Standing,
    pub meter: MeterHistory,
    pub live_state: Arc<LiveState>,
    /// The names that were given to voices of this recording.
    voices: BTreeMap<usize, String>,
    /// Interrupted sessions.
    pub unfinished: Vec<Unfinished>,
    /// The address of the page for browsers, while it is open.
    pub page: Option<String>,
    /// A page is about to be opened.
    pub opens_page: bool,
    /// Who may read the page. Never saved: the user decides for each lecture.
    pub readers: Readers,
    /// The window closes when the recording is saved.
    pub then_quits: bool,
    /// The default folder for recordings. `None` if the system has no home folder.
    pub default_folder: Option<PathBuf>,
    orders: Option<Sender<RecordingOrder>>,
    /// Number of the thread whose news count.
    number: u64,
    seat: Arc<Mutex<()>>,
}

impl RecordState {
    pub fn new(wake: Wake, default_folder: Option<PathBuf>) -> Self {
        Self {
            phase: Phase::Idle,
            microphones: None,
            standing: Standing::default(),
            meter: MeterHistory::default(),
            live_state: Arc::new(LiveState::new(wake)),
            voices: BTreeMap::new(),
            unfinished: Vec::new(),
            page: None,
            opens_page: false,
            readers: Readers::default(),
            then_quits: false,
            default_folder,
            orders: None,
            number: 0,
            seat: Arc::default(),
        }
    }

    /// Returns whether a lecture is being recorded, or about to be.
    pub fn is_recording(&self) -> bool {
        matches!(self.phase, Phase::Starting | Phase::Recording { .. })
    }

    /// Returns whether closing the window would interrupt something.
    pub fn is_busy(&self) -> bool {
        self.is_recording() || matches!(self.phase, Phase::Finishing { .. })
    }

    /// Returns whether a recording could start at once.
    pub fn is_ready(&self) -> bool {
        match &self.phase {
            Phase::Trying { result, .. } => !matches!(result, Some(Err(_))),
            _ => false,
        }
    }

    /// Returns what prevents recording on this computer, as far as it is known without a check. `models` are the
    /// installed ones, once they are known.
    pub fn obstacle(&self, models: Option<&[String]>) -> Option<Trouble> {
        match self.microphones.as_ref()? {
            Ok(microphones) if microphones.is_empty() => Some(CaptureError::NoDevice.into()),
            Ok(_) if models.is_some_and(<[String]>::is_empty) => Some(Trouble::NoModel),
            Ok(_) => None,
            Err(trouble) => Some(trouble.clone()),
        }
    }

    fn order(&self, order: RecordingOrder) {
        if let Some(orders) = &self.orders {
            // The thread takes orders faster than a user can give eight of them.
            let _ = orders.try_send(order);
        }
    }
}

/// Actions of the recording page that are not commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordAction {
    /// Lists the microphones and checks again.
    LookAgain,
    Remedy(trouble::Remedy),
    AskFolder,
    /// Resumes an interrupted session, by its index in the list.
    Recover(usize),
    /// Removes it from the list; its files stay.
    NotNow(usize),
    SetReaders(Readers),
    /// Names a voice of the recording, by its number.
    NameVoice(usize, String),
}
