//! `lectern bench`: speed and accuracy on this machine.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};

use super::args::BenchArguments;
use super::bench_live::{self, Trial};
use super::live::live_threads;
use super::machine;
use super::outcome::Outcome;
use super::plan::{engine_request, transcribe_options};
use crate::asr::{CancelToken, Request, StageTimes};
use crate::audio::{Recording, SAMPLE_RATE, read_all};
use crate::console::{print_json, print_line};
use crate::eval::{
    Sentence, StartErrors, TimedText, WordErrors, normalize, read_sentences, sentence_starts, word_errors,
};
use crate::session::{Engine, TranscribeOptions, Transcriber};
use crate::time::MediaTime;
use crate::transcript::{Language, Transcript, join_words};
use crate::vad::{FRAME_SAMPLES, SpeechWindow, VoiceActivityDetector, WindowPacker};

/// Windows whose stages are timed one by one.
const TIMED_WINDOWS: usize = 3;

/// What was measured. Stages are those of the first windows, on one thread.
struct Measured {
    audio: MediaTime,
    wall: Duration,
    voice_activity: Duration,
    stages: StageTimes,
    /// Sound in the windows whose stages were timed.
    staged: MediaTime,
    words: Option<WordErrors>,
    /// The share of words that is wrong by the recognizer's own probabilities.
    expected: f64,
    starts: Option<StartErrors>,
}

pub fn run(arguments: &BenchArguments) -> anyhow::Result<Outcome> {
    let (recording, reference) = match &arguments.file {
        Some(file) => (file.clone(), arguments.reference.clone()),
        None => {
            let sample = sample_folder()?;
            (sample.join("photosynthesis.flac"), Some(sample.join("photosynthesis.txt")))
        }
    };
    let options = transcribe_options(&arguments.recognition)?;
    let engine = Engine::load(&engine_request(&arguments.recognition))?;
    if arguments.live {
        let options = TranscribeOptions { threads: live_threads(&arguments.recognition), ..options };
        let trial = Trial {
            recording: &recording,
            reference: reference.as_deref(),
            #[cfg(feature = "mic")]
            by_microphone: arguments.microphone,
            #[cfg(not(feature = "mic"))]
            by_microphone: false,
        };
        let measured = bench_live::measure(&engine, &trial, &options)?;
        print(arguments.json, || measured.json(), || measured.text());
        return Ok(Outcome::Done);
    }
    let measured = measure(&engine, &recording, reference.as_deref(), &options)?;
    print(arguments.json, || json_object(&measured), || text_lines(&measured, &options));
    Ok(Outcome::Done)
}

fn print(as_json: bool, object: impl FnOnce() -> Value, lines: impl FnOnce() -> Vec<String>) {
    if as_json {
        print_json(&object());
    } else {
        lines().iter().for_each(|line| print_line(line));
    }
}

/// The sample lecture: beside the executable, or in the source tree.
fn sample_folder() -> anyhow::Result<PathBuf> {
    let executable = env::current_exe().ok();
    let beside = executable.as_deref().and_then(Path::parent).map(|folder| folder.join("assets/sample"));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample");
    let folders = beside.into_iter().chain([source]);
    let mut found = folders.filter(|folder| folder.join("photosynthesis.flac").exists());
    found.next().context("the sample lecture is not installed; name a recording: lectern bench FILE")
}

fn measure(
    engine: &Engine,
    file: &Path,
    reference: Option<&Path>,
    options: &TranscribeOptions,
) -> anyhow::Result<Measured> {
    let cancel = CancelToken::default();
    let start = Instant::now();
    let (transcript, _) = engine.transcribe(Recording::open(file)?, options, &cancel, &mut |_| ())?;
    let wall = start.elapsed();
    let (voice_activity, windows) = time_voice_activity(engine, file, options)?;
    let staged = &windows[..windows.len().min(TIMED_WINDOWS)];
    let request = Request { language: transcript.language.clone(), ..Request::default() };
    let samples: usize = staged.iter().map(|window| window.samples.len()).sum();
    Ok(Measured {
        audio: transcript.duration,
        wall,
        voice_activity,
        stages: engine.time_stages(staged, &request)?,
        staged: MediaTime::from_samples(samples as u64, SAMPLE_RATE),
        words: reference
            .map(|path| judge_words(path, &join_words(transcript.words()), &transcript.language))
            .transpose()?,
        expected: expected_errors(&transcript),
        starts: judge_starts(file, &transcript),
    })
}

fn expected_errors(transcript: &Transcript) -> f64 {
    let chances: Vec<_> = transcript.words().map(|word| f64::from(word.chance_of_error())).collect();
    chances.iter().sum::<f64>() / chances.len().max(1) as f64
}

fn time_voice_activity(
    engine: &Engine,
    file: &Path,
    options: &TranscribeOptions,
) -> anyhow::Result<(Duration, Vec<SpeechWindow>)> {
    let (samples, _) = read_all(file)?;
    let start = Instant::now();
    let (mut detector, mut packer) = (engine.detector(), WindowPacker::new(options.windows));
    let frames = samples.as_chunks::<FRAME_SAMPLES>().0;
    let probabilities = detector.speech_probabilities(frames);
    let mut windows: Vec<_> =
        frames.iter().zip(probabilities).filter_map(|(frame, p)| packer.push(frame, p)).collect();
    windows.extend(packer.finish());
    Ok((start.elapsed(), windows))
}

/// The errors of a text against the text in a file.
pub(super) fn judge_words(reference: &Path, heard: &str, language: &Language) -> anyhow::Result<WordErrors> {
    let text = fs::read_to_string(reference).with_context(|| {
        format!("the reference cannot be read; give a UTF-8 text: {}", reference.display())
    })?;
    let words = |text: &str| normalize(text, language);
    Ok(word_errors(&words(&text), &words(heard)))
}

/// The sentences of a recording, where a file of its name ending in `.json` tells their times.
pub(super) fn sentences_of(file: &Path) -> Option<Vec<Sentence>> {
    let json = fs::read_to_string(file.with_extension("json")).ok()?;
    read_sentences(&json).ok()
}

/// How exactly sentences start, where their times are known.
fn judge_starts(file: &Path, transcript: &Transcript) -> Option<StartErrors> {
    let sentences = sentences_of(file)?;
    let words = transcript.words().map(TimedText::from);
    Some(sentence_starts(&sentences, words, &transcript.language))
}

fn text_lines(measured: &Measured, options: &TranscribeOptions) -> Vec<String> {
    let Measured { audio, wall, voice_activity, stages, staged, words, expected, starts } = measured;
    let per_second =
        |time: &Duration, of: &MediaTime| 1000.0 * time.as_secs_f64() / of.as_secs_f64().max(0.001);
    let stage = |name: &str, time: &Duration, of: &MediaTime| {
        format!("{name:<16} {:>8.2} ms for each second of sound", per_second(time, of))
    };
    let mut lines = vec![
        format!("machine          {}", machine::describe()),
        format!("recording        {audio} with {} recognizers", options.threads),
        stage("voice activity", voice_activity, audio),
        stage("spectrogram", &stages.spectrogram, staged),
        stage("encoder", &stages.encoder, staged),
        stage("decoder", &stages.decoder, staged),
        format!("whole            {:.1} s, RTF {:.4}", wall.as_secs_f64(), rtf(measured)),
    ];
    lines.extend(words.as_ref().map(|words| format!("word error rate  {:.2} %", 100.0 * words.wer())));
    lines.push(format!("expected errors  {:.2} % of words, by their probabilities", 100.0 * expected));
    lines.extend(starts.as_ref().and_then(|starts| {
        let (median, most) = (starts.median()?.as_millis(), starts.percentile(95)?.as_millis());
        Some(format!("sentence starts  {median} ms off (median), {most} ms (95th percentile)"))
    }));
    lines.extend(machine::peak_memory_mb().map(|memory| format!("peak memory      {memory} MB")));
    lines
}

fn json_object(measured: &Measured) -> Value {
    let Measured { audio, wall, voice_activity, stages, staged, words, expected, starts } = measured;
    let millis = |time: MediaTime| time.as_millis();
    json!({
        "machine": machine::describe(), "audio": audio.as_secs_f64(), "wall": wall.as_secs_f64(),
        "rtf": rtf(measured), "voice_activity": voice_activity.as_secs_f64(),
        "stages": {
            "audio": staged.as_secs_f64(), "spectrogram": stages.spectrogram.as_secs_f64(),
            "encoder": stages.encoder.as_secs_f64(), "decoder": stages.decoder.as_secs_f64(),
        },
        "wer": words.as_ref().map(WordErrors::wer), "expected_wer": expected,
        "sentence_start_median_ms": starts.as_ref().and_then(StartErrors::median).map(millis),
        "sentence_start_p95_ms": starts.as_ref().and_then(|starts| starts.percentile(95)).map(millis),
        "peak_memory_mb": machine::peak_memory_mb(),
    })
}

fn rtf(measured: &Measured) -> f64 {
    measured.wall.as_secs_f64() / measured.audio.as_secs_f64().max(0.001)
}
