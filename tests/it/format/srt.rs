//! SRT files as they are found: each has beside it the cues and the repairs that are expected of it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use lectern::format::{Reading, by_name};

/// What was read, as the `.txt` files beside the cases tell it.
fn told(reading: &Reading) -> String {
    let mut told = String::new();
    for cue in &reading.document.cues {
        let _ = writeln!(told, "{}: {:?}", cue.span, cue.text);
    }
    for repair in &reading.repairs {
        let line = repair.line.map_or("file".to_owned(), |line| format!("line {line}"));
        let _ = writeln!(told, "{line}: {}", repair.what);
    }
    told
}

#[test]
fn files_are_read_and_repaired_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/srt");
    let read = by_name("srt").unwrap().read.unwrap();
    let mut cases = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "srt") {
            continue;
        }
        let expected = fs::read_to_string(path.with_extension("txt")).unwrap();
        let reading = read(&fs::read(&path).unwrap()).unwrap();
        assert_eq!(told(&reading), expected, "{}", path.display());
        cases += 1;
    }
    assert!(cases >= 30, "{cases}");
}
