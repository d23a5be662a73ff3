//! Filter and redaction on the command line.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn lectern(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lectern")).args(arguments).current_dir(folder).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_filter_needs_words_and_a_known_method() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.srt"), "1\n00:00:00,000 --> 00:00:02,000\nDarn it.\n").unwrap();
    fs::write(folder.path().join("none.txt"), "# nothing\n").unwrap();
    fs::write(folder.path().join("list.txt"), "darn").unwrap();
    let convert = |more: &[&str]| lectern(&[&["convert", "a.srt", "a.vtt"], more].concat(), folder.path());
    for (more, says) in [
        (&["--filter", "missing.txt"][..], "missing.txt"),
        (&["--filter", "none.txt"], "write one per line"),
        (&["--filter", "list.txt", "--filter-method", "hush"], "mask, remove or tag"),
        (&["--filter-method", "tag"], "--filter"),
    ] {
        let output = convert(more);
        assert_eq!(output.status.code(), Some(2), "{more:?}");
        assert!(said(&output).contains(says), "{more:?}: {}", said(&output));
    }
    let output = convert(&["--filter", "list.txt"]);
    assert!(said(&output).contains("hidden or tagged: 1 listed"), "{}", said(&output));
    let written = fs::read_to_string(folder.path().join("a.vtt")).unwrap();
    assert!(written.contains("*** it.") && !written.to_lowercase().contains("darn"), "{written}");
}

/// The bytes of every file below a folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files.extend(self::files(&path)),
            false => files.push((path.display().to_string(), fs::read(&path).unwrap())),
        }
    }
    files
}

#[test]
fn no_file_of_a_redacting_run_holds_what_was_redacted() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.srt");
    let text = "My name is Ada Lovelace, write to ada@example.com\nor call 020 7946 0958. My PIN is 4321.";
    fs::write(&input, format!("1\n00:00:00,000 --> 00:00:05,000\n{text}\n")).unwrap();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    let out = out.to_str().unwrap();
    for format in [
        "srt",
        "vtt",
        "ttml",
        "ass",
        "csv",
        "text",
        "json",
        "markdown",
        "html",
        "docx",
        "transcribe",
        "openai",
    ] {
        let target = format!("{out}/{format}.out");
        let arguments =
            ["convert", "--redact", "--log", "out/log.txt", "--to", format, "--json", "in.srt", &target];
        let output = lectern(&arguments, folder.path());
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        fs::write(format!("{target}.stdout"), output.stdout).unwrap();
        fs::write(format!("{target}.stderr"), output.stderr).unwrap();
    }
    let files = files(Path::new(out));
    assert!(files.len() >= 36, "{}", files.len());
    for (name, bytes) in files {
        let text = String::from_utf8_lossy(&bytes);
        for personal in ["Lovelace", "Ada", "ada@", "example.com", "7946", "0958", "4321"] {
            assert!(!text.contains(personal), "{name}: {personal}");
        }
    }
}

#[test]
fn kinds_and_labels_can_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let cue = "1\n00:00:00,000 --> 00:00:02,000\nMail ada@example.com, call 020 7946 0958.\n";
    fs::write(folder.path().join("a.srt"), cue).unwrap();
    let converted = |more: &[&str]| {
        let output =
            lectern(&[&["convert", "--overwrite"], more, &["a.srt", "a.txt"]].concat(), folder.path());
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        fs::read_to_string(folder.path().join("a.txt")).unwrap()
    };
    assert!(converted(&["--redact=email"]).contains("Mail [EMAIL], call 020 7946 0958."));
    assert!(converted(&["--redact", "--redact-as", "pii"]).contains("Mail [PII], call [PII]."));
    let output = lectern(&["convert", "--redact=names", "a.srt", "b.txt"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("choose all, or from email"), "{}", said(&output));
}
