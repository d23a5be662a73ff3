//! Measures the parts of the engine: products of 8 bits, the encoder, and a step of the decoder by its rows.
//! `cargo bench --bench parts -- [MODEL [LEVEL...]]`, by default `base` and every level of this processor.

#![allow(clippy::print_stdout, reason = "what a bench is run for")]
#![allow(
    dead_code,
    unused_imports,
    unfulfilled_lint_expectations,
    reason = "the crate's own modules, of which only some is measured"
)]

#[path = "../src/cancel.rs"]
mod cancel;
#[allow(dead_code, reason = "each bench reads some of the clocks")]
mod clock;
#[path = "../src/decoder.rs"]
mod decoder;
#[path = "../src/encoder.rs"]
mod encoder;
#[path = "../src/kernels/mod.rs"]
mod kernels;
#[path = "../src/level.rs"]
mod level;
#[path = "../src/mel/mod.rs"]
mod mel;
#[path = "../src/model/mod.rs"]
mod model;
#[path = "../src/network/mod.rs"]
mod network;
mod random;
#[path = "../src/simd/mod.rs"]
mod simd;
#[path = "../src/threads.rs"]
mod threads;

use std::error::Error;
use std::fs;

use cancel::Cancel;
use clock::Clock;
use decoder::{Feed, Sound};
use kernels::FloatMode;
use kernels::matmul::{Activation, Activations, Linear, Rows};
use level::Level;
use network::Model;
use random::{Random, TemporaryFile};

/// Seconds of audio for the encoder.
const SECONDS: usize = 30;
/// Tokens that every hypothesis has before a step is timed, as in the middle of a window of speech.
const BEFORE: usize = 50;
/// Steps that are timed.
const STEPS: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let (name, levels) = match &arguments[..] {
        [] => ("base", Level::available().collect()),
        [name] => (name.as_str(), Level::available().collect()),
        [name, levels @ ..] => {
            (name.as_str(), levels.iter().map(|level| level.parse()).collect::<Result<Vec<Level>, _>>()?)
        }
    };
    let file = TemporaryFile::of(&random::model(name, whisper_cpu::model::Element::Q8_0)?)?;
    let bytes = fs::read(file.path())?;
    let _mode = FloatMode::ieee();
    for level in levels {
        println!("{level}, one thread");
        let model = Model::new(model::ggml::read(&bytes)?, level);
        products(&model);
        let encoded = encoder(&model)?;
        steps(&model, &encoded)?;
    }
    Ok(())
}

/// Products with a layer of the perceptron, by rows.
fn products(model: &Model) {
    let inputs = model.dimensions.state;
    let outputs = 4 * inputs;
    let mut random = Random(1);
    let layer = Linear::new(model.level, inputs, outputs, |output, row| {
        let mut random = Random(output as u64 + 1);
        row.fill_with(|| random.next());
        0.0
    });
    for count in [1, 5, 20, 40, 96, 1500] {
        let rows: Vec<f32> = (0..count * inputs).map(|_| random.next()).collect();
        let (mut out, mut activations) = (vec![0.0; count * outputs], Activations::default());
        let seconds =
            least(|| layer.apply(Rows::of(&rows, inputs), Activation::None, &mut activations, &mut out));
        let products = (count * inputs * outputs) as f64;
        println!("  product  {count:4} x {inputs} x {outputs}  {:7.1} GMAC/s", products / seconds / 1e9);
    }
}

/// The encoder's output for a window of noise.
fn encoder(model: &Model) -> Result<Vec<f32>, cancel::Cancelled> {
    let mut random = Random(2);
    let samples: Vec<f32> = (0..SECONDS * 16_000).map(|_| 0.1 * random.next()).collect();
    let positions = model.dimensions.audio_positions;
    let spectrogram = model.mel.spectrogram(model.level, &samples, 2 * positions);
    let mut work = encoder::Work::default();
    let mut encoded = Vec::new();
    let mel = least(|| model.mel.spectrogram(model.level, &samples, 2 * positions));
    println!("  spectrogram  {:7.2} ms for a second of sound", 1000.0 * mel / SECONDS as f64);
    let mut seconds = f64::INFINITY;
    for _ in 0..2 {
        let start = Clock::now();
        encoded = encoder::encode(model, &spectrogram, positions, &mut work, Cancel::never())?.to_vec();
        seconds = seconds.min(start.elapsed().thread);
    }
    println!("  encoder      {:7.2} ms for a second of sound", 1000.0 * seconds / SECONDS as f64);
    Ok(encoded)
}

/// Steps of the decoder with the scores of all text tokens: windows times beams are the rows.
fn steps(model: &Model, encoded: &[f32]) -> Result<(), cancel::Cancelled> {
    for (windows, beams) in [(1, 1), (1, 5), (4, 5), (8, 5)] {
        let mut work = decoder::Work::default();
        let sound = |_| Sound::new(model, encoded, &mut decoder::Work::default(), Cancel::never());
        let mut sounds = (0..windows).map(sound).collect::<Result<Vec<_>, _>>()?;
        let mut texts = vec![Vec::new(); windows * beams];
        let (mut logits, mut least) = (Vec::new(), f64::INFINITY);
        for step in 0..BEFORE + STEPS {
            for (row, text) in texts.iter_mut().enumerate() {
                text.push(sounds[row / beams].new_row());
            }
            let feed =
                |(row, rows): (usize, &Vec<u32>)| (row / beams, (row * 97 + step * 31) as u32, rows.clone());
            let fed: Vec<_> = texts.iter().enumerate().map(feed).collect();
            let feeds: Vec<Feed> = fed
                .iter()
                .map(|(window, token, rows)| Feed { window: *window, token: *token, rows })
                .collect();
            let start = Clock::now();
            let sounds = &mut sounds.iter_mut().collect::<Vec<_>>();
            decoder::step(model, sounds, &feeds, &mut work, None, Cancel::never())?;
            work.logits(&model.decoder.text_logits, 0..feeds.len(), &mut logits);
            if step >= BEFORE {
                least = least.min(start.elapsed().thread);
            }
        }
        let milliseconds = 1000.0 * least;
        let rows = windows * beams;
        println!(
            "  step of {rows:2} rows  {milliseconds:7.2} ms, {:.3} ms a row",
            milliseconds / rows as f64
        );
    }
    Ok(())
}

/// The shortest time of this thread over at least three rounds and a fifth of a second. Unit:
/// seconds.
fn least<T>(mut work: impl FnMut() -> T) -> f64 {
    let (begin, mut least) = (Clock::now(), f64::INFINITY);
    for round in 0.. {
        if round >= 3 && begin.elapsed().thread > 0.2 {
            break;
        }
        let start = Clock::now();
        std::hint::black_box(work());
        least = least.min(start.elapsed().thread);
    }
    least
}
