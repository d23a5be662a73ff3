//! Writes who speaks when in a WAV file (16 kHz, mono, 16 bits), in the RTTM format, and how long it took.
//! `cargo run --release -p speakers --example who_speaks -- MODELS SOUND.wav [SPEAKERS]`

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example writes what it finds")]

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use speakers::{Listener, Networks, SAMPLE_RATE, Wish, Work, who_speaks};
use whisper_cpu::Level;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [models, sound, rest @ ..] = &arguments[..] else {
        return Err("usage: who_speaks MODELS SOUND.wav [SPEAKERS]".into());
    };
    let wish = rest.first().map_or(Ok(Wish::Any), |count| count.parse().map(Wish::Exactly))?;
    let model = |name: &str| std::fs::read(PathBuf::from(models).join(name));
    let segmentation = model("pyannote-segmentation-3.0-f16.safetensors")?;
    let networks = Networks::read(&segmentation, &model("campplus-zh-en-f16.safetensors")?, Level::best())?;
    let samples = hound::WavReader::open(sound)?.into_samples::<i16>();
    let samples = samples.map(|sample| sample.map(|sample| f32::from(sample) / 32768.0));
    let samples = samples.collect::<Result<Vec<f32>, _>>()?;
    let start = Instant::now();
    let (mut listener, mut work, mut windows) = (Listener::default(), Work::default(), Vec::new());
    for stretch in listener.push(&samples).into_iter().chain(listener.finish()) {
        windows.extend(networks.hear(&stretch, &mut work));
    }
    let heard = start.elapsed();
    for turn in who_speaks(&windows, wish) {
        let (start, length) = (turn.start, turn.end - turn.start);
        println!("SPEAKER x 1 {start:.3} {length:.3} <NA> <NA> S{} <NA> <NA>", turn.speaker);
    }
    let joined = start.elapsed() - heard;
    let seconds = samples.len() as f64 / SAMPLE_RATE as f64;
    eprintln!(
        "{seconds:.1} s of sound: {:.1} ms a second, joined in {joined:.1?}",
        heard.as_secs_f64() * 1e3 / seconds
    );
    Ok(())
}
