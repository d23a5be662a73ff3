//! `lectern batch` as its users run it, with the shipped model on clips of a few seconds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use lectern::audio::{read_all, write_wav};
use serde_json::Value;
use tempfile::TempDir;

use super::scripted::captions;

/// A tree with this many clips of the sample lecture, of two to three seconds, and no two the same.
fn clips(count: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/photosynthesis.flac");
    let (samples, _) = read_all(&sample).unwrap();
    for number in 0..count {
        let week = folder.path().join(format!("week {}", number % 2));
        fs::create_dir_all(&week).unwrap();
        let start = (5 + 7 * number) * 16_000;
        let length = 32_000 + 1600 * number;
        write_wav(&week.join(format!("lecture {number}.wav")), &samples[start..start + length]).unwrap();
    }
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
    command.arg("batch").args(arguments).arg("--json").current_dir(folder).env_remove("LECTERN_MODELS");
    for variable in ["SLURM_ARRAY_TASK_ID", "AWS_BATCH_JOB_ARRAY_INDEX", "JOB_COMPLETION_INDEX"] {
        command.env_remove(variable);
    }
    command
}

fn batch(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn events(output: &Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn summary(output: &Output) -> Value {
    events(output).pop().unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn is(event: &Value, name: &str) -> bool {
    event["event"] == name
}

/// A batch that runs, and what it says.
struct Running {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Running {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child =
            command(folder, arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    /// None when it has ended.
    fn next(&mut self) -> Option<Value> {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        serde_json::from_str(&line).ok()
    }

    fn wait_for(&mut self, name: &str) -> Value {
        loop {
            let event = self.next().unwrap_or_else(|| panic!("it ended before {name}"));
            if is(&event, name) {
                return event;
            }
        }
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    fn end(mut self) -> Option<i32> {
        while self.next().is_some() {}
        self.child.wait().unwrap().code()
    }
}

fn uninterrupted(count: usize) -> BTreeMap<String, Vec<u8>> {
    let folder = clips(count);
    let output = batch(folder.path(), &["."]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    captions(folder.path())
}

#[test]
fn a_batch_that_is_killed_again_and_again_ends_in_the_same_bytes() {
    let expected = uninterrupted(4);
    assert_eq!(expected.len(), 8);
    let folder = clips(4);
    // Killed when the first jobs have begun, when one is done, and when the next has begun.
    for event in ["started", "done", "started"] {
        let mut running = Running::start(folder.path(), &["."]);
        running.wait_for(event);
        running.kill();
    }
    let output = batch(folder.path(), &["."]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(captions(folder.path()), expected);

    let again = summary(&batch(folder.path(), &["."]));
    assert_eq!((again["recognized"].as_u64(), again["already"].as_u64()), (Some(0), Some(4)), "{again}");
    assert_eq!(captions(folder.path()), expected);
}

#[test]
fn two_batches_on_one_tree_share_the_work_though_they_are_killed() {
    let expected = uninterrupted(6);
    let folder = clips(6);
    let mut done = Vec::new();
    let mut running: Vec<_> = (0..2).map(|_| Running::start(folder.path(), &[".", "--jobs", "1"])).collect();
    for round in 0..2 {
        let mut killed = running.remove(0);
        done.push(killed.wait_for("done")["file"].clone());
        killed.kill();
        if round == 0 {
            running.push(Running::start(folder.path(), &[".", "--jobs", "1"]));
        }
    }
    let mut last = Running::start(folder.path(), &[".", "--jobs", "1"]);
    while let Some(event) = last.next() {
        if is(&event, "done") {
            done.push(event["file"].clone());
        }
    }
    assert_eq!(last.end(), Some(0));
    let different: BTreeSet<_> = done.iter().map(Value::to_string).collect();
    assert_eq!(different.len(), done.len(), "no job was done twice: {done:?}");
    assert_eq!(captions(folder.path()), expected);
}

#[test]
fn bad_recordings_are_reported_and_the_others_captioned() {
    let folder = clips(2);
    fs::write(folder.path().join("empty.mp3"), "").unwrap();
    fs::write(folder.path().join("text.wav"), "this is no sound").unwrap();
    let list = folder.path().join("list.csv");
    fs::write(
        &list,
        "path,title,language\nweek 0/lecture 0.wav,Plants,en\nweek 1/lecture 1.wav,,klingonisch!\n\
         gone.wav,,\nempty.mp3,,\ntext.wav,,\n",
    )
    .unwrap();
    let arguments = [
        "--from-file",
        "list.csv",
        "--output-dir",
        "out",
        "--report-to",
        "report.html",
        "--format",
        "srt,json",
    ];
    let output = batch(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(1));
    let failed: BTreeMap<_, _> = events(&output)
        .into_iter()
        .filter(|event| is(event, "error"))
        .map(|event| (event["file"].as_str().unwrap().rsplit('/').next().unwrap().to_owned(), event))
        .collect();
    let causes = [
        ("lecture 1.wav", "settings", "is not a language code"),
        ("gone.wav", "input", "there is no such file"),
        ("empty.mp3", "input", "the file is empty"),
        ("text.wav", "input", "not a sound or video file"),
    ];
    assert_eq!(failed.len(), causes.len(), "{failed:?}");
    for (name, cause, message) in causes {
        assert_eq!(failed[name]["cause"], cause);
        assert!(failed[name]["message"].as_str().unwrap().contains(message), "{}", failed[name]);
    }
    let json: Value =
        serde_json::from_slice(&fs::read(folder.path().join("out/week 0/lecture 0.json")).unwrap()).unwrap();
    assert!(json.to_string().contains("Plants"));
    let page = fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(page.contains("the file is empty") && page.contains("lecture 0.wav"));
    assert!(!page.contains("=\"http"), "the page needs nothing beside it");

    let merged = batch(folder.path(), &["--from-file", "list.csv", "--output-dir", "out", "--report"]);
    let totals = &summary(&merged)["totals"];
    assert_eq!((totals["captioned"].as_u64(), totals["failed"].as_u64()), (Some(1), Some(4)), "{totals}");
}

#[test]
fn a_row_of_a_list_has_options_of_its_own() {
    let folder = clips(2);
    let rows = "path;channels;alternatives\nweek 0/lecture 0.wav;Ada;\nweek 1/lecture 1.wav;;\n";
    fs::write(folder.path().join("list.csv"), rows).unwrap();
    let arguments = ["--from-file", "list.csv", "--format", "json"];
    let output = batch(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let speaker = |name: &str| -> Value {
        let json: Value = serde_json::from_slice(&fs::read(folder.path().join(name)).unwrap()).unwrap();
        json["cues"][0]["speaker"].clone()
    };
    assert_eq!(
        (speaker("week 0/lecture 0.json"), speaker("week 1/lecture 1.json")),
        ("Ada".into(), Value::Null)
    );
    let again = summary(&batch(folder.path(), &arguments));
    assert_eq!((again["recognized"].as_u64(), again["already"].as_u64()), (Some(0), Some(2)), "{again}");
}

#[test]
fn a_list_with_a_mistyped_column_is_refused_before_any_work() {
    let folder = clips(1);
    fs::write(folder.path().join("list.csv"), "path,redcat,room\nweek 0/lecture 0.wav,all,A1\n").unwrap();
    let output = batch(folder.path(), &["--from-file", "list.csv"]);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains("no column \"redcat\"; did you mean \"redact\"?"), "{message}");
    assert!(!folder.path().join("week 0/lecture 0.srt").exists());
}

#[test]
fn shards_make_up_the_whole() {
    let expected = uninterrupted(4);
    let folder = clips(4);
    for task in ["7", "8", "9"] {
        let output = command(folder.path(), &["."])
            .env("SLURM_ARRAY_TASK_ID", task)
            .env("SLURM_ARRAY_TASK_MIN", "7")
            .env("SLURM_ARRAY_TASK_COUNT", "3")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(captions(folder.path()), expected);
    let totals = &summary(&batch(folder.path(), &[".", "--report"]))["totals"];
    assert_eq!((totals["captioned"].as_u64(), totals["unfinished"].as_u64()), (Some(4), Some(0)));
}

/// The worker processes of a batch, which are its children.
fn workers(batch: &Child) -> Vec<String> {
    let children =
        Command::new("ps").args(["-o", "pid=", "--ppid", &batch.id().to_string()]).output().unwrap();
    String::from_utf8_lossy(&children.stdout).split_whitespace().map(str::to_owned).collect()
}

#[test]
fn a_worker_that_dies_takes_nothing_with_it() {
    let expected = uninterrupted(2);
    let folder = clips(2);
    let mut running = Running::start(folder.path(), &[".", "--jobs", "1"]);
    running.wait_for("started");
    for worker in workers(&running.child) {
        assert!(Command::new("kill").args(["-ABRT", &worker]).status().unwrap().success());
    }
    running.wait_for("retrying");
    assert_eq!(running.end(), Some(0));
    assert_eq!(captions(folder.path()), expected);
}

#[test]
fn an_interrupt_ends_the_batch_and_its_workers() {
    let folder = clips(3);
    let mut running = Running::start(folder.path(), &[".", "--jobs", "1"]);
    running.wait_for("started");
    running.signal("-TERM");
    assert_eq!(running.end(), Some(130));
    let claims: Vec<PathBuf> = fs::read_dir(folder.path().join(".lectern/claims"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(claims.is_empty(), "{claims:?}");
    assert_eq!(batch(folder.path(), &["."]).status.code(), Some(0));
}

#[test]
fn a_watched_folder_is_captioned_as_recordings_come() {
    let (folder, expected) = (clips(2), uninterrupted(2));
    let later = folder.path().join("week 1");
    let aside = tempfile::tempdir().unwrap();
    fs::rename(&later, aside.path().join("later")).unwrap();
    let mut running = Running::start(folder.path(), &[".", "--watch", "--settle", "1", "--jobs", "1"]);
    running.wait_for("done");
    fs::create_dir(&later).unwrap();
    fs::copy(aside.path().join("later/lecture 1.wav"), later.join("lecture 1.wav")).unwrap();
    let done = running.wait_for("done");
    assert!(done["file"].as_str().unwrap().ends_with("lecture 1.wav"));
    running.signal("-TERM");
    assert_eq!(running.end(), Some(0));
    assert_eq!(captions(folder.path()), expected);
}

#[test]
fn a_damaged_record_is_named() {
    let folder = clips(1);
    assert_eq!(batch(folder.path(), &["."]).status.code(), Some(0));
    let shelf = fs::read_dir(folder.path().join(".lectern/jobs")).unwrap().next().unwrap().unwrap().path();
    let record = fs::read_dir(shelf).unwrap().next().unwrap().unwrap().path();
    fs::write(&record, "{\"input\":").unwrap();
    let again = batch(folder.path(), &["."]);
    let name = record.file_name().unwrap().to_str().unwrap();
    let is_named = |event: &Value| event["message"].as_str().is_some_and(|message| message.contains(name));
    assert!(
        events(&again).iter().any(|event| is(event, "warning") && is_named(event)),
        "{:?}",
        events(&again)
    );
}

#[test]
fn wrong_usage_is_told_before_any_work() {
    let folder = clips(1);
    let cases: [(&[&str], &str); 6] = [
        (&[".", "--shard", "5/4"], "counted from 1"),
        (&[".", "--format", "json,transcribe"], "both written"),
        (&[".", "--report-to", "report.pdf"], ".html or .json"),
        (&[".", "--notify", "true", "--notify-filter", "[]"], "object of lists"),
        (&[".", "--model", "nobody"], "no model is called nobody"),
        (&[".", "--include", "a{"], "is not a valid pattern"),
    ];
    for (arguments, message) in cases {
        let output = batch(folder.path(), arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains(message), "{arguments:?}: {told}");
    }
}
