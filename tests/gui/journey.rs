//! From a recording to files for the course, as a person goes, with the shipped model and with ten thousand cues.

use std::path::Path;
use std::sync::Arc;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use lectern::asr::CancelToken;
use lectern::audio::{Recording, write_wav};
use lectern::document::Document;
use lectern::gui::Engines;
use lectern::project;
use lectern::recognize::{Event, Progress, TranscribeError, TranscribeOptions, Transcriber, Warning};
use lectern::time::{MediaTime, TimeSpan};
use lectern::transcript::{Language, Segment, Transcript, Word};

use crate::desk::{Desk, Drive, Window, outline, rows};

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
/// A line that breaks the rules by its length alone.
const LONG: &str = "These are the words of a line that is too long";
/// More than there are steps to undo.
const ENOUGH: usize = 16;

#[cfg(feature = "whisper")]
#[test]
fn a_recording_becomes_files_for_the_course() {
    let desk = Desk::new();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/photosynthesis.flac");
    let mut samples = Vec::new();
    let mut recording = Recording::open(&sample).unwrap();
    while samples.len() < 20 * 16_000 && recording.read(&mut samples).unwrap() {}
    let path = desk.path("lecture.wav");
    write_wav(&path, &samples[..20 * 16_000]).unwrap();
    let mut window = desk.window(Some(&path), Engines::of_models());
    window.wait("it is being captioned", |window| window.query_by_label("is being captioned").is_some());
    window.wait("the captions are ready", is_ready);
    go(&desk, &mut window);
}

#[test]
fn ten_thousand_cues_become_files_for_the_course() {
    let desk = Desk::new();
    let path = desk.path("lecture.wav");
    write_wav(&path, &vec![0.1; 40 * 16_000]).unwrap();
    let engines = Engines::new(|_| Ok(Arc::new(Sentences(10_000))));
    let mut window = desk.window(Some(&path), engines);
    window.wait("the captions are ready", is_ready);
    assert!(window.query_by_label("The captions are ready: 10000 cues").is_some());
    go(&desk, &mut window);
}

fn is_ready(window: &Window) -> bool {
    window.query_by_label_contains("The captions are ready").is_some()
}

/// Corrects, undoes, redoes, replaces, repairs, exports, saves, closes and opens again.
fn go(desk: &Desk, window: &mut Window) {
    let (first, second) = (text(window, 1), text(window, 2));
    let end = length(window);
    window.keys(Modifiers::NONE, Key::Escape);
    correct(window);
    assert_eq!(text(window, 1), format!("{first} Indeed."));
    split_and_merge(window);
    assert_eq!(text(window, 1).replace('\n', " "), format!("{first} Indeed."));
    drag_edge(window);
    let dragged = length(window);
    assert_ne!(dragged, end);
    for _ in 0..ENOUGH {
        window.keys(CTRL, Key::Z);
    }
    assert_eq!((text(window, 1), length(window)), (first.clone(), end));
    for _ in 0..ENOUGH {
        window.keys(CTRL | SHIFT, Key::Z);
    }
    assert_eq!((text(window, 1), length(window)), (format!("{first} Indeed."), dragged));
    assert_eq!(text(window, 2), second);
    replace(window);
    assert_eq!(text(window, 1), format!("{first} In truth."));
    repair(window);
    let all = text_of(&export(desk, window));
    assert!(all.starts_with(&format!("{} In truth. ", first.replace('\n', " "))), "{all}");
    keep_and_open_again(desk, window, &all);
}

fn correct(window: &mut Window) {
    window.press_row(1);
    window.keys(Modifiers::NONE, Key::F2);
    window.typing(" Indeed.");
}

fn split_and_merge(window: &mut Window) {
    for _ in 0.."Indeed.".len() {
        window.keys(Modifiers::NONE, Key::ArrowLeft);
    }
    window.keys(Modifiers::ALT, Key::Enter);
    assert_eq!(text(window, 2), "Indeed.");
    window.keys(Modifiers::NONE, Key::Escape);
    window.press_row(1);
    window.keys(CTRL, Key::J);
}

fn drag_edge(window: &mut Window) {
    window.wait("the waveform is there", |window| window.query_by_label("Out-time of cue 1, drag").is_some());
    let from = window.get_by_label("Out-time of cue 1, drag").rect().center();
    window.drag_at(from);
    window.run_steps(2);
    for step in 1..=8 {
        window.hover_at(from - egui::vec2(5.0 * step as f32, 0.0));
        window.run_steps(1);
    }
    window.drop_at(from - egui::vec2(40.0, 0.0));
    window.run_steps(4);
}

fn replace(window: &mut Window) {
    window.keys(CTRL, Key::H);
    window.typing("Indeed");
    assert!(window.query_by_label("1 match").is_some());
    window.get_by_label("Replace with").focus();
    window.run_steps(2);
    window.typing("In truth");
    window.press("Replace all");
    window.press("Close find");
}

/// Breaks a rule and has it repaired.
fn repair(window: &mut Window) {
    window.press_row(2);
    window.keys(Modifiers::NONE, Key::F2);
    window.keys(CTRL, Key::A);
    window.typing(LONG);
    assert!(window.query_by_label_contains("Cue 2: 46 characters in a line").is_some());
    window.keys(CTRL, Key::Period);
    assert_eq!(text(window, 2), LONG, "words stay");
    let found = window.query_all_by_label_contains("characters in a line");
    assert_eq!(found.count(), 0, "{}", outline(window));
}

/// Exports and gives what is in the SubRip file.
fn export(desk: &Desk, window: &mut Window) -> String {
    window.keys(CTRL, Key::E);
    window.press("Export 2 files");
    window.wait("the files are written", |window| window.query_by_label("2 files written").is_some());
    let (srt, vtt) = (desk.read("lecture.srt"), desk.read("lecture.vtt"));
    let times = |text: &str| text.matches(" --> ").count();
    assert_eq!(times(&srt), times(&vtt));
    srt
}

/// The words of a SubRip file.
fn text_of(srt: &str) -> String {
    let is_text = |line: &&str| !line.contains(" --> ") && line.parse::<u32>().is_err() && !line.is_empty();
    srt.lines().filter(is_text).collect::<Vec<_>>().join(" ")
}

fn keep_and_open_again(desk: &Desk, window: &mut Window, words: &str) {
    desk.dialogs.answer(desk.path("lecture.lectern"));
    window.keys(CTRL, Key::S);
    window.wait("it is saved", |window| window.query_by_label("saved").is_some());
    let saved = load(desk, "lecture.lectern");
    let joined = saved.cues.iter().map(|cue| cue.text.replace('\n', " ")).collect::<Vec<_>>().join(" ");
    assert_eq!(joined, words);
    window.keys(CTRL, Key::W);
    assert_eq!(rows(window), 0);
    window.press("lecture.lectern");
    window.wait("it is open again", |window| rows(window) > 0);
    desk.dialogs.answer(desk.path("again.lectern"));
    window.keys(CTRL | SHIFT, Key::S);
    window.wait("it is saved again", |_| desk.path("again.lectern").exists());
    assert!(load(desk, "again.lectern") == saved, "the documents are equal");
}

fn load(desk: &Desk, name: &str) -> Document {
    project::load(&desk.path(name)).unwrap().project.document
}

fn text(window: &Window, row: usize) -> String {
    window.texts()[row - 1].clone()
}

/// The length of the first cue, as the row says it.
fn length(window: &Window) -> String {
    let label = crate::desk::label(window, 1);
    label.split(", ").find(|part| part.ends_with(" seconds long")).unwrap().to_owned()
}

/// Says so many sentences at once, each of four seconds.
struct Sentences(i64);

impl Transcriber for Sentences {
    fn transcribe(
        &self,
        _: Recording,
        _: &TranscribeOptions,
        cancel: &CancelToken,
        on_event: &mut dyn FnMut(Event),
    ) -> Result<(Transcript, Vec<Warning>), TranscribeError> {
        let total = Some(MediaTime::from_millis(4000 * self.0));
        let mut transcript = Transcript { language: Language::new("en"), ..Transcript::default() };
        on_event(Event::LanguageDetected { language: transcript.language.clone(), scores: Vec::new() });
        for n in 0..self.0 {
            if cancel.is_cancelled() {
                return Err(TranscribeError::Cancelled);
            }
            let segment = sentence(n);
            on_event(Event::Recognized(segment.clone()));
            on_event(Event::Progress(Progress { done: segment.span().end, total }));
            transcript.duration = segment.span().end;
            transcript.segments.push(segment);
        }
        Ok((transcript, Vec::new()))
    }
}

fn sentence(n: i64) -> Segment {
    let text = format!("This is sentence {}.", n + 1);
    let word = |(at, word): (usize, &str)| Word {
        probability: 0.9,
        ..Word::new(word, TimeSpan::from_millis(4000 * n + 500 * at as i64, 4000 * n + 500 * at as i64 + 450))
    };
    Segment { words: text.split(' ').enumerate().map(word).collect(), ..Segment::default() }
}
