//! Tells who seems to speak while a recording grows, and keeps what the final labels need.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use speakers::{Listener, Networks, Running, Stretch, Turn, Window, Work, pack, unpack};

use super::labels::{Timetable, label_by};
use super::names::keep_names;
use super::{SpeakersError, load, recall, turns_in};
use crate::recognize::request::CaptionRequest;
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{Segment, Voices, Word};

/// A voice seems to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveTurn {
    /// When it speaks in the recording.
    pub span: TimeSpan,
    /// The number of the voice, from 0 in order of appearance. It never changes.
    pub voice: usize,
}

/// What is known of the voices of a recording that was followed to its end.
#[derive(Clone, Debug)]
pub struct FollowedVoices {
    /// What was told while it grew.
    pub turns: Vec<LiveTurn>,
    /// The same as if the whole recording had been listened to afterwards.
    pub voices: Voices,
}

/// Follows the sound of a recording from its start. Memory grows by 4 kB for five seconds of sound.
pub struct VoiceFollower {
    networks: Networks,
    work: Work,
    listener: Listener,
    running: Running,
    windows: Vec<Window>,
    turns: Vec<LiveTurn>,
}

impl VoiceFollower {
    /// Loads the models.
    ///
    /// # Errors
    /// [`SpeakersError`] if a model is missing or damaged.
    pub fn load() -> Result<Self, SpeakersError> {
        Ok(Self {
            networks: load()?,
            work: Work::default(),
            listener: Listener::prompt(),
            running: Running::default(),
            windows: Vec::new(),
            turns: Vec::new(),
        })
    }

    /// Takes the next samples: 16 kHz, mono. Returns the new turns, each five seconds.
    ///
    /// # Errors
    /// [`SpeakersError::Stopped`] after a fault in this program.
    pub fn push(&mut self, samples: &[f32]) -> Result<&[LiveTurn], SpeakersError> {
        let stretches = self.listener.push(samples);
        self.follow(stretches)
    }

    /// Takes the rest of the sound, which has ended. Returns the last turns.
    ///
    /// # Errors
    /// [`SpeakersError::Stopped`] after a fault in this program.
    pub fn end(&mut self) -> Result<&[LiveTurn], SpeakersError> {
        let last = self.listener.finish();
        self.follow(last)
    }

    /// Returns what is known, after the end.
    pub fn finish(self) -> FollowedVoices {
        FollowedVoices { turns: self.turns, voices: Voices::new(pack(&self.windows)) }
    }

    fn follow(&mut self, stretches: impl IntoIterator<Item = Stretch>) -> Result<&[LiveTurn], SpeakersError> {
        let before = self.turns.len();
        for stretch in stretches {
            let hear = AssertUnwindSafe(|| self.networks.hear(&stretch, &mut self.work));
            for window in catch_unwind(hear).map_err(|_| SpeakersError::Stopped)? {
                self.turns.extend(self.running.follow(&window).iter().map(live_turn));
                self.windows.push(window);
            }
        }
        Ok(&self.turns[before..])
    }
}

fn live_turn(turn: &Turn) -> LiveTurn {
    let time = |seconds: f64| MediaTime::from_millis((seconds * 1000.0).round() as i64);
    LiveTurn { span: TimeSpan::new(time(turn.start), time(turn.end)), voice: turn.speaker }
}

/// Divides segments where the speaker changes and names the speakers, found in all of a recording. `given` are names
/// that a user gave to voices while the recording grew: they stay with the voices that say most of the same.
///
/// # Errors
/// [`SpeakersError::Damaged`], or [`SpeakersError::Stopped`] after a fault in this program.
pub fn label_followed(
    segments: &[Segment],
    followed: &FollowedVoices,
    given: &BTreeMap<usize, String>,
    request: &CaptionRequest,
) -> Result<Vec<Segment>, SpeakersError> {
    let windows = unpack(followed.voices.bytes())?;
    let turns = turns_in(&windows, request.speakers)?;
    let told: Vec<Turn> = followed.turns.iter().map(turn).collect();
    let timetable = Timetable::new(&told);
    let name = |names: &mut [Option<String>], words: &[&Word], said_by: &[usize]| {
        recall::recall(names, &windows, &turns, &request.remembered);
        if told.is_empty() {
            return;
        }
        let before = |word: &&Word| given.get(&timetable.of(word)).map(String::as_str);
        let before: Vec<_> = words.iter().map(before).collect();
        keep_names(names, words, said_by, &before);
    };
    Ok(label_by(segments.to_vec(), &turns, request.speakers, name))
}

fn turn(turn: &LiveTurn) -> Turn {
    let (start, end) = (turn.span.start.as_secs_f64(), turn.span.end.as_secs_f64());
    Turn { start, end, speaker: turn.voice }
}
