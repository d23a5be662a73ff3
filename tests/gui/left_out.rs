//! Passages that only the second opinion heard.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::desk::{Desk, Drive};

/// Captions with a passage between them and another within a cue.
const CAPTIONS: &str = r#"{ "format": "lectern-transcript", "version": 1, "title": "Sorting", "language": "en",
    "cues": [
        { "start_ms": 0, "end_ms": 2000, "text": "one two", "words": [
            { "text": "one", "start_ms": 0, "end_ms": 1000 }, { "text": "two", "start_ms": 1000, "end_ms": 2000 } ] },
        { "start_ms": 6000, "end_ms": 8000, "text": "three" } ],
    "segments": [ { "words": [
            { "text": "one", "start_ms": 0, "end_ms": 1000 }, { "text": "two", "start_ms": 1000, "end_ms": 2000 } ],
        "left_out": [ { "start_ms": 500, "end_ms": 900, "text": "and a half" },
            { "start_ms": 3000, "end_ms": 5000, "text": "between the two" } ] } ] }"#;

#[test]
fn passages_come_into_the_captions_and_out_again() {
    let desk = Desk::new();
    let mut window = desk.open(&desk.write("a.json", CAPTIONS));
    assert!(window.query_by_label("2 passages may be missing").is_some());
    window.press("Insert the passage at 0:03");
    assert_eq!(window.texts(), ["one two", "between the two", "three"]);
    assert!(window.query_by_label("1 passage may be missing").is_some());
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.texts(), ["one two", "three"]);
    assert!(window.query_by_label("2 passages may be missing").is_some());
    window.press("Dismiss the passage at 0:03");
    assert_eq!(window.texts(), ["one two", "three"]);
    window.press_row(1);
    window.keys(Modifiers::SHIFT, Key::F4);
    assert_eq!(window.texts(), ["one and a half two", "three"]);
    assert!(window.query_by_label_contains("may be missing").is_none());
    window.keys(Modifiers::SHIFT, Key::F4);
    assert!(window.query_by_label_contains("has no further passages").is_some());
}
