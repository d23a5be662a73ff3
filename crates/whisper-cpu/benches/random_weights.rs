//! Measures time and memory of loading a model of a published shape and transcribing 60 s with it, with random weights:
//! `cargo bench --bench random_weights -- [MODEL [f16|q8_0 [LEVEL]]]`, by default `small` in q8_0 and `large-v3-turbo`.
//!
//! The audio is noise, and texts do not end: 3.5 tokens per second, with five beams, as in fast speech.

#![allow(clippy::print_stdout, reason = "what a bench is run for")]

#[allow(dead_code, reason = "each bench reads some of the clocks")]
mod clock;
mod random;

use std::error::Error;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clock::Clock;
use random::{Random, TemporaryFile, model};
use whisper_cpu::model::{Element, ggml};
use whisper_cpu::{
    Cancel, Level, Model, Options, SAMPLE_RATE, SearchOptions, StageTimes, TranscribeError, Transcriber,
};

/// Windows of sound.
const WINDOWS: usize = 2;
/// Seconds of each.
const SECONDS: usize = 30;
/// Tokens of a window: 3.5 a second.
const TOKENS: usize = SECONDS * 7 / 2;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => {
            measure("small", "q8_0", Level::best())?;
            measure("large-v3-turbo", "q8_0", Level::best())
        }
        [name] => measure(name, "q8_0", Level::best()),
        [name, element] => measure(name, element, Level::best()),
        [name, element, level] => measure(name, element, level.parse()?),
        _ => Err("usage: random_weights [MODEL [f16|q8_0 [LEVEL]]]".into()),
    }
}

fn measure(name: &str, element: &str, level: Level) -> Result<(), Box<dyn Error>> {
    let element = match element {
        "f16" => Element::F16,
        "q8_0" => Element::Q8_0,
        _ => return Err("weights are made in f16 or q8_0".into()),
    };
    let file = TemporaryFile::of(&model(name, element)?)?;
    forget_peak();
    let before = Memory::now();
    let start = Clock::now();
    let bytes = fs::read(file.path())?;
    let read = start.elapsed();
    let start = Clock::now();
    let model = Arc::new(Model::new(ggml::read(&bytes)?, level));
    let packed = start.elapsed();
    let (megabytes, loading) = (bytes.len() >> 20, Memory::now());
    drop(bytes);
    println!("{name} in {element}, {level}");
    println!("  file       {megabytes} MB, read in {}, packed in {}", time(read), time(packed));
    println!(
        "  loading    {} MB before, at most {} MB, {} MB after",
        before.now,
        loading.peak,
        Memory::now().now
    );
    transcribe(&model)?;
    Ok(())
}

fn transcribe(model: &Arc<Model>) -> Result<(), Box<dyn Error>> {
    let threads = std::thread::available_parallelism()?.get().min(WINDOWS);
    let next = AtomicUsize::new(0);
    forget_peak();
    let start = Clock::now();
    let times = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(|| work(model, &next))).collect();
        workers
            .into_iter()
            .map(|worker| worker.join().expect("no worker panics"))
            .collect::<Result<Vec<_>, _>>()
    })?;
    let took = start.elapsed();
    let seconds = (WINDOWS * SECONDS) as f64;
    let of = |stage: fn(&StageTimes) -> Duration| {
        let sum: Duration = times.iter().map(stage).sum();
        1000.0 * sum.as_secs_f64() / seconds
    };
    println!("  {seconds:.0} s of sound on {threads} threads in {}", time(took));
    let rtf = took.process / seconds / threads as f64;
    println!("  RTF        {:.3}, {rtf:.3} by processor time", took.wall / seconds);
    println!("  encoder    {:6.1} ms of a thread for a second of sound", of(|times| times.encoder.wall));
    println!("  decoder    {:6.1} ms of a thread for a second of sound", of(|times| times.decoder.wall));
    println!("  memory     at most {} MB", Memory::now().peak);
    Ok(())
}

fn time(took: Clock) -> String {
    format!("{:.2} s ({:.2} s of the processors)", took.wall, took.process)
}

/// Transcribes windows until there are no more.
fn work(model: &Arc<Model>, next: &AtomicUsize) -> Result<StageTimes, TranscribeError> {
    let mut transcriber = Transcriber::new(Arc::clone(model));
    let mut random = Random(7);
    let most_tokens = TOKENS;
    let search =
        SearchOptions { patience: f32::MAX, most_tokens, fallback: Vec::new(), ..SearchOptions::default() };
    let mut sound = |_| {
        let is_there = next.fetch_add(1, Ordering::Relaxed) < WINDOWS;
        is_there.then(|| (0..SECONDS * SAMPLE_RATE).map(|_| 0.1 * random.next()).collect::<Vec<f32>>())
    };
    let options = Options { search, ..Options::default() };
    transcriber.transcribe_each(&options, Cancel::never(), &mut sound, &mut |_, _| ())?;
    Ok(transcriber.stage_times())
}

/// The memory of this process according to Linux; `?` on other systems. Unit: megabytes.
struct Memory {
    now: String,
    peak: String,
}

impl Memory {
    fn now() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            let kilobytes: usize = line.split_whitespace().next()?.parse().ok()?;
            Some((kilobytes >> 10).to_string())
        };
        let megabytes = |name: &str| field(name).unwrap_or_else(|| "?".to_owned());
        Self { now: megabytes("VmRSS:"), peak: megabytes("VmHWM:") }
    }
}

/// Resets the peak, so that it covers only what follows.
fn forget_peak() {
    // Only Linux can do this, and not in every container; otherwise the peak includes loading.
    let _ = fs::write("/proc/self/clear_refs", "5");
}
