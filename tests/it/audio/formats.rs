//! Containers and codecs: the same two seconds of speech must come out of each.

use lectern::audio::{AudioError, AudioWarning, Recording, SAMPLE_RATE, read_all};

use super::compare::{agreement, rms};
use super::{data, data_bytes, read_bytes};

/// What must come out of a file.
struct Case {
    file: &'static str,
    /// Unit: milliseconds.
    length: f64,
    /// Least correlation with the reference: lossy codecs and narrow bands lose a little.
    alike: f64,
    /// How late the sound is where nothing in the file tells how long the encoder's priming is.
    /// Unit: milliseconds.
    late: f64,
}

const fn case(file: &'static str, length: f64, alike: f64, late: f64) -> Case {
    Case { file, length, alike, late }
}

const CASES: [Case; 22] = [
    case("reference.flac", 2000.0, 1.0, 0.0),
    case("flac.oga", 2000.0, 1.0, 0.0),
    case("alac.m4a", 2000.0, 1.0, 0.0),
    case("alac.caf", 2000.0, 1.0, 0.0),
    case("pcm.aiff", 2000.0, 0.99, 0.0),
    case("sowt.aifc", 2000.0, 0.99, 0.0),
    case("pcm.caf", 2000.0, 0.99, 0.0),
    case("alaw.wav", 2000.0, 0.99, 0.0),
    case("mulaw.wav", 2000.0, 0.99, 0.0),
    case("ima_adpcm.wav", 2023.0, 0.98, 0.0),
    case("ms_adpcm.wav", 2015.0, 0.98, 0.0),
    case("lame.mp3", 2000.0, 0.98, 0.0),
    case("bare.mp3", 2063.0, 0.95, 50.1),
    case("layer2.mp2", 2011.0, 0.95, 10.9),
    case("aac.m4a", 2000.0, 0.98, 0.0),
    case("fragmented.mp4", 2000.0, 0.98, 0.0),
    case("adts.aac", 2023.0, 0.95, 23.2),
    case("vorbis.ogg", 2000.0, 0.98, 0.0),
    case("vorbis.webm", 2000.0, 0.95, 3.0),
    case("opus.opus", 2000.0, 0.95, 0.0),
    case("opus.webm", 2000.0, 0.95, 0.0),
    case("opus.mka", 2000.0, 0.95, 0.0),
];

#[test]
fn every_format_gives_the_same_speech() {
    let (reference, _) = read_all(&data("reference.flac")).unwrap();
    assert_eq!(reference.len(), 32_000);
    let mut wrong = Vec::new();
    for Case { file, length, alike, late } in CASES {
        let (samples, warnings) = read_all(&data(file)).unwrap_or_else(|error| panic!("{error}"));
        let got = samples.len() as f64 * 1000.0 / f64::from(SAMPLE_RATE);
        let agreement = agreement(&samples, &reference, 1000).unwrap();
        let is_right = warnings.is_empty()
            && (length - 1.0..length + 30.0).contains(&got)
            && agreement.correlation > alike - 0.001
            && (agreement.lag - late).abs() < 1.0;
        if !is_right {
            let (correlation, lag) = (agreement.correlation, agreement.lag);
            wrong.push(format!("{file}: {got} ms, {correlation:.3} at {lag} ms, {warnings:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn stated_lengths_are_right_where_they_are_exact() {
    let files = ["reference.flac", "alac.m4a", "lame.mp3", "aac.m4a", "pcm.aiff", "alaw.wav", "vorbis.ogg"];
    for file in files.into_iter().chain(["ima_adpcm.wav", "ms_adpcm.wav"]) {
        let stated = Recording::open(&data(file)).unwrap().stated_duration().unwrap().as_millis();
        assert!((1995..=2050).contains(&stated), "{file} states {stated} ms");
    }
}

#[test]
fn names_do_not_count() {
    let folder = tempfile::tempdir().unwrap();
    let (expected, _) = read_all(&data("lame.mp3")).unwrap();
    for name in ["speech.wav", "speech", "Vorlesung – 講義.mkv", ".mp4", "-i", "a:b?.txt"] {
        let path = folder.path().join(name);
        if std::fs::copy(data("lame.mp3"), &path).is_ok() {
            assert_eq!(read_all(&path).unwrap().0, expected, "{name}");
        }
    }
}

#[test]
fn sound_that_starts_late_keeps_its_place() {
    let (reference, _) = read_all(&data("reference.flac")).unwrap();
    for file in ["late.mkv", "late.mp4"] {
        let (samples, warnings) = read_all(&data(file)).unwrap();
        assert_eq!(warnings, [], "{file}");
        assert!(rms(&samples[..23_000]) < 1e-3, "{file} starts with silence");
        let agreement = agreement(&samples[24_000..], &reference, 1000).unwrap();
        assert!(agreement.correlation > 0.95 && agreement.lag.abs() < 2.0, "{file}: {} ms", agreement.lag);
    }
}

#[test]
fn the_first_track_with_sound_is_read() {
    let (samples, warnings) = read_all(&data("silent_first_track.mkv")).unwrap();
    assert_eq!((samples, warnings), read_all(&data("reference.flac")).unwrap());
}

#[test]
fn a_video_without_sound_is_told() {
    assert!(matches!(read_all(&data("no_sound.mp4")), Err(AudioError::NoAudioTrack { .. })));
}

#[test]
fn blocks_are_short() {
    for Case { file, .. } in CASES {
        let mut recording = Recording::open(&data(file)).unwrap();
        let (mut samples, mut total) = (Vec::new(), 0);
        while recording.read(&mut samples).unwrap() {
            assert!(
                !samples.is_empty() && samples.len() < 5 * SAMPLE_RATE as usize,
                "{file}: {}",
                samples.len()
            );
            total += samples.len();
            samples.clear();
        }
        assert_eq!(total, read_all(&data(file)).unwrap().0.len(), "{file}");
        assert!(!recording.read(&mut samples).unwrap() && samples.is_empty(), "{file} stays at its end");
    }
}

#[test]
fn another_thread_may_read() {
    let mut recording = Recording::open(&data("opus.opus")).unwrap();
    let read = std::thread::spawn(move || recording.read(&mut Vec::new()).unwrap());
    assert!(read.join().unwrap());
}

#[test]
fn chained_ogg_streams_follow_each_other() {
    let twice = [data_bytes("vorbis.ogg"), data_bytes("opus.opus")].concat();
    let (samples, _) = read_bytes(twice).unwrap();
    let (reference, _) = read_all(&data("reference.flac")).unwrap();
    assert!((samples.len() as i64 - 64_000).abs() < 500, "{} samples", samples.len());
    for part in [&samples[..32_000], &samples[samples.len() - 32_000..]] {
        assert!(agreement(part, &reference, 1000).unwrap().correlation > 0.95);
    }
}

#[test]
fn a_change_of_rate_on_the_way_is_followed() {
    let joined = [data_bytes("lame.mp3"), data_bytes("bare.mp3")].concat();
    let (samples, warnings) = read_bytes(joined).unwrap();
    assert!(
        warnings.iter().any(|warning| matches!(warning, AudioWarning::FormatChanged { .. })),
        "{warnings:?}"
    );
    let (reference, _) = read_all(&data("reference.flac")).unwrap();
    let second = &samples[32_000..64_000];
    assert!(agreement(second, &reference, 2000).unwrap().correlation > 0.9);
}
