//! Finds the speakers of captions in the background.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use super::Workers;
use crate::asr::CancelToken;
use crate::audio::Recording;
use crate::caption::Profile;
use crate::document::{CueId, Document, Transaction};
use crate::gui::editor::version::Version;
use crate::gui::news::{EditorNews, Post};
use crate::gui::words::InWords;
use crate::recognize::{
    FindError, NamingError, Progress, SpeakerWish, find_voices, name_speakers, split_speaker,
};
use crate::remembered::RememberedVoices;
use crate::transcript::Voices;

/// Minimum time between two progress messages.
const INTERVAL: Duration = Duration::from_millis(100);

pub struct SpeakersJob {
    pub workspace: u64,
    /// The state of the captions, which must be unchanged when speakers are named.
    pub version: Version,
    pub document: Document,
    /// The first id for new cues.
    pub free: CueId,
    pub profile: Profile,
    pub remembered: RememberedVoices,
    pub task: SpeakersTask,
    /// The recording to listen to if the document does not have the voices.
    pub recording: Option<PathBuf>,
    pub cancel: CancelToken,
}

/// A task with the voices.
#[derive(Clone, Debug)]
pub enum SpeakersTask {
    /// Finds all speakers, in the requested number.
    Find(SpeakerWish),
    /// Divides the speech of one speaker between two voices.
    Split(String),
}

pub enum SpeakersUpdate {
    Progress(Progress),
    Ended(Result<FoundSpeakers, NotFound>),
}

/// The edits that name the speakers.
pub struct FoundSpeakers {
    pub version: Version,
    pub task: SpeakersTask,
    /// The voices, if the recording was listened to.
    pub voices: Option<Voices>,
    pub step: Transaction,
}

/// Why speakers were not found.
pub enum NotFound {
    Finding(FindError),
    Naming(NamingError),
}

impl From<FindError> for NotFound {
    fn from(error: FindError) -> Self {
        Self::Finding(error)
    }
}

impl InWords for NotFound {
    fn in_words(&self) -> String {
        match self {
            Self::Finding(error) => error.in_words(),
            Self::Naming(error) => error.in_words(),
        }
    }
}

impl Workers {
    pub fn find_speakers(&self, job: SpeakersJob) {
        self.start("find speakers", move |post| {
            let workspace = job.workspace;
            let update = SpeakersUpdate::Ended(find(job, post));
            post.tell(EditorNews::Speakers { workspace, update });
        });
    }
}

fn find(job: SpeakersJob, post: &Post) -> Result<FoundSpeakers, NotFound> {
    let SpeakersJob { workspace, version, mut document, free, profile, remembered, task, recording, cancel } =
        job;
    let mut voices = None;
    if let Some(path) = recording {
        let recording = Recording::open(&path).map_err(FindError::Audio)?;
        let mut told = Instant::now();
        let mut on_progress = |progress| {
            if told.elapsed() < INTERVAL {
                return;
            }
            told = Instant::now();
            let update = SpeakersUpdate::Progress(progress);
            post.tell(EditorNews::Speakers { workspace, update });
        };
        voices = Some(find_voices(recording, threads(), &cancel, &mut on_progress)?);
        document.voices.clone_from(&voices);
    }
    let step = match &task {
        SpeakersTask::Find(wish) => name_speakers(&document, free, *wish, &profile, &remembered),
        SpeakersTask::Split(name) => split_speaker(&document, free, name),
    };
    let step = step.map_err(NotFound::Naming)?;
    if cancel.is_cancelled() {
        return Err(FindError::Cancelled.into());
    }
    Ok(FoundSpeakers { version, task, voices, step })
}

/// Returns all cores but one, so that the window stays responsive for editing.
fn threads() -> NonZeroUsize {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    NonZeroUsize::new(cores - 1).unwrap_or(NonZeroUsize::MIN)
}
