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
    let levels = ["scalar", "avx2", "avx-vnni", "avx512-vnni", "amx", "neon", "neon-dotprod"];
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

#[cfg(unix)]
#[test]
fn a_peer_runs_in_turn_with_lectern() {
    let folder = folder();
    let command = r#"sh -c 'wc -c <"$0" >>heard; echo much text; sleep 0.05' {}"#;
    let compared =
        json(&bench(&folder, &["--compare", command, "--rounds", "2", "--language", "en", "--json"]));
    let rounds = compared["rounds"].as_array().unwrap();
    assert_eq!(rounds.len(), 2);
    for round in rounds {
        assert!(round["peer"]["wall"].as_f64().unwrap() >= 0.05, "{round}");
        assert!(
            round["ours"]["peak_memory_mb"].as_f64() > round["peer"]["peak_memory_mb"].as_f64(),
            "{round}"
        );
    }
    assert!(compared["wall"]["ratio"]["max"].as_f64() >= compared["wall"]["ratio"]["median"].as_f64());
    // The peer got the recording each time, and nothing was left beside it.
    let heard = std::fs::read_to_string(folder.path().join("heard")).unwrap();
    let bytes = folder.path().join(NAME).metadata().unwrap().len().to_string();
    assert_eq!(heard.split_whitespace().collect::<Vec<_>>(), [bytes.as_str(), &bytes]);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[cfg(unix)]
#[test]
fn a_peer_that_cannot_be_compared_is_told() {
    let folder = folder();
    let error = |arguments: &[&str]| {
        let output = bench(&folder, arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    };
    let missing = error(&["--compare", "no-such-program {}"]);
    assert!(missing.contains("was not found") && missing.contains("no-such-program"), "{missing}");
    let failed = error(&["--compare", "sh -c 'echo no model >&2; exit 4' {}"]);
    assert!(failed.contains("exit status: 4") && failed.contains("no model"), "{failed}");
    let ours = error(&["--compare", "true", "--model", "no-such-model"]);
    assert!(ours.contains("lectern caption has failed") && ours.contains("no-such-model"), "{ours}");
    assert!(error(&["--compare", "peer 'a"]).contains("no end"));
    assert!(error(&["--rounds", "2"]).contains("--compare"));
}
