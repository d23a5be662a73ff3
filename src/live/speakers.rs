//! The speakers thread: follows the spool while the processor has room, and tells who seems to speak. A failure here
//! costs no captions.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::event::LiveEvent;
use super::event_sender::EventSender;
use super::spool_progress::Tail;
use super::{LiveError, spawn};
use crate::asr::CancelToken;
use crate::audio::{SAMPLE_RATE, SpoolReader};
use crate::recognize::{
    CaptionRequest, FindError, FollowedVoices, LiveTurn, SpeakerWish, VoiceFollower, label_followed,
};
use crate::time::MediaTime;
use crate::transcript::Transcript;

/// Recognition comes first: while it is further behind than this, nobody is listened to.
const ROOM: MediaTime = MediaTime::from_millis(3000);
/// Samples read at a time.
const BLOCK: usize = SAMPLE_RATE as usize;
/// Time between two looks at a spool that has not grown, or at recognition that is behind.
const LOOK: Duration = Duration::from_millis(100);

/// What the thread reads and where it tells what it hears.
pub(super) struct SpoolListener {
    pub reader: SpoolReader,
    pub tail: Arc<Tail>,
    pub outbox: EventSender,
    pub cancel: CancelToken,
}

/// The speakers of a session.
pub(super) struct Speakers {
    /// `None` if none are asked for.
    thread: Option<JoinHandle<Option<FollowedVoices>>>,
    request: CaptionRequest,
    /// The names that a user gave to voices.
    names: Mutex<BTreeMap<usize, String>>,
}

impl Speakers {
    /// Starts to listen, if the request asks for speakers.
    pub fn start(request: &CaptionRequest, listener: SpoolListener) -> Result<Self, LiveError> {
        let is_wanted = request.speakers != SpeakerWish::Unnamed;
        let thread = is_wanted.then(|| spawn("speakers", move || listener.run())).transpose()?;
        Ok(Self { thread, request: request.clone(), names: Mutex::default() })
    }

    /// Names a voice; an empty name takes it back.
    pub fn name(&self, voice: usize, name: &str) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        match name.trim() {
            "" => names.remove(&voice),
            name => names.insert(voice, name.to_owned()),
        };
    }

    /// Waits until all sound was listened to, and gives the transcript its speakers, found in all of it.
    pub fn label(&mut self, transcript: Transcript) -> Transcript {
        let Some(followed) = self.wait() else { return transcript };
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        match label_followed(&transcript.segments, &followed, &names, &self.request) {
            Ok(segments) => Transcript { segments, voices: Some(followed.voices), ..transcript },
            Err(reason) => {
                tracing::warn!(%reason, "speakers unknown");
                transcript
            }
        }
    }

    /// Waits for the thread, if it runs.
    pub fn wait(&mut self) -> Option<FollowedVoices> {
        self.thread.take()?.join().ok().flatten()
    }
}

impl SpoolListener {
    /// Listens to the end of the spool; `None` if the session was abandoned or this has failed.
    fn run(mut self) -> Option<FollowedVoices> {
        match self.follow() {
            Ok(followed) => Some(followed),
            Err(FindError::Cancelled) => None,
            Err(reason) => {
                self.outbox.send(LiveEvent::SpeakersUnknown { reason: Arc::new(reason) });
                None
            }
        }
    }

    fn follow(&mut self) -> Result<FollowedVoices, FindError> {
        let mut follower = VoiceFollower::load()?;
        let (mut read, mut samples) = (0, Vec::new());
        while !self.cancel.is_cancelled() {
            let (has_ended, written) = self.tail.extent();
            let has_room = has_ended || self.tail.lag() <= ROOM;
            if written > read && has_room {
                let count = BLOCK.min((written - read) as usize);
                self.reader.read(read, count, &mut samples)?;
                read += samples.len() as u64;
                tell(&mut self.outbox, follower.push(&samples)?);
            } else if has_ended && written <= read {
                tell(&mut self.outbox, follower.end()?);
                return Ok(follower.finish());
            } else {
                thread::sleep(LOOK);
            }
        }
        Err(FindError::Cancelled)
    }
}

fn tell(outbox: &mut EventSender, turns: &[LiveTurn]) {
    if !turns.is_empty() {
        outbox.send(LiveEvent::Speakers(turns.to_vec()));
    }
}
