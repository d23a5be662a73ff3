//! Correcting captions.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::desk::{Desk, Drive, Window, srt};

const LECTURE: [&str; 3] = ["Good morning, all.", "Plants eat the light.", "That is all for today."];

fn open(desk: &Desk) -> Window {
    let file = desk.write("lecture.srt", srt(&LECTURE));
    desk.open(&file)
}

#[test]
fn text_is_edited_in_place_and_undone() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(2);
    window.keys(Modifiers::NONE, Key::F2);
    window.typing(" And water.");
    assert_eq!(window.texts()[1], "Plants eat the light. And water.");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.texts(), LECTURE, "typing is one step");
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(window.texts()[1], "Plants eat the light. And water.");
}

#[test]
fn cues_are_split_and_merged() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(1);
    window.keys(Modifiers::NONE, Key::F2);
    for _ in 0..5 {
        window.keys(Modifiers::NONE, Key::ArrowLeft);
    }
    window.keys(Modifiers::ALT, Key::Enter);
    assert_eq!(window.texts()[..2], ["Good morning,", "all."]);
    window.keys(Modifiers::NONE, Key::Escape);
    window.press_row(1);
    window.keys(Modifiers::COMMAND, Key::J);
    assert_eq!(window.texts()[0], "Good morning, all.");
    window.command("Undo");
    window.command("Undo");
    assert_eq!(window.texts(), LECTURE);
}

#[test]
fn cues_are_inserted_and_deleted() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(3);
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    window.typing("Any questions?");
    assert_eq!(window.texts()[3], "Any questions?");
    window.keys(Modifiers::NONE, Key::Escape);
    window.keys(Modifiers::NONE, Key::Delete);
    assert_eq!(window.texts(), LECTURE);
}

#[test]
fn several_cues_are_chosen_and_changed_together() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    assert!(window.query_by_label("3 chosen").is_some());
    window.command("UPPER CASE");
    assert_eq!(window.texts()[0], "GOOD MORNING, ALL.");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.texts(), LECTURE, "one step for all");
}

#[test]
fn words_are_found_and_replaced() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.keys(Modifiers::COMMAND, Key::H);
    window.typing("all");
    assert!(window.query_by_label("2 matches").is_some());
    window.keys(Modifiers::NONE, Key::F3);
    assert!(window.query_by_label("1 of 2").is_some());
    window.get_by_label("Replace with").focus();
    window.run_steps(2);
    window.typing("everyone");
    window.press("Replace all");
    assert_eq!(window.texts()[0], "Good morning, everyone.");
    assert_eq!(window.texts()[2], "That is everyone for today.");
    assert!(window.query_by_label("2 places replaced").is_some());
}

#[test]
fn a_broken_rule_is_shown_and_repaired() {
    let desk = Desk::new();
    let long = "This line is far longer than any of the rules for captions would allow it to be.";
    let file = desk.write("long.srt", srt(&["Short.", long]));
    let mut window = desk.open(&file);
    assert!(window.query_by_label_contains("Cue 2: 80 characters in a line").is_some());
    window.press("Repair cue 2");
    assert!(window.query_by_label_contains("characters in a line").is_none());
    assert_eq!(window.texts().join(" "), format!("Short. {long}"), "words move, none changes");
}

#[test]
fn times_are_typed() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(1);
    let field = window.get_by_label("Out-time of cue 1");
    field.focus();
    window.run_steps(2);
    window.keys(Modifiers::COMMAND, Key::A);
    window.typing("3.25");
    window.keys(Modifiers::NONE, Key::Enter);
    let field = window.get_by_label("Out-time of cue 1");
    assert_eq!(field.value().as_deref(), Some("00:00:03.250"));
}

#[test]
fn a_speaker_is_set() {
    let desk = Desk::new();
    let mut window = open(&desk);
    window.press_row(2);
    window.command("Set the speaker");
    window.typing("Ada");
    window.keys(Modifiers::NONE, Key::Enter);
    assert_eq!(window.texts()[1], "Plants eat the light., Ada");
}
