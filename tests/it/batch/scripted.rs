//! A folder of recordings, and a transcriber without a model that counts what it is asked.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use lectern::asr::{CancelToken, RecognizeError, Recognizer, Request};
use lectern::audio::Recording;
use lectern::batch::{
    CachedTranscriber, Destination, Job, JobOptions, JobSource, Listed, Message, Order, Remembering, Store,
    WindowStore, WorkError, Worker, jobs, perform, settings_digest,
};
use lectern::format::{WriteOptions, by_name};
use lectern::hide::Hiding;
use lectern::recognize::{Event, TranscribeError, TranscribeOptions, Warning, transcribe};
use lectern::transcript::{Language, Segment, Transcript};
use tempfile::TempDir;

use crate::recognize::{Loudness, recording, request, word};

/// Hears a word in every second of a window, named after the window's length.
pub struct Listening<'a> {
    pub calls: &'a AtomicUsize,
}

impl Recognizer for Listening<'_> {
    fn detect_language(
        &mut self,
        _: &[f32],
        _: &CancelToken,
    ) -> Result<Vec<(Language, f32)>, RecognizeError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        Ok(vec![(Language::new("en"), 0.9)])
    }

    fn recognize(
        &mut self,
        samples: &[f32],
        _: &Request,
        _: &CancelToken,
    ) -> Result<Segment, RecognizeError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let seconds = samples.len() as i64 / 16_000;
        let words = (0..seconds).map(|second| word(&format!("{}-{second}", samples.len()), second * 1000));
        Ok(Segment { words: words.collect(), average_log_probability: -0.125, ..Segment::default() })
    }
}

/// Listens without a model.
#[derive(Default)]
pub struct Scripted {
    pub calls: AtomicUsize,
}

impl CachedTranscriber for Scripted {
    fn transcribe(
        &self,
        recording: Recording,
        options: &TranscribeOptions,
        windows: &WindowStore,
        cancel: &CancelToken,
        on_event: &mut dyn FnMut(Event),
    ) -> Result<(Transcript, Vec<Warning>), TranscribeError> {
        let listening = || Ok(Listening { calls: &self.calls });
        let make = || Ok(Remembering::new(windows, listening));
        transcribe(recording, Loudness, make, options, cancel, on_event)
    }
}

/// A folder with recordings.
pub struct Tree {
    pub folder: TempDir,
    pub store: Store,
}

impl Tree {
    /// Recordings `0.wav`, `1.wav` and so on, of as many sentences of one to three seconds. No two windows sound the
    /// same: those that do are recognized once.
    pub fn new(sentences: &[usize]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (number, &sentences) in sentences.iter().enumerate() {
            let length = |sentence| 1504 + 32 * ((31 * number + 17 * sentence) % 61);
            let stretches: Vec<_> = (0..sentences).flat_map(|sentence| [length(sentence), 512]).collect();
            let (_kept, path) = recording(&stretches);
            fs::copy(path, folder.path().join(format!("{number}.wav"))).unwrap();
        }
        let store = Store::create(&folder.path().join(".lectern")).unwrap();
        Self { folder, store }
    }

    pub fn orders(&self) -> Vec<Order> {
        let mut files: Vec<_> =
            fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "wav"));
        files.sort();
        self.orders_for(files)
    }

    pub fn orders_for(&self, files: Vec<PathBuf>) -> Vec<Order> {
        let formats = [by_name("srt").unwrap(), by_name("json").unwrap()];
        let to =
            Destination { folder: None, formats: &formats, with_project: false, base: self.store.base() };
        let source = |path| JobSource { listed: Listed::of(path), root: self.folder.path().to_owned() };
        let sources = files.into_iter().map(source).collect();
        let (jobs, _) = jobs(sources, to, &mut |_| Ok(None));
        jobs.into_iter().map(|job| self.order(job)).collect()
    }

    fn order(&self, job: Job) -> Order {
        Order {
            settings: settings_digest(&job, &options(), "scripted"),
            state: self.store.folder().to_owned(),
            recognition: "scripted".to_owned(),
            overwrite: false,
            job,
        }
    }

    /// The captions by their names.
    pub fn captions(&self) -> BTreeMap<String, Vec<u8>> {
        captions(self.folder.path())
    }

    /// How many files there are below a folder of the state.
    pub fn count(&self, folder: &str) -> usize {
        walk(&self.store.folder().join(folder)).len()
    }
}

pub fn captions(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let is_caption = |path: &PathBuf| {
        path.extension()
            .is_some_and(|extension| ["srt", "vtt", "json"].iter().any(|known| extension == *known))
    };
    let relative = |path: &Path| path.strip_prefix(folder).unwrap().display().to_string();
    let visible = walk(folder).into_iter().filter(|path| !relative(path).starts_with(".lectern"));
    visible.filter(is_caption).map(|path| (relative(&path), fs::read(&path).unwrap())).collect()
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}

pub fn options() -> JobOptions {
    let transcribe = TranscribeOptions { request: request(None), ..crate::recognize::options(1) };
    JobOptions { transcribe, write: WriteOptions::default(), hiding: Hiding::default() }
}

/// Works in this process, and counts what it does.
pub struct InProcess<'a> {
    pub transcriber: &'a Scripted,
    pub done: &'a Mutex<Vec<String>>,
    /// Names of recordings that take the worker down so many times.
    pub crashes: &'a Mutex<BTreeMap<String, usize>>,
}

impl Worker for InProcess<'_> {
    fn perform(
        &mut self,
        order: &Order,
        wanted: &dyn Fn() -> bool,
        tell: &mut dyn FnMut(Message),
    ) -> Result<lectern::batch::Record, WorkError> {
        let name = order.job.input.file_name().unwrap().to_str().unwrap().to_owned();
        if let Some(left) = self.crashes.lock().unwrap().get_mut(&name).filter(|left| **left > 0) {
            *left -= 1;
            return Err(WorkError::Crashed(lectern::batch::ProcessEnd {
                signal: Some(6),
                ..Default::default()
            }));
        }
        let cancel = CancelToken::default();
        let mut on_event = |event| {
            if !wanted() {
                cancel.cancel();
            }
            if let Event::Progress(progress) = event {
                tell(Message::Progress(progress));
            }
        };
        match perform(order, self.transcriber, &options(), &cancel, &mut on_event) {
            Ok(record) => {
                self.done.lock().unwrap().push(name);
                Ok(record)
            }
            Err(lectern::batch::JobError::Cancelled) => Err(WorkError::Cancelled),
            Err(error) => Err(WorkError::Failed(error.to_failure())),
        }
    }
}
