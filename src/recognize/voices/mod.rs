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

use crossbeam::channel::{Receiver, Sender, bounded};
use speakers::{DamagedVoices, Networks, NetworksError, Turn, Window, Wish, Work, pack, unpack, who_speaks};
use thiserror::Error;
use whisper_cpu::Level;

pub use assign::{NamingError, name_speakers, split_speaker};
pub(super) use ear::Ear;
use ear::LaneStretch;
pub use find::{FindError, find_voices};
pub use follow::{FollowedVoices, LiveTurn, VoiceFollower, label_followed};
pub use names::is_automatic as is_automatic_name;
pub use recall::{Suggestion, suggest_names, voice_of};

use super::request::{CaptionRequest, SpeakerWish, TranscribeOptions};
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

/// The threads that listen; without any if no speakers are requested.
pub(super) struct Listeners<'scope> {
    lanes: usize,
    threads: Vec<Thread<'scope>>,
}

/// Windows by their lane and the number of the first one in their stretch.
type Heard = BTreeMap<(usize, usize), Vec<Window>>;

/// Starts to find speakers, if the request asks for it: apart in each lane of the recording. The ears take the sound of
/// the lanes.
pub(super) fn listen_if_wanted<'scope>(
    scope: &'scope Scope<'scope, '_>,
    lanes: usize,
    options: &TranscribeOptions,
    cancel: &'scope CancelToken,
) -> (Vec<Ear>, Result<Listeners<'scope>, SpeakersError>) {
    if options.request.speakers == SpeakerWish::Unnamed {
        return (Vec::new(), Ok(Listeners { lanes: 0, threads: Vec::new() }));
    }
    match listen(scope, lanes, options.resources.threads.get().div_ceil(RECOGNIZERS), cancel) {
        Ok((sound, listeners)) => {
            ((0..lanes).map(|lane| Ear::new(lane, sound.clone())).collect(), Ok(listeners))
        }
        Err(error) => (Vec::new(), Err(error)),
    }
}

/// Loads the models and starts this number of threads for the lanes of a recording. Returns where the ears of the lanes
/// put the sound.
fn listen<'scope>(
    scope: &'scope Scope<'scope, '_>,
    lanes: usize,
    count: usize,
    cancel: &'scope CancelToken,
) -> Result<(Sender<LaneStretch>, Listeners<'scope>), SpeakersError> {
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
    Ok((sound_in, Listeners { lanes, threads }))
}

fn load() -> Result<Networks, SpeakersError> {
    let roots = search_roots();
    let model = |name: &str| load_speakers(&locate(&ModelRequest::Name(name.to_owned()), &roots)?);
    Ok(Networks::read(&model(SPEAKER_TURNS)?, &model(SPEAKER_VOICES)?, Level::best())?)
}

fn hear(networks: &Networks, sound: &Receiver<LaneStretch>, cancel: &CancelToken) -> Heard {
    let (mut heard, mut work) = (Heard::new(), Work::default());
    for (lane, stretch) in sound.iter().take_while(|_| !cancel.is_cancelled()) {
        heard.insert((lane, stretch.first), networks.hear(&stretch, &mut work));
    }
    heard
}

impl Listeners<'_> {
    /// Returns the voices of each lane, after the ears were dropped; nothing if there were no listeners.
    pub fn voices(self) -> Result<Vec<Voices>, SpeakersError> {
        let mut windows: Vec<Vec<Window>> = vec![Vec::new(); self.lanes];
        let mut all = Heard::new();
        for thread in self.threads {
            let heard = thread.join().ok().flatten().ok_or(SpeakersError::Stopped)?;
            all.extend(heard);
        }
        for ((lane, _), heard) in all {
            windows[lane].extend(heard);
        }
        Ok(windows.iter().map(|windows| Voices::new(pack(windows))).collect())
    }
}

/// Divides segments where the speaker changes and names the speakers, in each lane of the recording by its own `voices`.
/// Without voices, nothing changes.
pub(super) fn label(
    segments: &[Segment],
    voices: &[Voices],
    request: &CaptionRequest,
) -> Result<Vec<Segment>, SpeakersError> {
    if voices.is_empty() {
        return Ok(segments.to_vec());
    }
    let mut labelled = Vec::new();
    for (lane, voices) in voices.iter().enumerate() {
        let own = segments.iter().filter(|segment| segment.channel.unwrap_or(0) == lane);
        let own = own.map(|segment| Segment { speaker: None, ..segment.clone() }).collect();
        let channel = request.channels.name(lane);
        let named = label_lane(own, voices, request)?.into_iter();
        labelled.extend(
            named.map(|segment| Segment { speaker: beside(channel.as_deref(), segment.speaker), ..segment }),
        );
    }
    Ok(labelled)
}

/// The speakers are found from the packed voices, as they are when speakers are found again later.
fn label_lane(
    segments: Vec<Segment>,
    voices: &Voices,
    request: &CaptionRequest,
) -> Result<Vec<Segment>, SpeakersError> {
    let windows = unpack(voices.bytes())?;
    let turns = turns_in(&windows, request.speakers)?;
    let recall = |names: &mut [Option<String>], _: &[&Word], _: &[usize]| {
        recall::recall(names, &windows, &turns, &request.remembered);
    };
    Ok(labels::label_by(segments, &turns, request.speakers, recall))
}

/// The name of a speaker in a channel: that of the channel, with that of the speaker if it has several.
fn beside(channel: Option<&str>, speaker: Option<String>) -> Option<String> {
    match (channel, speaker) {
        (Some(channel), Some(speaker)) => Some(format!("{channel}, {speaker}")),
        (channel, speaker) => channel.map(str::to_owned).or(speaker),
    }
}

fn turns_in(windows: &[Window], wish: SpeakerWish) -> Result<Vec<Turn>, SpeakersError> {
    let wish = match wish {
        SpeakerWish::Unnamed | SpeakerWish::Any => Wish::Any,
        SpeakerWish::Exactly(count) => Wish::Exactly(count.get()),
        SpeakerWish::AtMost(count) => Wish::AtMost(count.get()),
    };
    catch_unwind(|| who_speaks(windows, wish)).map_err(|_| SpeakersError::Stopped)
}
