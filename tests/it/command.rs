//! The program as its users run it, with the shipped model on the sample lecture.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use lectern::audio::{read_all, write_wav};
use lectern::eval::{normalize, read_sentences, sentence_starts, word_errors};
use lectern::format::by_name;
use lectern::transcript::{Language, join_words};
use serde_json::Value;
use tempfile::TempDir;

fn lectern(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
    command.args(arguments).current_dir(folder).env_remove("LECTERN_MODELS").output().unwrap()
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn asset(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// A folder with the first seconds of the sample lecture under a name that not every program can open.
fn short_lecture(seconds: usize) -> (TempDir, &'static str) {
    const NAME: &str = "Vorlesung 1 – 光合成.wav";
    let folder = tempfile::tempdir().unwrap();
    let (samples, _) = read_all(&asset("assets/sample/photosynthesis.flac")).unwrap();
    write_wav(&folder.path().join(NAME), &samples[..seconds * 16_000]).unwrap();
    (folder, NAME)
}

#[test]
#[cfg(all(feature = "gui", target_os = "linux"))]
fn a_window_without_a_display_is_refused_in_one_line() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
    for display in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(display);
    }
    let output = command.output().unwrap();
    assert_eq!(code(&output), Some(2));
    let words =
        "there is no display for the window; `lectern --help` shows the commands that work without one";
    assert_eq!(stderr(&output), format!("lectern: {words}\n"));
}

#[test]
fn the_log_says_what_was_done_and_no_words() {
    let (folder, lecture) = short_lecture(9);
    let caption = ["caption", "--log", "log.txt", "--format", "text", lecture];
    assert_eq!(code(&lectern(&caption, folder.path())), Some(0));
    let batch = ["batch", "--log", "log.txt", "--output-dir", "captions", "--state", "state", "."];
    assert_eq!(code(&lectern(&batch, folder.path())), Some(0));
    let text = fs::read_to_string(folder.path().join(lecture).with_extension("txt")).unwrap();
    let log = fs::read_to_string(folder.path().join("log.txt")).unwrap();
    // The worker of the batch logs to the same file.
    for (event, count) in [("log starts", 3), ("model loaded", 2), ("transcribed", 2)] {
        assert_eq!(log.matches(event).count(), count, "{event}: {log}");
    }
    let words: Vec<_> = text.split_whitespace().filter(|word| word.len() > 6).collect();
    assert!(words.len() > 3, "{text}");
    assert!(
        words.iter().all(|word| !log.contains(word.trim_matches(|c: char| !c.is_alphanumeric()))),
        "{log}"
    );

    let refused = lectern(&["caption", "--log", "missing/log.txt", lecture], folder.path());
    assert_eq!(code(&refused), Some(2));
    assert!(stderr(&refused).contains("missing/log.txt"), "{}", stderr(&refused));
}

/// The most words of the sample lecture that may be wrong: four more than with the shipped engine, which gives the same
/// words on every processor.
const MOST_WRONG: f64 = 0.056;

#[test]
fn the_sample_lecture_becomes_correct_captions() {
    let folder = tempfile::tempdir().unwrap();
    let sample = asset("assets/sample/photosynthesis.flac");
    let arguments = ["caption", sample.to_str().unwrap(), "--format", "srt,json", "--output-dir", "."];
    let output = lectern(&arguments, folder.path());
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));

    let json = fs::read(folder.path().join("photosynthesis.json")).unwrap();
    let document = (by_name("json").unwrap().read.unwrap())(&json).unwrap().document;
    let english = Language::new("en");
    assert_eq!(document.language, english);
    let heard = join_words(document.segments.iter().flat_map(|segment| &segment.words));
    let said = fs::read_to_string(asset("assets/sample/photosynthesis.txt")).unwrap();
    let errors = word_errors(&normalize(&said, &english), &normalize(&heard, &english));
    assert!(errors.wer() <= MOST_WRONG, "word error rate {:.4}", errors.wer());

    let sentences = fs::read_to_string(asset("assets/sample/photosynthesis.json")).unwrap();
    let sentences = read_sentences(&sentences).unwrap();
    let words = document.segments.iter().flat_map(|segment| &segment.words).map(Into::into);
    let starts = sentence_starts(&sentences, words, &english);
    assert!(starts.errors.len() * 10 >= starts.sentences * 9, "{} starts", starts.errors.len());
    let (median, most) = (starts.median().unwrap().as_millis(), starts.percentile(95).unwrap().as_millis());
    assert!(median <= 50 && most <= 200, "sentences start {median} ms off (median), {most} ms (95 %)");

    let srt = fs::read(folder.path().join("photosynthesis.srt")).unwrap();
    let captions = (by_name("srt").unwrap().read.unwrap())(&srt).unwrap();
    assert_eq!((captions.document.cues.len(), captions.repairs), (document.cues.len(), Vec::new()));
}

/// The captions of the first seconds of the sample lecture as SRT and JSON, or what the command said instead.
fn captions_on(level: Option<&str>, threads: &str) -> Result<Vec<Vec<u8>>, String> {
    let (folder, name) = short_lecture(75);
    let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
    command.args(["caption", name, "--threads", threads, "--format", "srt,json", "--quiet"]);
    if let Some(level) = level {
        command.env("LECTERN_CPU_LEVEL", level);
    }
    let output = command.current_dir(folder.path()).env_remove("LECTERN_MODELS").output().unwrap();
    if code(&output) != Some(0) {
        return Err(stderr(&output));
    }
    let written = |extension| fs::read(folder.path().join(name).with_extension(extension)).unwrap();
    Ok(["srt", "json"].map(written).to_vec())
}

#[test]
fn neither_threads_nor_processor_change_a_byte() {
    let expected = captions_on(None, "1").unwrap();
    for threads in ["2", "3", "8"] {
        assert!(captions_on(None, threads).unwrap() == expected, "{threads} threads");
    }
    // Plain Rust takes a minute; the engine's own tests compare it.
    for level in ["avx2", "avx-vnni", "avx512-vnni", "amx", "neon", "neon-dotprod"] {
        match captions_on(Some(level), "2") {
            Ok(captions) => assert!(captions == expected, "{level}"),
            Err(error) => assert!(error.contains(&format!("this processor has no {level}")), "{error}"),
        }
    }
    let error = captions_on(Some("mmx"), "1").unwrap_err();
    assert!(error.contains("LECTERN_CPU_LEVEL=mmx") && error.contains("avx2"), "{error}");
}

#[cfg(feature = "whisper")]
#[test]
fn whisper_cpp_is_there_for_those_who_ask_for_it() {
    let (folder, name) = short_lecture(12);
    let output = lectern(&["caption", name, "--engine", "whisper.cpp", "--format", "text"], folder.path());
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    let text = fs::read_to_string(folder.path().join(name).with_extension("txt")).unwrap();
    assert!(text.contains("photosynthesis"), "{text}");
    let output = lectern(&["caption", name, "--engine", "gpu"], folder.path());
    assert_eq!(code(&output), Some(2));
    assert!(stderr(&output).contains("auto, cpu or whisper.cpp"), "{}", stderr(&output));
}

#[test]
fn captions_that_are_there_are_kept() {
    let (folder, name) = short_lecture(8);
    let captions = folder.path().join(name).with_extension("srt");
    fs::write(&captions, "corrected by hand").unwrap();
    let refused = lectern(&["caption", name], folder.path());
    assert_eq!(code(&refused), Some(2));
    assert!(stderr(&refused).contains("--overwrite"), "{}", stderr(&refused));
    assert_eq!(fs::read_to_string(&captions).unwrap(), "corrected by hand");
    let replaced = lectern(&["caption", name, "--overwrite", "--language", "en"], folder.path());
    assert_eq!(code(&replaced), Some(0), "{}", stderr(&replaced));
    assert!(fs::read_to_string(&captions).unwrap().contains("photosynthesis"));
}

#[test]
fn a_listed_name_is_found_and_spelled_as_the_table_says() {
    let folder = tempfile::tempdir().unwrap();
    let sentence = asset("crates/whisper-cpu/tests/data/terms.wav");
    fs::copy(sentence, folder.path().join("a.wav")).unwrap();
    let table = "Phrase\tSoundsLike\tIPA\tDisplayAs\ngalerkin\tgal-er-kin\t\tGALËRKIN\npodocyte\t\t\t\n";
    fs::write(folder.path().join("terms.txt"), table).unwrap();
    let captions = |more: &[&str]| {
        let arguments = ["caption", "--language", "en", "--format", "text", "--overwrite", "a.wav"];
        assert_eq!(code(&lectern(&[&arguments[..], more].concat(), folder.path())), Some(0));
        fs::read_to_string(folder.path().join("a.txt")).unwrap()
    };
    let found = captions(&["--vocabulary", "terms.txt"]);
    assert!(found.contains("GALËRKIN had the idea"), "{found}");
    captions(&["--vocabulary", "terms.txt", "--format", "json"]);
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("a.json")).unwrap()).unwrap();
    let words = json["cues"].as_array().unwrap().iter().flat_map(|cue| cue["words"].as_array().unwrap());
    let listed: Vec<_> = words.filter(|word| word["vocabulary"] == "first").collect();
    assert!(listed.iter().any(|word| word["text"] == "GALËRKIN"), "{listed:?}");
    let plain = captions(&[]);
    assert!(!plain.to_lowercase().contains("galerkin"), "{plain}");

    fs::write(folder.path().join("terms.txt"), "Phrase\tDisplayAs\na\tb\tc\n").unwrap();
    let refused = lectern(&["caption", "--vocabulary", "terms.txt", "a.wav"], folder.path());
    assert!(stderr(&refused).contains("line 2 of the vocabulary") && stderr(&refused).contains("terms.txt"));
}

#[test]
fn one_bad_input_does_not_stop_the_others() {
    let (folder, name) = short_lecture(8);
    fs::write(folder.path().join("notes.mp3"), "these are notes, not sound").unwrap();
    let arguments =
        ["caption", "missing.wav", "notes.mp3", name, "--json", "--format", "srt", "--language", "en"];
    let output = lectern(&arguments, folder.path());
    assert_eq!(code(&output), Some(1), "{}", stderr(&output));
    let events: Vec<Value> =
        output.stdout.lines().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect();
    let of = |event: &str| events.iter().filter(|e| e["event"] == event).collect::<Vec<_>>();
    assert_eq!(of("error").len(), 2);
    assert_eq!(of("done").len(), 1);
    let summary = of("summary");
    assert_eq!((&summary[0]["done"], &summary[0]["failed"]), (&Value::from(1), &Value::from(2)));
    let told = stderr(&output);
    assert_eq!(told.matches("missing.wav").count(), 1, "each error is told once: {told}");
    assert!(told.contains("notes.mp3"), "{told}");
}

#[test]
fn a_recording_without_speech_gives_empty_captions_and_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    write_wav(&folder.path().join("quiet.wav"), &vec![0.0; 5 * 16_000]).unwrap();
    let output = lectern(&["caption", "quiet.wav"], folder.path());
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("no speech was found"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(folder.path().join("quiet.vtt")).unwrap().trim(), "WEBVTT");
}

#[test]
fn wrong_usage_is_told_before_any_work() {
    let (folder, name) = short_lecture(1);
    for (arguments, hint) in [
        (vec!["caption", name, "--format", "doc"], "srt"),
        (vec!["caption", name, "--profile", "nobody"], "lecture"),
        (vec!["caption", name, "--model", "giant"], "models list"),
        (vec!["caption", name, "--language", "plain English"], "language"),
        (vec!["caption"], "Usage"),
    ] {
        let output = lectern(&arguments, folder.path());
        assert_eq!(code(&output), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(hint), "{arguments:?}: {}", stderr(&output));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing was written");
}

#[test]
fn models_are_listed_and_verified() {
    let folder = tempfile::tempdir().unwrap();
    let list = lectern(&["models", "list"], folder.path());
    let text = String::from_utf8(list.stdout).unwrap();
    assert!(text.contains("base-q8_0") && text.contains("not installed"), "{text}");
    assert_eq!(code(&lectern(&["models", "verify"], folder.path())), Some(0));
    let damaged = folder.path().join("ggml-damaged.bin");
    fs::write(&damaged, &fs::read(asset("models/ggml-silero-v6.2.3.bin")).unwrap()[..1000]).unwrap();
    let output = lectern(&["models", "verify", damaged.to_str().unwrap()], folder.path());
    assert_eq!(code(&output), Some(2));
    assert!(stderr(&output).contains("ggml-damaged.bin"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_nothing_behind() {
    let (folder, name) = short_lecture(120);
    let mut child = Command::new(env!("CARGO_BIN_EXE_lectern"))
        .args(["caption", name, "--json", "--language", "en"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // The first line comes when the recognizer is at work.
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("started"), "{line}");
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "only the recording is there");
}

/// The program with a recording on standard input.
fn piped(arguments: &[&str], folder: &Path, sound: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
    command.args(arguments).current_dir(folder).env_remove("LECTERN_MODELS");
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let sound = sound.to_owned();
    // What is refused before it is read closes the pipe.
    let writer = std::thread::spawn(move || {
        let _ = std::io::Write::write_all(&mut input, &sound);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

#[test]
fn wav_from_standard_input_becomes_captions_on_standard_output() {
    let (folder, lecture) = short_lecture(6);
    let mut sound = fs::read(folder.path().join(lecture)).unwrap();
    let caption = ["caption", "--language", "en", "--format", "srt", "--quiet"];
    let arguments = [&caption[..], &[lecture]].concat();
    assert_eq!(code(&lectern(&arguments, folder.path())), Some(0));
    let expected = fs::read_to_string(folder.path().join(lecture).with_extension("srt")).unwrap();
    let output = piped(&[&caption[..], &["-"]].concat(), folder.path(), &sound);
    assert_eq!((code(&output), String::from_utf8_lossy(&output.stdout).as_ref()), (Some(0), &*expected));
    // As programs write it that do not know the length yet.
    for at in [4..8, 40..44] {
        sound[at].fill(0xff);
    }
    let into = [&caption[..], &["--output-dir", "captions", "-"]].concat();
    fs::create_dir(folder.path().join("captions")).unwrap();
    let output = piped(&into, folder.path(), &sound);
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    let written = fs::read_to_string(folder.path().join("captions/standard-input.srt")).unwrap();
    assert_eq!(written, expected);
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "nothing else is left: {names:?}");
}

#[test]
fn standard_input_that_cannot_be_captioned_is_refused_with_what_helps() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, sound, words) in [
        (&["caption", "-", "--format", "srt"][..], b"fLaC....".as_slice(), "not WAV"),
        (&["caption", "-"], b"", "one format"),
        (&["caption", "-", "--format", "srt", "--json"], b"", "--output-dir"),
        (&["caption", "-", "a.wav", "--format", "srt"], b"", "--output-dir"),
        (&["caption", "-", "-", "--output-dir", "."], b"", "once"),
    ] {
        let output = piped(arguments, folder.path(), sound);
        assert_eq!(code(&output), Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
    }
}
