//! A table of what becomes of the files in a folder of one's own; see `decodes_a_folder`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use lectern::audio::{SAMPLE_RATE, read_all};

/// Reads every file below `LECTERN_AUDIO_CASES` and prints a table in Markdown. With `LECTERN_AUDIO_REFERENCE`,
/// a recording of the same sound, each row tells how well it agrees: correlation and lag.
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
    println!("| file | result | level | like the reference | time |\n|---|---|---|---|---|");
    for file in files {
        let start = Instant::now();
        let read = read_all(&file);
        let took = start.elapsed().as_millis();
        let name = file.strip_prefix(&root).unwrap_or(&file).display();
        match read {
            Ok((samples, warnings)) => {
                let seconds = samples.len() as f64 / f64::from(SAMPLE_RATE);
                let warnings: String = warnings.iter().map(|warning| format!("; {warning}")).collect();
                let agrees =
                    reference.as_ref().map_or(String::new(), |reference| agreement(&samples, reference));
                println!(
                    "| {name} | {seconds:.3} s{warnings} | {:.3} | {agrees} | {took} ms |",
                    rms(&samples)
                );
            }
            Err(error) => {
                let error = error.to_string().replace(&file.display().to_string(), "…");
                println!("| {name} | **{error}** | | | {took} ms |");
            }
        }
    }
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() { gather(&path, files) } else { files.push(path) }
    }
}

fn rms(samples: &[f32]) -> f64 {
    let energy: f64 = samples.iter().map(|&s| f64::from(s) * f64::from(s)).sum();
    (energy / samples.len().max(1) as f64).sqrt()
}

/// The greatest normalised correlation within 0.2 s, and the lag in milliseconds where it is found.
fn agreement(samples: &[f32], reference: &[f32]) -> String {
    const REACH: usize = 3200;
    let len = samples.len().min(reference.len()).saturating_sub(2 * REACH);
    if len == 0 {
        return String::new();
    }
    let fixed = &reference[REACH..REACH + len];
    let correlation = |lag: usize| {
        let moved = &samples[lag..lag + len];
        let product: f64 = fixed.iter().zip(moved).map(|(a, b)| f64::from(a * b)).sum();
        product / len as f64 / (rms(fixed) * rms(moved)).max(1e-12)
    };
    let (best, lag) = (0..=2 * REACH)
        .map(|lag| (correlation(lag).abs(), lag))
        .fold((0.0, 0), |a, b| if b.0 > a.0 { b } else { a });
    let lag = (lag as f64 - REACH as f64) * 1000.0 / f64::from(SAMPLE_RATE);
    format!("{best:.3} at {lag:+.2} ms")
}
