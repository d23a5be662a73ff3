//! How long frames of the window take with ten thousand cues and three hours of sound, drawn without a screen, and how
//! much memory that needs. Run with `cargo bench --bench window`.

#![expect(clippy::print_stdout, reason = "what a bench is run for")]

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use lectern::asr::{CancelToken, RecognizeError};
use lectern::audio::Recording;
use lectern::document::{Cue, CueId, Document};
use lectern::gui::{Answer, App, Dialogs, Engines, Question, Services};
use lectern::project::{self, MediaReference, Project};
use lectern::recognize;
use lectern::recognize::{Progress, TranscribeError, TranscribeOptions, Transcriber, Warning};
use lectern::settings::Settings;
use lectern::time::{MediaTime, TimeSpan};
use lectern::transcript::{Language, Segment, Transcript, Word};

const CUES: i64 = 10_000;
const MILLIS: i64 = 3 * 3600 * 1000;
const FRAMES: usize = 600;

type Window = Harness<'static, App>;

fn main() {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let recording = folder.path().join("lecture.wav");
    write_sound(&recording);
    let file = folder.path().join("lecture.lectern");
    let media = MediaReference::to(&recording).expect("the recording that was just written");
    project::save(&Project { document: document(), media: Some(media), ..Project::default() }, &file)
        .expect("a project file");
    edit(folder.path(), &file);
    transcribe(folder.path(), &recording);
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = status.lines().filter(|line| line.starts_with("VmHWM") || line.starts_with("VmRSS"));
    println!("memory: {}", memory.collect::<Vec<_>>().join(", "));
}

fn edit(folder: &Path, file: &Path) {
    let begun = Instant::now();
    let mut window = open(folder, file, Engines::new(|_| Err(RecognizeError::NoBackend.into())));
    until(&mut window, |window| window.query_all_by_role(Role::ListBoxOption).next().is_some());
    println!("opened in {:.0} ms", 1000.0 * begun.elapsed().as_secs_f64());
    until(&mut window, |window| window.query_by_label_contains("reading the sound").is_none());
    measure("at rest", &mut window, |_, _| ());
    measure("the playhead moves", &mut window, |window, _| press(window, Modifiers::ALT, Key::ArrowRight));
    measure("down the list", &mut window, |window, _| press(window, Modifiers::NONE, Key::ArrowDown));
    press(&mut window, Modifiers::NONE, Key::F2);
    measure("typing", &mut window, |window, frame| {
        window.event(Event::Text(if frame % 6 == 5 { " " } else { "a" }.to_owned()));
    });
    for _ in 0..24 {
        press(&mut window, Modifiers::ALT, Key::Minus);
    }
    measure("all cues in the waveform", &mut window, |window, _| {
        press(window, Modifiers::ALT, Key::ArrowRight);
    });
}

fn transcribe(folder: &Path, recording: &Path) {
    let engines = Engines::new(|_| Ok(Arc::new(Sentences)));
    let mut window = open(folder, recording, engines);
    measure("cues arrive", &mut window, |_, _| ());
    until(&mut window, |window| window.query_by_label_contains("The captions are ready").is_some());
}

fn open(folder: &Path, file: &Path, engines: Engines) -> Window {
    let services = Services {
        engines,
        dialogs: Box::new(NoDialogs),
        settings_file: None,
        page_file: None,
        voices_file: None,
        recovery_folder: Some(folder.join("recovery")),
        sound_folder: Some(folder.join("sound")),
        dictionary_folders: Vec::new(),
        recording_folder: None,
        queue_folder: None,
        system_language: None,
        ..Services::default()
    };
    let file = Some(file.to_owned());
    Harness::builder()
        .with_size([1920.0, 1080.0])
        .build_eframe(|creation| App::new(&creation.egui_ctx, services, Settings::default(), file))
}

fn until(window: &mut Window, mut is: impl FnMut(&Window) -> bool) {
    while !is(window) {
        window.step();
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_down_modifiers(modifiers, key);
}

/// Draws frames, each after something was done, and tells how long they took with their triangles.
fn measure(what: &str, window: &mut Window, mut act: impl FnMut(&mut Window, usize)) {
    let mut times = Vec::with_capacity(FRAMES);
    for frame in 0..FRAMES {
        act(window, frame);
        let begun = Instant::now();
        window.step();
        let output = window.output();
        let triangles = window.ctx.tessellate(output.shapes.clone(), output.pixels_per_point);
        times.push(1000.0 * begun.elapsed().as_secs_f64());
        drop(triangles);
    }
    times.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "{what:24} median {:6.2} ms, 95 % within {:6.2} ms, at most {:6.2} ms",
        at(0.5),
        at(0.95),
        at(1.0)
    );
}

fn document() -> Document {
    let cue = |n: i64| {
        let words = sentence(n).words;
        let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let span = TimeSpan::new(words[0].span.start, words[words.len() - 1].span.end);
        Cue { id: CueId(n as u64 + 1), span, text, words, ..Cue::default() }
    };
    Document {
        title: "Three hours".to_owned(),
        language: Language::new("en"),
        cues: (0..CUES).map(cue).collect(),
        segments: (0..CUES).map(sentence).collect(),
        ..Document::default()
    }
}

fn sentence(n: i64) -> Segment {
    let length = MILLIS / CUES;
    let word = |(at, text): (i64, &str)| Word {
        probability: if (n + at) % 9 == 0 { 0.3 } else { 0.9 },
        ..Word::new(
            text,
            TimeSpan::from_millis(n * length + at * length / 4, n * length + (at + 1) * length / 4 - 20),
        )
    };
    let text = [["This", "is", "so", "short."], ["Plants", "eat", "the", "light."]][n as usize % 2];
    Segment { words: (0..).zip(text).map(word).collect(), ..Segment::default() }
}

/// Noise that swells once a second.
fn write_sound(path: &Path) {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 16_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, spec).expect("a new file");
    let mut state = 1_u32;
    for n in 0..MILLIS * 16 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let swell = (n % 16_000) as i32;
        writer
            .write_sample((((state >> 16) as i32 - 32_768) * swell / 32_000) as i16)
            .expect("room on the disk");
    }
    writer.finalize().expect("room on the disk");
}

/// Hears a sentence as often as the window takes it.
struct Sentences;

impl Transcriber for Sentences {
    fn transcribe(
        &self,
        _: Recording,
        _: &TranscribeOptions,
        _: &CancelToken,
        on_event: &mut dyn FnMut(recognize::Event),
    ) -> Result<(Transcript, Vec<Warning>), TranscribeError> {
        let total = Some(MediaTime::from_millis(MILLIS));
        let segments: Vec<_> = (0..CUES).map(sentence).collect();
        for segment in &segments {
            on_event(recognize::Event::Recognized(segment.clone()));
            on_event(recognize::Event::Progress(Progress { done: segment.span().end, total }));
            std::thread::sleep(Duration::from_millis(1));
        }
        let duration = MediaTime::from_millis(MILLIS);
        let language = Language::new("en");
        Ok((Transcript { language, duration, segments, ..Transcript::default() }, Vec::new()))
    }
}

struct NoDialogs;

impl Dialogs for NoDialogs {
    fn ask(&self, _: &Question) -> Answer {
        Box::pin(async { Ok(Vec::new()) })
    }
}
