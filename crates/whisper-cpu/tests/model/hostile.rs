//! Models with valid files and untrained numbers: whatever they compute, no call panics.

use std::sync::Arc;

use whisper_cpu::model::{Element, ggml};
use whisper_cpu::{Cancel, Level, Model, Options, SearchOptions, Transcriber, Transcript};

use super::synthetic::{Numbers, Synthetic};

fn model(synthetic: &Synthetic, level: Level) -> Arc<Model> {
    Arc::new(Model::new(ggml::read(&synthetic.file()).expect("it is whole"), level))
}

/// Transcribes as much sound as the model takes.
fn transcribe(synthetic: &Synthetic, level: Level, options: &Options) -> Transcript {
    let model = model(synthetic, level);
    let samples: Vec<f32> = (0..320 * synthetic.audio_positions).map(|i| (i as f32 * 0.3).sin()).collect();
    Transcriber::new(model).transcribe(&samples, options, Cancel::never()).expect("it fits the model")
}

/// The search runs as long as there is room, and the prompt is as long as allowed.
fn without_limits() -> Options {
    let search = SearchOptions { most_tokens: usize::MAX, ..SearchOptions::default() };
    Options { prompt: "abcdefgh".to_owned(), tokens_per_second: usize::MAX, search, ..Options::default() }
}

#[test]
fn sound_of_any_samples_does_no_harm() {
    let model = model(&Synthetic { audio_positions: 40, ..Synthetic::default() }, Level::best());
    for sample in [0.0, f32::NAN, f32::INFINITY, f32::MIN, 1e-42] {
        for (length, room) in [(0, 0.0), (0, 30.0), (1, 0.0), (319, -1.0), (6400, f32::NAN)] {
            let options = Options { room, ..without_limits() };
            let samples = vec![sample; length];
            let found = Transcriber::new(Arc::clone(&model)).transcribe(&samples, &options, Cancel::never());
            assert!(found.is_ok(), "{length} of {sample}, {room} s");
        }
    }
}

/// Bytes of one repeated number; convolutions are in half precision.
fn all(number: f32, element: Element, length: usize) -> Vec<u8> {
    let bytes = match element {
        Element::F32 => number.to_le_bytes().to_vec(),
        _ => half::f16::from_f32(number.clamp(-65_504.0, 65_504.0)).to_le_bytes().to_vec(),
    };
    bytes.into_iter().cycle().take(length).collect()
}

#[test]
fn numbers_beyond_all_measure_do_no_harm() {
    let choices: [Numbers; 3] = [
        |name, element, length| all(if name.len() % 3 == 0 { f32::MIN } else { f32::MAX }, element, length),
        |name, element, length| all(if name.contains("ln") { 1e30 } else { 0.5 }, element, length),
        |_, element, length| all(0.0, element, length),
    ];
    for numbers in choices {
        let synthetic = Synthetic { element: Element::F32, numbers, ..Synthetic::default() };
        for level in Level::available() {
            transcribe(&synthetic, level, &without_limits());
        }
    }
}

#[test]
fn a_text_as_long_as_there_is_room_has_times() {
    for vocabulary in [51_864, 51_865] {
        let synthetic = Synthetic { vocabulary, ..Synthetic::default() };
        for prompt in ["", "abcdefgh"] {
            let options = Options { prompt: prompt.to_owned(), ..without_limits() };
            let found = transcribe(&synthetic, Level::best(), &options);
            assert!(found.tokens.len() < synthetic.text_positions);
        }
    }
}
