//! Recording a lecture: trying the microphone, captions while somebody speaks, and what became of it afterwards.
//!
//! One thread has the microphone and the session ([`worker`]). It tells the [`LiveState`] how it goes, and takes orders
//! from the window, which never waits for it.

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
mod worker;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crossbeam::channel::Sender;

pub use backend::{LiveModel, RecordingBackend, ThisComputer};
pub use live_state::{LiveState, Standing};
pub use news::RecordNews;
pub use page::ui;
pub use trouble::Trouble;

use self::meter::Meter;
use self::worker::Order;
use super::wake::Wake;
use crate::audio::capture::{CaptureError, InputChoice, InputDevice};
use crate::live::{Finding, LiveFiles, Unfinished};
use crate::recognize::CaptionRequest;

/// What to record with. A check is valid for the choice that it was made with.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub input: InputChoice,
    pub request: CaptionRequest,
    /// Whether a better model may be taken that is on this computer, too.
    pub may_choose: bool,
    pub folder: PathBuf,
}

/// How far a recording has come.
#[derive(Debug, Default)]
pub enum Phase {
    /// Nobody listens.
    #[default]
    Idle,
    /// The microphone is open, and everything is tried with this choice.
    Trying {
        choice: Box<Choice>,
        result: Option<Result<Vec<Finding>, Trouble>>,
    },
    /// The session is about to begin.
    Starting,
    Recording {
        files: LiveFiles,
    },
    /// The recording has ended; what is left is recognized. Of a session that was cut off, this is all.
    Finishing {
        recovered: Option<Unfinished>,
    },
}

/// Who may read the captions in a browser, beside knowing the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Readers {
    #[default]
    ThisComputer,
    /// Everyone in the network that this computer is in.
    Network,
}

/// All that the window knows of recording.
pub struct RecordState {
    pub phase: Phase,
    /// The microphones, once they have been looked for, or why they cannot be listed.
    pub microphones: Option<Result<Vec<InputDevice>, Trouble>>,
    /// How the recording stood at the beginning of the frame.
    pub standing: Standing,
    pub meter: Meter,
    pub live_state: Arc<LiveState>,
    /// Sessions that were cut off.
    pub unfinished: Vec<Unfinished>,
    /// Where browsers find the captions, while they are shown to them.
    pub page: Option<String>,
    /// A page is about to be opened.
    pub opens_page: bool,
    /// Who may read it. Never remembered: a person decides for each lecture.
    pub readers: Readers,
    /// The window closes when the recording is safe.
    pub then_quits: bool,
    /// The default folder for recordings. `None` if the system has no home folder.
    pub default_folder: Option<PathBuf>,
    orders: Option<Sender<Order>>,
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
            meter: Meter::default(),
            live_state: Arc::new(LiveState::new(wake)),
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

    /// Whether a lecture is being recorded, or about to be.
    pub fn is_recording(&self) -> bool {
        matches!(self.phase, Phase::Starting | Phase::Recording { .. })
    }

    /// Whether there is something that closing the window would break off.
    pub fn is_busy(&self) -> bool {
        self.is_recording() || matches!(self.phase, Phase::Finishing { .. })
    }

    /// Whether a recording could begin at once.
    pub fn is_ready(&self) -> bool {
        match &self.phase {
            Phase::Trying { result, .. } => !matches!(result, Some(Err(_))),
            _ => false,
        }
    }

    /// What keeps lectures from being recorded on this computer, as far as that is known without trying.
    /// `models` are those that are installed, once that is known.
    pub fn obstacle(&self, models: Option<&[String]>) -> Option<Trouble> {
        match self.microphones.as_ref()? {
            Ok(microphones) if microphones.is_empty() => Some(CaptureError::NoDevice.into()),
            Ok(_) if models.is_some_and(<[String]>::is_empty) => Some(Trouble::NoModel),
            Ok(_) => None,
            Err(trouble) => Some(trouble.clone()),
        }
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // Nobody gives eight orders before the first is taken.
            let _ = orders.try_send(order);
        }
    }
}

/// Actions of the record page beyond commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordAction {
    /// Looks for microphones, and tries again.
    LookAgain,
    Mend(trouble::Mend),
    AskFolder,
    /// Goes on with a session that was cut off, by its place in the list.
    Recover(usize),
    /// Takes it from the list; its files stay.
    NotNow(usize),
    SetReaders(Readers),
}
