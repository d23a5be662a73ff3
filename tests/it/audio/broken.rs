//! Files that are cut off, damaged or no recordings at all: an error or as much sound as there is, never a panic.

use std::path::Path;

use lectern::audio::{AudioError, AudioWarning, Damage, Recording, SAMPLE_RATE, read_all};
use proptest::prelude::*;

use super::{data, data_bytes, read_bytes};

/// Every case of `tests/data/audio` that can be read.
const WHOLE: [&str; 25] = [
    "aac.m4a",
    "adts.aac",
    "alac.caf",
    "alac.m4a",
    "alaw.wav",
    "bare.mp3",
    "flac.oga",
    "fragmented.mp4",
    "ima_adpcm.wav",
    "lame.mp3",
    "late.mkv",
    "late.mp4",
    "layer2.mp2",
    "ms_adpcm.wav",
    "mulaw.wav",
    "opus.mka",
    "opus.opus",
    "opus.webm",
    "pcm.aiff",
    "pcm.caf",
    "reference.flac",
    "silent_first_track.mkv",
    "sowt.aifc",
    "vorbis.ogg",
    "vorbis.webm",
];

/// No more sound may come out of a file of a few kilobytes than this: what is in it, and the silence that its
/// time stamps may ask for. Unit: samples.
const MOST: usize = (3600 + 600) * SAMPLE_RATE as usize;

/// Reads hostile bytes. Whatever comes out is sound.
fn read_hostile(bytes: Vec<u8>) -> Result<(usize, Vec<AudioWarning>), AudioError> {
    let mut recording = Recording::from_bytes(bytes)?;
    let (mut samples, mut total) = (Vec::new(), 0);
    while recording.read(&mut samples)? {
        assert!(samples.iter().all(|sample| (-1.0..=1.0).contains(sample)));
        total += samples.len();
        assert!(total < MOST);
        samples.clear();
    }
    Ok((total, recording.warnings().to_vec()))
}

#[test]
fn a_file_that_is_cut_off_gives_what_it_holds() {
    let mut wrong = Vec::new();
    for file in WHOLE {
        let bytes = data_bytes(file);
        let (whole, _) = read_hostile(bytes.clone()).unwrap();
        for eighths in 0..8 {
            let cut = bytes[..bytes.len() * eighths / 8].to_vec();
            let got = read_hostile(cut).map(|(samples, _)| samples);
            // They keep an index at the end.
            let needs_index = ["aac.m4a", "alac.m4a", "late.mp4", "alac.caf", "pcm.caf"].contains(&file);
            let is_right = match got {
                Ok(samples) => samples <= whole,
                Err(_) => eighths < 5 || needs_index,
            };
            if !is_right {
                wrong.push(format!("{file} cut to {eighths}/8 of {whole}: {got:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_shorter_than_it_says_is_warned_of() {
    for file in ["reference.flac", "alaw.wav", "pcm.aiff", "lame.mp3", "silent_first_track.mkv"] {
        let mut bytes = data_bytes(file);
        bytes.truncate(bytes.len() / 3);
        let (samples, warnings) = read_bytes(bytes).unwrap();
        assert!((4000..16_000).contains(&samples.len()), "{file}: {}", samples.len());
        assert!(
            warnings.iter().any(|warning| matches!(warning, AudioWarning::ShorterThanStated { .. })),
            "{file}: {warnings:?}"
        );
    }
}

#[test]
fn damage_in_the_middle_keeps_the_rest_in_place() {
    let reference = read_all(&data("reference.flac")).unwrap().0;
    for file in ["aac.m4a", "fragmented.mp4", "reference.flac"] {
        let mut bytes = data_bytes(file);
        let middle = bytes.len() * 2 / 5;
        bytes[middle..middle + 300].fill(0);
        let (samples, warnings) = read_bytes(bytes).unwrap();
        assert!(!warnings.is_empty(), "{file}");
        let agreement = super::compare::agreement(&samples[24_000..], &reference[24_000..], 500).unwrap();
        assert!(agreement.correlation > 0.9 && agreement.lag.abs() < 1.0, "{file}: {} ms", agreement.lag);
    }
}

#[test]
fn a_recording_appended_to_flac_is_told() {
    let alone = read_all(&data("reference.flac")).unwrap().0;
    let (samples, warnings) = read_bytes(data_bytes("reference.flac").repeat(5)).unwrap();
    let is_told = |warning: &AudioWarning| {
        matches!(warning, AudioWarning::StoppedEarly { cause: Damage::AppendedStream, .. })
    };
    assert!(warnings.iter().any(is_told), "{warnings:?}");
    assert!(samples.len() <= alone.len(), "nothing follows at a wrong time");
}

#[test]
fn what_is_no_recording_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let check = |path: &Path, is_right: fn(&AudioError) -> bool| {
        let error = read_all(path).expect_err("this is no recording");
        assert!(is_right(&error), "{error:?}");
        assert!(error.to_string().starts_with(&path.display().to_string()), "{error} names the file");
    };
    use AudioError as E;
    check(&folder.path().join("none.wav"), |e| matches!(e, E::NotFound { .. }));
    check(folder.path(), |e| matches!(e, E::NotAFile { .. }));
    check(&write("empty.mp3", b""), |e| matches!(e, E::Empty { .. }));
    check(&write("text.wav", b"Dear Sir or Madam, ".repeat(50).as_slice()), |e| {
        matches!(e, E::NotAudio { .. })
    });
    check(&write("page.mp3", b"<!DOCTYPE html><title>404</title>"), |e| matches!(e, E::NotAudio { .. }));
    check(&write("slides.mp4", b"PK\x03\x04............"), |e| matches!(e, E::NotAudio { .. }));
    check(&write("cut.mp4", b"\0\0\0\x08free\0\0\0\x10ftypisom\0\0\0\0"), |e| {
        matches!(e, E::Damaged { .. } | E::NotAudio { .. })
    });
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), data_bytes("alaw.wav")).unwrap();
    std::fs::set_permissions(file.path(), std::fs::Permissions::from_mode(0o000)).unwrap();
    match read_all(file.path()) {
        Err(AudioError::PermissionDenied { .. }) => {}
        // The superuser reads everything.
        Ok((samples, _)) => assert!(!samples.is_empty()),
        Err(error) => panic!("{error}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_bytes_do_no_harm(
        file in prop::sample::select(WHOLE.to_vec()),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        near_start in any::<bool>(),
    ) {
        let mut bytes = data_bytes(file);
        for (at, value) in damage {
            let len = if near_start { bytes.len().min(600) } else { bytes.len() };
            bytes[at.index(len)] = value;
        }
        let _ = read_hostile(bytes);
    }

    #[test]
    fn any_bytes_do_no_harm(
        head in prop::sample::select(vec![&b""[..], b"RIFF\xff\xff\xff\xffWAVEfmt ", b"OggS", b"fLaC", b"\x1a\x45\xdf\xa3", b"\0\0\0\x14ftypisom", b"FORM\0\0\xff\xffAIFF", b"caff\0\x01\0\0", b"ID3\x04\0\0\0\0\0\x05", b"\xff\xfb\x90\x64"]),
        rest in prop::collection::vec(any::<u8>(), 0..2000),
    ) {
        let _ = read_hostile([head, &rest].concat());
    }
}
