//! Captions of recordings, with a recognizer that follows a script.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use egui_kittest::kittest::Queryable;
use lectern::asr::{CancelToken, RecognizeError, Recognizer, Request};
use lectern::audio::{AudioWarning, Recording, write_wav};
use lectern::gui::Engines;
use lectern::session::{Event, TranscribeError, TranscribeOptions, Transcriber, transcribe};
use lectern::time::TimeSpan;
use lectern::transcript::{Language, Segment, Transcript, Word};
use lectern::vad::{FRAME_SAMPLES, VoiceActivityDetector};

use crate::desk::{Desk, Drive, rows};

/// Takes loud frames for speech.
#[derive(Clone)]
struct Loudness;

impl VoiceActivityDetector for Loudness {
    fn speech_probability(&mut self, frame: &[f32; FRAME_SAMPLES]) -> f32 {
        f32::from(frame.iter().any(|sample| sample.abs() > 0.1))
    }
}

/// Hears a sentence every five seconds; where there is a gate, the second window and all later ones wait until it opens.
struct Sentences {
    gate: Option<Arc<AtomicBool>>,
    windows: usize,
}

impl Recognizer for Sentences {
    fn detect_language(&mut self, _: &[f32]) -> Result<Vec<(Language, f32)>, RecognizeError> {
        Ok(vec![(Language::new("en"), 1.0)])
    }

    fn recognize(
        &mut self,
        samples: &[f32],
        _: &Request,
        cancel: &CancelToken,
    ) -> Result<Segment, RecognizeError> {
        self.windows += 1;
        let closed = || self.gate.as_ref().is_some_and(|gate| !gate.load(Ordering::SeqCst));
        while self.windows > 1 && closed() && !cancel.is_cancelled() {
            std::thread::sleep(Duration::from_millis(1));
        }
        if cancel.is_cancelled() {
            return Err(RecognizeError::Cancelled);
        }
        let length = samples.len() as i64 / 16;
        let words = 5 * ((length + 2500) / 5000).max(1);
        let text = ["So", "this", "is", "one", "sentence."];
        let word = |n: i64| Word {
            text: text[n as usize % 5].to_owned(),
            span: TimeSpan::from_millis(n * length / words, (n + 1) * length / words),
            probability: if n % 5 == 3 { 0.2 } else { 0.9 },
            space_before: true,
        };
        Ok(Segment { words: (0..words).map(word).collect(), ..Segment::default() })
    }
}

struct Scripted(Option<Arc<AtomicBool>>);

impl Transcriber for Scripted {
    fn transcribe(
        &self,
        recording: Recording,
        options: &TranscribeOptions,
        cancel: &CancelToken,
        on_event: &mut dyn FnMut(Event),
    ) -> Result<(Transcript, Vec<AudioWarning>), TranscribeError> {
        let options = TranscribeOptions { threads: std::num::NonZeroUsize::MIN, ..options.clone() };
        let make = || Ok(Sentences { gate: self.0.clone(), windows: 0 });
        transcribe(recording, Loudness, make, &options, cancel, on_event)
    }
}

fn engines(gate: Option<Arc<AtomicBool>>) -> Engines {
    Engines::new(move |_| Ok(Arc::new(Scripted(gate.clone()))))
}

/// Two minutes: five seconds of noise, five of silence.
fn recording(desk: &Desk) -> PathBuf {
    let path = desk.path("lecture.wav");
    let sample =
        |n: usize| if (n / 80_000).is_multiple_of(2) { if n % 40 < 20 { 0.5 } else { -0.5 } } else { 0.0 };
    write_wav(&path, &(0..120 * 16_000).map(sample).collect::<Vec<f32>>()).unwrap();
    path
}

#[test]
fn a_recording_is_captioned_and_can_be_corrected() {
    let desk = Desk::new();
    let mut window = desk.window(Some(&recording(&desk)), engines(None));
    window.wait("the captions are ready", |window| {
        window.query_by_label_contains("The captions are ready").is_some()
    });
    assert!(rows(&window) > 1);
    assert_eq!(window.texts()[0], "So this is one sentence.");
    assert!(window.query_by_label("not saved").is_some());
    window.command("Next doubtful word");
    window.typing("a");
    assert_eq!(window.texts()[0], "So this is a sentence.", "the doubtful word was selected");
}

#[test]
fn cancelling_keeps_what_is_done() {
    let desk = Desk::new();
    let gate = Arc::new(AtomicBool::new(false));
    let mut window = desk.window(Some(&recording(&desk)), engines(Some(gate)));
    window.wait("the first cues are there", |window| rows(window) > 0);
    assert!(window.query_by_label("is being captioned").is_some());
    let before = window.texts();
    window.press("Stop");
    window.wait("it stopped", |window| window.query_by_label("Start again").is_some());
    assert_eq!(window.texts(), before);
    window.press_row(1);
    window.keys(egui::Modifiers::NONE, egui::Key::F2);
    window.typing(" Really.");
    assert_eq!(window.texts()[0], "So this is one sentence. Really.");
}

#[test]
fn what_is_no_recording_is_told_and_can_be_tried_again() {
    let desk = Desk::new();
    let file = desk.write("noise.mp3", "this is no sound");
    let mut window = desk.window(Some(&file), engines(None));
    window.wait("it is told", |window| window.query_by_label("Try again").is_some());
    assert!(window.query_by_label("Open file").is_some(), "the start page is there");
}
