//! Finds out who speaks, alongside recognition and in the same pass over the recording. A failure here costs no
//! captions.

mod ear;
mod labels;

use std::collections::BTreeMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::{self, Scope, ScopedJoinHandle};

use crossbeam::channel::{Receiver, bounded};
use speakers::{Networks, NetworksError, Stretch, Turn, Window, Wish, Work, who_speaks};
use thiserror::Error;
use whisper_cpu::Level;

pub(super) use ear::Ear;
pub(super) use labels::label;

use super::request::{SpeakerWish, TranscribeOptions};
use super::resources::Resources;
use crate::asr::CancelToken;
use crate::asr::locate::{ModelRequest, SPEAKER_TURNS, SPEAKER_VOICES, locate, search_roots};
use crate::asr::model::{ModelError, load_speakers};

/// Number of recognizers that are about as slow as one thread that finds speakers.
const RECOGNIZERS: usize = 4;

type Thread<'scope> = ScopedJoinHandle<'scope, Option<Heard>>;

/// Why the speakers are unknown.
#[derive(Debug, Error)]
pub enum SpeakersError {
    /// A model file was not found or is damaged.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A model has contents that this program cannot use.
    #[error("a model cannot be used: {0}; install Lectern again")]
    Networks(#[from] NetworksError),
    /// The system has refused to start a thread.
    #[error("a thread could not be started ({0}); close other programs and caption it again")]
    Thread(io::Error),
    /// A fault in this program.
    #[error("a fault in Lectern stopped it; please report this")]
    Stopped,
}

/// The threads that find speakers, and how many speakers they should find.
pub(super) struct Listeners<'scope> {
    threads: Vec<Thread<'scope>>,
    wish: Wish,
}

/// Windows by the number of the first one in their stretch.
type Heard = BTreeMap<usize, Vec<Window>>;

/// Starts to find speakers, if the request asks for it. The ear takes the sound.
pub(super) fn listen_if_wanted<'scope>(
    scope: &'scope Scope<'scope, '_>,
    options: &TranscribeOptions,
    cancel: &'scope CancelToken,
) -> (Option<Ear>, Result<Listeners<'scope>, SpeakersError>) {
    let wish = match options.request.speakers {
        SpeakerWish::Unnamed => return (None, Ok(Listeners { threads: Vec::new(), wish: Wish::Any })),
        SpeakerWish::Any => Wish::Any,
        SpeakerWish::Exactly(count) => Wish::Exactly(count.get()),
    };
    match listen(scope, options.resources, cancel) {
        Ok((ear, threads)) => (Some(ear), Ok(Listeners { threads, wish })),
        Err(error) => (None, Err(error)),
    }
}

/// Loads the models and starts the threads.
fn listen<'scope>(
    scope: &'scope Scope<'scope, '_>,
    resources: Resources,
    cancel: &'scope CancelToken,
) -> Result<(Ear, Vec<Thread<'scope>>), SpeakersError> {
    let networks = Arc::new(load()?);
    let count = resources.threads.get().div_ceil(RECOGNIZERS);
    let (sound_in, sound) = bounded(2 * count);
    let spawn = |_| {
        let (networks, sound) = (Arc::clone(&networks), sound.clone());
        let work = move || catch_unwind(AssertUnwindSafe(|| hear(&networks, &sound, cancel))).ok();
        thread::Builder::new()
            .name("speakers".to_owned())
            .spawn_scoped(scope, work)
            .map_err(SpeakersError::Thread)
    };
    let threads = (0..count).map(spawn).collect::<Result<_, _>>()?;
    Ok((Ear::new(sound_in), threads))
}

fn load() -> Result<Networks, SpeakersError> {
    let roots = search_roots();
    let model = |name: &str| load_speakers(&locate(&ModelRequest::Name(name.to_owned()), &roots)?);
    Ok(Networks::read(&model(SPEAKER_TURNS)?, &model(SPEAKER_VOICES)?, Level::best())?)
}

fn hear(networks: &Networks, sound: &Receiver<Stretch>, cancel: &CancelToken) -> Heard {
    let (mut heard, mut work) = (Heard::new(), Work::default());
    for stretch in sound.iter().take_while(|_| !cancel.is_cancelled()) {
        heard.insert(stretch.first, networks.hear(&stretch, &mut work));
    }
    heard
}

impl Listeners<'_> {
    /// Returns who speaks when, once the ear has been dropped.
    pub fn turns(self) -> Result<Vec<Turn>, SpeakersError> {
        let mut all = Heard::new();
        for thread in self.threads {
            let heard = thread.join().ok().flatten().ok_or(SpeakersError::Stopped)?;
            all.extend(heard);
        }
        let windows: Vec<Window> = all.into_values().flatten().collect();
        catch_unwind(|| who_speaks(&windows, self.wish)).map_err(|_| SpeakersError::Stopped)
    }
}
