//! A window without a screen, with its own folder for everything that it keeps.

use std::collections::VecDeque;
use std::fs;
use std::io::ErrorKind;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use egui_kittest::kittest::{By, NodeT, Queryable};
use egui_kittest::{Harness, Node};
use lectern::asr::RecognizeError;
use lectern::asr::catalog::CatalogEntry;
use lectern::asr::locate::Listing;
use lectern::audio::capture::{CaptureError, InputChoice, InputDevice};
use lectern::gui::{
    Answer, App, BatchBackend, BatchSetup, Dialogs, Engines, LiveModel, ModelBackend, Question, QueueError,
    QueueOptions, RecordingBackend, Services,
};
use lectern::live::{Source, SourceError};
use lectern::models::{ComputerSpeed, RetryPolicy};
use lectern::recognize::{EngineError, EngineRequest};
use lectern::settings::Settings;
use lectern::transcript::Language;
use tempfile::TempDir;

/// A worker that needs longer than this is stuck.
const PATIENCE: Duration = Duration::from_secs(120);

pub type Window = Harness<'static, App>;

/// Answers of file dialogs, in the order in which they will be asked for.
#[derive(Clone, Default)]
pub struct Script(Arc<Mutex<VecDeque<PathBuf>>>);

impl Script {
    pub fn answer(&self, path: impl Into<PathBuf>) {
        self.0.lock().unwrap().push_back(path.into());
    }
}

impl Dialogs for Script {
    fn ask(&self, _: &Question) -> Answer {
        let path = self.0.lock().unwrap().pop_front();
        Box::pin(async move { Ok(path.into_iter().collect()) })
    }
}

/// Neither microphones nor models.
struct Nothing;

impl RecordingBackend for Nothing {
    fn microphones(&self) -> Result<Vec<InputDevice>, CaptureError> {
        Ok(Vec::new())
    }

    fn open(&self, _: &InputChoice) -> Result<Box<dyn Source>, SourceError> {
        Err(CaptureError::NoDevice.into())
    }

    fn load(&self, _: &EngineRequest) -> Result<Box<dyn LiveModel>, EngineError> {
        Err(RecognizeError::NoBackend.into())
    }

    fn models(&self, _: Option<&Language>) -> Vec<&'static CatalogEntry> {
        Vec::new()
    }

    fn models_to_get(&self, _: Option<&Language>) -> Vec<&'static CatalogEntry> {
        Vec::new()
    }

    fn network_address(&self) -> Option<IpAddr> {
        None
    }
}

impl ModelBackend for Nothing {
    fn listings(&self) -> Vec<Listing> {
        Vec::new()
    }

    fn folder(&self) -> Option<PathBuf> {
        None
    }

    fn speed(&self) -> Option<ComputerSpeed> {
        None
    }

    fn patience(&self) -> RetryPolicy {
        RetryPolicy::default()
    }
}

impl BatchBackend for Nothing {
    fn open(&self, _: &QueueOptions, _: usize) -> Result<BatchSetup, QueueError> {
        Err(QueueError::NoProgram(ErrorKind::NotFound.into()))
    }
}

/// The folder that stands for a computer, and the dialogs of the windows on it.
pub struct Desk {
    folder: TempDir,
    pub dialogs: Script,
    /// Windows ask with what to caption a recording; most tests do without.
    pub asks_before_captioning: bool,
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder, dialogs: Script::default(), asks_before_captioning: false }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// A window that opens a file, with engines that none of the test's recordings needs.
    pub fn open(&self, file: &Path) -> Window {
        let window = self.window(Some(file), Engines::new(|_| Err(RecognizeError::NoBackend.into())));
        window.until("the file is open", |window| {
            window.query_by_label("Captions").is_some() || rows(window) > 0
        })
    }

    pub fn window(&self, file: Option<&Path>, engines: Engines) -> Window {
        self.window_of(file, |services| services.engines = engines)
    }

    /// A window with other services than none.
    pub fn window_of(&self, file: Option<&Path>, change: impl FnOnce(&mut Services)) -> Window {
        let mut services = Services {
            engines: Engines::new(|_| Err(RecognizeError::NoBackend.into())),
            dialogs: Box::new(self.dialogs.clone()),
            notify: Arc::new(|_, _| ()),
            settings_file: Some(self.path("settings.toml")),
            recovery_folder: Some(self.path("recovery")),
            sound_folder: Some(self.path("sound")),
            ffmpeg: self.path("no-ffmpeg"),
            dictionary_folders: vec![self.path("dictionaries")],
            page_file: Some(self.path("page.toml")),
            voices_file: Some(self.path("voices.json")),
            backend: Arc::new(Nothing),
            recording_folder: Some(self.path("recordings")),
            batch_backend: Arc::new(Nothing),
            queue_folder: Some(self.path("queue")),
            model_backend: Arc::new(Nothing),
            offline: false,
            system_language: None,
        };
        change(&mut services);
        let (mut settings, _) = Settings::load(&self.path("settings.toml"));
        // What better models would bring depends on the computer.
        settings.told_of_models = true;
        settings.captions_at_once = !self.asks_before_captioning;
        let file = file.map(Path::to_owned);
        Harness::builder()
            .with_size([1280.0, 800.0])
            .with_max_steps(64)
            .build_eframe(|creation| App::new(&creation.egui_ctx, services, settings, file))
    }
}

/// What a screen reader would find in the window, for tests that fail.
pub fn outline(window: &Window) -> String {
    let named = |node: Node<'_>| {
        let named = node.accesskit_node();
        let name = named.label().or_else(|| named.value())?;
        Some(format!("{:?} {:?}: {name}", named.role(), named.raw_bounds()))
    };
    window.query_all(By::new()).filter_map(named).collect::<Vec<_>>().join("\n")
}

/// The number of rows of the list that are drawn.
pub fn rows(window: &Window) -> usize {
    window.query_all_by_role(egui::Role::ListBoxOption).count()
}

/// What tests do with a window.
pub trait Drive: Sized {
    /// Draws frames until something is so.
    fn until(self, what: &str, is: impl FnMut(&Window) -> bool) -> Self;
    fn wait(&mut self, what: &str, is: impl FnMut(&Window) -> bool);
    /// Clicks on what has this name.
    fn press(&mut self, name: &str);
    /// Clicks on a row of the list, by its number from 1.
    fn press_row(&mut self, number: usize);
    fn keys(&mut self, modifiers: egui::Modifiers, key: egui::Key);
    /// Types into what has the keyboard.
    fn typing(&mut self, text: &str);
    /// Runs a command by its name in the palette.
    fn command(&mut self, name: &str);
    /// The texts of the rows, as far as they are drawn.
    fn texts(&self) -> Vec<String>;
}

/// When a cue starts and how long it is, as its row says it. Unit: seconds.
pub fn spoken_times(window: &Window, number: usize) -> (f32, f32) {
    let label = label(window, number);
    let is_time = |at: &usize| label[at + ", at ".len()..].starts_with(|c: char| c.is_ascii_digit());
    let at = label.match_indices(", at ").map(|(at, _)| at).find(is_time).unwrap();
    let mut parts = label[at + ", at ".len()..].split(", ").map(|part| {
        let words: Vec<&str> = part.split(' ').collect();
        let unit = |word: &str| match word.trim_end_matches('s') {
            "hour" => 3600.0,
            "minute" => 60.0,
            "second" => 1.0,
            _ => 0.0,
        };
        words.windows(2).map(|pair| pair[0].parse().unwrap_or(0.0) * unit(pair[1])).sum()
    });
    (parts.next().unwrap(), parts.next().unwrap())
}

impl Drive for Window {
    fn until(mut self, what: &str, is: impl FnMut(&Window) -> bool) -> Self {
        self.wait(what, is);
        self
    }

    fn wait(&mut self, what: &str, mut is: impl FnMut(&Window) -> bool) {
        let begun = Instant::now();
        loop {
            self.step();
            if is(self) {
                break;
            }
            assert!(begun.elapsed() < PATIENCE, "waited in vain until {what}:\n{}", outline(self));
            thread::sleep(Duration::from_millis(2));
        }
        self.run_steps(3);
    }

    fn press(&mut self, name: &str) {
        self.get_by_label(name).click();
        self.run_steps(4);
    }

    fn press_row(&mut self, number: usize) {
        self.wait("the row is drawn", |window| find_row(window, number).is_some());
        row(self, number).click();
        self.run_steps(4);
    }

    fn keys(&mut self, modifiers: egui::Modifiers, key: egui::Key) {
        self.key_press_modifiers(modifiers, key);
        self.run_steps(4);
    }

    fn typing(&mut self, text: &str) {
        self.event(egui::Event::Text(text.to_owned()));
        self.run_steps(4);
    }

    fn command(&mut self, name: &str) {
        self.keys(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::P);
        self.typing(name);
        self.keys(egui::Modifiers::NONE, egui::Key::Enter);
    }

    fn texts(&self) -> Vec<String> {
        let text = |node: Node<'_>| {
            let label = node.accesskit_node().label().unwrap_or_default();
            label.split_once(", ").map(|(_, rest)| rest.to_owned()).unwrap_or_default()
        };
        // After the text, its time is said: `, at 1 minute`.
        let is_time = |rest: &str| rest[", at ".len()..].starts_with(|c: char| c.is_ascii_digit());
        let times = |text: String| {
            let time = text.match_indices(", at ").find(|(at, _)| is_time(&text[*at..]));
            text[..time.map_or(text.len(), |(at, _)| at)].to_owned()
        };
        self.query_all_by_role(egui::Role::ListBoxOption).map(text).map(times).collect()
    }
}

/// A row of the list.
pub fn row(window: &Window, number: usize) -> Node<'_> {
    find_row(window, number).unwrap_or_else(|| panic!("row {number} is not drawn"))
}

fn find_row(window: &Window, number: usize) -> Option<Node<'_>> {
    let begins = format!("Cue {number},");
    let is_it =
        |node: &Node<'_>| node.accesskit_node().label().is_some_and(|label| label.starts_with(&begins));
    window.query_all_by_role(egui::Role::ListBoxOption).find(is_it)
}

/// What a screen reader says of a row.
pub fn label(window: &Window, number: usize) -> String {
    row(window, number).accesskit_node().label().unwrap_or_default()
}

/// SubRip captions of three seconds each.
pub fn srt(texts: &[&str]) -> String {
    let time =
        |seconds: usize| format!("{:02}:{:02}:{:02},000", seconds / 3600, seconds / 60 % 60, seconds % 60);
    let cue = |(n, text): (usize, &&str)| {
        format!("{}\n{} --> {}\n{text}\n", n + 1, time(4 * n + 1), time(4 * n + 4))
    };
    texts.iter().enumerate().map(cue).collect::<Vec<_>>().join("\n")
}

/// Writes into the field for names and terms.
pub fn write_terms(window: &mut Window, terms: &str) {
    window.get_by_role_and_label(egui::Role::MultilineTextInput, "Names and terms").click();
    window.run_steps(4);
    window.typing(terms);
}
