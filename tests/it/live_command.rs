//! `lectern live` as its users run it, with the shipped model and a recording in place of a microphone.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use lectern::audio::{read_all, write_wav};
use lectern::format::by_name;
use lectern::transcript::join_words;
use serde_json::Value;
use tempfile::TempDir;

/// A folder with the first seconds of the sample lecture.
fn lecture(seconds: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/photosynthesis.flac");
    let (samples, _) = read_all(&sample).unwrap();
    write_wav(&folder.path().join("lecture.wav"), &samples[..seconds * 16_000]).unwrap();
    folder
}

fn lectern(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
    command
        .args(["live", "--language", "en"])
        .args(arguments)
        .current_dir(folder)
        .env_remove("LECTERN_MODELS");
    command
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A session that plays the lecture in real time, and its news.
fn start(folder: &Path) -> (Child, BufReader<ChildStdout>) {
    let arguments = ["--input", "lecture.wav", "--realtime", "--name", "live", "--json"];
    let mut child = lectern(folder, &arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let news = BufReader::new(child.stdout.take().unwrap());
    (child, news)
}

/// Reads news until one of them is what is waited for; gives the length of the recording that was told last.
fn wait_for(news: &mut BufReader<ChildStdout>, is_it: impl Fn(&Value) -> bool) -> f64 {
    let mut recorded = 0.0;
    for line in news.lines() {
        let event: Value = serde_json::from_str(&line.unwrap()).unwrap();
        if event["event"] == "status" {
            recorded = event["recorded"].as_f64().unwrap();
        }
        if is_it(&event) {
            return recorded;
        }
    }
    panic!("the session ended before");
}

fn is_final(event: &Value) -> bool {
    event["Transcript"]["Results"][0]["IsPartial"] == false
}

fn transcript(folder: &Path) -> String {
    let json = fs::read(folder.join("live.json")).unwrap();
    let document = (by_name("json").unwrap().read.unwrap())(&json).unwrap().document;
    join_words(document.segments.iter().flat_map(|segment| &segment.words))
}

#[test]
fn a_recording_is_captioned_as_if_it_were_spoken() {
    let folder = lecture(12);
    let arguments = ["--input", "lecture.wav", "--name", "live", "--format", "srt,json"];
    let output = lectern(folder.path(), &arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("photosynthesis") && said.contains("live.srt"), "{said}");
    assert!(transcript(folder.path()).contains("photosynthesis"));
    let (played, _) = read_all(&folder.path().join("lecture.wav")).unwrap();
    let (recorded, _) = read_all(&folder.path().join("live.wav")).unwrap();
    assert!(played == recorded, "the recording is what was played");
    assert!(!folder.path().join("live.journal").exists());
    let again = lectern(folder.path(), &arguments).output().unwrap();
    assert_eq!(again.status.code(), Some(2), "nothing is replaced");
}

#[test]
fn a_session_that_is_killed_keeps_its_sound_and_is_recovered() {
    let folder = lecture(120);
    let (mut child, mut news) = start(folder.path());
    wait_for(&mut news, is_final);
    let recorded = wait_for(&mut news, |event| event["event"] == "status");
    child.kill().unwrap();
    child.wait().unwrap();
    let (samples, warnings) = read_all(&folder.path().join("live.wav")).unwrap();
    assert_eq!(warnings, []);
    let kept = samples.len() as f64 / 16_000.0;
    assert!(kept >= recorded - 1.0, "{kept} of {recorded} s are there");

    let output = lectern(folder.path(), &["--recover", ".", "--format", "srt,json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(transcript(folder.path()).contains("photosynthesis"));
    assert!(folder.path().join("live.srt").exists() && !folder.path().join("live.journal").exists());
    let nothing = lectern(folder.path(), &["--recover", "."]).output().unwrap();
    assert_eq!(nothing.status.code(), Some(2), "{}", stderr(&nothing));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_the_recording_with_its_captions() {
    let folder = lecture(30);
    let (mut child, mut news) = start(folder.path());
    wait_for(&mut news, |event| event["recorded"].as_f64().is_some_and(|recorded| recorded > 3.0));
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    wait_for(&mut news, |event| event["event"] == "done");
    assert_eq!(child.wait().unwrap().code(), Some(0));
    for name in ["live.wav", "live.srt", "live.vtt"] {
        assert!(folder.path().join(name).exists(), "{name}");
    }
    assert!(!folder.path().join("live.journal").exists());
}

#[test]
fn a_check_says_how_it_would_go_and_leaves_nothing() {
    let folder = lecture(12);
    let arguments = ["--check", "--input", "lecture.wav", "--realtime", "--json"];
    let output = lectern(folder.path(), &arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let check: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(check["speech_db"].as_f64().is_some_and(|level| level > -45.0), "{check}");
    assert!(check["findings"].as_array().is_some_and(|findings| findings.len() >= 3), "{check}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// What a session tells of an utterance before it has ended, and its captions.
fn session(folder: &Path, stability: &str) -> (Vec<Value>, String) {
    let arguments =
        ["--input", "lecture.wav", "--realtime", "--name", stability, "--json", "--format", "srt"];
    let output = lectern(folder, &arguments).args(["--stability", stability]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let events = String::from_utf8(output.stdout).unwrap();
    let events = events.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let partial =
        events.map(|event| event["Transcript"]["Results"][0].clone()).filter(|r| r["IsPartial"] == true);
    (partial.collect(), fs::read_to_string(folder.join(stability).with_extension("srt")).unwrap())
}

/// Whether a word of a result is certain.
fn has_certain(result: &Value) -> bool {
    items(result).iter().any(|item| item["Stable"] == true)
}

/// How many of all words of partial results are certain, from 0 to 1.
fn certain_share(results: &[Value]) -> f64 {
    let all: Vec<&Value> = results.iter().flat_map(items).collect();
    all.iter().filter(|item| item["Stable"] == true).count() as f64 / all.len() as f64
}

fn items(result: &Value) -> &[Value] {
    result["Alternatives"][0]["Items"].as_array().unwrap()
}

#[test]
fn stability_decides_what_is_certain_but_not_the_captions() {
    let folder = lecture(12);
    let (low, captions) = session(folder.path(), "low");
    let (high, same) = session(folder.path(), "high");
    assert!(!captions.is_empty() && captions == same);
    assert!(!low.is_empty() && !has_certain(&low[0]), "one draft makes nothing certain: {}", low[0]);
    let (few, many) = (certain_share(&low), certain_share(&high));
    assert!(few < many, "words are not certain sooner: {few} and {many}");
    let other =
        lectern(folder.path(), &["--input", "lecture.wav", "--stability", "highest"]).output().unwrap();
    assert_eq!(other.status.code(), Some(2));
    assert!(stderr(&other).contains("low, medium, high"), "{}", stderr(&other));
}
