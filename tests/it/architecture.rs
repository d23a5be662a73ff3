//! Who may name whom, read from the sources. ARCHITECTURE.md says why.

mod circles;
mod scan;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use scan::{NamedPath, named_paths, public_types, text_errors};

/// Every module at the root of the crate, and the modules that it may name besides itself.
const MAY_NAME: [(&str, &[&str]); 31] = [
    ("build", &[]),
    ("time", &[]),
    ("console", &[]),
    ("log", &[]),
    ("files", &[]),
    ("ffmpeg", &[]),
    ("machine", &[]),
    ("remembered", &["files"]),
    ("material", &[]),
    ("settings", &["time"]),
    ("spelling", &[]),
    ("transcript", &["time"]),
    ("audio", &["time", "ffmpeg"]),
    ("picture", &["time", "ffmpeg"]),
    ("vad", &["time", "audio"]),
    ("asr", &["time", "audio", "transcript"]),
    ("document", &["time", "transcript"]),
    ("caption", &["time", "transcript", "document"]),
    ("format", &["time", "transcript", "document"]),
    ("hide", &["time", "transcript", "document"]),
    ("amazon", &["time", "transcript", "hide"]),
    ("project", &["time", "files", "transcript", "document", "remembered"]),
    ("eval", &["time", "transcript"]),
    ("models", &["time", "files", "transcript", "audio", "asr"]),
    (
        "recognize",
        &["time", "files", "transcript", "audio", "vad", "asr", "document", "caption", "remembered"],
    ),
    ("exchange", &["time", "files", "transcript", "document", "format", "project", "material"]),
    ("live", LIVE),
    ("batch", BATCH),
    ("cli", MODULES),
    ("gui", MODULES),
    ("main", &["console", "cli", "gui"]),
];
const LIVE: &[&str] = &[
    "time",
    "files",
    "machine",
    "transcript",
    "audio",
    "vad",
    "asr",
    "document",
    "caption",
    "project",
    "remembered",
    "recognize",
];
const BATCH: &[&str] = &[
    "time",
    "files",
    "machine",
    "transcript",
    "audio",
    "vad",
    "asr",
    "document",
    "caption",
    "format",
    "hide",
    "project",
    "remembered",
    "recognize",
    "exchange",
    "log",
];
/// The modules without a face, each after those that it builds on.
const MODULES: &[&str] = &[
    "time",
    "files",
    "build",
    "machine",
    "material",
    "settings",
    "spelling",
    "transcript",
    "audio",
    "picture",
    "vad",
    "asr",
    "document",
    "caption",
    "format",
    "hide",
    "amazon",
    "project",
    "eval",
    "models",
    "remembered",
    "recognize",
    "exchange",
    "live",
    "batch",
    "console",
    "log",
];

/// Libraries that stay behind one module: the name, which also stands for `NAME_anything`, and the only
/// places below `src` that may use it.
const LIBRARIES: [(&str, &[&str]); 23] = [
    ("egui", &["gui"]),
    ("eframe", &["gui"]),
    ("clap", &["cli"]),
    ("anyhow", &["cli", "main"]),
    ("cpal", &["audio"]),
    ("symphonia", &["audio/decode"]),
    ("realfft", &["audio/resample", "audio/spectrogram"]),
    ("whisper_cpu", &["asr", "recognize/voices"]),
    ("speakers", &["recognize/voices"]),
    ("whisper_rs", &["asr"]),
    ("ureq", &["batch/notify", "models"]),
    ("mio", &["live/page"]),
    ("lopdf", &["material"]),
    ("zip", &["material"]),
    ("socket2", &["live/page"]),
    ("qrcode", &["live/page"]),
    ("pulldown_cmark", &["gui/guide"]),
    ("rfd", &["gui/workers"]),
    ("spellbook", &["spelling"]),
    ("tracing_appender", &["log"]),
    ("tracing_subscriber", &["log"]),
    ("zbus", &["gui/workers"]),
    ("notify_rust", &["gui/workers"]),
];

/// Modules that compute only, and the window, which must not wait for a disk: none of them opens a file.
const WITHOUT_FILES: [&str; 9] =
    ["time", "transcript", "document", "caption", "format", "hide", "amazon", "material", "gui"];

const MOST_LINES: usize = 600;

/// A source file: its path below `src` without `.rs` or `/mod.rs`, with `/` between folders.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn module(&self) -> &str {
        self.path.split('/').next().unwrap_or_default()
    }

    /// What this file names and may not, one sentence each.
    fn offences(&self) -> Vec<String> {
        let module: Vec<_> = self.path.split('/').filter(|name| *name != "lib").collect();
        let offence = |path: &NamedPath| {
            let reason = self.module_offence(path).or_else(|| self.library_offence(path))?;
            Some(format!("src/{}, line {}: {reason} ({})", self.path, path.line, path.segments.join("::")))
        };
        named_paths(&self.text, &module).iter().filter_map(offence).collect()
    }

    fn module_offence(&self, path: &NamedPath) -> Option<String> {
        let (root, rest) = path.segments.split_first()?;
        if root != "crate" && root != "lectern" {
            return None;
        }
        let (module, named) = (self.module(), rest.first().map_or("the crate's root", String::as_str));
        let Some((_, allowed)) = MAY_NAME.iter().find(|(name, _)| *name == module) else {
            return Some(format!("{module} is not in the import table: add it"));
        };
        let fine = named == module || allowed.contains(&named);
        (!fine).then(|| format!("{module} may name {allowed:?}, not {named}"))
    }

    fn library_offence(&self, path: &NamedPath) -> Option<String> {
        let (first, rest) = path.segments.split_first()?;
        let is_file = rest.first().is_some_and(|name| match first.as_str() {
            "std" => name == "fs",
            "crate" => name == "files",
            _ => false,
        });
        if is_file && WITHOUT_FILES.contains(&self.module()) {
            return Some(format!("{} opens no files", self.module()));
        }
        let is = |library: &str| {
            first.strip_prefix(library).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
        };
        let (library, places) = LIBRARIES.iter().find(|(library, _)| is(library))?;
        let fine =
            places.iter().any(|place| self.path == *place || self.path.starts_with(&format!("{place}/")));
        (!fine).then(|| format!("{library} is for {places:?} only"))
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let read = |file: PathBuf| {
        let path = file.strip_prefix(&root).unwrap().with_extension("");
        let names: Vec<_> = path.iter().map(|name| name.to_str().unwrap()).collect();
        let path = names.join("/");
        Source {
            path: path.strip_suffix("/mod").unwrap_or(&path).to_owned(),
            text: fs::read_to_string(&file).unwrap(),
        }
    };
    files.into_iter().map(read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
}

#[test]
fn modules_name_only_what_the_table_allows() {
    let offences: Vec<_> = sources().iter().flat_map(Source::offences).collect();
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn every_module_is_in_the_table() {
    let known = |module: &str| module == "lib" || MAY_NAME.iter().any(|(name, _)| *name == module);
    let sources = sources();
    assert!(sources.iter().any(|source| source.path == "asr/model"), "the sources were not found");
    let unknown: Vec<_> = sources.iter().map(Source::module).filter(|module| !known(module)).collect();
    assert!(unknown.is_empty(), "add to the import table: {unknown:?}");
}

#[test]
fn no_file_is_too_long_to_read() {
    let length = |source: &Source| source.text.lines().count();
    let long = sources().into_iter().filter(|source| length(source) > MOST_LINES);
    let long: Vec<_> = long.map(|source| format!("src/{}: {} lines", source.path, length(&source))).collect();
    assert!(long.is_empty(), "over {MOST_LINES} lines: {long:?}");
}

#[test]
fn errors_are_facts_and_no_texts() {
    let mut files = Vec::new();
    for folder in ["src", "crates"] {
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    }
    assert!(files.iter().any(|file| file.ends_with("whisper-cpu/src/lib.rs")), "the sources were not found");
    let in_file = |file: &PathBuf| {
        let lines = text_errors(&fs::read_to_string(file).unwrap());
        lines.into_iter().map(|line| format!("{}, line {line}", file.display())).collect::<Vec<_>>()
    };
    let found: Vec<_> = files.iter().flat_map(in_file).collect();
    assert!(found.is_empty(), "an error that is a text; use an enum with fields: {}", found.join("; "));
}

#[test]
fn no_two_public_types_have_one_name() {
    let twice = names_that_come_twice(&sources());
    assert!(twice.is_empty(), "give one of them the word of its room: {}", twice.join("; "));
}

/// Each with the files that it is in.
fn names_that_come_twice(sources: &[Source]) -> Vec<String> {
    let mut places: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for source in sources {
        for name in public_types(&source.text) {
            places.entry(name).or_default().push(&source.path);
        }
    }
    let twice = places.into_iter().filter(|(_, files)| files.len() > 1);
    twice.map(|(name, files)| format!("{name} in {}", files.join(" and "))).collect()
}

#[test]
fn names_that_come_twice_are_found() {
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let sources = [
        source("a", "/// A job.\npub struct Job; pub(crate) enum Order { A } pub enum Kind {}"),
        source("b/c", "pub type Job = u8; pub enum Order {} struct Kind; fn f() { \"pub trait Kind\" }"),
    ];
    assert_eq!(names_that_come_twice(&sources), ["Job in a and b/c"]);
}

#[test]
fn unbounded_channels_stay_banned() {
    let clippy = Path::new(env!("CARGO_MANIFEST_DIR")).join("clippy.toml");
    let clippy: toml::Table = fs::read_to_string(clippy).unwrap().parse().unwrap();
    let banned: Vec<_> = clippy["disallowed-methods"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|method| method["path"].as_str())
        .collect();
    for method in ["crossbeam::channel::unbounded", "std::sync::mpsc::channel"] {
        assert!(banned.contains(&method), "{method} is not banned in clippy.toml");
    }
}

/// The number of offences in a file that holds `text`.
#[track_caller]
fn check(path: &str, text: &str, offences: usize) {
    let found = Source { path: path.to_owned(), text: text.to_owned() }.offences();
    assert_eq!(found.len(), offences, "{path}: {text}: {found:?}");
}

#[test]
fn the_table_forbids_what_it_does_not_allow() {
    check("time", "use crate::transcript::Word;", 1);
    check("caption/wrap", "use crate::{format::srt, document::Cue, asr::{model, catalog}};", 3);
    check("vad/silero", "fn f() -> crate::asr::model::ModelFile { super::super::recognize::f() }", 2);
    check("cli/run", "use crate::gui::App;", 1);
    check("main", "fn main() { lectern::cli::run(); lectern::asr::run() }", 1);
    check("novel", "use crate::time::MediaTime;", 1);
    check("time", "use crate::*;", 1);
}

#[test]
fn the_table_allows_what_it_allows() {
    check("live", "use crate::{audio, vad::Vad, asr::Recognizer, time::MediaTime, recognize::State};", 0);
    check("format/srt", "use super::head::Head; use crate::document::Cue; mod tests { use super::*; }", 0);
    check("main", "fn main() { lectern::cli::run() }", 0);
}

#[test]
fn libraries_stay_in_their_places() {
    check("cli/args", "use clap::Parser; use anyhow::Result; use egui::Ui;", 1);
    check("batch", "#[derive(clap_derive::Args)] struct A; fn f() -> anyhow::Result<()> {}", 2);
    check("audio/decode/open", "use symphonia::core; use symphonia_adapter_libopus::OpusDecoder;", 0);
    check("audio/wav", "use symphonia::core;", 1);
    check("asr/whisper", "use whisper_rs::WhisperContext; use whisper_rs_sys as sys; use std::fs;", 0);
    check("gui/app", "use egui::Ui; use std::{fs, io}; use crate::files;", 2);
    check("format/srt", "fn f() { std::fs::read(\"\"); std::fmt::format(x) }", 1);
}
