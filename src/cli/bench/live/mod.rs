//! `lectern bench --live`: measures how soon words appear and are final, on this machine.

mod report;

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;

use super::{judge_words, sentences_of};
use crate::audio::Recording;
#[cfg(feature = "mic")]
use crate::audio::capture::InputChoice;
use crate::console::eprint_line;
use crate::eval::{
    Latencies, Sentence, SimulatedScreen, SpokenWord, TimedText, WordErrors, recognized_words,
    sentence_starts, spoken_words,
};
use crate::live::LiveEvent;
#[cfg(feature = "mic")]
use crate::live::MicrophoneSource;
use crate::live::{FileSource, LiveEngine, LiveFiles, LiveSession, SessionClock, Source};
use crate::recognize::{Engine, TranscribeOptions};
use crate::time::MediaTime;
use crate::transcript::{Language, Transcript, Word, join_words};

/// What to measure, and through which input.
pub(super) struct Trial<'a> {
    pub recording: &'a Path,
    /// Text of the recording.
    pub reference: Option<&'a Path>,
    /// Record it through the default microphone while someone plays it; otherwise the session reads the file.
    pub by_microphone: bool,
}

pub(super) struct Measured {
    audio: MediaTime,
    by_microphone: bool,
    /// Whether the times of the sentences are known.
    is_exact: bool,
    latencies: Latencies,
    most_lag: MediaTime,
    /// The number of words that differ between the captions and the screen.
    differing: usize,
    /// The errors of the captions, and of the words on the screen.
    errors: Option<(WordErrors, WordErrors)>,
}

/// Microphones deliver audio in blocks of this length. The wait for the end of a block counts.
const STEP: MediaTime = MediaTime::from_millis(100);
/// How long to keep recording after the recording has ended.
const AFTER: MediaTime = MediaTime::from_millis(3000);

/// Captions a recording live, as `lectern live` does: from its file in real time, or through the microphone.
pub(super) fn measure(
    engine: &Engine,
    trial: &Trial,
    options: &TranscribeOptions,
) -> anyhow::Result<Measured> {
    let engine = LiveEngine::new(engine, options.resources.threads);
    let clock: Arc<dyn SessionClock> = Arc::clone(&engine.clock);
    let now = || MediaTime::from_millis(clock.now().as_millis() as i64);
    let folder = tempfile::tempdir()?;
    let files = LiveFiles::named(folder.path(), "bench");
    let source = open(trial, &clock)?;
    let length = Recording::open(trial.recording)?.stated_duration().context("the length is not known")?;
    let session = LiveSession::start(source, engine, &files, options.request.clone())?;
    if trial.by_microphone {
        let recording = trial.recording.display();
        eprint_line(&format!("lectern: play {recording} now, near the microphone"));
    }
    let (mut screen, mut most_lag) = (SimulatedScreen::default(), MediaTime::ZERO);
    // When the recording started, on the clock: the smallest difference between the current time and the length
    // recorded.
    let mut origin = MediaTime::MAX;
    // When the first word was spoken.
    let mut begun = None;
    for event in session.events() {
        match event {
            LiveEvent::Tentative { words, .. } => {
                begun = begun.or(words.first().map(|word| word.span.start));
                screen.tentative(now(), &words);
            }
            LiveEvent::Committed { words, .. } => {
                begun = begun.or(words.first().map(|word| word.span.start));
                screen.commit(now(), &words);
            }
            LiveEvent::Status(status) => {
                most_lag = most_lag.max(status.lag);
                if status.recorded > MediaTime::ZERO {
                    origin = origin.min(now() - status.recorded);
                }
                let is_over = begun.is_some_and(|begun| status.recorded > begun + length + AFTER);
                if trial.by_microphone && is_over {
                    session.stop();
                }
            }
            _ => {}
        }
    }
    if trial.by_microphone {
        origin -= STEP;
    }
    let transcript = session.finish()?;
    let (spoken, is_exact) = spoken(trial, &transcript);
    let spoken: Vec<_> =
        spoken.into_iter().map(|word| SpokenWord { end: word.end + origin, ..word }).collect();
    Ok(Measured {
        audio: transcript.duration,
        by_microphone: trial.by_microphone,
        is_exact,
        latencies: screen.latencies(&spoken, &transcript.language),
        most_lag,
        differing: differing(&transcript, &screen),
        errors: trial.reference.map(|path| judge(path, &transcript, &screen)).transpose()?,
    })
}

/// Opens the input of the session.
fn open(trial: &Trial, clock: &Arc<dyn SessionClock>) -> anyhow::Result<Box<dyn Source>> {
    #[cfg(feature = "mic")]
    if trial.by_microphone {
        return Ok(Box::new(MicrophoneSource::open(InputChoice::default())?));
    }
    Ok(Box::new(FileSource::open(trial.recording, Arc::clone(clock), 1.0)?))
}

/// Returns when each word was spoken in the session, and whether these times are known or only recognized.
fn spoken(trial: &Trial, transcript: &Transcript) -> (Vec<SpokenWord>, bool) {
    let language = &transcript.language;
    let words: Vec<Word> = transcript.words().cloned().collect();
    let Some(sentences) = sentences_of(trial.recording) else {
        return (recognized_words(&words, language), false);
    };
    // The microphone starts to record some time before the recording is played.
    let starts = sentence_starts(&sentences, words.iter().map(TimedText::from), language);
    let late = starts.typical().filter(|_| trial.by_microphone).unwrap_or_default();
    let at_session = |Sentence { span, text }| Sentence { span: span.shifted(late), text };
    let sentences: Vec<_> = sentences.into_iter().map(at_session).collect();
    (spoken_words(&sentences, &words, language), true)
}

fn differing(transcript: &Transcript, screen: &SimulatedScreen) -> usize {
    let words = |text: &str| crate::eval::normalize(text, &transcript.language);
    crate::eval::word_errors(&words(&join_words(transcript.words())), &words(&screen.text())).errors()
}

fn judge(
    reference: &Path,
    transcript: &Transcript,
    screen: &SimulatedScreen,
) -> anyhow::Result<(WordErrors, WordErrors)> {
    let recognized = join_words(transcript.words());
    let language: &Language = &transcript.language;
    Ok((judge_words(reference, &recognized, language)?, judge_words(reference, &screen.text(), language)?))
}
