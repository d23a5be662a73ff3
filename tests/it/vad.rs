//! The shipped voice activity model on the sample lecture, whose sentences have known times.

use std::fs;
use std::path::{Path, PathBuf};

use lectern::audio::{SAMPLE_RATE, read_all};
use lectern::eval::read_sentences;
use lectern::time::MediaTime;
use lectern::vad::{FRAME_SAMPLES, Silero, VoiceActivityDetector, WindowOptions, WindowPacker};

fn silero() -> Silero {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/ggml-silero-v6.2.3.bin");
    Silero::from_bytes(&fs::read(path).unwrap()).unwrap()
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/photosynthesis.flac")
}

fn sound() -> Vec<f32> {
    let (samples, warnings) = read_all(&sample()).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    samples
}

/// The probabilities of the sample lecture, from the library functions of one Linux system and with a plain transform of
/// each frame.
#[test]
fn probabilities_are_those_of_plainer_code() {
    let stored = include_bytes!("../data/vad/photosynthesis.f32").as_chunks().0;
    let stored: Vec<_> = stored.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    let found = silero().speech_probabilities(sound().as_chunks().0);
    assert_eq!(found.len(), stored.len());
    let difference = found.iter().zip(&stored).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(difference < 1e-5, "{difference}");
}

#[test]
fn frames_together_give_the_bits_of_frames_alone() {
    let sound = sound();
    let frames = &sound.as_chunks().0[..1000];
    let mut detector = silero();
    let alone: Vec<_> = frames.iter().map(|frame| detector.speech_probability(frame).to_bits()).collect();
    for count in [2, 3, 7, 16, 17, 100, 1000] {
        let mut detector = silero();
        let together = frames.chunks(count).flat_map(|frames| detector.speech_probabilities(frames));
        assert!(together.map(f32::to_bits).eq(alone.iter().copied()), "{count} frames at a time");
    }
}

/// The resampler and the detector round alike on every processor. Whoever changes the order of a sum changes these.
#[test]
fn bits_are_the_same_on_every_processor() {
    let sound = sound();
    let mixed = |hash: u64, value: &f32| (hash ^ u64::from(value.to_bits())).wrapping_mul(0x0100_0000_01b3);
    let hash = |values: &[f32]| values.iter().fold(0xcbf2_9ce4_8422_2325, mixed);
    let probabilities = silero().speech_probabilities(sound.as_chunks().0);
    assert_eq!((hash(&sound), hash(&probabilities)), (0x551d_5cb1_5b8a_6280, 0x328c_dd56_5bee_831b));
}

#[test]
fn spans_of_speech_begin_and_end_with_the_sentences() {
    let samples = sound();
    let (mut detector, mut packer) = (silero(), WindowPacker::new(WindowOptions::default()));
    let frames = samples.as_chunks::<FRAME_SAMPLES>().0;
    let mut windows: Vec<_> =
        frames.iter().filter_map(|frame| packer.push(frame, detector.speech_probability(frame))).collect();
    windows.extend(packer.finish());
    let longest = windows.iter().map(|window| window.samples.len()).max().unwrap();
    assert!(longest <= 28 * SAMPLE_RATE as usize + 2 * FRAME_SAMPLES, "{longest} samples");

    let time = |sample| MediaTime::from_samples(sample, SAMPLE_RATE);
    let speech: Vec<_> = windows.iter().flat_map(|window| &window.speech).collect();
    let sentences = read_sentences(&fs::read_to_string(sample().with_extension("json")).unwrap()).unwrap();
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
