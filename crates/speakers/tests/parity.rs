//! The networks give the same results as their authors' programs, at every level and for any number of threads.

use std::path::Path;

use safetensors::SafeTensors;
use speakers::{
    FRAMES, Listener, Networks, NetworksError, Stretch, WeightsError, Which, Window, Wish, Work, who_speaks,
};
use whisper_cpu::Level;

const SEGMENTATION: &str = "pyannote-segmentation-3.0-f16.safetensors";
const VOICE: &str = "campplus-zh-en-f16.safetensors";

fn model(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models").join(name)).unwrap()
}

fn networks(level: Level) -> Networks {
    Networks::read(&model(SEGMENTATION), &model(VOICE), level).unwrap()
}

fn reference() -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/reference.safetensors")).unwrap()
}

fn floats(tensors: &SafeTensors<'_>, name: &str) -> Vec<f32> {
    let bytes = tensors.tensor(name).unwrap().data().as_chunks::<4>().0;
    bytes.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect()
}

fn sound() -> Vec<f32> {
    let reference = reference();
    let tensor = SafeTensors::deserialize(&reference).unwrap();
    let bytes = tensor.tensor("sound").unwrap().data().as_chunks::<2>().0.to_vec();
    bytes.into_iter().map(|bytes| f32::from(i16::from_le_bytes(bytes)) / 32768.0).collect()
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let product = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    product(a, b) / (product(a, a) * product(b, b)).sqrt()
}

#[test]
fn voices_are_those_of_the_reference() {
    let (networks, reference) = (networks(Level::best()), reference());
    let tensors = SafeTensors::deserialize(&reference).unwrap();
    for name in ["fb150", "fb400"] {
        let voice = networks.describe(&floats(&tensors, name), &mut Work::default());
        let alike = cosine(&voice, &floats(&tensors, &format!("{name}.out")));
        assert!(alike > 0.9999, "{name}: {alike}");
    }
}

#[test]
fn turns_are_those_of_the_reference() {
    let (networks, reference) = (networks(Level::best()), reference());
    let tensors = SafeTensors::deserialize(&reference).unwrap();
    let scores = networks.scores(&sound());
    let likeliest =
        scores.chunks_exact(7).map(|scores| (0..7).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap());
    let expected = tensors.tensor("classes").unwrap().data();
    let equal = likeliest.zip(expected).filter(|&(found, &expected)| found == usize::from(expected)).count();
    assert!(equal >= FRAMES - 1, "{equal} of {FRAMES}");
}

/// Eighteen seconds: the second of the two windows is not full.
fn stretch() -> Stretch {
    let mut listener = Listener::default();
    assert!(listener.push(&sound()).is_empty() && listener.push(&sound()[..128_000]).is_empty());
    listener.finish().unwrap()
}

fn heard(level: Level, work: &mut Work) -> Vec<Window> {
    networks(level).hear(&stretch(), work)
}

#[test]
fn every_level_hears_the_same_bits() {
    let mut work = Work::default();
    let best = heard(Level::best(), &mut work);
    assert_eq!(best.len(), 3);
    assert_eq!(heard(Level::best(), &mut work), best, "memory that was used before");
    for level in Level::available().filter(|&level| level != Level::Scalar) {
        assert_eq!(heard(level, &mut Work::default()), best, "{level}");
    }
}

#[test]
fn two_persons_talk_in_the_sample() {
    let turns = who_speaks(&heard(Level::best(), &mut Work::default()), Wish::Any);
    let speakers = turns.iter().map(|turn| turn.speaker).max();
    assert_eq!(speakers, Some(1), "{turns:?}");
    let one = who_speaks(&heard(Level::best(), &mut Work::default()), Wish::Exactly(1));
    assert!(one.iter().all(|turn| turn.speaker == 0));
}

#[test]
fn damaged_weights_are_refused() {
    let (segmentation, mut voice) = (model(SEGMENTATION), model(VOICE));
    let read = |segmentation: &[u8], voice: &[u8]| Networks::read(segmentation, voice, Level::best()).err();
    let damaged = |which| Some(NetworksError { which, reason: WeightsError::Damaged });
    let middle = voice.len() / 2;
    voice[middle] ^= 1;
    assert_eq!(read(&segmentation, &voice), damaged(Which::Voice));
    assert_eq!(read(&segmentation[..1000], &voice), damaged(Which::Segmentation));
    assert_eq!(read(&[], &[]), damaged(Which::Segmentation));
}
