//! Opening, saving, exporting.

use std::path::{Path, PathBuf};

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use lectern::gui::{Answer, Dialogs, NoDialog, Question};

use lectern::asr::RecognizeError;
use lectern::gui::Engines;
use lectern::settings::Settings;

use crate::desk::{Desk, Drive, Window, outline, rows, srt};

#[test]
fn captions_are_exported_in_several_formats() {
    let desk = Desk::new();
    let file = desk.write("lecture.srt", srt(&["Good morning.", "Good night."]));
    let mut window = desk.open(&file);
    window.keys(Modifiers::COMMAND, Key::E);
    window.press("Plain text transcript");
    window.press("Replace files of these names");
    window.press("Export 3 files");
    window.wait("the files are written", |window| window.query_by_label("3 files written").is_some());
    assert!(desk.read("lecture.vtt").starts_with("WEBVTT"));
    assert!(desk.read("lecture.txt").contains("Good night."));
    assert!(desk.read("lecture.srt").contains("Good morning."));
}

/// Ctrl+S writes the file that was opened, and nothing in it but what was changed.
#[test]
fn captions_are_saved_into_the_file_they_were_opened_from() {
    let desk = Desk::new();
    let text = "WEBVTT my title\n\nNOTE by hand\n\n00:01.000 --> 00:03.000 line:0\nGood <c.loud>morning</c>\n\n\
                00:03.000 --> 00:05.000\nGood night\n";
    let file = desk.write("lecture.vtt", text);
    let mut window = desk.open(&file);
    window.press_row(2);
    window.keys(Modifiers::COMMAND, Key::I);
    window.keys(Modifiers::NONE, Key::F2);
    window.typing(" to all");
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait("it is saved", |window| window.query_by_label("saved").is_some());
    assert_eq!(desk.read("lecture.vtt"), text.replace("Good night", "<i>Good night</i> to all"));
    desk.write("lecture.vtt", "WEBVTT\n\nby another program\n");
    window.typing(" of you");
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait("it is refused", |window| window.query_by_label_contains("changed or removed").is_some());
    assert!(desk.read("lecture.vtt").contains("by another program"));
}

/// What the file cannot hold is told, and a project is asked for.
#[test]
fn what_a_file_cannot_hold_is_told_before_it_is_saved() {
    let desk = Desk::new();
    let file = desk.write("lecture.srt", srt(&["Good morning."]));
    let before = desk.read("lecture.srt");
    let mut window = desk.open(&file);
    window.press_row(1);
    window.command("Set the speaker");
    window.typing("Ada");
    window.keys(Modifiers::NONE, Key::Enter);
    desk.dialogs.answer(desk.path("lecture.lectern"));
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait("it is told", |window| window.query_by_label_contains("the speakers of 1 cue").is_some());
    window.wait("it is saved", |window| window.query_by_label("saved").is_some());
    assert_eq!(desk.read("lecture.srt"), before);
    assert!(desk.read("lecture.lectern").contains("Ada"));
}

#[test]
fn what_is_there_is_not_replaced_unasked() {
    let desk = Desk::new();
    let file = desk.write("lecture.srt", srt(&["Good morning."]));
    let before = desk.read("lecture.srt");
    let mut window = desk.open(&file);
    window.press_row(1);
    window.keys(Modifiers::NONE, Key::F2);
    window.typing(" Changed.");
    window.keys(Modifiers::COMMAND, Key::E);
    window.press("Export 2 files");
    window.wait("it is told", |window| window.query_by_label_contains("Choose to replace it").is_some());
    assert_eq!(desk.read("lecture.srt"), before);
}

#[test]
fn personal_data_are_hidden_in_what_is_exported_alone() {
    let desk = Desk::new();
    let file = desk.write("talk.srt", srt(&["Write to ada@example.org."]));
    let mut window = desk.open(&file);
    desk.dialogs.answer(desk.path("kept.lectern"));
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    window.wait("it is saved", |_| desk.path("kept.lectern").exists());
    window.keys(Modifiers::COMMAND, Key::E);
    window.press("Hide: nothing");
    window.press("Replace personal data with labels such as [EMAIL]");
    window.keys(Modifiers::NONE, Key::Escape);
    assert!(window.query_by_label("Hide: personal data").is_some());
    assert!(window.query_by_label_contains("Write to [EMAIL].").is_some(), "the preview shows it");
    window.press("Export 2 files");
    window.wait("the files are written", |window| window.query_by_label("2 files written").is_some());
    assert!(desk.read("kept.srt").contains("Write to [EMAIL]."));
    assert!(!desk.read("kept.vtt").contains("ada@"));
    assert_eq!(window.texts(), ["Write to ada@example.org."], "the project keeps every word");
}

#[test]
fn a_project_is_saved_closed_and_opened_again() {
    let desk = Desk::new();
    let file = desk.write("lecture.srt", srt(&["Good morning.", "Good night."]));
    let mut window = desk.open(&file);
    window.press_row(2);
    window.keys(Modifiers::NONE, Key::F2);
    window.typing(" Sleep well.");
    desk.dialogs.answer(desk.path("lecture.lectern"));
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    window.wait("it is saved", |window| window.query_by_label("saved").is_some());
    window.keys(Modifiers::COMMAND, Key::W);
    assert_eq!(rows(&window), 0);
    window.press("lecture.lectern");
    window.wait("it is open again", |window| rows(window) > 0);
    assert_eq!(window.texts(), ["Good morning.", "Good night. Sleep well."]);
}

#[test]
fn unsaved_changes_are_asked_about_once() {
    let desk = Desk::new();
    let file = desk.write("lecture.srt", srt(&["Good morning."]));
    let mut window = desk.open(&file);
    window.press_row(1);
    window.keys(Modifiers::NONE, Key::F2);
    window.typing("!");
    window.keys(Modifiers::COMMAND, Key::W);
    assert!(window.query_by_label("Save your changes?").is_some());
    window.press("Cancel");
    assert_eq!(window.texts(), ["Good morning.!"]);
    window.keys(Modifiers::COMMAND, Key::W);
    window.press("Do not save");
    assert_eq!(rows(&window), 0);
}

#[test]
fn a_second_window_reads_only() {
    let desk = Desk::new();
    let file = desk.write("lecture.srt", srt(&["Good morning."]));
    let mut first = desk.open(&file);
    desk.dialogs.answer(desk.path("lecture.lectern"));
    first.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    first.wait("it is saved", |window| window.query_by_label("saved").is_some());
    let mut second = desk.open(&desk.path("lecture.lectern"));
    assert!(second.query_by_label_contains("read-only: open in another window").is_some());
    second.press_row(1);
    second.keys(Modifiers::NONE, Key::Delete);
    assert_eq!(second.texts(), ["Good morning."]);
    assert!(second.query_by_label_contains("open read-only").is_some());
    desk.dialogs.answer(desk.path("mine.lectern"));
    second.command("Save as");
    second.wait("it has a file of its own", |window| window.query_by_label("saved").is_some());
    assert!(desk.path("mine.lectern").exists());
}

#[test]
fn what_a_crash_left_is_recovered() {
    let desk = Desk::new();
    let mut window = after_a_crash(&desk);
    window.press("Recover");
    window.wait("it is open", |window| rows(window) > 0);
    assert_eq!(window.texts(), ["Good morning. Lost?"]);
    assert!(window.query_by_label("not saved").is_some());
}

#[test]
fn what_is_recovered_keeps_its_name_and_leaves_no_dead_entry_in_recent() {
    let desk = Desk::new();
    let mut window = after_a_crash(&desk);
    window.press("Recover");
    window.wait("it is open", |window| rows(window) > 0);
    assert!(window.query_by_label("lecture.lectern").is_some(), "{}", outline(&window));
    window.keys(Modifiers::COMMAND, Key::W);
    assert!(
        window.query_by_label("The captions of lecture.lectern have changes that are not saved.").is_some()
    );
    window.press("Do not save");
    assert!(window.query_by_label("lecture.srt").is_some(), "it was opened before the crash");
    let dead = window.query_by_label("lecture.lectern").or(window.query_by_label("Captions"));
    assert!(dead.is_none());
}

#[test]
fn recent_names_only_what_opened_and_where_it_is() {
    let desk = Desk::new();
    let junk = desk.write("junk.mp4", "this is no sound");
    let captions = desk.write("lecture.srt", srt(&["Good morning."]));
    let mut window = desk.window(None, Engines::new(|_| Err(RecognizeError::NoBackend.into())));
    for (file, what) in [(&junk, "Try again"), (&desk.path("no.srt"), "Dismiss")] {
        desk.dialogs.answer(file);
        window.keys(Modifiers::COMMAND, Key::O);
        window.wait("it is told", |window| window.query_by_label(what).is_some());
        window.query_all_by_label("Dismiss").for_each(|notice| notice.click());
        window.run_steps(4);
    }
    desk.dialogs.answer(relative(&captions));
    window.keys(Modifiers::COMMAND, Key::O);
    window.wait("captions are open", |window| rows(window) > 0);
    window.wait("settings are saved", |_| desk.path("settings.toml").exists());
    let (settings, _) = Settings::load(&desk.path("settings.toml"));
    let [recent] = settings.recent.as_slice() else { panic!("{:?}", settings.recent) };
    assert!(recent.is_absolute());
    assert_eq!(recent.canonicalize().unwrap(), captions.canonicalize().unwrap());
}

/// A path from the folder of the tests.
fn relative(path: &Path) -> PathBuf {
    let up = std::env::current_dir().unwrap().components().skip(1).map(|_| "..").collect::<PathBuf>();
    up.join(path.strip_prefix("/").unwrap())
}

#[test]
fn what_a_crash_left_is_discarded_only_when_it_is_meant() {
    let desk = Desk::new();
    let mut window = after_a_crash(&desk);
    window.press("Delete");
    window.press("Keep them");
    assert!(window.query_by_label("Recover").is_some() && is_kept(&desk));
    window.press("Delete");
    window.press("Delete them");
    window.wait("it is gone", |window| window.query_by_label("Recover").is_none() && !is_kept(&desk));
}

/// A window that offers the change that a crash left.
fn after_a_crash(desk: &Desk) -> Window {
    let file = desk.write("lecture.srt", srt(&["Good morning."]));
    let mut window = desk.open(&file);
    window.press_row(1);
    window.keys(Modifiers::NONE, Key::F2);
    window.typing(" Lost?");
    window.wait("the change is kept", |_| is_kept(desk));
    // The window goes without being closed.
    drop(window);
    let mut window = desk
        .window(None, lectern::gui::Engines::new(|_| Err(lectern::asr::RecognizeError::NoBackend.into())));
    window.wait("it is offered", |window| window.query_by_label("Recover").is_some());
    window
}

fn is_kept(desk: &Desk) -> bool {
    walk(&desk.path("recovery")).iter().any(|text| text.contains("Lost?"))
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let desk = Desk::new();
    let mut window = desk.window(
        Some(&desk.path("no.srt")),
        lectern::gui::Engines::new(|_| Err(lectern::asr::RecognizeError::NoBackend.into())),
    );
    window.wait("it is told", |window| window.query_by_label_contains("File not found").is_some());
    window.press("Dismiss");
    assert!(window.query_by_label_contains("File not found").is_none());
}

/// The contents of all files below a folder.
fn walk(folder: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => found.extend(walk(&path)),
            false => found.extend(std::fs::read_to_string(&path)),
        }
    }
    found
}

/// A computer on which no program shows file dialogs.
struct NoDialogs;

impl Dialogs for NoDialogs {
    fn ask(&self, _: &Question) -> Answer {
        Box::pin(async { Err(NoDialog) })
    }
}

/// Types a path where a dialog would have been.
fn type_path(window: &mut Window, path: &std::path::Path) {
    window.wait("the field is there", |window| window.query_by_label("Path").is_some());
    window.get_by_label("Path").focus();
    window.run_steps(2);
    window.keys(Modifiers::COMMAND, Key::A);
    window.typing(&path.display().to_string());
}

#[test]
fn paths_are_typed_where_there_are_no_dialogs() {
    let desk = Desk::new();
    let file = desk.write("lecture.srt", srt(&["Good morning."]));
    let mut window = desk.window_of(None, |services| services.dialogs = Box::new(NoDialogs));
    window.press("Open file");
    window
        .wait("it is told", |window| window.query_by_label_contains("no program for file dialogs").is_some());
    window.keys(Modifiers::NONE, Key::Escape);
    assert!(window.query_by_label("Path").is_none());
    window.press("Open file");
    type_path(&mut window, &file);
    window.press("Open it");
    window.wait("it is open", |window| rows(window) > 0);
    let project = desk.write("taken.lectern", "something of mine");
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    type_path(&mut window, &project);
    window.press("Save here");
    window
        .wait("it asks", |window| window.query_by_label_contains("A file with this name already").is_some());
    assert_eq!(desk.read("taken.lectern"), "something of mine");
    window.press("Replace it");
    window.wait("it is saved", |window| window.query_by_label("saved").is_some());
    assert!(desk.read("taken.lectern").contains("Good morning."));
    assert!(window.query_by_label("Path").is_none());
}

#[test]
fn a_dialog_waits_below_the_field_for_its_folder() {
    let desk = Desk::new();
    let file = desk.write("lecture.srt", srt(&["Good morning."]));
    let mut window = desk.window_of(Some(&file), |services| services.dialogs = Box::new(NoDialogs));
    window.wait("it is open", |window| rows(window) > 0);
    window.keys(Modifiers::COMMAND, Key::E);
    window.press("Change folder");
    std::fs::create_dir(desk.path("course")).unwrap();
    type_path(&mut window, &desk.path("course"));
    window.press("Choose it");
    window.wait("the export is back", |window| window.query_by_label("Export 2 files").is_some());
    window.press("Export 2 files");
    window.wait("the files are written", |window| window.query_by_label("2 files written").is_some());
    assert!(desk.path("course/lecture.srt").exists());
}
