//! Captions of recordings, with a recognizer that follows a script.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use lectern::asr::locate::ModelRequest;
use lectern::asr::{CancelToken, RecognizeError, Recognizer, Request, Vocabulary};
use lectern::audio::{Recording, write_wav};
use lectern::caption::{Profile, compose};
use lectern::document::{Cue, CueId, Document};
use lectern::gui::Engines;
use lectern::project::{Access, Project, load};
use lectern::recognize::{
    EngineRequest, Event, Resources, TranscribeError, TranscribeOptions, Transcriber, Warning, transcribe,
};
use lectern::time::TimeSpan;
use lectern::transcript::{Language, Segment, Transcript, Word};
use lectern::vad::{FRAME_SAMPLES, VoiceActivityDetector};

use crate::desk::{Desk, Drive, Window, rows, write_terms};

/// Takes loud frames for speech.
#[derive(Clone)]
struct Loudness;

impl VoiceActivityDetector for Loudness {
    fn speech_probability(&mut self, frame: &[f32; FRAME_SAMPLES]) -> f32 {
        f32::from(frame.iter().any(|sample| sample.abs() > 0.1))
    }
}

/// How a recognizer of a test is kept on a lead, and how much it did.
#[derive(Default)]
struct Lead {
    /// So many windows may be recognized; the next one waits.
    allowed: AtomicUsize,
    recognized: AtomicUsize,
    /// What it was told last to read beforehand.
    prompt: Mutex<Option<String>>,
}

impl Lead {
    fn of(windows: usize) -> Arc<Self> {
        Arc::new(Self { allowed: windows.into(), ..Self::default() })
    }

    fn recognized(&self) -> usize {
        self.recognized.load(Ordering::SeqCst)
    }
}

/// Hears a sentence in each stretch of noise of a [`recording`], which is 6.2 s long with the silence around it.
struct Sentences(Arc<Lead>);

impl Recognizer for Sentences {
    fn detect_language(
        &mut self,
        _: &[f32],
        _: &CancelToken,
    ) -> Result<Vec<(Language, f32)>, RecognizeError> {
        Ok(vec![(Language::new("en"), 1.0)])
    }

    fn recognize(
        &mut self,
        samples: &[f32],
        request: &Request,
        cancel: &CancelToken,
    ) -> Result<Segment, RecognizeError> {
        let Lead { allowed, recognized, prompt } = &*self.0;
        *prompt.lock().unwrap() = request.vocabulary.as_ref().map(Vocabulary::prompt);
        while recognized.load(Ordering::SeqCst) >= allowed.load(Ordering::SeqCst) && !cancel.is_cancelled() {
            std::thread::sleep(Duration::from_millis(1));
        }
        if cancel.is_cancelled() {
            return Err(RecognizeError::Cancelled);
        }
        recognized.fetch_add(1, Ordering::SeqCst);
        let length = samples.len() as i64 / 16;
        let words = 5 * ((length + 3100) / 6200).max(1);
        let text = ["So", "this", "is", "one", "sentence."];
        let word = |n: i64| Word {
            probability: if n % 5 == 3 { 0.2 } else { 0.9 },
            ..Word::new(
                text[n as usize % 5],
                TimeSpan::from_millis(n * length / words, (n + 1) * length / words),
            )
        };
        Ok(Segment { words: (0..words).map(word).collect(), ..Segment::default() })
    }
}

struct Scripted(Arc<Lead>);

impl Transcriber for Scripted {
    fn transcribe(
        &self,
        recording: Recording,
        options: &TranscribeOptions,
        cancel: &CancelToken,
        on_event: &mut dyn FnMut(Event),
    ) -> Result<(Transcript, Vec<Warning>), TranscribeError> {
        let options = TranscribeOptions { resources: Resources::LEAST, ..options.clone() };
        let make = || Ok(Sentences(Arc::clone(&self.0)));
        transcribe(recording, Loudness, make, &options, cancel, on_event)
    }
}

fn engines(lead: &Arc<Lead>) -> Engines {
    let lead = Arc::clone(lead);
    Engines::new(move |_| Ok(Arc::new(Scripted(Arc::clone(&lead)))))
}

/// Five seconds of noise, five of silence, and so on: four windows.
fn recording(desk: &Desk) -> PathBuf {
    recording_of(desk, 160)
}

fn recording_of(desk: &Desk, seconds: usize) -> PathBuf {
    let path = desk.path("lecture.wav");
    let sample =
        |n: usize| if (n / 80_000).is_multiple_of(2) { if n % 40 < 20 { 0.5 } else { -0.5 } } else { 0.0 };
    write_wav(&path, &(0..seconds * 16_000).map(sample).collect::<Vec<f32>>()).unwrap();
    path
}

#[test]
fn a_recording_is_captioned_and_can_be_corrected() {
    let desk = Desk::new();
    let mut window = desk.window(Some(&recording(&desk)), engines(&Lead::of(usize::MAX)));
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

/// A second recognizer for the same windows: it hears no `one`.
struct Second(Arc<Lead>);

impl Transcriber for Second {
    fn transcribe(
        &self,
        recording: Recording,
        options: &TranscribeOptions,
        cancel: &CancelToken,
        on_event: &mut dyn FnMut(Event),
    ) -> Result<(Transcript, Vec<Warning>), TranscribeError> {
        let first = Scripted(Arc::clone(&self.0));
        let (mut transcript, warnings) = first.transcribe(recording, options, cancel, on_event)?;
        let words = transcript.segments.iter_mut().flat_map(|segment| &mut segment.words);
        words.filter(|word| word.text == "one").for_each(|word| "a".clone_into(&mut word.text));
        Ok((transcript, warnings))
    }
}

#[test]
fn a_second_recognizer_listens_in_the_background_and_its_words_are_taken_with_a_key() {
    let (desk, lead) = (Desk::new(), Lead::of(usize::MAX));
    let named =
        |name: &str| EngineRequest { model: ModelRequest::Name(name.to_owned()), ..Default::default() };
    let engines = Engines::new(move |request| match *request == named("second") {
        true => Ok(Arc::new(Second(Arc::clone(&lead))) as Arc<dyn Transcriber>),
        false => Ok(Arc::new(Scripted(Arc::clone(&lead)))),
    });
    let engines = engines.with_second(move |_, language| (language.tag() == "en").then(|| named("second")));
    let mut window = desk.window(Some(&recording(&desk)), engines);
    let goes_to_the_word = |window: &mut Window| {
        window.command("Next doubtful word");
        window.query_by_label_contains("Second opinion: “a” (F4)").is_some()
    };
    window.wait("the captions are ready", is_ready);
    window.wait("the second opinion is there", |window| {
        window.query_by_label_contains("The second opinion is ready").is_some()
    });
    assert!(goes_to_the_word(&mut window));
    window.keys(Modifiers::NONE, Key::F4);
    assert_eq!(window.texts()[0], "So this is a sentence.");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.texts()[0], "So this is one sentence.");
}

#[test]
fn who_looks_elsewhere_is_told_when_captions_are_ready() {
    let (desk, lead) = (Desk::new(), Lead::of(BEFORE));
    let told = Arc::new(Mutex::new(Vec::new()));
    let note = Arc::clone(&told);
    let path = recording(&desk);
    let mut window = desk.window_of(Some(&path), |services| {
        services.engines = engines(&lead);
        services.notify = Arc::new(move |title, _| note.lock().unwrap().push(title.to_owned()));
    });
    window.wait("the first cues are there", |window| rows(window) == CUES_BEFORE);
    window.input_mut().focused = false;
    window.step();
    lead.allowed.store(usize::MAX, Ordering::SeqCst);
    window.wait("the captions are ready", is_ready);
    window.wait("it is told", |_| !told.lock().unwrap().is_empty());
    assert_eq!(*told.lock().unwrap(), ["The captions are ready: lecture.wav"]);
    window.press("Captions are ready: close");
    assert!(!is_ready(&window));
}

#[test]
fn a_hint_that_captions_cannot_be_edited_ends_with_captioning() {
    let (desk, lead) = (Desk::new(), Lead::of(BEFORE));
    let mut window = halfway(&desk, &lead);
    let is_told = |window: &Window| window.query_by_label_contains("once captioning has finished").is_some();
    window.press_row(1);
    window.keys(Modifiers::NONE, Key::F2);
    assert!(is_told(&window));
    lead.allowed.store(usize::MAX, Ordering::SeqCst);
    window.wait("the captions are ready", is_ready);
    assert!(!is_told(&window));
}

#[test]
fn notices_leave_the_waveform_free() {
    let desk = Desk::new();
    let mut window = desk.window(Some(&recording(&desk)), engines(&Lead::of(usize::MAX)));
    window.wait("the waveform is there", |window| {
        is_ready(window) && window.query_by_label("Waveform").is_some()
    });
    window.keys(Modifiers::COMMAND, Key::Z);
    assert!(window.query_by_label_contains("nothing to undo").is_some());
    let notice = window.get_by_label("Dismiss").rect();
    assert!(notice.bottom() < window.get_by_label("Waveform").rect().top(), "{notice:?}");
}

#[test]
fn what_is_gone_to_by_keyboard_is_played_next() {
    let desk = Desk::new();
    let mut window = desk.window(Some(&recording(&desk)), engines(&Lead::of(usize::MAX)));
    window.wait("the captions are ready", is_ready);
    window.wait("the sound is there", |window| window.query_by_label("/ 2:40").is_some());
    for (modifiers, key, number) in [
        (Modifiers::NONE, Key::Home, 1),
        (Modifiers::NONE, Key::ArrowDown, 2),
        (Modifiers::NONE, Key::End, WINDOWS * CUES_BEFORE / BEFORE),
        (Modifiers::NONE, Key::Home, 1),
        (Modifiers::COMMAND, Key::Enter, 2),
        (Modifiers::NONE, Key::F7, 1),
        (Modifiers::NONE, Key::F7, 2),
        (Modifiers::SHIFT, Key::F7, 1),
    ] {
        window.keys(modifiers, key);
        let start = crate::desk::spoken_times(&window, number).0;
        let shown = format!("{:02}:{:04.1}", start as u32 / 60, start % 60.0);
        let arrived = format!("{key:?}: the playhead is at cue {number}, {shown}");
        window.wait(&arrived, |window| window.query_by_label_contains(&format!("00:{shown}")).is_some());
    }
}

#[test]
fn names_and_terms_are_told_to_the_recognizer() {
    let desk = Desk::new();
    let lead = Lead::of(usize::MAX);
    let mut window = desk.window(None, engines(&lead));
    window.command("Settings");
    write_terms(&mut window, "Ada Lovelace\nanalytical engine");
    window.press("Close");
    desk.dialogs.answer(recording(&desk));
    window.command("Open…");
    window.wait("the captions are ready", |window| {
        window.query_by_label_contains("The captions are ready").is_some()
    });
    assert_eq!(lead.prompt.lock().unwrap().as_deref(), Some("Ada Lovelace, analytical engine."));
    let project = desk.path("lecture.lectern");
    desk.dialogs.answer(&project);
    window.command("Save");
    window.wait("it is saved", |window| window.query_by_label("saved").is_some());
    assert_eq!(load(&project).unwrap().project.vocabulary, ["Ada Lovelace", "analytical engine"]);
}

#[test]
fn a_recording_with_captions_opens_them_or_is_captioned_again() {
    let (desk, lead) = (Desk::new(), Lead::of(usize::MAX));
    let path = recording(&desk);
    let mut window = desk.window(Some(&path), engines(&lead));
    window.wait("the captions are ready", is_ready);
    let cues = window.texts().len();
    // The list may have followed the new cues to its end.
    window.keys(Modifiers::NONE, Key::Home);
    window.press_row(1);
    window.keys(Modifiers::NONE, Key::F2);
    window.typing(" Corrected.");
    saved(&desk, &mut window);
    window.keys(Modifiers::COMMAND, Key::E);
    window.press("Export 2 files");
    window.wait("the files are written", |window| window.query_by_label("2 files written").is_some());
    window.keys(Modifiers::COMMAND, Key::W);

    let ask = |window: &mut Window| {
        desk.dialogs.answer(&path);
        window.keys(Modifiers::COMMAND, Key::O);
        window.wait("it asks", |window| window.query_by_label("This recording has captions").is_some());
    };
    ask(&mut window);
    for file in ["lecture.lectern", "lecture.srt", "lecture.vtt"] {
        assert!(window.query_by_label(&format!("Open {file}")).is_some(), "{file}");
    }
    window.press("Cancel");
    assert_eq!((rows(&window), lead.recognized()), (0, WINDOWS), "nothing is captioned unasked");
    ask(&mut window);
    window.press("Open lecture.lectern");
    window.wait("the project is open", |window| rows(window) > 0);
    assert!(window.texts()[0].ends_with("Corrected."));
    ask(&mut window);
    window.press("Caption again with…");
    window.press("Start");
    window.wait("it is captioned again", |window| {
        lead.recognized() == 2 * WINDOWS && window.query_by_label("not saved").is_some()
    });
    assert!(!window.texts()[0].ends_with("Corrected."));
    assert_eq!(window.texts().len(), cues);
}

#[test]
fn language_model_and_names_are_asked_before_a_recording_is_captioned_and_again() {
    let (mut desk, lead) = (Desk::new(), Lead::of(usize::MAX));
    desk.asks_before_captioning = true;
    let mut window = desk.window(Some(&recording(&desk)), engines(&lead));
    window.wait("it asks", |window| window.query_by_label("Caption lecture.wav").is_some());
    assert_eq!(lead.recognized(), 0, "nothing is captioned unasked");
    window.keys(Modifiers::NONE, Key::Enter);
    window.wait("the captions are ready", is_ready);
    assert_eq!((lead.recognized(), &*lead.prompt.lock().unwrap()), (WINDOWS, &None));
    window.command("Caption again with…");
    write_terms(&mut window, "Calvin cycle");
    window.press("Start");
    window.press("Do not save");
    window.wait("it is captioned again", |window| lead.recognized() == 2 * WINDOWS && is_ready(window));
    assert!(lead.prompt.lock().unwrap().as_ref().is_some_and(|prompt| prompt.contains("Calvin cycle")));
    window.wait("the names are kept", |_| desk.read("settings.toml").contains("Calvin cycle"));
}

/// A minute of noise without a pause: windows are cut where somebody speaks.
fn without_a_pause(desk: &Desk) -> PathBuf {
    let path = desk.path("lecture.wav");
    let sample = |n: usize| if n % 40 < 20 { 0.5 } else { -0.5 };
    write_wav(&path, &(0..60 * 16_000).map(sample).collect::<Vec<f32>>()).unwrap();
    path
}

/// What is kept for the case of a crash, once it holds this many segments.
fn kept(desk: &Desk, segments: usize) -> Option<Project> {
    let folders = std::fs::read_dir(desk.path("recovery")).into_iter().flatten().flatten();
    let mut kept = folders.filter_map(|folder| load(&folder.path().join("unsaved.lectern")).ok());
    kept.find(|kept| kept.project.document.segments.len() == segments).map(|kept| kept.project)
}

#[test]
fn captions_that_a_crash_cut_off_do_not_overlap_where_two_passages_meet() {
    let (desk, lead) = (Desk::new(), Lead::of(BEFORE));
    let mut window = desk.window(Some(&without_a_pause(&desk)), engines(&lead));
    window.wait("they are kept", |_| kept(&desk, BEFORE).is_some());
    let cues = kept(&desk, BEFORE).unwrap().document.cues;
    assert!(cues.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{cues:?}");
    // The window goes without being closed.
    drop(window);
    let lead = Lead::of(usize::MAX);
    let mut window = desk.window(None, engines(&lead));
    window.wait("it is offered", |window| window.query_by_label("Recover").is_some());
    window.press("Recover");
    window.wait("it is open", |window| rows(window) > 0);
    go_on(&mut window, &lead);
    let whole = saved(&desk, &mut window).document;
    let profile = Profile::named("lecture").unwrap();
    assert!(are_alike(&whole.cues, &compose(&whole.segments, &whole.language, &profile)), "as in one go");
}

fn are_alike(some: &[Cue], others: &[Cue]) -> bool {
    let alike = |(one, other): (&Cue, &Cue)| (one.span, &one.text) == (other.span, &other.text);
    some.len() == others.len() && some.iter().zip(others).all(alike)
}

/// The windows of the recording, those that are recognized before it is stopped, and their cues.
const WINDOWS: usize = 4;
const BEFORE: usize = 2;
const CUES_BEFORE: usize = 8;

/// A window that stands still after [`BEFORE`] windows of the recording.
fn halfway(desk: &Desk, lead: &Arc<Lead>) -> Window {
    let mut window = desk.window(Some(&recording(desk)), engines(lead));
    window.wait("the first cues are there", |window| rows(window) == CUES_BEFORE);
    assert!(window.query_by_label("is being captioned").is_some());
    window
}

fn go_on(window: &mut Window, lead: &Lead) {
    lead.allowed.store(usize::MAX, Ordering::SeqCst);
    window.wait("it can be continued", |window| window.query_by_label("Continue captioning").is_some());
    window.press("Continue captioning");
    window.wait("the captions are ready", is_ready);
    assert!(window.query_by_label("Continue captioning").is_none());
}

fn is_ready(window: &Window) -> bool {
    window.query_by_label_contains("The captions are ready").is_some()
}

/// Saves the captions and reads what is on the disk.
fn saved(desk: &Desk, window: &mut Window) -> Project {
    let path = desk.path("lecture.lectern");
    if !path.exists() {
        desk.dialogs.answer(&path);
    }
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait("it is saved", |window| window.query_by_label("saved").is_some());
    load(&path).unwrap().project
}

fn without_ids(project: Project) -> Document {
    let cues = project.document.cues.into_iter().map(|cue| Cue { id: CueId(0), ..cue }).collect();
    Document { cues, ..project.document }
}

/// The captions that are made in one go.
fn in_one_go() -> Document {
    let (desk, lead) = (Desk::new(), Lead::of(usize::MAX));
    let mut window = desk.window(Some(&recording(&desk)), engines(&lead));
    window.wait("the captions are ready", is_ready);
    assert_eq!(lead.recognized(), WINDOWS);
    without_ids(saved(&desk, &mut window))
}

#[test]
fn what_was_stopped_is_continued_and_nothing_is_recognized_twice() {
    let (desk, lead) = (Desk::new(), Lead::of(BEFORE));
    let mut window = halfway(&desk, &lead);
    let before = window.texts();
    window.press("Stop");
    window.wait("it stopped", |window| window.query_by_label_contains("kept").is_some());
    assert_eq!(window.texts(), before);
    assert!(window.query_by_label_contains("Captions are made up to").is_some());
    go_on(&mut window, &lead);
    assert_eq!(lead.recognized(), WINDOWS);
    let project = saved(&desk, &mut window);
    assert_eq!(project.recognized_until, None);
    assert_eq!(without_ids(project), in_one_go());
}

#[test]
fn what_was_corrected_meanwhile_is_kept_and_can_be_undone() {
    let (desk, lead) = (Desk::new(), Lead::of(BEFORE));
    let mut window = halfway(&desk, &lead);
    window.press("Stop");
    window.wait("it stopped", |window| window.query_by_label("Continue captioning").is_some());
    window.press_row(2);
    window.keys(Modifiers::NONE, Key::F2);
    window.typing(" Really.");
    window.keys(Modifiers::NONE, Key::Escape);
    window.press_row(1);
    window.keys(Modifiers::NONE, Key::Delete);
    go_on(&mut window, &lead);
    assert_eq!(lead.recognized(), WINDOWS);
    let corrected = without_ids(saved(&desk, &mut window));
    let whole = in_one_go();
    assert_eq!(corrected.cues[0].text, "So this is one sentence. Really.");
    assert_eq!(corrected.cues[1..], whole.cues[2..]);
    assert_eq!(corrected.segments, whole.segments);
    for _ in 0..2 {
        window.keys(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(without_ids(saved(&desk, &mut window)), whole);
}

#[test]
fn captions_are_continued_after_the_window_was_closed() {
    let (desk, lead) = (Desk::new(), Lead::of(BEFORE));
    let mut window = halfway(&desk, &lead);
    window.keys(Modifiers::COMMAND, Key::W);
    assert!(window.query_by_label_contains("Captioning stops here").is_some());
    desk.dialogs.answer(desk.path("lecture.lectern"));
    window.press("Save");
    let file = desk.path("lecture.lectern");
    window.wait("it is saved and closed", |window| {
        window.query_by_label("Open file").is_some() && matches!(Access::to(&file), Access::Write(_))
    });
    drop(window);
    assert!(load(&file).unwrap().project.recognized_until.is_some());
    let mut window = desk.window(Some(&file), engines(&lead));
    go_on(&mut window, &lead);
    assert_eq!(lead.recognized(), WINDOWS);
    assert_eq!(without_ids(saved(&desk, &mut window)), in_one_go());
}

#[test]
fn captions_are_continued_after_a_crash() {
    let (desk, lead) = (Desk::new(), Lead::of(BEFORE));
    let mut window = halfway(&desk, &lead);
    window.wait("they are kept", |_| kept(&desk, BEFORE).is_some());
    // The window goes without being closed.
    drop(window);
    let lead = Lead::of(usize::MAX);
    let mut window = desk.window(None, engines(&lead));
    window.wait("it is offered", |window| window.query_by_label("Recover").is_some());
    window.press("Recover");
    window.wait("it is open", |window| rows(window) > 0);
    assert_eq!(rows(&window), CUES_BEFORE);
    go_on(&mut window, &lead);
    assert_eq!(lead.recognized(), WINDOWS - BEFORE);
    assert_eq!(without_ids(saved(&desk, &mut window)), in_one_go());
}

/// The numbers of the first and the last row that is drawn.
fn drawn(window: &Window) -> (usize, usize) {
    let number = |node: egui_kittest::Node<'_>| {
        let label = node.accesskit_node().label()?;
        label.strip_prefix("Cue ")?.split(',').next()?.parse::<usize>().ok()
    };
    let numbers = || window.query_all_by_role(egui::Role::ListBoxOption).filter_map(number);
    (numbers().min().unwrap_or(0), numbers().max().unwrap_or(0))
}

#[test]
fn the_list_follows_the_newest_cue_until_a_person_looks_elsewhere() {
    let (desk, lead) = (Desk::new(), Lead::of(6));
    let path = recording_of(&desk, 600);
    let mut window = desk.window(Some(&path), engines(&lead));
    let allow = |window: &mut Window, windows: usize| {
        lead.allowed.store(windows, Ordering::SeqCst);
        let label = format!("Captions, {} cues", windows * CUES_BEFORE / BEFORE);
        window.wait("the cues are there", |window| window.query_by_label(&label).is_some());
        window.run_steps(30);
    };
    allow(&mut window, 6);
    let all_at = |window: &Window| drawn(window).1;
    assert_eq!(all_at(&window), 24, "the newest is in sight");
    assert!(drawn(&window).0 > 1, "the list is longer than the window");
    assert!(window.query_by_label("Follow the newest captions").is_none());

    window.hover_at(egui::pos2(300.0, 300.0));
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, 120.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    window.run_steps(10);
    let there = drawn(&window);
    assert!(there.1 < 24);
    allow(&mut window, 8);
    assert_eq!(drawn(&window), there, "the list stays where a person looks");
    window.press("Follow the newest captions");
    window.run_steps(30);
    assert_eq!(all_at(&window), 32);
    allow(&mut window, 10);
    assert_eq!(all_at(&window), 40);

    window.press_row(37);
    allow(&mut window, 12);
    assert!(all_at(&window) < 48, "a person has chosen a cue");
    window.command("Follow the newest captions");
    window.run_steps(30);
    assert_eq!(all_at(&window), 48);
}

#[test]
fn what_is_no_recording_is_told_and_can_be_tried_again() {
    let desk = Desk::new();
    let file = desk.write("noise.mp3", "this is no sound");
    let mut window = desk.window(Some(&file), engines(&Lead::of(usize::MAX)));
    window.wait("it is told", |window| window.query_by_label("Try again").is_some());
    assert!(window.query_by_label("Open file").is_some(), "the start page is there");
}
