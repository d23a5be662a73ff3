//! Lectures that are recorded, with a source and a recognizer that follow a script.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crossbeam::channel::RecvTimeoutError;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use lectern::asr::catalog::{Catalog, CatalogEntry};
use lectern::asr::locate::ModelRequest;
use lectern::asr::{CancelToken, RecognizeError, Recognizer, Request, Vocabulary};
use lectern::audio::capture::{CaptureError, InputChoice, InputDevice, InputFormat};
use lectern::gui::{LiveModel, RecordingBackend};
use lectern::live::{LiveEvent, LiveFiles, Source, SourceError, Stability};
use lectern::recognize::{EngineError, EngineRequest};
use lectern::transcript::{Language, Segment};

use crate::desk::{Desk, Drive, Window, rows, write_terms};
use crate::stage::{Reader, Stage, english, lecture, texts};

/// A backend in which a lecture is played as fast as the test lets time pass.
pub struct Scripted {
    stage: Arc<Stage>,
    /// What is heard from the beginning of the stage's clock on.
    lecture: Vec<f32>,
    /// How many there are.
    microphones: AtomicUsize,
    pub is_in_network: AtomicBool,
    /// Names of models that are there beside the default one.
    models: Mutex<Vec<&'static str>>,
    /// The models that were brought up.
    loaded: Mutex<Vec<ModelRequest>>,
    /// What the recognizer was last told to read beforehand.
    prompt: Arc<Mutex<Option<String>>>,
    /// The model of the recognizer that heard the last window.
    model: Arc<Mutex<Option<ModelRequest>>>,
}

/// Notes what it is told.
struct Told {
    reader: Reader,
    own_model: ModelRequest,
    prompt: Arc<Mutex<Option<String>>>,
    model: Arc<Mutex<Option<ModelRequest>>>,
}

impl Recognizer for Told {
    fn detect_language(
        &mut self,
        samples: &[f32],
        cancel: &CancelToken,
    ) -> Result<Vec<(Language, f32)>, RecognizeError> {
        self.reader.detect_language(samples, cancel)
    }

    fn recognize(
        &mut self,
        samples: &[f32],
        request: &Request,
        cancel: &CancelToken,
    ) -> Result<Segment, RecognizeError> {
        *self.prompt.lock().unwrap() = request.vocabulary.as_ref().map(Vocabulary::prompt);
        *self.model.lock().unwrap() = Some(self.own_model.clone());
        self.reader.recognize(samples, request, cancel)
    }
}

impl Scripted {
    pub fn new(sentences: &[usize]) -> Arc<Self> {
        Self::playing(lecture(sentences))
    }

    fn playing(lecture: Vec<f32>) -> Arc<Self> {
        let (stage, microphones) = (Arc::new(Stage::new()), AtomicUsize::new(1));
        let is_in_network = AtomicBool::new(false);
        let (models, loaded, prompt, model) = Default::default();
        Arc::new(Self { stage, lecture, microphones, is_in_network, models, loaded, prompt, model })
    }
}

impl RecordingBackend for Scripted {
    fn microphones(&self) -> Result<Vec<InputDevice>, CaptureError> {
        let microphone = |number| InputDevice {
            id: format!("mic{number}"),
            name: format!("Microphone {number}"),
            is_default: number == 0,
            is_microphone: true,
            format: Some(InputFormat { rate: 48_000, channels: 2, sample: "f32".to_owned() }),
        };
        Ok((0..self.microphones.load(Ordering::SeqCst)).map(microphone).collect())
    }

    fn open(&self, _: &InputChoice) -> Result<Box<dyn Source>, SourceError> {
        if self.microphones.load(Ordering::SeqCst) == 0 {
            return Err(CaptureError::NoDevice.into());
        }
        Ok(self.stage.player(self.lecture.clone()))
    }

    fn models(&self, _: Option<&Language>) -> Vec<&'static CatalogEntry> {
        let names = self.models.lock().unwrap();
        names.iter().map(|name| Catalog::builtin().find(name).unwrap()).collect()
    }

    fn models_to_get(&self, _: Option<&Language>) -> Vec<&'static CatalogEntry> {
        Vec::new()
    }

    fn load(&self, engine: &EngineRequest) -> Result<Box<dyn LiveModel>, EngineError> {
        self.loaded.lock().unwrap().push(engine.model.clone());
        let (stage, own_model) = (Arc::clone(&self.stage), engine.model.clone());
        let (prompt, model) = (Arc::clone(&self.prompt), Arc::clone(&self.model));
        Ok(Box::new(move || {
            let (make_reader, own_model) = (stage.reader(0.0), own_model.clone());
            let (prompt, model) = (Arc::clone(&prompt), Arc::clone(&model));
            stage.engine(move || {
                let (prompt, model) = (Arc::clone(&prompt), Arc::clone(&model));
                Ok(Told { reader: make_reader()?, own_model: own_model.clone(), prompt, model })
            })
        }))
    }

    /// Nobody but the test can be in this network.
    fn network_address(&self) -> Option<IpAddr> {
        self.is_in_network.load(Ordering::SeqCst).then_some(Ipv4Addr::LOCALHOST.into())
    }
}

fn window(desk: &Desk, backend: &Arc<Scripted>) -> Window {
    let backend = Arc::clone(backend);
    desk.window_of(None, |services| services.backend = backend)
}

/// Lets time pass until something is so.
pub fn play(window: &mut Window, backend: &Scripted, what: &str, mut is: impl FnMut(&Window) -> bool) {
    window.wait(what, |window| {
        backend.stage.clock.advance(Duration::from_millis(20));
        is(window)
    });
}

/// A window in which a lecture is being recorded.
pub fn recording(desk: &Desk, backend: &Arc<Scripted>) -> Window {
    let mut window = window(desk, backend);
    window.press("Record lecture");
    window.wait("the microphone is tried", |window| window.query_by_label_contains("Checking for").is_some());
    window.press("Start recording");
    play(&mut window, backend, "it records", |window| window.query_by_label_contains("Recording").is_some());
    window
}

fn project(desk: &Desk) -> Option<PathBuf> {
    let files = std::fs::read_dir(desk.path("recordings")).ok()?;
    let mut paths = files.map(|file| file.unwrap().path());
    paths.find(|path| path.extension().is_some_and(|extension| extension == "lectern"))
}

#[test]
fn a_lecture_is_recorded_and_opens_in_the_editor() {
    let desk = Desk::new();
    let backend = Scripted::new(&[5, 4, 3]);
    let mut window = recording(&desk, &backend);
    play(&mut window, &backend, "words are seen", |window| window.query_by_label_contains("word6").is_some());
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::Period);
    play(&mut window, &backend, "the captions are open", |window| rows(window) > 0);
    let text = window.texts().join(" ");
    assert!(text.contains(&texts(5).join(" ")), "{text}");
    assert!(window.query_by_label("saved").is_some());
    let project = project(&desk).unwrap();
    let recorded = lectern::project::load(&project).unwrap().project;
    assert_eq!(recorded.media.unwrap().path, project.with_extension("wav"));
    assert!(!project.with_extension("journal").exists());
}

#[test]
fn speakers_of_a_lecture_are_looked_for_after_the_stop() {
    let desk = Desk::new();
    desk.write("settings.toml", "speakers = true\n");
    let backend = Scripted::new(&[5, 4]);
    let mut window = recording(&desk, &backend);
    play(&mut window, &backend, "words are seen", |window| window.query_by_label_contains("word4").is_some());
    window.press("Stop recording");
    play(&mut window, &backend, "the captions are open", |window| rows(window) > 0);
    // The lecture is no voice, or one.
    window.wait("it was listened to", |window| window.query_all_by_label_contains("oice").next().is_some());
}

#[test]
fn the_sound_is_also_kept_as_the_microphone_gives_it() {
    let desk = Desk::new();
    desk.write("settings.toml", "[recording]\nfull_quality = true\n");
    let backend = Scripted::new(&[5, 4]);
    let mut window = recording(&desk, &backend);
    play(&mut window, &backend, "words are seen", |window| window.query_by_label_contains("word4").is_some());
    window.press("Stop recording");
    play(&mut window, &backend, "the captions are open", |window| rows(window) > 0);
    let sound = project(&desk).unwrap().with_extension("full.wav");
    assert!(lectern::audio::read_all(&sound).unwrap().0.len() > 5 * 8000, "words of half a second each");
}

#[test]
fn names_and_terms_that_were_written_just_now_are_told_to_the_recognizer() {
    let desk = Desk::new();
    let backend = Scripted::new(&[5, 4]);
    let mut window = window(&desk, &backend);
    window.press("Record lecture");
    window.wait("the microphone is tried", |window| window.query_by_label_contains("Checking for").is_some());
    write_terms(&mut window, "Ada Lovelace");
    window.press("Start recording");
    play(&mut window, &backend, "words are seen", |window| window.query_by_label_contains("word4").is_some());
    assert_eq!(backend.prompt.lock().unwrap().as_deref(), Some("Ada Lovelace."));
    window.press("Stop recording");
    play(&mut window, &backend, "the captions are open", |window| rows(window) > 0);
    let recorded = lectern::project::load(&project(&desk).unwrap()).unwrap().project;
    assert_eq!(recorded.vocabulary, ["Ada Lovelace"]);
}

#[test]
fn the_trial_says_in_plain_words_whether_all_is_well() {
    let desk = Desk::new();
    let backend = Scripted::new(&[5, 4, 3, 30]);
    let mut window = window(&desk, &backend);
    window.press("Record lecture");
    play(&mut window, &backend, "it is told", |window| {
        window.query_by_label_contains("The microphone is fine").is_some()
    });
    assert!(window.query_by_label_contains("The disk has room").is_some());
    assert!(window.query_by_label_contains("Words appear about").is_some());
    window.press("Back");
    assert!(window.query_by_label("Open file").is_some());
}

#[test]
fn the_best_model_that_keeps_up_is_taken_where_nobody_chose_one() {
    let desk = Desk::new();
    let backend = Scripted::new(&[5, 4, 3, 30]);
    backend.models.lock().unwrap().extend(["medium", "small"]);
    let mut window = window(&desk, &backend);
    window.press("Record lecture");
    play(&mut window, &backend, "it is told", |window| {
        window.query_by_label_contains("The model medium is the best").is_some()
    });
    let named = |name: &str| ModelRequest::Name(name.to_owned());
    assert_eq!(*backend.loaded.lock().unwrap(), [ModelRequest::default(), named("medium")]);
    *backend.model.lock().unwrap() = None;
    window.press("Start recording");
    play(&mut window, &backend, "the captions are open", |window| rows(window) > 0);
    assert_eq!(*backend.model.lock().unwrap(), Some(named("medium")));
}

#[test]
fn a_model_that_was_chosen_stays() {
    let desk = Desk::new();
    desk.write("settings.toml", "model = \"base-q8_0\"");
    let backend = Scripted::new(&[5, 4, 3, 30]);
    backend.models.lock().unwrap().push("small");
    let mut window = window(&desk, &backend);
    window.press("Record lecture");
    play(&mut window, &backend, "it is told", |window| {
        window.query_by_label_contains("The microphone is fine").is_some()
    });
    assert_eq!(*backend.loaded.lock().unwrap(), [ModelRequest::default()]);
    assert!(window.query_by_label_contains("is the best").is_none());
}

#[test]
fn a_missing_microphone_is_named_and_looked_for_again() {
    let desk = Desk::new();
    let backend = Scripted::new(&[5]);
    backend.microphones.store(0, Ordering::SeqCst);
    let mut window = window(&desk, &backend);
    window.wait("it is told", |window| window.query_by_label_contains("There is no microphone").is_some());
    backend.microphones.store(1, Ordering::SeqCst);
    window.get_by_label_contains("There is no microphone").click();
    window.wait("it is there", |window| window.query_by_label_contains("There is no microphone").is_none());
    window.press("Record lecture");
    window.wait("it is tried", |window| window.query_by_label_contains("Checking for").is_some());
}

#[test]
fn closing_the_window_asks_once_and_saves() {
    let desk = Desk::new();
    let backend = Scripted::new(&[5, 4, 30]);
    let mut window = recording(&desk, &backend);
    play(&mut window, &backend, "words are seen", |window| window.query_by_label_contains("word4").is_some());
    window.keys(Modifiers::COMMAND, Key::Q);
    window.press("Go on");
    assert!(window.query_by_label_contains("Recording").is_some());
    window.keys(Modifiers::COMMAND, Key::Q);
    window.press("Stop, save and close");
    play(&mut window, &backend, "it is saved", |_| project(&desk).is_some());
}

#[test]
fn a_pause_is_seen_and_ends() {
    let desk = Desk::new();
    let backend = Scripted::new(&[50]);
    let mut window = recording(&desk, &backend);
    window.press("Pause or resume recording");
    play(&mut window, &backend, "it pauses", |window| window.query_by_label_contains("Paused").is_some());
    window.keys(Modifiers::NONE, Key::F9);
    play(&mut window, &backend, "it goes on", |window| window.query_by_label_contains("Paused").is_none());
}

#[test]
fn other_pages_can_be_looked_at_while_it_records() {
    let desk = Desk::new();
    let backend = Scripted::new(&[50]);
    let mut window = recording(&desk, &backend);
    window.command("Queue of recordings");
    play(&mut window, &backend, "it still records", |window| {
        window.query_by_label_contains("Recording 0:").is_some()
    });
    window.get_by_label_contains("Recording 0:").click();
    play(&mut window, &backend, "its page is back", |window| {
        window.query_by_label("Stop recording").is_some()
    });
}

#[test]
fn an_unplugged_microphone_is_told_and_taken_up_again() {
    let desk = Desk::new();
    let backend = Scripted::new(&[50]);
    let mut window = recording(&desk, &backend);
    backend.stage.is_plugged.store(false, Ordering::SeqCst);
    play(&mut window, &backend, "it is told", |window| {
        window.query_by_label_contains("continues with silence").is_some()
    });
    backend.stage.is_plugged.store(true, Ordering::SeqCst);
    play(&mut window, &backend, "it is back", |window| {
        window.query_by_label_contains("microphone is back").is_some()
    });
}

fn warns_of_silence(window: &Window) -> bool {
    window.query_by_label_contains("no sound for ten seconds").is_some()
}

#[test]
fn a_warning_of_silence_ends_when_there_is_sound_again() {
    let desk = Desk::new();
    let backend = Scripted::playing([lecture(&[3]), vec![0.0; 20 * 16_000], lecture(&[50])].concat());
    let mut window = recording(&desk, &backend);
    play(&mut window, &backend, "it is told", warns_of_silence);
    play(&mut window, &backend, "there is sound again", |window| !warns_of_silence(window));
    assert!(window.query_by_label("Stop recording").is_some(), "it still records");
}

#[test]
fn a_warning_of_silence_ends_with_the_recording() {
    let desk = Desk::new();
    let backend = Scripted::playing([lecture(&[3]), vec![0.0; 60 * 16_000]].concat());
    let mut window = recording(&desk, &backend);
    play(&mut window, &backend, "it is told", warns_of_silence);
    window.press("Stop recording");
    play(&mut window, &backend, "the captions are open", |window| rows(window) > 0);
    assert!(!warns_of_silence(&window));
}

#[test]
fn a_session_that_was_cut_off_is_offered_and_completed() {
    let desk = Desk::new();
    let backend = Scripted::new(&[5, 4, 3]);
    let files = LiveFiles::named(&desk.path("recordings"), "cut off");
    let model = backend.load(&EngineRequest::default()).unwrap();
    let source = backend.open(&InputChoice::default()).unwrap();
    let session = model.start(source, &files, english(), Stability::default()).unwrap();
    while !session.events().try_iter().any(|event| matches!(event, LiveEvent::Recognized(_))) {
        backend.stage.clock.advance(Duration::from_millis(20));
        std::thread::sleep(Duration::from_millis(1));
    }
    session.abandon();
    while !matches!(
        session.events().recv_timeout(Duration::from_millis(1)),
        Err(RecvTimeoutError::Disconnected)
    ) {
        backend.stage.clock.advance(Duration::from_millis(20));
    }
    assert!(session.finish().is_err());

    let mut window = window(&desk, &backend);
    window.wait("it is offered", |window| window.query_by_label("cut off").is_some());
    window.press("Finish captions");
    play(&mut window, &backend, "the captions are open", |window| rows(window) > 0);
    assert!(window.texts().join(" ").starts_with(&texts(5).join(" ")));
    assert!(!files.journal.exists());
}
