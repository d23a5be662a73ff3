//! Recordings of every kind, whole and broken, through the reader that the program uses.

mod broken;
mod compare;
#[cfg(unix)]
mod ffmpeg;
mod formats;
mod sound;
mod table;
mod wav;

use std::path::PathBuf;

use lectern::audio::{AudioError, AudioWarning, Recording};

/// A file in `tests/data/audio`.
fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/audio").join(name)
}

/// The bytes of a file in `tests/data/audio`.
fn data_bytes(name: &str) -> Vec<u8> {
    std::fs::read(data(name)).expect("the test data is there")
}

/// Reads a recording that is in memory to its end; ffmpeg is not asked.
fn read_bytes(bytes: Vec<u8>) -> Result<(Vec<f32>, Vec<AudioWarning>), AudioError> {
    let mut recording = Recording::from_bytes(bytes)?;
    let mut samples = Vec::new();
    while recording.read(&mut samples)? {}
    Ok((samples, recording.warnings().to_vec()))
}
