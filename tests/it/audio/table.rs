//! A table of what becomes of the files in a folder of one's own.

use std::path::{Path, PathBuf};
use std::time::Instant;

use lectern::audio::{SAMPLE_RATE, read_all};

use super::compare::{agreement, rms};

/// How far recordings are moved against each other to find out how alike they are: 0.2 s.
const REACH: usize = 3200;

/// Reads every file below `LECTERN_AUDIO_CASES` and prints a table in Markdown. With `LECTERN_AUDIO_REFERENCE`,
/// a recording of the same sound, each row tells how much it is like that one.
#[test]
#[ignore = "needs a folder in LECTERN_AUDIO_CASES"]
fn decodes_a_folder() {
    let root =
        PathBuf::from(std::env::var_os("LECTERN_AUDIO_CASES").expect("LECTERN_AUDIO_CASES names a folder"));
    let reference = std::env::var_os("LECTERN_AUDIO_REFERENCE")
        .map(|path| read_all(Path::new(&path)).expect("the reference is readable").0);
    let mut files = Vec::new();
    gather(&root, &mut files);
    assert!(!files.is_empty(), "{} holds no files", root.display());
    println!("\n| file | result | level | like the reference | time |\n|---|---|---|---|---|");
    for file in files {
        let start = Instant::now();
        let read = read_all(&file);
        let took = start.elapsed().as_millis();
        let name = file.strip_prefix(&root).unwrap_or(&file).display();
        match read {
            Ok((samples, warnings)) => {
                let seconds = samples.len() as f64 / f64::from(SAMPLE_RATE);
                let warnings: String = warnings.iter().map(|warning| format!("; {warning}")).collect();
                let alike = reference.as_ref().and_then(|reference| agreement(&samples, reference, REACH));
                let alike = alike.map(|alike| format!("{:.3} at {:+.2} ms", alike.correlation, alike.lag));
                let (level, alike) = (rms(&samples), alike.unwrap_or_default());
                println!("| {name} | {seconds:.3} s{warnings} | {level:.3} | {alike} | {took} ms |");
            }
            Err(error) => {
                let error = error.to_string().replace(&file.display().to_string(), "…");
                println!("| {name} | **{error}** | | | {took} ms |");
            }
        }
    }
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() { gather(&path, files) } else { files.push(path) }
    }
}
