//! Speakers of a session: told while it runs, found again after the stop.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use lectern::asr::{CancelToken, RecognizeError, Recognizer, Request};
use lectern::audio::Recording;
use lectern::live::{LiveEvent, LiveSession};
use lectern::recognize::{CaptionRequest, LiveTurn, SpeakerWish, find_voices};
use lectern::time::TimeSpan;
use lectern::transcript::{Language, Segment, Transcript, Word};

use super::stage::{Stage, english};
use crate::speakers::sound_of_conversation;

/// Hears a sentence of one word in each half second: sentences are not divided between speakers.
struct Steady;

impl Recognizer for Steady {
    fn detect_language(
        &mut self,
        _: &[f32],
        _: &CancelToken,
    ) -> Result<Vec<(Language, f32)>, RecognizeError> {
        Ok(vec![(Language::new("en"), 1.0)])
    }

    fn recognize(
        &mut self,
        samples: &[f32],
        _: &Request,
        _: &CancelToken,
    ) -> Result<Segment, RecognizeError> {
        let word = |n: usize| {
            let start = n as i64 * 500;
            Word::new("So.", TimeSpan::from_millis(start, start + 400))
        };
        Ok(Segment { words: (0..samples.len() / 8000).map(word).collect(), ..Segment::default() })
    }
}

/// The conversation three times, with what is told meanwhile; `name` is given to the second voice.
fn session(name: &str) -> (Stage, Vec<LiveTurn>, Transcript) {
    let mut stage = Stage::new();
    let sound = sound_of_conversation().repeat(3);
    let engine = stage.engine(|| Ok(Steady));
    let request = CaptionRequest { speakers: SpeakerWish::Any, ..english() };
    let session = LiveSession::start(stage.player(sound), engine, &stage.files, request).unwrap();
    session.name_voice(1, name);
    let transcript = stage.play_to_end(session);
    let told = stage.events.iter().filter_map(|event| match event {
        LiveEvent::Speakers(turns) => Some(turns.clone()),
        _ => None,
    });
    let told = told.flatten().collect();
    (stage, told, transcript)
}

#[test]
fn a_session_has_the_speakers_of_its_recording_and_names_that_were_given_stay() {
    let (stage, told, transcript) = session("Ada");
    let voices: BTreeSet<usize> = told.iter().map(|turn| turn.voice).collect();
    assert_eq!(voices, BTreeSet::from([0, 1]), "{told:?}");
    let recording = Recording::open(&stage.files.sound).unwrap();
    let found = find_voices(recording, NonZeroUsize::MIN, &CancelToken::default(), &mut |_| ()).unwrap();
    assert!(transcript.voices == Some(found), "the same as in the recording");
    let speakers: BTreeSet<&str> =
        transcript.segments.iter().filter_map(|segment| segment.speaker.as_deref()).collect();
    // The detector of the stage hears only the second voice, which is louder.
    assert_eq!(speakers, BTreeSet::from(["Ada"]));
    let by_ada = transcript.segments.iter().filter(|segment| segment.speaker.as_deref() == Some("Ada"));
    let words: Vec<&Word> = by_ada.flat_map(|segment| &segment.words).collect();
    let is_told = |word: &&&Word| {
        told.iter()
            .any(|turn| turn.voice == 1 && turn.span.start < word.span.end && word.span.start < turn.span.end)
    };
    let same = words.iter().filter(is_told).count();
    assert!(!words.is_empty() && 4 * same >= 3 * words.len(), "{same} of {}", words.len());
}

#[test]
fn without_names_the_speakers_are_numbered_or_have_their_roles() {
    let (_, _, transcript) = session(" ");
    let mut speakers = transcript.segments.iter().filter_map(|segment| segment.speaker.as_deref());
    assert!(speakers.all(lectern::recognize::is_automatic_name));
}
