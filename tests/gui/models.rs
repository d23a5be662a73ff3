//! The page of models, with a server on the loopback that follows a script.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use egui_kittest::kittest::Queryable;
use lectern::asr::catalog::{Catalog, CatalogEntry, Checksum};
use lectern::asr::locate::Listing;
use lectern::gui::ModelBackend;
use lectern::models::{ComputerSpeed, RetryPolicy};

use crate::desk::{Desk, Drive, Window};
use crate::server::{Act, Server};

const BYTES: usize = 300_000;
const MODEL: &str = "small";

/// A folder for models, and a catalogue of one.
struct Shelf {
    folder: PathBuf,
    entry: &'static CatalogEntry,
}

impl ModelBackend for Shelf {
    fn listings(&self) -> Vec<Listing> {
        let path = self.folder.join(&self.entry.file);
        let path = path.exists().then_some(path);
        vec![Listing { name: self.entry.name.clone(), entry: Some(self.entry), path }]
    }

    fn folder(&self) -> Option<PathBuf> {
        Some(self.folder.clone())
    }

    fn speed(&self) -> Option<ComputerSpeed> {
        Some(ComputerSpeed::of(400.0))
    }

    fn patience(&self) -> RetryPolicy {
        let short = Duration::from_millis(20);
        RetryPolicy { stall: Duration::from_secs(30), tries: 2, pause: short, longest_pause: short }
    }
}

/// A window that shows the page, with a mirror that does what the script says and then gives the file.
fn page(desk: &Desk, script: impl IntoIterator<Item = Act>, more: &str) -> (Window, Server) {
    let bytes: Vec<u8> = (0..BYTES as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let known = Catalog::builtin().find(MODEL).unwrap();
    let checksum = Checksum::sha256(bytes.as_slice()).unwrap();
    let entry = CatalogEntry { bytes: Some(BYTES as u64), checksum, ..known.clone() };
    let server = Server::new(bytes, script);
    desk.write("settings.toml", format!("[network]\nmirror = \"{}\"\n{more}", server.address));
    let shelf = Shelf { folder: desk.path("models"), entry: Box::leak(Box::new(entry)) };
    let mut window = desk.window_of(None, |services| services.model_backend = Arc::new(shelf));
    window.command("Models…");
    window.wait("models are listed", |window| window.query_by_label(MODEL).is_some());
    (window, server)
}

fn sees(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

fn file(desk: &Desk) -> PathBuf {
    desk.path("models").join("ggml-small.bin")
}

#[test]
fn a_model_is_downloaded_used_and_deleted() {
    let desk = Desk::new();
    let (mut window, server) = page(&desk, [], "");
    assert!(sees(&window, "from 127.0.0.1"), "who is contacted");
    assert!(server.asked().is_empty(), "nobody is asked before a person wants it");
    window.wait("the computer is measured", |window| sees(window, "an hour takes"));
    window.press("Download small");
    window.wait("it is here", |window| window.query_by_label("Use small").is_some());
    assert_eq!(fs::read(file(&desk)).unwrap().len(), BYTES);
    window.press("Use small");
    window.wait("it is in use", |window| sees(window, "In use"));
    window.press("Delete small…");
    window.press("Keep");
    assert!(file(&desk).exists());
    window.press("Delete small…");
    window.press("Delete");
    window.wait("it can be had again", |window| window.query_by_label("Download small").is_some());
    assert!(!file(&desk).exists());
    window.wait("another model is used", |_| !desk.read("settings.toml").contains("model = \"small\""));
}

#[test]
fn a_download_is_stopped_and_goes_on_where_it_was() {
    let desk = Desk::new();
    let (mut window, server) = page(&desk, [Act::Stall(200_000)], "");
    window.press("Download small");
    let part = desk.path("models/ggml-small.bin.part");
    let has_bytes = || part.metadata().is_ok_and(|part| part.len() > 0);
    // The server counts what it sent, which may not have been read yet.
    window.wait("something has come", |_| has_bytes());
    window.wait("most has come", |_| server.asked().first().is_some_and(|(_, sent)| *sent >= 200_000));
    window.wait("the window knows", |window| sees(window, " %"));
    window.press("Pause the download of small");
    window.wait("it rests", |window| window.query_by_label("Resume the download of small").is_some());
    assert!(sees(&window, " downloaded"));
    window.press("Resume the download of small");
    window.wait("it is here", |window| window.query_by_label("Use small").is_some());
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    assert!(asked[1].0 > 0, "not from the beginning: {asked:?}");
}

#[test]
fn a_download_that_is_cancelled_leaves_nothing() {
    let desk = Desk::new();
    let (mut window, _server) = page(&desk, [Act::Stall(100_000)], "");
    window.press("Download small");
    let part = desk.path("models/ggml-small.bin.part");
    window.wait("something has come", |_| part.exists());
    window.press("Cancel the download of small");
    window.wait("it is offered again", |window| window.query_by_label("Download small").is_some());
    window.wait("nothing is left", |_| !part.exists());
    assert!(!file(&desk).exists());
}

#[test]
fn a_download_that_fails_says_why_and_can_be_tried_again() {
    let desk = Desk::new();
    let (mut window, _server) = page(&desk, [Act::Status(404, ""), Act::Wrong, Act::Wrong], "");
    window.press("Download small");
    window.wait("it has failed", |window| sees(window, "127.0.0.1 does not give it (status 404)"));
    window.press("Try the download of small again");
    window.wait("it has failed otherwise", |window| sees(window, "gives another file; nothing was kept"));
    assert!(!file(&desk).exists());
    window.press("Try the download of small again");
    window.wait("it is here", |window| window.query_by_label("Use small").is_some());
}

#[test]
fn without_the_network_nothing_is_offered() {
    let desk = Desk::new();
    let (window, server) = page(&desk, [], "offline = true\n");
    assert!(sees(&window, "The network is not used"));
    assert!(window.query_by_label("Download small").is_none());
    assert!(server.asked().is_empty());
}

#[test]
fn a_file_that_is_no_model_is_not_taken_in() {
    let desk = Desk::new();
    let (mut window, _server) = page(&desk, [], "");
    desk.dialogs.answer(desk.write("notes.bin", "no model"));
    window.press("Import a file…");
    window.wait("it says so", |window| sees(window, "notes.bin cannot be used as a model"));
    assert!(!desk.path("models").join("ggml-notes.bin").exists());
}
