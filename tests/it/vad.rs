//! The shipped voice activity model on the sample lecture, whose sentences have known times.

use std::fs;
use std::path::Path;

use lectern::audio::{SAMPLE_RATE, read_all};
use lectern::eval::read_sentences;
use lectern::time::MediaTime;
use lectern::vad::{FRAME_SAMPLES, Silero, VoiceActivityDetector, WindowOptions, WindowPacker};

fn silero() -> Silero {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/ggml-silero-v6.2.3.bin");
    Silero::from_bytes(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn spans_of_speech_begin_and_end_with_the_sentences() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/photosynthesis.flac");
    let (samples, warnings) = read_all(&sample).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    let (mut detector, mut packer) = (silero(), WindowPacker::new(WindowOptions::default()));
    let frames = samples.as_chunks::<FRAME_SAMPLES>().0;
    let mut windows: Vec<_> =
        frames.iter().filter_map(|frame| packer.push(frame, detector.speech_probability(frame))).collect();
    windows.extend(packer.finish());
    let longest = windows.iter().map(|window| window.samples.len()).max().unwrap();
    assert!(longest <= 28 * SAMPLE_RATE as usize + 2 * FRAME_SAMPLES, "{longest} samples");

    let time = |sample| MediaTime::from_samples(sample, SAMPLE_RATE);
    let speech: Vec<_> = windows.iter().flat_map(|window| &window.speech).collect();
    let sentences = read_sentences(&fs::read_to_string(sample.with_extension("json")).unwrap()).unwrap();
    for sentence in sentences {
        let nearest = |edge: MediaTime, edges: &dyn Fn(usize) -> MediaTime| {
            (0..speech.len()).map(|index| edges(index).abs_diff(edge)).min().unwrap().as_millis()
        };
        let start = nearest(sentence.span.start, &|index| time(speech[index].start));
        let end = nearest(sentence.span.end, &|index| time(speech[index].end));
        assert!(start <= 50 && end <= 120, "off by {start} and {end} ms: {}", sentence.text);
    }
}

#[test]
fn tones_and_noise_are_no_speech() {
    let mut seed = 1_u32;
    let mut noise = |level: f32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as f32 / (1 << 23) as f32 * level - level
    };
    let tone = |n: usize| 0.3 * (n as f32 * 0.4).sin();
    let sounds: [Vec<f32>; 3] = [
        vec![0.0; 10 * 16_000],
        (0..10 * 16_000).map(|_| noise(0.1)).collect(),
        (0..10 * 16_000).map(tone).collect(),
    ];
    for (number, sound) in sounds.iter().enumerate() {
        let mut detector = silero();
        let probable = sound
            .as_chunks::<FRAME_SAMPLES>()
            .0
            .iter()
            .filter(|frame| detector.speech_probability(frame) > 0.5);
        assert!(probable.count() < 3, "sound {number}");
    }
}

#[test]
fn damaged_models_are_refused() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/ggml-silero-v6.2.3.bin");
    let bytes = fs::read(path).unwrap();
    for length in [0, 3, 4, 50, 500, bytes.len() / 2, bytes.len() - 1] {
        assert!(Silero::from_bytes(&bytes[..length]).is_err(), "{length} bytes");
    }
}
