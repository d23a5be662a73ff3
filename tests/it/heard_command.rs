//! `lectern heard` as its users run it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use lectern::document::Document;
use lectern::format::by_name;
use lectern::project::{self, Project};
use serde_json::{Value, json};
use tempfile::TempDir;

const TERMS: &str = "mitochondrion\nAda Lovelace\nquicksort\n";

/// Captions that say a term in the plural, one of two words, and something that sounds like the third.
fn captions() -> String {
    let word = |(text, start, probability): (&str, i64, f32)| json!({ "text": text, "start_ms": start, "end_ms": start + 400, "probability": probability });
    let cue = |words: &[(&str, i64, f32)]| {
        let text: Vec<_> = words.iter().map(|(text, ..)| *text).collect();
        let (start, end) = (words[0].1, words[words.len() - 1].1 + 400);
        let words: Vec<_> = words.iter().copied().map(word).collect();
        json!({ "start_ms": start, "end_ms": end, "text": text.join(" "), "words": words })
    };
    let first =
        [("Mitochondrions", 1000, 0.9), ("and", 1500, 0.9), ("ada", 2000, 0.9), ("Lovelace,", 2500, 0.9)];
    let second = [("a", 61_000, 0.9), ("quick", 61_500, 0.2), ("salt.", 62_000, 0.2)];
    json!({ "format": "lectern-transcript", "version": 1, "cues": [cue(&first), cue(&second)] }).to_string()
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("talk.json"), captions()).unwrap();
    fs::write(folder.path().join("terms.txt"), TERMS).unwrap();
    folder
}

fn heard(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
    command.arg("heard").args(arguments).current_dir(folder).output().unwrap()
}

fn stdout(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn terms_are_told_with_their_times_and_what_may_be_one() {
    let folder = folder();
    let told = stdout(&heard(folder.path(), &["talk.json", "--vocabulary", "terms.txt"]));
    let expected = "\
mitochondrion: 1 × 00:00:01.000
Ada Lovelace: 1 × 00:00:02.000
quicksort: not heard; perhaps \"quick salt\" at 00:01:01.500
2 of 3 terms heard; 1 place to listen to
";
    assert_eq!(told, expected);
}

#[test]
fn as_json_each_term_is_an_object() {
    let folder = folder();
    let told = stdout(&heard(folder.path(), &["talk.json", "--vocabulary", "terms.txt", "--json"]));
    let terms: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(terms.len(), 3);
    let lovelace = json!({ "event": "term", "term": "Ada Lovelace", "heard": [{ "start": 2.0, "text": "ada Lovelace" }], "perhaps": [] });
    assert_eq!(terms[1], lovelace);
    assert_eq!(terms[2]["perhaps"], json!([{ "start": 61.5, "text": "quick salt" }]));
}

#[test]
fn a_project_brings_its_terms_and_other_captions_need_a_list() {
    let folder = folder();
    let reading = (by_name("json").unwrap().read.unwrap())(captions().as_bytes()).unwrap();
    let save = |document: Document, vocabulary: &[&str]| {
        let vocabulary = vocabulary.iter().map(|term| (*term).to_owned()).collect();
        let project = Project { document, vocabulary, ..Project::default() };
        project::save(&project, &folder.path().join("talk.lectern")).unwrap();
    };
    save(reading.document.clone(), &["quicksort", "Ada Lovelace"]);
    let told = stdout(&heard(folder.path(), &["talk.lectern"]));
    assert!(told.ends_with("1 of 2 terms heard; 1 place to listen to\n"), "{told}");
    save(reading.document, &[]);
    for captions in ["talk.lectern", "talk.json"] {
        let output = heard(folder.path(), &[captions]);
        assert_eq!(output.status.code(), Some(2), "{captions}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("pass --vocabulary"), "{captions}");
    }
}
