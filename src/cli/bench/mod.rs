//! `lectern bench`: measures speed and accuracy on this machine.

mod compare;
mod live;
mod report;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::Value;

use self::live::Trial;
use super::args::BenchArguments;
use super::live::live_threads;
use super::outcome::Outcome;
use super::recognition::transcribe_options;
use super::report::warn_of_processor;
use crate::asr::{Backend, CancelToken, Request, TimeSpent, timed};
use crate::audio::{Recording, SAMPLE_RATE, read_all};
use crate::caption::{DEFAULT_PROFILE, compose};
use crate::console::{print_json, print_line};
use crate::eval::{
    Sentence, StartErrors, TimedText, WordErrors, normalize, read_sentences, sentence_starts, word_errors,
};
use crate::recognize::{Engine, Resources, TranscribeOptions, Transcriber};
use crate::time::MediaTime;
use crate::transcript::{Language, Transcript, join_words};
use crate::vad::{FRAME_SAMPLES, SpeechWindow, VoiceActivityDetector, WindowOptions, WindowPacker};

/// Windows whose stages are timed one by one.
const TIMED_WINDOWS: usize = 3;

/// The measurements.
struct Measured {
    audio: MediaTime,
    threads: usize,
    /// The backend, and the instruction set that it has chosen, if it chooses one itself.
    engine: (Backend, Option<&'static str>),
    whole: TimeSpent,
    stages: Vec<Stage>,
    words: Option<WordErrors>,
    /// The expected share of wrong words, from the recognizer's own probabilities.
    expected: f64,
    starts: Option<StartErrors>,
}

/// One stage of captioning, on one thread.
struct Stage {
    name: &'static str,
    spent: TimeSpent,
    /// Length of the audio it was timed with.
    audio: MediaTime,
}

pub fn run(arguments: &BenchArguments) -> anyhow::Result<Outcome> {
    let (recording, reference) = match &arguments.file {
        Some(file) => (file.clone(), arguments.reference.clone()),
        None => {
            let sample = sample_folder()?;
            (sample.join("photosynthesis.flac"), Some(sample.join("photosynthesis.txt")))
        }
    };
    let options = transcribe_options(&arguments.recognition, DEFAULT_PROFILE)?;
    if let Some(command) = &arguments.compare {
        let peer = compare::peer(command, &recording)?;
        return compare::run(&peer, &recording, arguments);
    }
    warn_of_processor(arguments.recognition.engine, false);
    let engine = Engine::load(&options.request.engine)?;
    if arguments.live {
        let options =
            TranscribeOptions { resources: Resources::on(live_threads(&arguments.recognition)), ..options };
        let trial = Trial {
            recording: &recording,
            reference: reference.as_deref(),
            #[cfg(feature = "mic")]
            by_microphone: arguments.microphone,
            #[cfg(not(feature = "mic"))]
            by_microphone: false,
        };
        let measured = live::measure(&engine, &trial, &options)?;
        print(arguments.json, || measured.json(), || measured.text());
        return Ok(Outcome::Done);
    }
    let measured = measure(&engine, &recording, reference.as_deref(), &options)?;
    print(arguments.json, || measured.json(), || measured.text());
    Ok(Outcome::Done)
}

pub(super) fn print(as_json: bool, object: impl FnOnce() -> Value, lines: impl FnOnce() -> Vec<String>) {
    if as_json {
        print_json(&object());
    } else {
        lines().iter().for_each(|line| print_line(line));
    }
}

/// Returns the sample lecture: beside the executable, or in the source tree.
fn sample_folder() -> anyhow::Result<PathBuf> {
    let executable = env::current_exe().ok();
    let beside = executable.as_deref().and_then(Path::parent).map(|folder| folder.join("assets/sample"));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample");
    let folders = beside.into_iter().chain([source]);
    let mut found = folders.filter(|folder| folder.join("photosynthesis.flac").exists());
    found.next().context("the sample lecture is not installed; pass a recording: lectern bench FILE")
}

fn measure(
    engine: &Engine,
    file: &Path,
    reference: Option<&Path>,
    options: &TranscribeOptions,
) -> anyhow::Result<Measured> {
    let recording = Recording::open(file)?;
    let transcribe = || engine.transcribe(recording, options, &CancelToken::default(), &mut |_| ());
    let (transcribed, whole) = timed(transcribe);
    let (transcript, _) = transcribed?;
    Ok(Measured {
        audio: transcript.duration,
        threads: options.resources.threads.get(),
        engine: engine.describe(),
        whole,
        stages: time_stages(engine, file, options, &transcript)?,
        words: reference
            .map(|path| judge_words(path, &join_words(transcript.words()), &transcript.language))
            .transpose()?,
        expected: expected_errors(&transcript),
        starts: judge_starts(file, &transcript),
    })
}

/// Times the stages of captioning one after the other; those of the recognizer for the first windows only.
fn time_stages(
    engine: &Engine,
    file: &Path,
    options: &TranscribeOptions,
    transcript: &Transcript,
) -> anyhow::Result<Vec<Stage>> {
    let audio = transcript.duration;
    let (read, reading) = timed(|| read_all(file));
    let (samples, _) = read?;
    let (windows, voice_activity) = timed(|| windows(engine, &samples));
    let timed_windows = &windows[..windows.len().min(TIMED_WINDOWS)];
    let samples: usize = timed_windows.iter().map(|window| window.samples.len()).sum();
    let sample = MediaTime::from_samples(samples as u64, SAMPLE_RATE);
    let request = Request { language: transcript.language.clone(), ..Request::default() };
    let times = engine.time_stages(timed_windows, &request)?;
    let profile = &options.request.profile;
    let (_, composing) = timed(|| compose(&transcript.segments, &transcript.language, profile));
    let mut stages = vec![
        Stage { name: "reading", spent: reading, audio },
        Stage { name: "voice activity", spent: voice_activity, audio },
        Stage { name: "spectrogram", spent: times.spectrogram, audio: sample },
        Stage { name: "encoder", spent: times.encoder, audio: sample },
        Stage { name: "decoder", spent: times.decoder, audio: sample },
    ];
    stages.extend(times.alignment.map(|spent| Stage { name: "word times", spent, audio: sample }));
    stages.push(Stage { name: "composing", spent: composing, audio });
    Ok(stages)
}

fn expected_errors(transcript: &Transcript) -> f64 {
    let chances: Vec<_> = transcript.words().map(|word| f64::from(word.chance_of_error())).collect();
    chances.iter().sum::<f64>() / chances.len().max(1) as f64
}

/// Returns the windows of speech in a recording.
fn windows(engine: &Engine, samples: &[f32]) -> Vec<SpeechWindow> {
    let (mut detector, mut packer) = (engine.detector(), WindowPacker::new(WindowOptions::default()));
    let frames = samples.as_chunks::<FRAME_SAMPLES>().0;
    let probabilities = detector.speech_probabilities(frames);
    let mut windows: Vec<_> =
        frames.iter().zip(probabilities).filter_map(|(frame, p)| packer.push(frame, p)).collect();
    windows.extend(packer.finish());
    windows
}

/// Returns the word errors of a text, compared with the reference in a file.
pub(super) fn judge_words(
    reference: &Path,
    recognized: &str,
    language: &Language,
) -> anyhow::Result<WordErrors> {
    let text = fs::read_to_string(reference).with_context(|| {
        format!("the reference cannot be read; use a UTF-8 text file: {}", reference.display())
    })?;
    let words = |text: &str| normalize(text, language);
    Ok(word_errors(&words(&text), &words(recognized)))
}

/// Returns the sentences of a recording with their times, if a `.json` file with its name has them.
pub(super) fn sentences_of(file: &Path) -> Option<Vec<Sentence>> {
    let json = fs::read_to_string(file.with_extension("json")).ok()?;
    read_sentences(&json).ok()
}

/// Returns how exactly sentences start, if their times are known.
fn judge_starts(file: &Path, transcript: &Transcript) -> Option<StartErrors> {
    let sentences = sentences_of(file)?;
    let words = transcript.words().map(TimedText::from);
    Some(sentence_starts(&sentences, words, &transcript.language))
}
