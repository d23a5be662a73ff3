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
        (&["--filter", "none.txt"], "write one on each line"),
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
