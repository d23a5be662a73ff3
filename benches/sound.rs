//! How much processor time a second of sound takes before and after the recognizer. Run with
//! `cargo bench --bench sound -- RECORDING...`; without recordings, the sample lecture is measured.

#![expect(clippy::print_stdout, reason = "what a bench is run for")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lectern::audio::{Recording, SAMPLE_RATE};
use lectern::caption::{DEFAULT_PROFILE, Profile, compose};
use lectern::document::Document;
use lectern::eval::read_sentences;
use lectern::exchange::export;
use lectern::format::{WriteOptions, by_name};
use lectern::time::TimeSpan;
use lectern::transcript::{Language, Segment, Word};
use lectern::vad::{FRAME_SAMPLES, Silero, VoiceActivityDetector, WindowOptions, WindowPacker};
use rustix::time::{ClockId, clock_gettime};

/// The least of so many rounds counts, for other programs only ever add to it.
const ROUNDS: usize = 5;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let given: Vec<PathBuf> =
        std::env::args_os().skip(1).filter(|arg| arg != "--bench").map(PathBuf::from).collect();
    let sample = root.join("assets/sample/photosynthesis.flac");
    let files = if given.is_empty() { vec![sample.clone()] } else { given };
    println!("milliseconds of processor time for a second of sound");
    for file in &files {
        let samples = read(file);
        let seconds = samples.len() as f64 / f64::from(SAMPLE_RATE);
        let reading = least(|| read(file)) / seconds;
        println!("reading {:7.3}  {}", reading, file.display());
    }
    hear(root, &read(&sample));
    caption(&sample);
}

fn read(file: &Path) -> Vec<f32> {
    let mut recording = Recording::open(file).unwrap_or_else(|error| panic!("{error}"));
    let mut samples = Vec::new();
    while recording.read(&mut samples).unwrap_or_else(|error| panic!("{error}")) {}
    samples
}

/// Voice activity detection, of several frames at once and of single ones, and packing.
fn hear(root: &Path, samples: &[f32]) {
    let model = fs::read(root.join("models/ggml-silero-v6.2.3.bin")).expect("the voice activity model");
    let silero = Silero::from_bytes(&model).unwrap_or_else(|error| panic!("{error}"));
    let (frames, _) = samples.as_chunks::<FRAME_SAMPLES>();
    let seconds = samples.len() as f64 / f64::from(SAMPLE_RATE);
    let together = least(|| silero.clone().speech_probabilities(frames)) / seconds;
    let single = least(|| {
        let mut silero = silero.clone();
        frames.iter().map(|frame| silero.speech_probability(frame)).collect::<Vec<_>>()
    }) / seconds;
    let probabilities = silero.clone().speech_probabilities(frames);
    let packing = least(|| {
        let mut packer = WindowPacker::new(WindowOptions::default());
        let pushed = frames.iter().zip(&probabilities).filter_map(|(frame, &p)| packer.push(frame, p));
        pushed.map(|window| window.samples.len()).sum::<usize>()
    }) / seconds;
    println!("voice   {together:7.3}  {single:.3} frame by frame");
    println!("packing {packing:7.3}");
}

/// Composes and writes the captions of the sample lecture.
fn caption(sample: &Path) {
    let segments = segments_of(sample);
    let last = segments.last().and_then(|segment| segment.words.last());
    let seconds = last.expect("a lecture with words").span.end.as_secs_f64();
    let profile = Profile::named(DEFAULT_PROFILE).expect("a profile that there is");
    let language = Language::new("en");
    let composing = least(|| compose(&segments, &language, &profile)) / seconds;
    let document = Document { cues: compose(&segments, &language, &profile), ..Document::default() };
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let write = |name: &str| {
        let format = by_name(name).expect("a format that there is");
        let path = folder.path().join("captions").with_extension(name);
        export(&document, format, &WriteOptions::default(), &path, true)
            .unwrap_or_else(|error| panic!("{error}"));
    };
    let writing = least(|| ["srt", "vtt", "json"].map(write)) / seconds;
    println!("compose {composing:7.3}");
    println!("writing {writing:7.3}  srt, vtt and json");
}

/// The sentences of a lecture at their times, each word as long as the others.
fn segments_of(sample: &Path) -> Vec<Segment> {
    let json = fs::read_to_string(sample.with_extension("json")).expect("the sentences of the sample");
    let sentences = read_sentences(&json).unwrap_or_else(|error| panic!("{error}"));
    sentences.iter().map(|sentence| segment(&sentence.text, sentence.span)).collect()
}

fn segment(text: &str, span: TimeSpan) -> Segment {
    let count = text.split_whitespace().count().max(1) as i64;
    let each = span.duration().as_millis() / count;
    let starts = (0..count).map(|n| span.start.as_millis() + n * each);
    let word = |(text, start): (&str, i64)| Word {
        probability: 0.9,
        ..Word::new(text, TimeSpan::from_millis(start, start + each))
    };
    Segment { words: text.split_whitespace().zip(starts).map(word).collect(), ..Segment::default() }
}

/// The least processor time of this thread that the work takes. Unit: milliseconds.
fn least<T>(mut work: impl FnMut() -> T) -> f64 {
    let time = || {
        let now = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(now.tv_sec as u64, now.tv_nsec as u32).as_secs_f64() * 1000.0
    };
    let round = |_| {
        let start = time();
        std::hint::black_box(work());
        time() - start
    };
    (0..ROUNDS).map(round).fold(f64::INFINITY, f64::min)
}
