//! Prints what is said in a WAV file of 16 kHz mono: `transcribe MODEL.bin SOUND.wav`.
use std::sync::Arc;

use whisper_cpu::{Cancel, Level, Model, Options, Transcriber, model::ggml};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, model, sound] = &arguments[..] else {
        return Err("usage: transcribe MODEL.bin SOUND.wav".into());
    };
    let model = Arc::new(Model::new(ggml::read(&std::fs::read(model)?)?, Level::best()));
    let mut transcriber = Transcriber::new(Arc::clone(&model));
    let samples: Result<Vec<f32>, _> = hound::WavReader::open(sound)?
        .into_samples::<i16>()
        .map(|s| s.map(|s| f32::from(s) / 32768.0))
        .collect();
    for window in samples?.chunks(28 * whisper_cpu::SAMPLE_RATE) {
        let found = transcriber.transcribe(window, &Options::default(), Cancel::never())?;
        let tokens: Vec<u32> = found.tokens.iter().map(|token| token.id).collect();
        println!("{}", model.vocabulary().text(&tokens).trim());
    }
    Ok(())
}
