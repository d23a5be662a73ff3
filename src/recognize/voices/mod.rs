//! Finds out who speaks, alongside recognition and in the same pass over the recording. A failure here costs no
//! captions.

mod assign;
mod ear;
mod find;
mod follow;
mod labels;
mod names;
mod recall;

use std::collections::BTreeMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::{self, Scope, ScopedJoinHandle};

use crossbeam::channel::{Receiver, bounded};
use speakers::{
    DamagedVoices, Networks, NetworksError, Stretch, Turn, Window, Wish, Work, pack, unpack, who_speaks,
};
use thiserror::Error;
use whisper_cpu::Level;

pub use assign::{NamingError, name_speakers, split_speaker};
pub(super) use ear::Ear;
pub use find::{FindError, find_voices};
pub use follow::{FollowedVoices, LiveTurn, VoiceFollower, label_followed};
pub use names::is_automatic as is_automatic_name;
pub use recall::{Suggestion, suggest_names, voice_of};

use super::request::{CaptionRequest, ChannelWish, SpeakerWish, TranscribeOptions};
use crate::asr::CancelToken;
use crate::asr::locate::{ModelRequest, SPEAKER_TURNS, SPEAKER_VOICES, locate, search_roots};
use crate::asr::model::{ModelError, load_speakers};
use crate::transcript::{Segment, Voices, Word};

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
    /// The stored voices cannot be read.
    #[error("{0}; find the speakers in the recording again")]
    Damaged(#[from] DamagedVoices),
    /// A fault in this program.
    #[error("a fault in Lectern stopped it; please report this")]
    Stopped,
}

/// The threads that listen; empty if no speakers are requested.
pub(super) struct Listeners<'scope>(Vec<Thread<'scope>>);

/// Windows by the number of the first one in their stretch.
type Heard = BTreeMap<usize, Vec<Window>>;

/// Starts to find speakers, if the request asks for it. The ear takes the sound.
pub(super) fn listen_if_wanted<'scope>(
    scope: &'scope Scope<'scope, '_>,
    options: &TranscribeOptions,
    cancel: &'scope CancelToken,
) -> (Option<Ear>, Result<Listeners<'scope>, SpeakersError>) {
    // Channels that are apart tell who speaks.
    let is_told = options.request.channels != ChannelWish::Mixed;
    if is_told || options.request.speakers == SpeakerWish::Unnamed {
        return (None, Ok(Listeners(Vec::new())));
    }
    match listen(scope, options.resources.threads.get().div_ceil(RECOGNIZERS), cancel) {
        Ok((ear, listeners)) => (Some(ear), Ok(listeners)),
        Err(error) => (None, Err(error)),
    }
}

/// Loads the models and starts this number of threads.
fn listen<'scope>(
    scope: &'scope Scope<'scope, '_>,
    count: usize,
    cancel: &'scope CancelToken,
) -> Result<(Ear, Listeners<'scope>), SpeakersError> {
    let networks = Arc::new(load()?);
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
    Ok((Ear::new(sound_in), Listeners(threads)))
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
    /// Returns the voices, after the ear was dropped; `None` if there were no listeners.
    pub fn voices(self) -> Result<Option<Voices>, SpeakersError> {
        let has_listened = !self.0.is_empty();
        let mut all = Heard::new();
        for thread in self.0 {
            let heard = thread.join().ok().flatten().ok_or(SpeakersError::Stopped)?;
            all.extend(heard);
        }
        let windows: Vec<Window> = all.into_values().flatten().collect();
        Ok(has_listened.then(|| Voices::new(pack(&windows))))
    }
}

/// Divides segments where the speaker changes and names the speakers. They are found from the packed voices, as they
/// are when speakers are found again later.
pub(super) fn label(
    segments: &[Segment],
    voices: &Voices,
    request: &CaptionRequest,
) -> Result<Vec<Segment>, SpeakersError> {
    let windows = unpack(voices.bytes())?;
    let turns = turns_in(&windows, request.speakers)?;
    let recall = |names: &mut [Option<String>], _: &[&Word], _: &[usize]| {
        recall::recall(names, &windows, &turns, &request.remembered);
    };
    Ok(labels::label_by(segments.to_vec(), &turns, request.speakers, recall))
}

fn turns_in(windows: &[Window], wish: SpeakerWish) -> Result<Vec<Turn>, SpeakersError> {
    let wish = match wish {
        SpeakerWish::Unnamed | SpeakerWish::Any => Wish::Any,
        SpeakerWish::Exactly(count) => Wish::Exactly(count.get()),
        SpeakerWish::AtMost(count) => Wish::AtMost(count.get()),
    };
    catch_unwind(|| who_speaks(windows, wish)).map_err(|_| SpeakersError::Stopped)
}
