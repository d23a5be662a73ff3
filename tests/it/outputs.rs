//! What `lectern caption` and `lectern live` do when there is no place for what they make.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use lectern::audio::{read_all, write_wav};
use lectern::project;
use lectern::transcript::join_words;
use serde_json::Value;
use tempfile::TempDir;

/// A folder with the first seconds of the sample lecture, and one for what programs keep for the user.
fn lecture(seconds: usize) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/photosynthesis.flac");
    let (samples, _) = read_all(&sample).unwrap();
    write_wav(&folder.path().join("lecture.wav"), &samples[..seconds * 16_000]).unwrap();
    let data = folder.path().join("data");
    (folder, data)
}

fn lectern(folder: &Path, data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
    command.args(arguments).args(["--language", "en"]).current_dir(folder);
    command.env("XDG_DATA_HOME", data).env("HOME", data).env_remove("LECTERN_MODELS");
    command
}

fn events(stdout: &[u8]) -> Vec<Value> {
    String::from_utf8_lossy(stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_place_that_takes_no_captions_is_found_before_the_work() {
    let (folder, data) = lecture(8);
    fs::write(folder.path().join("file"), "in the way").unwrap();
    fs::create_dir(folder.path().join("lecture.vtt")).unwrap();
    for (options, cause) in [
        (&["--output-dir", "file"][..], "lecture.srt"),
        (&["--output-dir", "file/below"], "lecture.srt"),
        (&["--output-dir", "/dev/null"], "/dev/null/lecture.srt"),
        (&["--overwrite"], "lecture.vtt: is a folder"),
    ] {
        let arguments = [&["caption", "lecture.wav", "--json"], options].concat();
        let output = lectern(folder.path(), &data, &arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{options:?}: {said}");
        assert!(said.contains(cause), "{options:?}: {said}");
        let events = events(&output.stdout);
        let names: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
        assert_eq!(names, ["started", "error", "summary"], "{options:?}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing was written");
}

#[test]
fn captions_without_a_place_are_kept_and_do_not_stop_the_others() {
    let (folder, data) = lecture(30);
    let arguments = ["caption", "lecture.wav", "--json", "--format", "srt,vtt"];
    let mut child = lectern(folder.path(), &data, &arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut news = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    news.read_line(&mut line).unwrap();
    assert!(line.contains("started"), "{line}");
    // The places were free when the work began.
    fs::create_dir(folder.path().join("lecture.srt")).unwrap();
    let rest: Vec<Value> = news.lines().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("lecture.srt") && said.contains("are kept in"), "{said}");
    assert!(folder.path().join("lecture.vtt").is_file());

    let kept = rest.iter().find(|event| event["event"] == "kept").unwrap();
    let path = Path::new(kept["project"].as_str().unwrap());
    assert!(path.starts_with(&data) && path.ends_with("lectern/kept/lecture.lectern"), "{}", path.display());
    let project = project::load(path).unwrap().project;
    let text = join_words(project.document.segments.iter().flat_map(|segment| &segment.words));
    assert!(text.contains("photosynthesis"), "{text}");
    let [.., summary] = rest.as_slice() else { panic!("{rest:?}") };
    assert_eq!((&summary["done"], &summary["failed"]), (&Value::from(0), &Value::from(1)));
}

#[cfg(unix)]
#[test]
fn a_recording_that_its_disk_cuts_short_is_no_success() {
    let (folder, data) = lecture(25);
    // No file may be longer than sixteen seconds of sound.
    let mut shell = Command::new("sh");
    let limited = "trap '' XFSZ; ulimit -f 1040; exec \"$0\" \"$@\"";
    let live = ["live", "--input", "lecture.wav", "--name", "live", "--language", "en"];
    shell.args(["-c", limited, env!("CARGO_BIN_EXE_lectern")]).args(live).current_dir(folder.path());
    let output = shell.env("XDG_DATA_HOME", &data).env_remove("LECTERN_MODELS").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    let (samples, warnings) = read_all(&folder.path().join("live.wav")).unwrap();
    assert!(samples.len() > 10 * 16_000 && warnings.is_empty(), "{} samples", samples.len());
    assert!(fs::read_to_string(folder.path().join("live.srt")).unwrap().contains("photosynthesis"));
}
