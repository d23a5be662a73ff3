//! `lectern caption --speakers` as its users run it, on ten seconds in which two people talk on the telephone.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use lectern::audio::write_wav;
use serde_json::Value;
use tempfile::TempDir;

/// A folder with the conversation that the networks' own tests use.
fn conversation() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/speakers/tests/data/reference.safetensors");
    let bytes = fs::read(path).unwrap();
    let (length, rest) = bytes.split_first_chunk::<8>().unwrap();
    let (head, data) = rest.split_at(u64::from_le_bytes(*length) as usize);
    let head: Value = serde_json::from_slice(head).unwrap();
    let offset = |i: usize| head["sound"]["data_offsets"][i].as_u64().unwrap() as usize;
    let samples = data[offset(0)..offset(1)].as_chunks::<2>().0;
    let samples: Vec<f32> =
        samples.iter().map(|&bytes| f32::from(i16::from_le_bytes(bytes)) / 32768.0).collect();
    write_wav(&folder.path().join("call.wav"), &samples).unwrap();
    folder
}

fn caption(folder: &TempDir, options: &[&str], models: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
    command.args(["caption", "--language", "en", "--format", "vtt", "--overwrite"]).args(options);
    command.arg("call.wav").current_dir(folder.path()).env_remove("LECTERN_MODELS");
    command.envs(models.map(|models| ("LECTERN_MODELS", models)));
    command.output().unwrap()
}

fn captions(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("call.vtt")).unwrap()
}

#[test]
fn captions_say_who_speaks() {
    let folder = conversation();
    let output = caption(&folder, &["--speakers"], None);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let named = captions(&folder);
    let names: Vec<_> = ["<v Speaker 1>", "<v Speaker 2>", "<v Lecturer>", "<v Audience>"]
        .into_iter()
        .filter(|name| named.contains(name))
        .collect();
    assert_eq!(names.len(), 2, "{named}");
    assert!(caption(&folder, &["--speakers", "1"], None).status.success());
    assert!(!captions(&folder).contains("<v "), "one voice has no name");
}

#[test]
fn damaged_models_cost_no_captions() {
    let folder = conversation();
    let name = "campplus-zh-en-f16.safetensors";
    let mut model = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("models").join(name)).unwrap();
    model[10_000_000] ^= 1;
    fs::write(folder.path().join(name), model).unwrap();
    let output = caption(&folder, &["--speakers"], Some(folder.path()));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    assert!(told.contains("do not say who speaks") && told.contains(name), "{told}");
    assert!(told.contains("install Lectern again"), "{told}");
    assert!(captions(&folder).contains("-->"));
}
