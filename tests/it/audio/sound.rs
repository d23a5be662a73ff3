//! Recordings as sound that can be read at any place.

use std::path::Path;
use std::time::Duration;

use crossbeam::channel::{Receiver, bounded};
use lectern::audio::{
    AudioError, CopyState, DecodedCopy, SAMPLE_RATE, Spectrogram, SpectrogramTile, TileKey, write_wav,
};
use lectern::time::{MediaTime, TimeSpan};

/// Long enough for any machine; reached only where nothing comes.
const PATIENCE: Duration = Duration::from_secs(60);

fn recording(path: &Path, seconds: u32, level: f32) -> Vec<f32> {
    let samples: Vec<f32> =
        (0..seconds * SAMPLE_RATE).map(|n| level * ((n % 160) as f32 / 160.0 - 0.5)).collect();
    write_wav(path, &samples).unwrap();
    samples
}

fn open(recording: &Path, cache: &Path) -> (DecodedCopy, Receiver<()>) {
    let (wake, woken) = bounded(10_000);
    let sound = DecodedCopy::open(recording, cache, move || {
        let _ = wake.try_send(());
    })
    .unwrap();
    (sound, woken)
}

/// The sound when nothing more will come.
fn complete(recording: &Path, cache: &Path) -> DecodedCopy {
    let (sound, woken) = open(recording, cache);
    while !sound.is_complete() {
        woken.recv_timeout(PATIENCE).expect("the decoder says nothing");
    }
    sound
}

fn read(sound: &DecodedCopy, at: u64, count: usize) -> Vec<f32> {
    let mut samples = vec![0.0; count];
    let count = sound.read(at, &mut samples).unwrap();
    samples.truncate(count);
    samples
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

#[test]
fn a_recording_is_read_at_any_place_now_and_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let (path, cache) = (folder.path().join("講義.wav"), folder.path().join("cache"));
    let samples = recording(&path, 3, 0.5);
    for time in ["first", "second"] {
        let sound = complete(&path, &cache);
        assert!(matches!(sound.state(), CopyState::Ready(_)), "{time}: {:?}", sound.state());
        assert_eq!(sound.ready(), samples.len() as u64);
        for at in [0, 1, 31_999, 47_900] {
            let found = read(&sound, at, 200);
            let expected = &samples[at as usize..samples.len().min(at as usize + 200)];
            assert_eq!(found.len(), expected.len());
            let near = |(a, b): (&f32, &f32)| (a - b).abs() < 1.0 / 32_000.0;
            assert!(found.iter().zip(expected).all(near), "{time}: other samples at {at}");
        }
        assert!(read(&sound, 48_000, 10).is_empty());
        let drawn = sound.with_peaks(|peaks| {
            assert_eq!(peaks.duration(), MediaTime::from_millis(3000));
            peaks.columns(TimeSpan::from_millis(0, 3000), 3)
        });
        assert!(drawn.iter().all(|peak| peak.min == -8192 && peak.max > 8000), "{drawn:?}");
        assert_eq!(files(&cache), 2, "a copy and its peaks");
    }
}

#[test]
fn a_recording_that_changed_is_decoded_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (path, cache) = (folder.path().join("a.wav"), folder.path().join("cache"));
    recording(&path, 1, 0.5);
    complete(&path, &cache);
    recording(&path, 2, 0.25);
    let sound = complete(&path, &cache);
    assert_eq!(sound.ready(), 2 * u64::from(SAMPLE_RATE));
    assert_eq!(sound.with_peaks(|peaks| peaks.columns(TimeSpan::from_millis(0, 2000), 1))[0].min, -4096);
}

#[test]
fn a_damaged_copy_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let (path, cache) = (folder.path().join("a.wav"), folder.path().join("cache"));
    recording(&path, 1, 0.5);
    complete(&path, &cache);
    for entry in std::fs::read_dir(&cache).unwrap() {
        let file = std::fs::File::options().write(true).open(entry.unwrap().path()).unwrap();
        file.set_len(1000).unwrap();
    }
    assert_eq!(complete(&path, &cache).ready(), u64::from(SAMPLE_RATE));
}

#[test]
fn what_is_no_recording_fails() {
    let folder = tempfile::tempdir().unwrap();
    let sound = complete(&folder.path().join("none.wav"), &folder.path().join("cache"));
    let CopyState::Failed(error) = sound.state() else { panic!("{:?}", sound.state()) };
    assert!(matches!(*error, AudioError::NotFound { .. }), "{error}");
    assert!(read(&sound, 0, 10).is_empty());
}

#[test]
fn a_sound_that_is_dropped_leaves_no_half_copy() {
    let folder = tempfile::tempdir().unwrap();
    let (path, cache) = (folder.path().join("a.wav"), folder.path().join("cache"));
    recording(&path, 60, 0.5);
    let (sound, _) = open(&path, &cache);
    drop(sound.clone());
    drop(sound);
    assert!([0, 2].contains(&files(&cache)), "half a copy is left");
}

#[test]
fn a_tile_of_the_spectrogram_shows_a_tone_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tone.wav");
    // One second of silence, then 2 kHz.
    let tone = |n: u32| (n as f32 / 8.0 * std::f32::consts::TAU).sin() * 0.5;
    let samples: Vec<_> = (0..4 * SAMPLE_RATE).map(|n| if n < SAMPLE_RATE { 0.0 } else { tone(n) }).collect();
    write_wav(&path, &samples).unwrap();
    let sound = complete(&path, &folder.path().join("cache"));
    let (wake, woken) = bounded(100);
    let spectrogram = Spectrogram::open(sound.clone(), move || {
        let _ = wake.try_send(());
    })
    .unwrap();
    let span = TimeSpan::from_millis(0, 2000);
    let keys: Vec<_> = TileKey::covering(span, 500).collect();
    assert!(keys.len() == 2 && keys.iter().all(|key| key.is_ready(&sound)));
    spectrogram.want(keys.clone());
    let mut brightest = Vec::new();
    for key in keys {
        woken.recv_timeout(PATIENCE).expect("the tile is not computed");
        let tile = spectrogram.take().unwrap();
        assert_eq!(tile.key, key);
        let level = |row: usize, column: usize| tile.levels[row * SpectrogramTile::COLUMNS + column];
        for column in [0, 240] {
            let row = (0..SpectrogramTile::ROWS).rev().max_by_key(|row| level(*row, column)).unwrap();
            brightest.push((row, level(row, column) > 200));
        }
    }
    let row = SpectrogramTile::ROWS - 1 - SpectrogramTile::ROWS / 4;
    assert_eq!(brightest, [(0, false), (0, false), (row, true), (row, true)]);
}
