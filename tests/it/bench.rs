//! `lectern bench` as its users run it, on a recording of six seconds.

use std::path::Path;
use std::process::{Command, Output};

use lectern::audio::{read_all, write_wav};
use serde_json::Value;
use tempfile::TempDir;

const NAME: &str = "a lecture.wav";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/photosynthesis.flac");
    let (samples, _) = read_all(&sample).unwrap();
    write_wav(&folder.path().join(NAME), &samples[..6 * 16_000]).unwrap();
    folder
}

fn bench(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
    command.args(["bench", NAME]).args(arguments).current_dir(folder.path());
    command.env_remove("LECTERN_MODELS").output().unwrap()
}

fn json(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn every_stage_is_told_with_the_time_of_the_processor() {
    let folder = folder();
    let measured = json(&bench(&folder, &["--engine", "cpu", "--json"]));
    assert_eq!(measured["engine"], "cpu");
    let levels = ["scalar", "avx2", "avx-vnni", "avx512-vnni", "amx"];
    assert!(levels.contains(&measured["instructions"].as_str().unwrap()), "{measured}");
    let stages = measured["stages"].as_array().unwrap();
    let names: Vec<_> = stages.iter().map(|stage| stage["name"].as_str().unwrap()).collect();
    let expected =
        ["reading", "voice activity", "spectrogram", "encoder", "decoder", "word times", "composing"];
    assert_eq!(names, expected);
    let has_cpu = cfg!(any(target_os = "linux", target_os = "macos"));
    for part in stages.iter().chain([&measured]) {
        assert!(part["wall"].as_f64().unwrap() > 0.0, "{part}");
        assert_eq!(part["cpu"].as_f64().is_some_and(|cpu| cpu > 0.0), has_cpu, "{part}");
    }
}
