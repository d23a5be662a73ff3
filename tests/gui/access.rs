//! What a screen reader finds: every control has a name in words, and no two buttons the same.

use std::collections::HashSet;

use egui::{Key, Modifiers, Role};
use egui_kittest::Node;
use egui_kittest::kittest::{By, NodeT, Queryable};
use lectern::asr::RecognizeError;
use lectern::audio::write_wav;
use lectern::gui::Engines;

use crate::desk::{Desk, Drive, Window, srt};

const CONTROLS: [Role; 10] = [
    Role::Button,
    Role::CheckBox,
    Role::ComboBox,
    Role::ListBox,
    Role::ListBoxOption,
    Role::MultilineTextInput,
    Role::RadioButton,
    Role::Slider,
    Role::TextInput,
    Role::Splitter,
];

/// Behind a dialog the window has the same commands once more.
const DIALOGS: [&str; 6] = ["export", "settings", "shortcuts", "palette", "speaker", "shift"];

fn assert_named(window: &Window, place: &str) {
    let mut seen = HashSet::new();
    let controls =
        window.query_all(By::new()).filter(|node| CONTROLS.contains(&node.accesskit_node().role()));
    let mut count = 0;
    for control in controls {
        let node = control.accesskit_node();
        let name = node.label().unwrap_or_default();
        assert!(name.chars().any(char::is_alphabetic), "{place}: {}", describe(&control));
        let is_new = seen.insert((format!("{:?}", node.role()), name));
        assert!(
            is_new || DIALOGS.contains(&place) || node.role() != Role::Button,
            "{place}: twice: {}",
            describe(&control)
        );
        count += 1;
    }
    assert!(count > 2, "{place} is empty");
}

fn describe(node: &Node<'_>) -> String {
    let named = node.accesskit_node();
    format!("{:?} {:?} at {:?}", named.role(), named.label(), node.rect())
}

#[test]
fn every_control_has_a_name_of_its_own() {
    let desk = Desk::new();
    let mut window = desk.window(None, Engines::new(|_| Err(RecognizeError::NoBackend.into())));
    window.run_steps(4);
    assert_named(&window, "start page");
    let long = "This line is far longer than any of the rules for captions would allow it to be.";
    let file = desk.write("lecture.srt", srt(&["Good morning.", long, long, "Good night."]));
    let mut window = desk.open(&file);
    assert_named(&window, "editor");
    let (ctrl, both) = (Modifiers::COMMAND, Modifiers::COMMAND | Modifiers::SHIFT);
    for (place, modifiers, key) in [
        ("export", ctrl, Key::E),
        ("settings", ctrl, Key::Comma),
        ("shortcuts", Modifiers::NONE, Key::F1),
        ("palette", both, Key::P),
        ("speaker", both, Key::K),
        ("shift", both, Key::T),
    ] {
        window.keys(modifiers, key);
        assert_named(&window, place);
        window.keys(Modifiers::NONE, Key::Escape);
    }
    window.keys(ctrl, Key::H);
    assert_named(&window, "find and replace");
}

/// What overlaps among buttons, choices and texts.
fn overlaps(window: &Window) -> Vec<String> {
    let roles = [Role::Button, Role::ComboBox, Role::CheckBox, Role::Label];
    let is_one = |node: &Node<'_>| roles.contains(&node.accesskit_node().role());
    let found: Vec<_> = window.query_all(By::new()).filter(is_one).collect();
    let mut overlaps = Vec::new();
    for (n, one) in found.iter().enumerate() {
        for other in &found[n + 1..] {
            if one.rect().shrink(1.0).intersects(other.rect().shrink(1.0)) {
                overlaps.push(format!("{} and {}", describe(one), describe(other)));
            }
        }
    }
    overlaps
}

#[test]
fn nothing_overlaps_in_a_small_window_with_large_text() {
    let desk = Desk::new();
    let long = "This line is far longer than any of the rules for captions would allow it to be.";
    let file =
        desk.write("lecture of the first week.srt", srt(&["Good morning.", long, long, "Good night."]));
    write_wav(&desk.path("lecture of the first week.wav"), &vec![0.1; 20 * 16_000]).unwrap();
    let mut window = desk.open(&file);
    window.wait("the sound is there", |window| window.query_by_label("Waveform").is_some());
    // 900 by 600 pixels at 200 %.
    window.set_size(egui::vec2(450.0, 300.0));
    window.run_steps(8);
    assert!(window.query_by_label("Waveform").is_none(), "the list needs the room");
    assert_eq!(overlaps(&window), [""; 0]);
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::W);
    assert!(window.query_by_label("Waveform").is_some());
    assert_eq!(overlaps(&window), [""; 0]);
}

#[test]
fn nothing_overlaps_in_either_language_at_any_width() {
    let long = "This line is far longer than any of the rules for captions would allow it to be.";
    for (language, waveform, help) in [("english", "Waveform", "Help"), ("german", "Wellenform", "Hilfe")] {
        let desk = Desk::new();
        desk.write("settings.toml", format!("window_language = \"{language}\"\nsuggestions = true\n"));
        let file = desk.write("lecture.srt", srt(&["Good morning.", long, long, "Good night."]));
        write_wav(&desk.path("lecture.wav"), &vec![0.1; 20 * 16_000]).unwrap();
        let mut window = desk.window_of(Some(&file), |_| ());
        window.wait("the sound is there", |window| window.query_by_label(waveform).is_some());
        for width in [480.0, 600.0, 660.0, 720.0, 800.0, 900.0, 1280.0] {
            window.set_size(egui::vec2(width, 700.0));
            window.run_steps(8);
            assert_eq!(overlaps(&window), [""; 0], "{language}, {width} points");
            let last = window.get_by_label(help).rect();
            assert!(last.right() < width, "{language}, {width} points: {help} ends at {}", last.right());
        }
    }
}
