//! The queue of recordings, with workers that follow a script.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use lectern::asr::{CancelToken, Vocabulary};
use lectern::audio::{Recording, write_wav};
use lectern::batch::{
    CachedTranscriber, JobError, JobOptions, Message, Order, Record, WindowStore, WorkError, Worker, perform,
};
use lectern::format::WriteOptions;
use lectern::gui::{BatchBackend, BatchSetup, QueueError, QueueOptions};
use lectern::project::load;
use lectern::recognize::{Event, Progress, TranscribeError, TranscribeOptions, Warning};
use lectern::time::{MediaTime, TimeSpan};
use lectern::transcript::{Language, Segment, Transcript, Word};

use crate::desk::{Desk, Drive, Window, rows};

/// Hears one sentence in every recording.
struct Sentence;

impl CachedTranscriber for Sentence {
    fn transcribe(
        &self,
        mut recording: Recording,
        _: &TranscribeOptions,
        _: &WindowStore,
        _: &CancelToken,
        _: &mut dyn FnMut(Event),
    ) -> Result<(Transcript, Vec<Warning>), TranscribeError> {
        recording.read(&mut Vec::new()).map_err(TranscribeError::Audio)?;
        let word = |(n, text): (i64, &str)| Word {
            probability: 0.9,
            ..Word::new(text, TimeSpan::from_millis(400 * n, 400 * n + 300))
        };
        let words = (0..).zip(["All", "of", "this", "was", "said."]).map(word).collect();
        let transcript = Transcript {
            language: Language::new("en"),
            duration: MediaTime::from_millis(4000),
            segments: vec![Segment { words, ..Segment::default() }],
            voices: None,
            language_scores: Vec::new(),
        };
        Ok((transcript, Vec::new()))
    }
}

/// What the test knows of the workers, and tells them.
#[derive(Default)]
struct Floor {
    /// Recordings in the sequence in which they were begun.
    begun: Mutex<Vec<String>>,
    /// What they were last told to read beforehand.
    prompt: Mutex<Option<String>>,
    /// Workers get stuck in the middle of a recording while this is set.
    is_stuck: AtomicBool,
    opened: AtomicUsize,
}

struct OnFloor {
    floor: Arc<Floor>,
    options: JobOptions,
}

impl Worker for OnFloor {
    fn perform(
        &mut self,
        order: &Order,
        wanted: &dyn Fn() -> bool,
        tell: &mut dyn FnMut(Message),
    ) -> Result<Record, WorkError> {
        self.floor.begun.lock().unwrap().push(name(&order.job.input));
        let vocabulary = self.options.transcribe.request.vocabulary.as_ref();
        *self.floor.prompt.lock().unwrap() = vocabulary.map(Vocabulary::prompt);
        let half = MediaTime::from_millis(2000);
        tell(Message::Progress(Progress { done: half, total: Some(MediaTime::from_millis(4000)) }));
        while self.floor.is_stuck.load(Ordering::SeqCst) {
            if !wanted() {
                return Err(WorkError::Cancelled);
            }
            thread::sleep(Duration::from_millis(2));
        }
        perform(order, &Sentence, &self.options, &CancelToken::default(), &mut |_| ()).map_err(|error| {
            match error {
                JobError::Cancelled => WorkError::Cancelled,
                error => WorkError::Failed(error.to_failure()),
            }
        })
    }
}

struct Scripted(Arc<Floor>);

impl BatchBackend for Scripted {
    fn open(&self, options: &QueueOptions, _: usize) -> Result<BatchSetup, QueueError> {
        self.0.opened.fetch_add(1, Ordering::SeqCst);
        let floor = Arc::clone(&self.0);
        let options = JobOptions {
            transcribe: options.transcribe.clone(),
            write: WriteOptions::default(),
            hiding: options.hiding.clone(),
        };
        Ok(BatchSetup {
            recognition: "scripted".to_owned(),
            options: options.clone(),
            workers: NonZeroUsize::MIN,
            make_worker: Box::new(move || {
                Box::new(OnFloor { floor: Arc::clone(&floor), options: options.clone() })
            }),
        })
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// A window on a desk with recordings of so many seconds, and a file that is none.
fn course(desk: &Desk, lengths: &[(&str, usize)]) -> (Window, Arc<Floor>) {
    std::fs::create_dir(desk.path("course")).unwrap();
    for (name, seconds) in lengths {
        write_wav(&recording(desk, name), &vec![0.1; 16_000 * seconds]).unwrap();
    }
    let floor = Arc::new(Floor::default());
    let batch_backend = Arc::new(Scripted(Arc::clone(&floor)));
    (desk.window_of(None, |services| services.batch_backend = batch_backend), floor)
}

fn recording(desk: &Desk, name: &str) -> PathBuf {
    desk.path("course").join(name)
}

fn add(window: &mut Window, desk: &Desk, path: PathBuf, first: &str) {
    desk.dialogs.answer(path);
    window.command("Add a folder to the queue");
    window.wait("they are in the queue", |window| window.query_by_label(first).is_some());
}

#[test]
fn a_folder_is_captioned_and_its_results_open() {
    let desk = Desk::new();
    let (mut window, _) = course(&desk, &[("one.wav", 4), ("two.wav", 8)]);
    desk.write("course/broken.mp3", "no sound");
    add(&mut window, &desk, desk.path("course"), "broken.mp3");
    window.press("Start or pause the queue");
    window.wait("the queue is done", |window| {
        window.query_by_label_contains("could not be captioned").is_some()
    });
    assert!(window.query_by_label_contains("2 of 3 recordings done").is_some());
    assert!(desk.read("course/one.srt").contains("All of this was said."));
    assert!(desk.read("course/two.vtt").starts_with("WEBVTT"));
    assert!(window.query_by_label("Try again: broken.mp3").is_some());
    window.press("Open the captions of two.wav");
    window.wait("they are open", |window| rows(window) > 0);
    assert_eq!(window.texts(), ["All of this was said."]);
    // The file that is opened is announced, too, in the words of the title.
    let named = window.query_all_by_label("two.lectern").next().is_some();
    assert!(named, "not the captions, which tell less");
    let project = load(&desk.path("course/two.lectern")).unwrap().project;
    assert_eq!((project.document.language.tag(), project.document.segments.len()), ("en", 1));
    assert_eq!(project.document.cues[0].words.len(), 5);
    assert!(project.media.unwrap().is_at(&recording(&desk, "two.wav")));
}

#[test]
fn a_project_that_was_corrected_is_left_as_it_is() {
    let desk = Desk::new();
    let (mut window, floor) = course(&desk, &[("a.wav", 4)]);
    add(&mut window, &desk, desk.path("course"), "a.wav");
    window.press("Start or pause the queue");
    window.wait("the queue is done", |window| window.query_by_label_contains("The queue is done").is_some());
    window.press("Open the captions of a.wav");
    window.wait("they are open", |window| rows(window) > 0);
    window.press_row(1);
    window.keys(Modifiers::NONE, Key::F2);
    window.typing(" Really.");
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait("it is saved", |window| window.query_by_label("saved").is_some());
    let corrected = desk.read("course/a.lectern");
    add(&mut window, &desk, desk.path("course"), "a.wav");
    window.wait("it waits again", |window| window.query_by_label("Waiting").is_some());
    window.press("Start or pause the queue");
    window.wait("it is left", |window| window.query_by_label_contains("were corrected").is_some());
    assert_eq!((desk.read("course/a.lectern"), floor.begun.lock().unwrap().len()), (corrected, 1));
    window.press("Open the captions of a.wav");
    window.wait("the project is open", |window| rows(window) > 0);
    assert_eq!(window.texts(), ["All of this was said. Really."]);
}

#[test]
fn names_and_terms_are_told_to_the_workers() {
    let desk = Desk::new();
    desk.write("settings.toml", "vocabulary = \"Ada Lovelace\\nanalytical engine\"\n");
    let (mut window, floor) = course(&desk, &[("one.wav", 4)]);
    add(&mut window, &desk, desk.path("course"), "one.wav");
    window.press("Start or pause the queue");
    window.wait("the queue is done", |window| window.query_by_label_contains("The queue is done").is_some());
    assert_eq!(floor.prompt.lock().unwrap().as_deref(), Some("Ada Lovelace, analytical engine."));
}

#[test]
fn words_are_hidden_in_captions_but_not_in_the_project() {
    let desk = Desk::new();
    let (mut window, _) = course(&desk, &[("one.wav", 4)]);
    add(&mut window, &desk, desk.path("course"), "one.wav");
    window.press("Hide: nothing");
    window.get_by_label_contains("Words to hide").focus();
    window.run_steps(2);
    window.typing("this");
    window.press("Leave them out");
    window.keys(Modifiers::NONE, Key::Escape);
    assert!(window.query_by_label("Hide: listed words").is_some());
    window.press("Start or pause the queue");
    window.wait("the queue is done", |window| window.query_by_label_contains("The queue is done").is_some());
    let srt = desk.read("course/one.srt");
    assert!(srt.contains("All of was said."), "{srt}");
    let project = load(&desk.path("course/one.lectern")).unwrap().project;
    assert_eq!(project.document.cues[0].text, "All of this was said.");
}

/// A file that is dropped on the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("only its path is of interest".to_owned())
    }
}

#[test]
fn several_files_that_are_dropped_come_into_the_queue_and_wait_there() {
    let desk = Desk::new();
    let (mut window, floor) = course(&desk, &[("a.wav", 4), ("b.wav", 8)]);
    for name in ["a.wav", "b.wav"] {
        window.input_mut().dropped_files.push(Arc::new(Dropped(recording(&desk, name))));
    }
    window.wait("they are in the queue", |window| window.query_by_label("b.wav").is_some());
    window.wait("they are kept", |_| {
        desk.path("settings.toml").exists() && desk.read("settings.toml").contains("b.wav")
    });
    drop(window);
    let mut again = desk.window_of(None, |_| ());
    again.command("Queue of recordings");
    again.wait("they wait again", |window| window.query_by_label("b.wav").is_some());
    assert!(floor.begun.lock().unwrap().is_empty(), "nothing begins by itself");
}

#[test]
fn the_sequence_can_be_changed() {
    let desk = Desk::new();
    let (mut window, floor) = course(&desk, &[("a.wav", 4), ("b.wav", 12), ("c.wav", 8)]);
    add(&mut window, &desk, desk.path("course"), "a.wav");
    window.press("Move c.wav up");
    window.press("Move c.wav up");
    window.press("Start or pause the queue");
    window.wait("the queue is done", |window| window.query_by_label_contains("The queue is done").is_some());
    assert_eq!(*floor.begun.lock().unwrap(), ["c.wav", "a.wav", "b.wav"], "not the longest first");
}

#[test]
fn a_queue_that_is_paused_goes_on_later() {
    let desk = Desk::new();
    let (mut window, floor) = course(&desk, &[("a.wav", 4), ("b.wav", 4)]);
    floor.is_stuck.store(true, Ordering::SeqCst);
    add(&mut window, &desk, desk.path("course"), "a.wav");
    window.press("Start or pause the queue");
    window.wait("half is done", |window| window.query_by_label_contains("50 %").is_some());
    window.press("Start or pause the queue");
    window.wait("it rests", |window| window.query_by_label_contains("waiting for you to start").is_some());
    assert!(!desk.path("course/a.srt").exists());
    floor.is_stuck.store(false, Ordering::SeqCst);
    window.press("Start or pause the queue");
    window.wait("the queue is done", |window| window.query_by_label_contains("The queue is done").is_some());
    assert_eq!(*floor.begun.lock().unwrap(), ["a.wav", "a.wav", "b.wav"]);
}

/// Whether the window has closed in the last frame.
fn is_closing(window: &Window) -> bool {
    let commands = window.output().viewport_output.values().flat_map(|output| &output.commands);
    commands.into_iter().any(|command| *command == egui::ViewportCommand::Close)
}

#[test]
fn closing_asks_once_about_captions_and_queue_and_a_cancel_loses_neither() {
    let desk = Desk::new();
    let (mut window, floor) = course(&desk, &[("a.wav", 4)]);
    floor.is_stuck.store(true, Ordering::SeqCst);
    add(&mut window, &desk, desk.path("course"), "a.wav");
    window.press("Start or pause the queue");
    window.wait("it works", |window| window.query_by_label_contains("50 %").is_some());
    // These are not saved in place.
    desk.dialogs.answer(desk.write("lecture.sbv", "0:00:01.000,0:00:03.000\nGood morning.\n"));
    window.keys(Modifiers::COMMAND, Key::O);
    window.wait("captions are open", |window| rows(window) > 0);
    window.press_row(1);
    window.keys(Modifiers::NONE, Key::F2);
    window.typing(" Changed.");

    window.keys(Modifiers::COMMAND, Key::Q);
    assert!(window.query_by_label("Save your changes?").is_some());
    assert!(window.query_by_label_contains("the rest waits in the queue").is_some());
    window.press("Cancel");
    assert_eq!(window.texts(), ["Good morning. Changed."]);
    assert!(window.query_by_label("\u{25b6} Queue: 0 of 1").is_some(), "it works on");

    // The dialog for a file name is closed without one.
    window.keys(Modifiers::COMMAND, Key::Q);
    window.press("Save");
    window.run_steps(20);
    assert_eq!(window.texts(), ["Good morning. Changed."]);
    desk.dialogs.answer(desk.path("lecture.lectern"));
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait("it is saved", |window| window.query_by_label("saved").is_some());
    assert_eq!(rows(&window), 1, "only saving was asked for this time");

    window.keys(Modifiers::COMMAND, Key::Q);
    assert!(window.query_by_label("Pause the queue and close?").is_some());
    window.press("Go on");
    assert_eq!(rows(&window), 1);
    window.keys(Modifiers::NONE, Key::F2);
    window.typing("!");
    window.keys(Modifiers::COMMAND, Key::Q);
    window.get_by_label("Do not save").click();
    let mut closes = false;
    for _ in 0..8 {
        window.step();
        closes |= is_closing(&window);
    }
    assert!(closes, "there is no second question");
    window.command("Queue of recordings");
    window.wait("it rests", |window| window.query_by_label_contains("waiting for you to start").is_some());
}

#[test]
fn a_lecture_that_is_recorded_comes_first() {
    let desk = Desk::new();
    let (window, floor) = course(&desk, &[("a.wav", 4)]);
    drop(window);
    floor.is_stuck.store(true, Ordering::SeqCst);
    let (backend, batch_backend) =
        (crate::record::Scripted::new(&[30]), Arc::new(Scripted(Arc::clone(&floor))));
    let mut window = desk.window_of(None, |services| {
        (services.backend, services.batch_backend) = (backend, batch_backend);
    });
    add(&mut window, &desk, desk.path("course"), "a.wav");
    window.press("Start or pause the queue");
    window.wait("it works", |window| window.query_by_label_contains("50 %").is_some());
    window.command("Record a lecture");
    window.wait("the microphone is tried", |window| window.query_by_label_contains("Checking for").is_some());
    window.press("Start recording");
    window.command("Queue of recordings");
    window.wait("it rests", |window| window.query_by_label_contains("waiting for you to start").is_some());
}

#[test]
fn what_comes_while_it_runs_is_done_too_and_what_is_removed_is_not() {
    let desk = Desk::new();
    let (mut window, floor) = course(&desk, &[("a.wav", 4), ("b.wav", 4)]);
    floor.is_stuck.store(true, Ordering::SeqCst);
    add(&mut window, &desk, desk.path("course"), "a.wav");
    window.press("Start or pause the queue");
    window.wait("it works", |window| window.query_by_label_contains("50 %").is_some());
    window.press("Remove b.wav");
    std::fs::create_dir(desk.path("more")).unwrap();
    write_wav(&desk.path("more/c.wav"), &vec![0.1; 64_000]).unwrap();
    add(&mut window, &desk, desk.path("more"), "c.wav");
    floor.is_stuck.store(false, Ordering::SeqCst);
    window.wait("the queue is done", |window| window.query_by_label_contains("The queue is done").is_some());
    assert_eq!(*floor.begun.lock().unwrap(), ["a.wav", "c.wav"]);
}

#[test]
fn captions_that_are_there_are_replaced_only_when_asked() {
    let desk = Desk::new();
    let (mut window, floor) = course(&desk, &[("a.wav", 4)]);
    desk.write("course/a.srt", "1\n00:00:01,000 --> 00:00:02,000\nMine.\n");
    add(&mut window, &desk, recording(&desk, "a.wav"), "a.wav");
    window.press("Start or pause the queue");
    window.wait("it is left", |window| window.query_by_label_contains("already has captions").is_some());
    assert!(desk.read("course/a.srt").contains("Mine."));
    window.wait("the queue is done", |window| window.query_by_label_contains("The queue is done").is_some());
    window.press("Replace: a.wav");
    window.wait("it is done", |window| window.query_by_label_contains("1 cue").is_some());
    assert!(desk.read("course/a.srt").contains("All of this was said."));
    assert_eq!(floor.opened.load(Ordering::SeqCst), 2);
}
